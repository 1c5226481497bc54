"""A folder of entries, each a file under a name of hex digits, from which what was not used for long is removed.

Many processes may use it at the same time: no entry is locked, and what is there may go at any time. An entry is
written in the folder ``making`` and moved to its place. Its modification time is the time of its last use.
"""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from voiceguide.scratch import move_in, remove_abandoned

_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # a pipe does not wait for its other end


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry's file: its size in bytes, and when it was used last, in seconds since 1970."""

    path: Path
    size: int
    used: float


@dataclass(frozen=True, slots=True)
class Pruned:
    """The number of removed entries and their bytes, of those that could not be removed, and of those that are left."""

    removed: int
    freed: int
    refused: int
    left: int
    left_size: int


class Entries:
    """The entries of a ``folder`` whose files end in ``suffix``. A folder that cannot be read counts as empty."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self.folder = folder
        self.making = folder / "making"
        self._suffix = suffix

    def path(self, key: str) -> Path:
        """The file of an entry."""
        return self.folder / key[:2] / f"{key}{self._suffix}"

    def opened(self, key: str) -> BinaryIO | None:
        """The file of an entry, unbuffered; None if it is missing or cannot be read. What is no file is removed: a pipe
        or a device in its place would be waited for without end."""
        with suppress(OSError):
            handle = os.open(self.path(key), os.O_RDONLY | _NO_WAIT)
            if stat.S_ISREG(os.fstat(handle).st_mode):
                return open(handle, "rb", buffering=0)  # noqa: PTH123 (no path)
            os.close(handle)
            self.remove(key)
        return None

    def write(self, key: str, content: bytes) -> None:
        """Writes an entry, or nothing of it. Raises OSError."""
        move_in(content, self.path(key), self.making)

    def remove(self, key: str) -> None:
        """Removes an entry that is damaged, if that is allowed."""
        path = self.path(key)
        with suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()

    def entries(self) -> tuple[Entry, ...]:
        """All entries, the least recently used first."""
        found: list[Entry] = []
        with suppress(OSError):
            for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
                with suppress(OSError):
                    found += _found(folder.glob(f"*{self._suffix}"))
        return tuple(sorted(found, key=lambda entry: (entry.used, entry.path.name)))

    def prune(self, *, unused_for: float | None = None, most: int | None = None) -> Pruned:
        """Removes entries that nobody has used for ``unused_for`` seconds, and then the least recently used ones until
        the rest has ``most`` bytes or less. Safe while other processes use the folder."""
        entries, now = self.entries(), time.time()
        size = sum(entry.size for entry in entries)
        removed = freed = refused = 0
        for entry in entries:
            old = unused_for is not None and now - entry.used > unused_for
            if not old and (most is None or size - freed <= most):
                continue
            try:
                entry.path.unlink(missing_ok=True)
            except OSError:  # somebody else's, or in use on Windows
                refused += 1
            else:
                removed, freed = removed + 1, freed + entry.size
        self.remove_abandoned()
        return Pruned(removed, freed, refused, len(entries) - removed, size - freed)

    def remove_abandoned(self) -> None:
        """Removes unfinished files of killed runs."""
        remove_abandoned(self.making, only_remains=True)


def _found(paths: Iterable[Path]) -> Iterator[Entry]:
    for path in paths:
        with suppress(OSError):  # gone since
            status = path.stat()
            yield Entry(path, status.st_size, status.st_mtime)
