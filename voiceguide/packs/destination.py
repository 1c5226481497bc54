"""Where a finished pack is kept: a folder of this machine, or one at an fsspec URL such as ``s3://bucket/face``.

A folder never holds part of a file. A session is made in the folder ``.making``, and its files are moved out one by one
when all of them are complete. ``session.json`` beside them describes them until the manifest does, so that the next
build can continue after one that was killed.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, Protocol

from filelock import FileLock, Timeout

from voiceguide.atomic import write_bytes
from voiceguide.errors import OutputError
from voiceguide.publish.manifest import (
    NAME,
    Manifest,
    PackSession,
    inside,
    load,
    manifest_of,
    session_from_json,
    session_to_json,
)

_MAKING = ".making"
_NOTE = "session.json"
_LOCK = "lock"
_DAMAGED = (KeyError, TypeError, AttributeError)


class Destination(Protocol):
    """A pack's folder, on this machine or elsewhere. Every method raises OutputError when it can't be read or written.

    Only a folder of this machine is locked against other builds, and keeps the sessions of builds that were killed.
    """

    @property
    def url(self) -> str | None:
        """The address to which other machines can write; None for a folder of this machine."""
        ...

    def claimed(self) -> AbstractContextManager[None]:
        """The context in which a build runs: it locks the folder."""
        ...

    def left_by_others(self, wanted: Mapping[str, str]) -> Iterator[PackSession]:
        """The sessions that a killed build had completed, as far as they are ``wanted`` (fingerprints by name).

        Their files are moved into the pack's folder.
        """
        ...

    def orphans(self, wanted: Mapping[str, str]) -> Iterator[str]:
        """Paths of files that a killed build had moved into the pack's folder and that are not ``wanted`` now."""
        ...

    def take(self, session: PackSession, contents: Mapping[str, bytes]) -> None:
        """Puts a session's files into the pack's folder: from ``contents``, by path, or else from the session's
        :meth:`LocalFolder.work_folder`. Raises OSError."""
        ...

    def forget(self) -> None:
        """Discards the notes on sessions: the manifest now lists all that were taken."""
        ...

    def clear(self) -> None:
        """Removes unfinished files of other builds."""
        ...

    def manifest(self) -> Manifest | None: ...

    def has(self, files: Mapping[str, int]) -> bool:
        """Whether all these files are there, with these sizes in bytes."""
        ...

    def exists(self, path: str) -> bool: ...

    def read(self, path: str) -> bytes: ...

    def write(self, path: str, data: bytes) -> None: ...

    def remove(self, paths: Collection[str]) -> None: ...


class LocalFolder:
    """A folder of this machine. Only one build at a time works on it."""

    url = None

    def __init__(self, path: Path) -> None:
        self.path = path
        self._run = path / _MAKING / secrets.token_hex(8)

    @contextmanager
    def claimed(self) -> Iterator[None]:
        """Locks the folder against other builds; at its end only finished files are left."""
        making = self.path / _MAKING
        if self.path.exists() and not self.path.is_dir():
            raise OutputError(f"{self.path} is a file. Name a folder for the pack.")
        if making.is_symlink():
            raise OutputError(f"{making} is a link, not a folder that voiceguide made. Remove it, then try again.")
        try:
            self._run.mkdir(parents=True)
            with FileLock(making / _LOCK, timeout=0):
                try:
                    yield
                except BaseException:
                    self._keep_completed()
                    raise
                shutil.rmtree(making, ignore_errors=True)
        except Timeout:
            shutil.rmtree(self._run, ignore_errors=True)
            raise OutputError(f"Another build is running in {self.path}. Wait for it to end, then try again.") from None
        except OSError as error:
            raise OutputError(f"{self.path} could not be written to: {error.strerror or error}.") from error

    def _keep_completed(self) -> None:
        """Keeps the sessions that are complete, for the next build, and removes the rest."""
        if not any(self._run.glob(f"*/{_NOTE}")):
            shutil.rmtree(self._run, ignore_errors=True)
        making = self._run.parent
        if {path.name for path in making.iterdir()} <= {_LOCK}:
            shutil.rmtree(making, ignore_errors=True)

    def work_folder(self, name: str) -> Path:
        """A new empty folder for a session's files, from which :meth:`take` moves them."""
        folder = self._run / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def take(self, session: PackSession, contents: Mapping[str, bytes]) -> None:
        """As :meth:`Destination.take`."""
        work = self.work_folder(session.name) if contents else self._run / session.name
        for path, data in contents.items():
            (work / path).write_bytes(data)
        self._move_in(session, work)

    def _move_in(self, session: PackSession, work: Path) -> None:
        """Moves a session's complete files from the folder ``work`` into the pack's folder."""
        note = work / _NOTE
        if not note.exists():
            write_bytes(note, json.dumps(session_to_json(session)).encode())
        for file in session.files.values():
            made = work / file.path
            if made.exists():
                made.replace(self._path(file.path))

    def forget(self) -> None:
        """As :meth:`Destination.forget`."""
        for note in self._run.glob(f"*/{_NOTE}"):
            shutil.rmtree(note.parent, ignore_errors=True)

    def left_by_others(self, wanted: Mapping[str, str]) -> Iterator[PackSession]:
        """As :meth:`Destination.left_by_others`."""
        for work, session in self._noted():
            if wanted.get(session.name) == session.fingerprint and all(
                _size(work / file.path) == file.size or _size(self.path / file.path) == file.size
                for file in session.files.values()
            ):
                with suppress(OSError, ValueError):
                    self._move_in(session, work)
                    yield session

    def orphans(self, wanted: Mapping[str, str]) -> Iterator[str]:
        """As :meth:`Destination.orphans`."""
        for _, session in self._noted():
            if session.name not in wanted:
                yield from (file.path for file in session.files.values())

    def _noted(self) -> Iterator[tuple[Path, PackSession]]:
        """The work folders in which other builds completed a session, each with its session."""
        folders = (folder for run in self._others() for folder in run.iterdir())
        for work in sorted(folder for folder in folders if not folder.is_symlink() and folder.is_dir()):
            with suppress(OSError, ValueError, *_DAMAGED):
                session = session_from_json(json.loads((work / _NOTE).read_bytes()))
                yield work, session

    def _others(self) -> list[Path]:
        """The folders of other builds; links are not followed."""
        runs = (run for run in (self.path / _MAKING).iterdir() if re.fullmatch("[0-9a-f]{16}", run.name))
        return [run for run in runs if run != self._run and not run.is_symlink()]

    def clear(self) -> None:
        """As :meth:`Destination.clear`."""
        for run in self._others():
            shutil.rmtree(run, ignore_errors=True)

    def manifest(self) -> Manifest | None:
        return load(self.path)

    def has(self, files: Mapping[str, int]) -> bool:
        return all(_size(self.path / path) == size for path, size in files.items())

    def exists(self, path: str) -> bool:
        return (self.path / path).exists()

    def _path(self, path: str) -> Path:
        """A file's path in the pack's folder. Raises OutputError if a link leads out of the folder."""
        target = self.path / inside(path)
        if not target.parent.resolve().is_relative_to(self.path.resolve()):
            raise OutputError(f"{target.parent} is a link that leaves {self.path}. Remove it, then try again.")
        return target

    def read(self, path: str) -> bytes:
        try:
            return self._path(path).read_bytes()
        except OSError as error:
            raise OutputError(f"{self.path / path} can't be read: {error.strerror or error}.") from error

    def write(self, path: str, data: bytes) -> None:
        target = self._path(path)
        if target.is_symlink():  # is replaced, not followed
            target.unlink()
        write_bytes(target, data)

    def remove(self, paths: Collection[str]) -> None:
        for path in paths:
            target = self._path(path)
            try:
                target.unlink(missing_ok=True)
            except OSError as error:
                raise OutputError(f"{target} could not be removed: {error.strerror or error}.") from error
            with suppress(OSError):
                if target.parent != self.path:
                    target.parent.rmdir()


