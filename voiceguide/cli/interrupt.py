"""Ctrl-C, a closed terminal and SIGTERM all end a command in the same way, at any time."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import FrameType
from typing import Any


class Interrupt:
    """Remembers that the command is to stop.

    A signal may arrive inside a library's callback, which swallows the exception; so the work calls :meth:`check`
    with every block.
    """

    def __init__(self) -> None:
        self._asked = False

    def install(self) -> None:
        """From here on SIGINT, SIGTERM and, where there is one, SIGHUP raise KeyboardInterrupt."""
        _handle(self._on_signal)

    def end_with(self, status: int) -> None:
        """The work is over: from here on they end the process at once with this status, for an exception would only
        disturb Python's own last steps, whatever they wait for."""

        def end(number: int, frame: FrameType | None) -> None:
            for stream in (sys.stdout, sys.stderr):
                with suppress(OSError, ValueError, RuntimeError, AttributeError):
                    stream.flush()
            os._exit(status)

        _handle(end)

    def check(self) -> None:
        if self._asked:
            raise KeyboardInterrupt

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._asked = True
        raise KeyboardInterrupt


def _handle(handler: Callable[[int, FrameType | None], Any]) -> None:
    for number in _signals():
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def _signals() -> Iterator[signal.Signals]:
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            yield getattr(signal, name)


INTERRUPT = Interrupt()
"""The one instance of the process."""
