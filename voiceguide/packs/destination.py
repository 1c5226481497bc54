"""Where a finished pack is kept: a folder of this machine, or one at an fsspec URL such as ``s3://bucket/face``.

In a folder nothing is ever half there. A session is made in the folder ``.making`` and its files are moved to their
places one by one when all of them are whole; the note beside them tells what they are until the manifest does. So
a killed build goes on where it was.
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
    """A pack's folder, wherever it is. Everything raises OutputError when it can't be read or written.

    Only a folder of this machine keeps something of builds that were killed, and other builds out.
    """

    @property
    def url(self) -> str | None:
        """What other machines can write to; None for a folder of this one."""
        ...

    def claimed(self) -> AbstractContextManager[None]:
        """What a build is done in."""
        ...

    def left_by_others(self, wanted: Mapping[str, str]) -> Iterator[PackSession]:
        """Sessions that a build which was killed had made whole, if they are ``wanted``: by name, with fingerprints.

        Their files are moved to their places.
        """
        ...

    def orphans(self, wanted: Mapping[str, str]) -> Iterator[str]:
        """Paths of files that a build which was killed had moved to their places, and that are not ``wanted`` now."""
        ...

    def take(self, session: PackSession, contents: Mapping[str, bytes]) -> None:
        """Has a session's files in their places. They are in its :meth:`LocalFolder.place` unless ``contents`` has
        them by path, or are there already. Raises OSError."""
        ...

    def forget(self) -> None:
        """The manifest tells all that has been taken so far."""
        ...

    def clear(self) -> None:
        """Removes what other builds have left half made."""
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
        """Keeps other builds out. In the end nothing but finished files is left."""
        making = self.path / _MAKING
        if self.path.exists() and not self.path.is_dir():
            raise OutputError(f"{self.path} is a file. Name a folder for the pack.")
        if making.is_symlink():
            raise OutputError(f"{making} is a link, which a folder of ours never is. Remove it, then try again.")
        try:
            self._run.mkdir(parents=True)
            with FileLock(making / _LOCK, timeout=0):
                try:
                    yield
                except BaseException:
                    self._leave()
                    raise
                shutil.rmtree(making, ignore_errors=True)
        except Timeout:
            shutil.rmtree(self._run, ignore_errors=True)
            raise OutputError(f"Another build is at work in {self.path}. Wait for it to end, then try again.") from None
        except OSError as error:
            raise OutputError(f"{self.path} could not be written to: {error.strerror or error}.") from error

    def _leave(self) -> None:
        """Leaves what the next build can go on with, and nothing else."""
        if not any(self._run.glob(f"*/{_NOTE}")):
            shutil.rmtree(self._run, ignore_errors=True)
        making = self._run.parent
        if {path.name for path in making.iterdir()} <= {_LOCK}:
            shutil.rmtree(making, ignore_errors=True)

    def place(self, name: str) -> Path:
        """A new empty folder in which a session's files can be made."""
        place = self._run / name
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        return place

    def take(self, session: PackSession, contents: Mapping[str, bytes]) -> None:
        """As :meth:`Destination.take`."""
        place = self.place(session.name) if contents else self._run / session.name
        for path, data in contents.items():
            (place / path).write_bytes(data)
        self._adopt(session, place)

    def _adopt(self, session: PackSession, place: Path) -> None:
        """Moves a session's files, which are whole in ``place``, to where they belong."""
        note = place / _NOTE
        if not note.exists():
            write_bytes(note, json.dumps(session_to_json(session)).encode())
        for file in session.files.values():
            made = place / file.path
            if made.exists():
                made.replace(self._path(file.path))

    def forget(self) -> None:
        """As :meth:`Destination.forget`."""
        for note in self._run.glob(f"*/{_NOTE}"):
            shutil.rmtree(note.parent, ignore_errors=True)

    def left_by_others(self, wanted: Mapping[str, str]) -> Iterator[PackSession]:
        """As :meth:`Destination.left_by_others`."""
        for place, session in self._noted():
            if wanted.get(session.name) == session.fingerprint and all(
                _size(place / file.path) == file.size or _size(self.path / file.path) == file.size
                for file in session.files.values()
            ):
                with suppress(OSError, ValueError):
                    self._adopt(session, place)
                    yield session

    def orphans(self, wanted: Mapping[str, str]) -> Iterator[str]:
        """As :meth:`Destination.orphans`."""
        for _, session in self._noted():
            if session.name not in wanted:
                yield from (file.path for file in session.files.values())

    def _noted(self) -> Iterator[tuple[Path, PackSession]]:
        """Where other builds had made a session whole, and the session."""
        places = (place for run in self._others() for place in run.iterdir())
        for place in sorted(place for place in places if not place.is_symlink() and place.is_dir()):
            with suppress(OSError, ValueError, *_DAMAGED):
                session = session_from_json(json.loads((place / _NOTE).read_bytes()))
                yield place, session

    def _others(self) -> list[Path]:
        """The folders of other builds; nothing that a link leads to."""
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
        """Where a file of the pack stands, which no link leads away from. Raises OutputError."""
        place = self.path / inside(path)
        if not place.parent.resolve().is_relative_to(self.path.resolve()):
            raise OutputError(f"{place.parent} is a link that leaves {self.path}. Remove it, then try again.")
        return place

    def read(self, path: str) -> bytes:
        try:
            return self._path(path).read_bytes()
        except OSError as error:
            raise OutputError(f"{self.path / path} can't be read: {error.strerror or error}.") from error

    def write(self, path: str, data: bytes) -> None:
        place = self._path(path)
        if place.is_symlink():  # which is replaced, and not followed
            place.unlink()
        write_bytes(place, data)

    def remove(self, paths: Collection[str]) -> None:
        for path in paths:
            place = self._path(path)
            try:
                place.unlink(missing_ok=True)
            except OSError as error:
                raise OutputError(f"{place} could not be removed: {error.strerror or error}.") from error
            with suppress(OSError):
                if place.parent != self.path:
                    place.parent.rmdir()


