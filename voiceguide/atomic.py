"""Writes files atomically: an output is either complete or not there.

A result is written to a hidden temporary file in the same folder and renamed when it is complete. A failed or
interrupted run removes that file; a killed one (``kill -9``, a power cut) leaves at most the hidden file, never a
half-written output, and an older output stays as it was. The next run for the same output removes the remains.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voiceguide.errors import OutputError
from voiceguide.scratch import lock, locked_file

_LONGEST_NAME = 200  # bytes; most filesystems allow 255, and the temporary name is longer than the output's
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

_REASONS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("there is no room left on the disk", "Free some space, or choose a folder on another disk"),
    errno.EDQUOT: ("your share of the disk is used up", "Free some space, or choose a folder on another disk"),
    errno.EFBIG: ("the file is larger than this disk or account allows", "Choose a folder on another disk"),
    errno.EACCES: ("you may not write there", "Choose another folder, or change the permissions of this one"),
    errno.EPERM: ("you may not write there", "Choose another folder, or change the permissions of this one"),
    errno.EROFS: ("the disk is read-only", "Choose a folder on another disk"),
    errno.EISDIR: ("there is a folder of that name", "Choose a file's name, for example one inside that folder"),
    errno.ENOTDIR: ("a part of its path is a file, not a folder", "Choose another path"),
    errno.EEXIST: ("a part of its path is a file, not a folder", "Choose another path"),
    errno.ENOENT: ("its folder can't be made", "Choose another path"),
    errno.ENAMETOOLONG: ("its name is too long", "Choose a shorter name"),
    errno.ELOOP: ("its links lead in a circle", "Choose another path"),
}


@contextlib.contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """Yields the path of an empty temporary file to fill; it becomes ``path`` when the block ends well.

    Missing folders are made, a link is followed to the file it stands for, and an existing file's permissions are
    kept. On any exception the temporary file is removed and ``path`` is left alone. The path is checked on entry,
    so that an output that can't be written is reported before the work and not after it.

    Raises OutputError when the file can't be created or moved in, or when the disk fills up inside the block.
    """
    with _refused(path):
        target = _target(path)
        mode = _mode(target, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_stale(target)
        part, handle = _create(target)
    with contextlib.ExitStack() as held:
        held.callback(os.close, handle)
        try:
            yield part
            with _refused(path):
                os.fsync(handle)
                if mode is not None:
                    part.chmod(mode)
                if sys.platform == "win32":  # an open file can't be moved there; elsewhere it stays locked to the end
                    held.close()
                part.replace(target)
        except BaseException as error:
            if sys.platform == "win32":
                held.close()
            with contextlib.suppress(OSError):
                part.unlink()
            if isinstance(error, OSError) and error.errno in _NO_ROOM:
                raise _refusal(path, error) from error
            raise
    _sync_folder(target.parent)


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: its kind, path, size in bytes, and the SHA-256 of its content."""

    kind: str
    path: Path
    size: int
    sha256: str

    @classmethod
    def of(cls, kind: str, path: Path, written_at: Path | None = None) -> Written:
        """Reads the file's content, at ``written_at`` if it is not at ``path`` yet."""
        with (written_at or path).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return cls(kind, path, file.tell(), digest)

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "path": self.path.as_posix(), "bytes": self.size, "sha256": self.sha256}


def write_bytes(path: Path, data: bytes) -> None:
    """Writes a whole small file, or leaves what is there. Raises OutputError as :func:`atomic` does."""
    with atomic(path) as part:
        part.write_bytes(data)


def write_text(path: Path, text: str) -> None:
    """Writes a text file (UTF-8, line ends as they are), or leaves what is there. Raises OutputError."""
    write_bytes(path, text.encode())


def disk_full(what: str) -> OutputError:
    """The error for an output, ``what`` (such as "The file"), that a library wrote only in part."""
    return OutputError(f"{what} could not be written to its end. Please look whether the disk is full.")


def _target(path: Path) -> Path:
    if "\0" in str(path):
        raise OutputError("The output could not be written: its name holds a character that no file may have.")
    return Path(os.path.realpath(path))


def _mode(target: Path, path: Path) -> int | None:
    """The permissions of the existing file, None if there is none. Refuses what must not be replaced."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, "is a folder", str(target))
    if not stat.S_ISREG(found.st_mode):
        raise OutputError(f"{path} could not be written: it is a device or a pipe. Choose a file's name.")
    if not os.access(target, os.W_OK):
        raise OutputError(
            f"{path} could not be written: the file there is write-protected. "
            "Choose another name, or take the protection away."
        )
    return stat.S_IMODE(found.st_mode)


def _stem(target: Path) -> str:
    name = target.name
    return name if len(os.fsencode(name)) <= _LONGEST_NAME else hashlib.sha256(os.fsencode(name)).hexdigest()


def _create(target: Path) -> tuple[Path, int]:
    """A new temporary file beside ``target``, open and locked for as long as this process works on it."""
    return locked_file(lambda: target.with_name(f".{_stem(target)}.{secrets.token_hex(4)}.part"))


def _remove_stale(target: Path) -> None:
    """Removes temporary files for ``target`` whose process is gone."""
    ours = re.compile(re.escape(f".{_stem(target)}.") + r"[0-9a-f]{8}\.part")
    found: list[Path] = []
    with contextlib.suppress(OSError):
        found = [part for part in target.parent.iterdir() if ours.fullmatch(part.name)]
    for part in found:
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                part.unlink()
                continue
            handle = os.open(part, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                if lock(handle, wait=False) == "locked":
                    part.unlink()
            finally:
                os.close(handle)


def _sync_folder(folder: Path) -> None:
    """Flushes the rename to disk, where the system can, so that it survives a power cut."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _refused(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _refusal(path, error) from error


def _refusal(path: Path, error: OSError) -> OutputError:
    reason, advice = _REASONS.get(
        error.errno or 0, ((error.strerror or "the system gave no reason").lower(), "Choose another path")
    )
    return OutputError(f"{path} could not be written: {reason}. {advice}.")
