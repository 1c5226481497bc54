"""Ctrl-C, a closed terminal and a polite kill all end a command in the same way, wherever they strike."""

from __future__ import annotations

import signal
from types import FrameType


class Interrupt:
    """Remembers that the command is to stop.

    A signal may strike inside a library's callback, which drops the exception; so the work asks again with every
    block (:meth:`check`).
    """

    def __init__(self) -> None:
        self._asked = False

    def install(self) -> None:
        """From here on SIGINT, SIGTERM and, where there is one, SIGHUP raise KeyboardInterrupt."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is not signal.SIG_IGN:
                signal.signal(getattr(signal, name), self._strike)

    def check(self) -> None:
        if self._asked:
            raise KeyboardInterrupt

    def _strike(self, number: int, frame: FrameType | None) -> None:
        self._asked = True
        raise KeyboardInterrupt


INTERRUPT = Interrupt()
"""The process's own."""
