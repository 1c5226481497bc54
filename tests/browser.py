"""A real Chromium, and a small server on loopback that answers range requests as static hosts do."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_FLAGS = ("--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--mute-audio")
_HOW = "Install it with `apt-get install chromium`, or with `playwright install --with-deps chromium`."


def _system_chromium() -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None)


def _apt() -> bool:
    """Installs Debian's Chromium, where we may."""
    apt = shutil.which("apt-get")
    if apt is None:
        return False
    commands = ([apt, "install", "-y", "--no-install-recommends", "chromium"], [apt, "update"])
    for command in (commands[0], commands[1], commands[0]):
        done = subprocess.run(command, capture_output=True, check=False, timeout=240)
        if done.returncode == 0 and _system_chromium():
            return True
    return False


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium without a window: the system's, else Playwright's own, else one that is installed now."""
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        path = _system_chromium() or (str(own) if own.exists() else None)
        if path is None and not _apt():
            done = subprocess.run(["playwright", "install", "chromium"], capture_output=True, check=False, timeout=240)
            if done.returncode != 0:
                pytest.fail(f"The player's tests need Chromium, which is neither here nor could be installed. {_HOW}")
        try:
            browser = playwright.chromium.launch(executable_path=path or _system_chromium() or str(own), args=_FLAGS)
        except Error as error:
            pytest.fail(f"Chromium did not start: {error.message.splitlines()[0]}. {_HOW}")
        try:
            yield browser
        finally:
            browser.close()


class _Files(SimpleHTTPRequestHandler):
    """Static files, with ranges."""

    server: _Server
    protocol_version = "HTTP/1.0"  # a connection for each request, so that none outlives the server

    def do_GET(self) -> None:
        self.server.served.requests.append(self.path)
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        path = Path(self.translate_path(self.path))
        if not asked or not path.is_file():
            super().do_GET()
            return
        content = path.read_bytes()
        first, last = int(asked[1]), min(int(asked[2] or len(content)), len(content) - 1)
        self.send_response(206)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        self.send_header("Content-Length", str(last + 1 - first))
        self.end_headers()
        self.wfile.write(content[first : last + 1])

    def log_message(self, *arguments: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    served: Served

    def handle_error(self, *arguments: Any) -> None:
        pass  # a player that breaks off a download is no news


@dataclass
class Served:
    """A folder at an ``address`` that ends in a slash; ``stop`` takes the network away."""

    address: str
    stop: Any
    requests: list[str] = field(default_factory=list)


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    server = _Server(("127.0.0.1", 0), lambda *a, **k: _Files(*a, directory=str(folder), **k))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()

    def stop() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    server.served = Served(f"http://127.0.0.1:{server.server_port}/", stop)
    try:
        yield server.served
    finally:
        stop()