class RemoteFolder:
    """A folder at an fsspec URL. Its storage takes each file whole or not at all."""

    def __init__(self, url: str) -> None:
        self.url: str | None = url
        with self._named_failures("reached"):
            from fsspec.core import url_to_fs

            self._storage, self._root = url_to_fs(url)

    def claimed(self) -> AbstractContextManager[None]:
        return nullcontext()

    def left_by_others(self, wanted: Mapping[str, str]) -> Iterator[PackSession]:
        return iter(())

    def orphans(self, wanted: Mapping[str, str]) -> Iterator[str]:
        return iter(())

    def take(self, session: PackSession, contents: Mapping[str, bytes]) -> None:
        """Whoever made it has written its files."""

    def forget(self) -> None: ...

    def clear(self) -> None: ...

    def manifest(self) -> Manifest | None:
        with self._named_failures("read"):
            try:
                data = self._storage.cat_file(f"{self._root}/{NAME}")
            except FileNotFoundError:
                return None
        return manifest_of(data, f"{self.url}/{NAME}")

    def has(self, files: Mapping[str, int]) -> bool:
        with self._named_failures("read"):
            try:
                return all(self._storage.size(f"{self._root}/{path}") == size for path, size in files.items())
            except FileNotFoundError:
                return False

    def read(self, path: str) -> bytes:
        with self._named_failures("read"):
            try:
                return bytes(self._storage.cat_file(f"{self._root}/{path}"))
            except FileNotFoundError as error:
                raise OutputError(f"{self.url}/{path} is missing.") from error

    def write(self, path: str, data: bytes) -> None:
        with self._named_failures("written to"):
            self._storage.makedirs(os.path.dirname(f"{self._root}/{path}"), exist_ok=True)  # noqa: PTH120 (no local path)
            put(self._storage, f"{self._root}/{path}", data)

    def exists(self, path: str) -> bool:
        with self._named_failures("read"):
            return bool(self._storage.exists(f"{self._root}/{path}"))

    def remove(self, paths: Collection[str]) -> None:
        with self._named_failures("written to"):
            for path in paths:
                with suppress(FileNotFoundError):
                    self._storage.rm_file(f"{self._root}/{path}")

    @contextmanager
    def _named_failures(self, what: str) -> Iterator[None]:
        try:
            yield
        except (FileNotFoundError, OutputError):
            raise
        except ImportError as error:
            raise OutputError(f"{self.url} needs a package that is not installed: {error}.") from error
        except Exception as error:
            raise OutputError(f"{self.url} could not be {what}: {error}") from error


def put(storage: Any, path: str, data: bytes) -> None:
    """Writes a file whole or not at all: others do so by themselves, but a disk is written to bit by bit."""
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
