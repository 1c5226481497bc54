"""A real WebKit: WebKitGTK's MiniBrowser, driven by its WebDriver (w3.org/TR/webdriver2), on a screen in memory."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import urllib3

from tests.support.browser_install import from_debian
from tests.support.waiting import until

_PACKAGES = ("webkit2gtk-driver", "xvfb")
_SCREEN = "1600x1000x24"
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_NOTHING: Mapping[str, Any] = {}


class WebDriver:
    """A browser that is asked over HTTP. ``page`` is the address of its session."""

    def __init__(self, address: str, capabilities: Mapping[str, Any]) -> None:
        self._pool = urllib3.PoolManager(timeout=urllib3.Timeout(120))
        self._page = f"{address}/session"
        found = self.ask("", {"capabilities": {"alwaysMatch": capabilities}})
        self._page += f"/{found['sessionId']}"

    def ask(self, command: str, values: Mapping[str, Any] = _NOTHING, method: str = "POST") -> Any:
        """What a command answers. Raises AssertionError with the driver's words where it can't be done."""
        answer = self._pool.request(method, self._page + command, json=dict(values) if method == "POST" else None)
        value = answer.json()["value"]
        assert answer.status == 200, f"{command}: {value['error']}: {value['message']}"
        return value

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script gives to its last argument, a function."""
        return self.ask("/execute/async", {"script": script, "args": list(arguments)})

    def press(self, selector: str) -> None:
        found = self.ask("/element", {"using": "css selector", "value": selector})
        self.ask(f"/element/{found[_ELEMENT]}/click")

    def key(self, letter: str) -> None:
        strokes = [{"type": kind, "value": letter} for kind in ("keyDown", "keyUp")]
        self.ask("/actions", {"actions": [{"type": "key", "id": "keys", "actions": strokes}]})


@contextmanager
def webkit() -> Iterator[WebDriver]:
    """The system's, else one that is installed now from Debian's packages. Skips the test where there is neither."""
    program = from_debian("WebKitWebDriver", *_PACKAGES)
    browser = next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), None)
    if program is None or browser is None or shutil.which("Xvfb") is None:
        pytest.skip(f"WebKit is missing; Debian's packages {' and '.join(_PACKAGES)} have it.")
    capabilities = {"webkitgtk:browserOptions": {"binary": str(browser), "args": ["--automation"]}}
    with _screen() as display, _driver(program, display) as address:
        started = WebDriver(address, capabilities)
        try:
            yield started
        finally:
            started.ask("", method="DELETE")


@contextmanager
def _driver(program: Path, display: str) -> Iterator[str]:
    """The address of a WebDriver that has begun to answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "DISPLAY": display}
    command = [str(program), f"--port={port}", "--host=127.0.0.1"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            until(lambda: _answers(port), "the WebDriver of WebKit answers")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def _screen() -> Iterator[str]:
    """An X server without a screen, at a display that it chooses itself."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", _SCREEN, "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()
