"""A folder of results that are slow to make, each under a hash of everything that it is made from.

It may be shared, also over a network, and deleted at any time: nothing is locked, entries are written atomically, and
what is missing is made again. Keeping is a favour: a folder that cannot be read counts as empty, and one that cannot
be written to, or a disk that is nearly full, keeps nothing and stops nobody.

An entry is a checksum, which covers its key too, and the content; one that does not have it is damaged or under a wrong
name, and removed. The file's modification time is the time of its last use.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

PARTS = "parts"
"""The name of the folder of encoded parts, beside that of spoken lines."""

MOST = 10**9
"""Bytes that a folder may have; what was used longest ago goes first."""

_ROOM = 5 * 10**8  # bytes of the disk that are left free for what a user wants to write
_TIDY = MOST // 8  # bytes added after which the folder is brought back to its size
_TOUCHED = 60.0  # seconds for which an entry that was used is not marked as used again
_ABANDONED = 24 * 3600.0  # seconds after which a file being made counts as left behind by a killed run
_CHECKSUM = 16  # bytes
_SUFFIX = ".part"
_MAKING = "making"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A kept file: its size in bytes, and when it was used last, in seconds since 1970."""

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


class Kept:
    """Contents by key in a ``folder`` of at most ``most`` bytes. Many threads and processes may use it at the same
    time. Nothing here raises OSError. Without ``adds`` it only gives what is there."""

    def __init__(self, folder: Path, *, adds: bool = True, most: int = MOST) -> None:
        self.folder = folder
        self._adds, self._most = adds, most
        self._added = 0
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        """The content under a key of hex digits, or None; a damaged one is removed."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                used, entry = os.fstat(file.fileno()).st_mtime, file.read()
        except OSError:
            return None
        content = entry[_CHECKSUM:]
        if entry[:_CHECKSUM] != _checksum(key, content):
            with suppress(OSError):
                path.unlink()
            return None
        if time.time() - used > _TOUCHED:
            with suppress(OSError):
                os.utime(path)
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keeps a content, if there is room for it."""
        if not self._adds:
            return
        try:
            self._write(self._path(key), _checksum(key, content) + content)
        except OSError:  # nothing can be kept here; trying again would only take time
            self._adds = False
            return
        with self._lock:
            self._added += len(content)
            too_much = self._added >= min(_TIDY, self._most)
        if too_much:
            self.tidy()

    def tidy(self) -> None:
        """Brings the folder back to its size, if anything was added to it."""
        with self._lock:
            added, self._added = self._added, 0
        if added:
            self.prune(most=self._most)

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

    def entries(self) -> tuple[KeptFile, ...]:
        """All entries, the least recently used first."""
        found = []
        with suppress(OSError):
            for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
                with suppress(OSError):
                    found += list(_found(folder.glob(f"*{_SUFFIX}")))
        return tuple(sorted(found, key=lambda entry: (entry.used, entry.path.name)))

    def remove_abandoned(self) -> None:
        """Removes unfinished files of killed runs after a day."""
        with suppress(OSError):
            for path in (self.folder / _MAKING).iterdir():
                if time.time() - path.stat().st_mtime > _ABANDONED:
                    path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{_SUFFIX}"

    def _write(self, path: Path, entry: bytes) -> None:
        """Raises OSError."""
        making = self.folder / _MAKING
        making.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(exist_ok=True)
        if shutil.disk_usage(making).free < _ROOM + len(entry):
            raise OSError("the disk is nearly full")
        handle, made = tempfile.mkstemp(dir=making)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(entry)
            Path(made).replace(path)
        except BaseException as error:
            with suppress(OSError):
                Path(made).unlink()
            if not isinstance(error, PermissionError):  # Windows, while another process reads the same entry
                raise


def _found(paths: Iterable[Path]) -> Iterable[KeptFile]:
    for path in paths:
        with suppress(OSError):  # gone since
            status = path.stat()
            yield KeptFile(path, status.st_size, status.st_mtime)


def _checksum(key: str, content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_CHECKSUM, key=key.encode()).digest()
