"""Where a finished pack is kept: a folder of this machine, or one at an fsspec URL such as ``s3://bucket/face``.

In a folder nothing is ever half there. A session is made in the folder ``.making`` and its files are moved to their
places one by one when all of them are whole; the note beside them tells what they are until the manifest does. So
a killed build goes on where it was.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from voiceguide.errors import OutputError
from voiceguide.manifest import NAME, Manifest, PackSession, load, session_from_json, session_to_json
from voiceguide.output import write_bytes

_MAKING = ".making"
_NOTE = "session.json"
_LOCK = "lock"
_DAMAGED = (KeyError, TypeError, AttributeError)


class Destination(Protocol):
    """A pack's folder, wherever it is. Everything raises OutputError when it can't be read or written."""

    @property
    def url(self) -> str | None:
        """What other machines can write to; None for a folder of this one."""
        ...

    def manifest(self) -> Manifest | None: ...

    def has(self, files: Mapping[str, int]) -> bool:
        """Whether all these files are there, with these sizes in bytes."""
        ...

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
        try:
            self._run.mkdir(parents=True)
            with FileLock(making / _LOCK, timeout=0):
                yield
                shutil.rmtree(making, ignore_errors=True)
        except Timeout:
            shutil.rmtree(self._run, ignore_errors=True)
            raise OutputError(f"Another build is at work in {self.path}. Wait for it to end, then try again.") from None
        except OSError as error:
            raise OutputError(f"{self.path} could not be written to: {error.strerror or error}.") from error

    def place(self, name: str) -> Path:
        """A new empty folder in which a session's files can be made."""
        place = self.place_of(name)
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        return place

    def place_of(self, name: str) -> Path:
        return self._run / name

    def adopt(self, session: PackSession, place: Path) -> None:
        """Moves a session's files, which are whole in ``place``, to where they belong."""
        note = place / _NOTE
        if not note.exists():
            write_bytes(note, json.dumps(session_to_json(session)).encode())
        for file in session.files.values():
            made = place / file.path
            if made.exists():
                made.replace(self.path / file.path)

    def forget(self) -> None:
        """The manifest tells all that has been adopted so far."""
        for note in self._run.glob(f"*/{_NOTE}"):
            shutil.rmtree(note.parent, ignore_errors=True)

    def left_by_others(self, wanted: Mapping[str, str]) -> Iterator[PackSession]:
        """Sessions that a build which was killed had made whole, if they are ``wanted``: by name, with fingerprints.

        Their files are moved to their places.
        """
        for place in sorted((self.path / _MAKING).glob("*/*/")):
            if place.parent == self._run:
                continue
            with suppress(OSError, ValueError, *_DAMAGED):
                session = session_from_json(json.loads((place / _NOTE).read_bytes()))
                if wanted.get(session.name) == session.fingerprint and all(
                    _size(place / file.path) == file.size or _size(self.path / file.path) == file.size
                    for file in session.files.values()
                ):
                    self.adopt(session, place)
                    yield session

    def clear(self) -> None:
        """Removes what other builds have left half made."""
        for place in (self.path / _MAKING).iterdir():
            if place != self._run and place.is_dir():
                shutil.rmtree(place, ignore_errors=True)

    def manifest(self) -> Manifest | None:
        return load(self.path)

    def has(self, files: Mapping[str, int]) -> bool:
        return all(_size(self.path / path) == size for path, size in files.items())

    def read(self, path: str) -> bytes:
        try:
            return (self.path / path).read_bytes()
        except OSError as error:
            raise OutputError(f"{self.path / path} can't be read: {error.strerror or error}.") from error

    def write(self, path: str, data: bytes) -> None:
        write_bytes(self.path / path, data)

    def remove(self, paths: Collection[str]) -> None:
        for path in paths:
            place = self.path / path
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
        from fsspec.core import url_to_fs

        self.url: str | None = url
        with self._told("reached"):
            self._storage, self._root = url_to_fs(url)

    def manifest(self) -> Manifest | None:
        with self._told("read"):
            try:
                data = self._storage.cat_file(f"{self._root}/{NAME}")
            except FileNotFoundError:
                return None
        try:
            return Manifest.from_json(json.loads(data))
        except ValueError as error:
            raise OutputError(f"{self.url}/{NAME} can't be read: {error}.") from error

    def has(self, files: Mapping[str, int]) -> bool:
        with self._told("read"):
            try:
                return all(self._storage.size(f"{self._root}/{path}") == size for path, size in files.items())
            except FileNotFoundError:
                return False

    def read(self, path: str) -> bytes:
        with self._told("read"):
            try:
                return bytes(self._storage.cat_file(f"{self._root}/{path}"))
            except FileNotFoundError as error:
                raise OutputError(f"{self.url}/{path} is missing.") from error

    def write(self, path: str, data: bytes) -> None:
        with self._told("written to"):
            self._storage.makedirs(os.path.dirname(f"{self._root}/{path}"), exist_ok=True)  # noqa: PTH120 (no local path)
            self._storage.pipe_file(f"{self._root}/{path}", data)

    def remove(self, paths: Collection[str]) -> None:
        with self._told("written to"):
            for path in paths:
                with suppress(FileNotFoundError):
                    self._storage.rm_file(f"{self._root}/{path}")

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except (FileNotFoundError, OutputError):
            raise
        except Exception as error:
            raise OutputError(f"{self.url} could not be {what}: {error}") from error


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
