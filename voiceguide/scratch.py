"""Folders and files for what a process needs while it works, and the removal of what killed processes have left.

Each belongs to the process that holds a lock on it. A lock ends with its process however that ends, so what can be
locked has no owner any more, and goes as soon as another process looks. Windows and some network disks lock nothing of
the kind; there only what has lain for a day is removed, and only where nothing but remains can lie.
"""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

if sys.platform != "win32":
    import fcntl

PREFIX = "voiceguide-scratch-"
"""What the names of all of them begin with."""

_ABANDONED = 24 * 3600.0  # seconds

Locked = Literal["locked", "held", "unsupported"]
"""What came of locking: it is ours, another process has it, or the disk has no such locks."""


@contextmanager
def scratch(place: Path | None = None) -> Iterator[Path]:
    """A new folder in ``place`` (None: the system's place for temporary files), removed at the end with its contents.

    What killed processes left in ``place`` is removed first. Raises OSError when the folder cannot be made.
    """
    place = system_place() if place is None else place
    remove_abandoned(place)
    folder, handle = _locked_folder(place)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # on Windows a file that is still mapped somewhere stays
        if handle is not None:
            os.close(handle)


def move_in(content: bytes, path: Path, making: Path) -> None:
    """Writes a file in the folder ``making``, and moves it to ``path`` on the same disk when it is whole. Missing
    folders are made. Raises OSError."""
    for folder in (making, path.parent):
        folder.mkdir(parents=True, exist_ok=True)
    made, handle = locked_file(lambda: making / f"{PREFIX}{secrets.token_hex(8)}")
    with os.fdopen(handle, "wb") as file:
        try:
            file.write(content)
            file.flush()
            if sys.platform == "win32":  # an open file can't be moved there
                file.close()
            made.replace(path)
        except BaseException:
            if sys.platform == "win32":
                file.close()
            with suppress(OSError):
                made.unlink()
            raise


def locked_file(name: Callable[[], Path]) -> tuple[Path, int]:
    """A new file, open for reading and writing, and locked for as long as this process works on it. Each call of
    ``name`` gives another path. Raises OSError."""
    while True:
        path = name()
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o666)
        except FileExistsError:
            continue
        if lock(handle, wait=True) == "locked" and os.fstat(handle).st_nlink == 0:
            os.close(handle)  # another process removed it as abandoned before it was locked
            continue
        return path, handle


def system_place() -> Path:
    """The system's folder for temporary files."""
    return Path(tempfile.gettempdir())


def remove_abandoned(place: Path, *, only_remains: bool = False) -> None:
    """Removes from ``place`` what belongs to no living process. With ``only_remains`` nothing else lies there: then
    what has another name, or no locks, goes after a day. Never raises OSError."""
    with suppress(OSError):
        for path in list(place.iterdir()):
            if only_remains or path.name.startswith(PREFIX):
                with suppress(OSError):
                    _remove_unless_owned(path, only_remains)


def lock(handle: int, *, wait: bool) -> Locked:
    """Locks an open file or folder until it is closed."""
    if sys.platform == "win32":
        return "unsupported"
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return "held"
    except OSError:
        return "unsupported"
    return "locked"


def _locked_folder(place: Path) -> tuple[Path, int | None]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
        if sys.platform == "win32":
            return folder, None
        with suppress(FileNotFoundError):  # removed by another process before it was locked
            handle = os.open(folder, os.O_RDONLY)
            lock(handle, wait=True)
            if folder.exists():
                return folder, handle
            os.close(handle)


def _remove_unless_owned(path: Path, only_remains: bool) -> None:
    """Raises OSError."""
    if sys.platform == "win32":
        if only_remains and _lain(path.lstat()):
            _remove(path, path.lstat())
        return
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        status = os.fstat(handle)
        if status.st_uid != os.geteuid():
            return
        locked = lock(handle, wait=False)
        is_ours = locked == "locked" and path.name.startswith(PREFIX)
        if is_ours or (locked != "held" and only_remains and _lain(status)):
            _remove(path, status)
    finally:
        os.close(handle)


def _lain(status: os.stat_result) -> bool:
    return time.time() - status.st_mtime > _ABANDONED


def _remove(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
