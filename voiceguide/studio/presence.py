"""Which studio has a folder open, so that a second one on it is told.

The studio that has it holds a lock, which the system takes from it however its process ends, and says in a note where
it is. A note without a lock is a studio's that is gone.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from voiceguide.atomic import write_text
from voiceguide.errors import OutputError

_LARGEST = 4096  # bytes of a note


@dataclass(frozen=True, slots=True)
class Other:
    """A studio that has the folder open: its ``process`` and ``port``, 0 where its note does not say so."""

    process: int
    port: int

    @property
    def place(self) -> str:
        """Where it is, for people."""
        return f"http://127.0.0.1:{self.port}, process {self.process}" if self.port else "another process"


class Presence:
    """Says in ``folder`` (made when it is not there) that a studio is at a port, unless an ``other`` one is there."""

    def __init__(self, folder: Path, port: int) -> None:
        self.other: Other | None = None
        self._note = folder / "studio.json"
        self._lock = FileLock(folder / "studio.lock", timeout=0, thread_local=False)
        try:
            folder.mkdir(exist_ok=True)
            self._lock.acquire()
            write_text(self._note, json.dumps({"process": os.getpid(), "port": port}) + "\n")
        except Timeout:
            self.other = self._told()
        except (OSError, OutputError, NotImplementedError):
            pass  # a folder that is only read, or a disk without locks: nothing can be said, and little be lost

    def release(self) -> None:
        """The studio has ended."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._note.unlink()
            self._lock.release()

    def _told(self) -> Other:
        try:
            if self._note.stat().st_size > _LARGEST:
                raise ValueError("no note of a studio")
            note = json.loads(self._note.read_text("utf-8"))
            return Other(int(note["process"]), int(note["port"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return Other(0, 0)
