"""A process that has loaded voiceguide and forks a command at once, so that no attack waits for imports.

Run as ``python -m tests.soak.nursery`` by :class:`tests.soak.running.Nursery`, which writes an order on a line of
standard input, ``{"arguments": […], "folder": …, "environment": {…}, "said": file}``, and reads ``["started", pid]`` and
``["ended", pid, status]`` (a signal's number negative) from standard output.
"""

from __future__ import annotations

import faulthandler
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import sys
import tempfile
from collections.abc import Mapping
from typing import Any

import voiceguide

_KEPT = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    for name in _KEPT:  # whatever started the soak may ignore some of them, and children would too
        signal.signal(name, signal.default_int_handler if name == signal.SIGINT else signal.SIG_DFL)
    _load()
    gc.freeze()
    told = os.dup(1)
    print(json.dumps(["ready"]), flush=True)
    if order := _serve(told):
        _become(order)


def _load() -> None:
    """Imports what commands import, and no engine, for those run in processes of their own."""
    for module in pkgutil.walk_packages(voiceguide.__path__, "voiceguide."):
        if not module.name.startswith(("voiceguide.speech.engines", "voiceguide.__main__", "voiceguide.documents")):
            importlib.import_module(module.name)


def _serve(told: int) -> Mapping[str, Any] | None:
    """Forks for every order. Returns the order in a child, and None in the parent when no more are to come."""
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    rest = b""
    while True:
        ready, _, _ = select.select([0, woken], [], [])
        if woken in ready:
            os.read(woken, 4096)
            _tell_ended(told)
        if 0 in ready:
            if not (read := os.read(0, 1 << 16)):
                return None
            *orders, rest = (rest + read).split(b"\n")
            for order in orders:
                if (pid := os.fork()) == 0:
                    signal.set_wakeup_fd(-1)
                    for handle in (told, woken, wake):
                        os.close(handle)
                    return json.loads(order)
                _tell(told, "started", pid)


def _tell_ended(told: int) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        _tell(told, "ended", pid, os.waitstatus_to_exitcode(status))


def _tell(told: int, *words: str | int) -> None:
    os.write(told, json.dumps(words).encode() + b"\n")


def _become(order: Mapping[str, Any]) -> None:
    """Makes this process the command: in a session, folder and environment of its own."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    said = os.open(order["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for handle, to in ((os.open(os.devnull, os.O_RDONLY), 0), (said, 1), (said, 2)):
        os.dup2(handle, to)
    faulthandler.enable()
    os.chdir(order["folder"])
    os.environ.update(order["environment"])
    tempfile.tempdir = None
    sys.argv = ["voiceguide", *order["arguments"]]
    runpy.run_module("voiceguide", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