class RemoteFolder:
    """A folder at an fsspec URL, whose storage writes each file atomically."""

    def __init__(self, url: str) -> None:
        self.url: str | None = url
        with self._as_output_error("reached"):
            from fsspec.core import url_to_fs

            self._storage, self._root = url_to_fs(url)

    def claimed(self) -> AbstractContextManager[None]:
        return nullcontext()

    def left_by_others(self, wanted: Mapping[str, str]) -> Iterator[PackSession]:
        return iter(())

    def orphans(self, wanted: Mapping[str, str]) -> Iterator[str]:
        return iter(())

    def take(self, session: PackSession, contents: Mapping[str, bytes]) -> None:
        """Does nothing: the process that made the session has written its files."""

    def forget(self) -> None: ...

    def clear(self) -> None: ...

    def manifest(self) -> Manifest | None:
        with self._as_output_error("read"):
            try:
                data = self._storage.cat_file(f"{self._root}/{NAME}")
            except FileNotFoundError:
                return None
        return manifest_of(data, f"{self.url}/{NAME}")

    def has(self, files: Mapping[str, int]) -> bool:
        with self._as_output_error("read"):
            try:
                return all(self._storage.size(f"{self._root}/{path}") == size for path, size in files.items())
            except FileNotFoundError:
                return False

    def read(self, path: str) -> bytes:
        with self._as_output_error("read"):
            try:
                return bytes(self._storage.cat_file(f"{self._root}/{path}"))
            except FileNotFoundError as error:
                raise OutputError(f"{self.url}/{path} is missing.") from error

    def write(self, path: str, data: bytes) -> None:
        with self._as_output_error("written to"):
            self._storage.makedirs(os.path.dirname(f"{self._root}/{path}"), exist_ok=True)  # noqa: PTH120 (no local path)
            put(self._storage, f"{self._root}/{path}", data)

    def exists(self, path: str) -> bool:
        with self._as_output_error("read"):
            return bool(self._storage.exists(f"{self._root}/{path}"))

    def remove(self, paths: Collection[str]) -> None:
        with self._as_output_error("written to"):
            for path in paths:
                with suppress(FileNotFoundError):
                    self._storage.rm_file(f"{self._root}/{path}")

    @contextmanager
    def _as_output_error(self, what: str) -> Iterator[None]:
        try:
            yield
        except (FileNotFoundError, OutputError):
            raise
        except ImportError as error:
            raise OutputError(f"{self.url} needs a package that is not installed: {error}.") from error
        except Exception as error:
            raise OutputError(f"{self.url} could not be {what}: {error}") from error


def put(storage: Any, path: str, data: bytes) -> None:
    """Writes a file atomically: object storage does so by itself, a disk needs a temporary file."""
    protocol = storage.protocol if isinstance(storage.protocol, tuple) else (storage.protocol,)
    if "file" in protocol:
        write_bytes(Path(path), data)
    else:
        storage.pipe_file(path, data)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
