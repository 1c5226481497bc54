"""Ctrl-C, a closed terminal and SIGTERM all end a command in the same way, at any time."""

from __future__ import annotations

import signal
from types import FrameType


class Interrupt:
    """Remembers that the command is to stop.

    A signal may arrive inside a library's callback, which swallows the exception; so the work calls :meth:`check`
    with every block.
    """

    def __init__(self) -> None:
        self._asked = False

    def install(self) -> None:
        """From here on SIGINT, SIGTERM and, where there is one, SIGHUP raise KeyboardInterrupt."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is not signal.SIG_IGN:
                signal.signal(getattr(signal, name), self._on_signal)

    def check(self) -> None:
        if self._asked:
            raise KeyboardInterrupt

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._asked = True
        raise KeyboardInterrupt


INTERRUPT = Interrupt()
"""The one instance of the process."""
