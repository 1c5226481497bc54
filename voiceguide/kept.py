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
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock

from voiceguide.entries import Entries

PARTS = "parts"
"""The name of the folder of encoded parts, beside that of spoken lines."""

MOST = 10**9
"""Bytes that a folder may have; what was used longest ago goes first."""

_ROOM = 5 * 10**8  # bytes of the disk that are left free for what a user wants to write
_TIDY = MOST // 8  # bytes added after which the folder is brought back to its size
_TOUCHED = 60.0  # seconds for which an entry that was used is not marked as used again
_CHECKSUM = 16  # bytes


class Kept(Entries):
    """Contents by key in a ``folder`` of at most ``most`` bytes. Many threads and processes may use it at the same
    time. Nothing here raises OSError. Without ``adds`` it only gives what is there."""

    def __init__(self, folder: Path, *, adds: bool = True, most: int = MOST) -> None:
        super().__init__(folder, ".part")
        self._adds, self._most = adds, most
        self._added = 0
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        """The content under a key of hex digits, or None; a damaged one is removed."""
        try:
            if (file := self.opened(key)) is None:
                return None
            with file:
                used, entry = os.fstat(file.fileno()).st_mtime, file.read()
        except OSError:
            return None
        content = entry[_CHECKSUM:]
        if entry[:_CHECKSUM] != _checksum(key, content):
            self.remove(key)
            return None
        if time.time() - used > _TOUCHED:
            with suppress(OSError):
                os.utime(self.path(key))
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keeps a content, if there is room for it."""
        if not self._adds:
            return
        try:
            self._keep(key, _checksum(key, content) + content)
        except OSError:  # nothing can be kept here; trying again would only take time
            self._adds = False
            return
        with self._lock:
            self._added += len(content)
            too_much = self._added >= min(_TIDY, self._most)
        if too_much:
            self.tidy()

    def tidy(self) -> None:
        """Brings the folder back to its size, if anything was added to it, and removes what killed runs left."""
        with self._lock:
            added, self._added = self._added, 0
        if added:
            self.prune(most=self._most)
        else:
            self.remove_abandoned()

    def _keep(self, key: str, entry: bytes) -> None:
        """Raises OSError."""
        self.making.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self.making).free < _ROOM + len(entry):
            raise OSError("the disk is nearly full")
        with suppress(PermissionError):  # Windows, while another process reads the same entry
            self.write(key, entry)


def _checksum(key: str, content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_CHECKSUM, key=key.encode()).digest()
