"""A command in a terminal of its own, as a person sees it: keys go in, and what is on the screen is read."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.support.paths import ROOT
from tests.support.waiting import HANGS, until

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """The command line of voiceguide in a pseudo-terminal, which is its controlling one."""

    def __init__(self, folder: Path, *arguments: str, size: tuple[int, int] = (24, 80), **environment: str) -> None:
        self._ours, self._theirs = pty.openpty()
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        self.before = termios.tcgetattr(self._theirs)
        self._written = b""
        theirs = self._theirs

        def controlling() -> None:
            os.setsid()
            fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "voiceguide", *arguments],
            cwd=folder,
            env={**_without_a_size(), "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **environment},
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            preexec_fn=controlling,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        with suppress(OSError):
            while data := os.read(self._ours, 1 << 16):
                self._written += data

    @property
    def written(self) -> str:
        """All that was written so far."""
        return self._written.decode("utf-8", "replace")

    @property
    def text(self) -> str:
        """The same without what moves the cursor or colours."""
        return _ESCAPES.sub("", self.written)

    def rows(self, count: int) -> str:
        """The last so many rows."""
        return "\n".join(self.text.replace("\r", "").split("\n")[-count:])

    def type(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def until(self, words: str, count: int) -> None:
        """Waits until the last ``count`` rows have these words."""
        until(lambda: words in self.rows(count) or self.process.poll() is not None, words)
        assert words in self.rows(count), self.text[-3000:]

    def mode(self) -> list[object]:
        """The terminal's settings: its lines, its echo."""
        return termios.tcgetattr(self._theirs)

    def wait(self) -> int:
        """Waits for the end."""
        return self.process.wait(HANGS)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._theirs)
        self._reader.join()
        os.close(self._ours)


def _without_a_size() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}


@contextmanager
def terminal(folder: Path, *arguments: str, size: tuple[int, int] = (24, 80), **environment: str) -> Iterator[Terminal]:
    """A command in a terminal, which is ended with the block."""
    opened = Terminal(folder, *arguments, size=size, **environment)
    try:
        yield opened
    finally:
        opened.close()
