"""The keys of a terminal, one by one, and the terminal as it was when all is over."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from types import FrameType, MappingProxyType
from typing import Any, Protocol

from voiceguide.playing.player import Command

KEYS: Mapping[str, Command] = MappingProxyType(
    {
        " ": "pause",
        "left": "back",
        "right": "forth",
        "up": "chapter back",
        "down": "chapter forth",
        "-": "softer bed",
        "+": "louder bed",
        "=": "louder bed",  # the same key without shift
        "[": "softer voice",
        "]": "louder voice",
        "t": "timer",
        "q": "quit",
    }
)
"""What the keys ask for."""

_ARROWS = {"A": "up", "B": "down", "C": "right", "D": "left"}
_KEY = re.compile(r"\x1b[\[O]([0-9;]*[A-Za-z~])|\x1b|.", re.DOTALL)
_ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class Keyboard(Protocol):
    """Where keys come from."""

    def read(self, seconds: float) -> list[Command]:
        """What was asked for, as soon as something is; nothing after so many seconds."""
        ...


class NoKeyboard:
    """No terminal to read keys from."""

    def read(self, seconds: float) -> list[Command]:
        time.sleep(seconds)
        return []


def commands(text: str) -> list[Command]:
    """What the keys of a text ask for, in order."""
    return [_command(match) for match in _KEY.finditer(text)]


def _command(match: re.Match[str]) -> Command:
    if match[1]:
        return KEYS.get(_ARROWS.get(match[1], ""), "unknown")
    return KEYS.get(match[0].lower(), "unknown")


@contextmanager
def keyboard() -> Iterator[Keyboard]:
    """The terminal's keys without waiting for Enter; the terminal is put back at the end, whatever happens."""
    if sys.stdin is None or not sys.stdin.isatty():
        yield NoKeyboard()
    elif sys.platform == "win32":
        yield _Console()
    else:
        with _raw_terminal() as terminal:
            yield terminal


class Endings:
    """Counts the signals that ask for the end: Ctrl-C, a closed terminal, a kill."""

    def __init__(self) -> None:
        self.asked = 0

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Inside the block a signal raises nothing."""
        numbers = [getattr(signal, name) for name in _ENDING if hasattr(signal, name)]
        before = {number: signal.getsignal(number) for number in numbers}
        try:
            for number in numbers:
                if before[number] is not signal.SIG_IGN:
                    signal.signal(number, self._count)
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler if handler is not None else signal.SIG_DFL)

    def _count(self, number: int, frame: FrameType | None) -> None:
        self.asked += 1


if sys.platform == "win32":
    _SCAN_CODES = {"H": "up", "P": "down", "M": "right", "K": "left"}

    class _Console:
        def read(self, seconds: float) -> list[Command]:
            import msvcrt

            end = time.monotonic() + seconds
            found: list[Command] = []
            while msvcrt.kbhit() or (not found and time.monotonic() < end):
                if not msvcrt.kbhit():
                    time.sleep(0.02)
                    continue
                key = msvcrt.getwch()
                if key in "\0\xe0":
                    key = _SCAN_CODES.get(msvcrt.getwch(), "")
                found.append(KEYS.get(key.lower(), "unknown"))
            return found

else:
    import select
    import termios
    import tty

    class _Terminal:
        def __init__(self, fd: int) -> None:
            self._fd, self._open = fd, True

        def read(self, seconds: float) -> list[Command]:
            if not self._open:
                return NoKeyboard().read(seconds)
            if not select.select([self._fd], [], [], seconds)[0]:
                return []
            try:
                data = os.read(self._fd, 1024)
            except OSError:  # the terminal is gone
                data = b""
            self._open = bool(data)
            return commands(data.decode("utf-8", "replace"))

    @contextmanager
    def _raw_terminal() -> Iterator[Keyboard]:
        fd = sys.stdin.fileno()
        try:
            before = termios.tcgetattr(fd)
        except termios.error:
            before = None
        if before is None or not _in_front(fd):
            yield NoKeyboard()
            return
        suspending = _Suspending(fd, before)
        try:
            suspending.install()
            tty.setcbreak(fd)
            yield _Terminal(fd)
        finally:
            suspending.remove()
            _put_back(fd, before)

    def _in_front(fd: int) -> bool:
        """Whether the process may change the terminal; in the background that would stop it."""
        try:
            return os.tcgetpgrp(fd) == os.getpgrp()
        except OSError:  # not the terminal that controls it
            return True

    class _Suspending:
        """Ctrl-Z: the shell gets its terminal as it was, and ``fg`` takes it again."""

        def __init__(self, fd: int, before: list[Any]) -> None:
            self._fd, self._before = fd, before

        def install(self) -> None:
            signal.signal(signal.SIGTSTP, self._stop)

        def remove(self) -> None:
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)

        def _stop(self, number: int, frame: FrameType | None) -> None:
            _put_back(self._fd, self._before)
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGTSTP)
            # here again after 'fg'
            tty.setcbreak(self._fd)
            self.install()

    def _put_back(fd: int, before: list[Any]) -> None:
        with suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(fd, termios.TCSADRAIN, before)
