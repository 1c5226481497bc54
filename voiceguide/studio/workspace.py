"""The studio's folder: its scripts and packs, found, read, saved, renamed, deleted, and nothing outside of it.

A name is a path relative to the folder, with ``/`` between its parts. Links are not followed. What a person wrote is
never lost: a save that would overwrite what somebody else wrote is refused with that text, every saved text is kept as
a version, and what is deleted goes to the trash.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from voiceguide.atomic import write_bytes
from voiceguide.errors import OutputError
from voiceguide.reviews import review_path
from voiceguide.script.files import LARGEST_SCRIPT
from voiceguide.studio.overview import Overview
from voiceguide.studio.tables import Tables
from voiceguide.studio.trash import Trash
from voiceguide.studio.versions import Versions

OWN = ".voiceguide"
"""The folder, inside the studio's, for versions and trash."""

_ENDINGS = (".md", ".yaml")
_MOST_ENTRIES = 5_000
_LONGEST_NAME = 120  # characters
_UNSAFE = re.compile(r'[\x00-\x1f<>:"\\|?*\u202a-\u202e\u2066-\u2069]')


class NoSuchName(ValueError):
    """A name that no file here can have, or does not; the text is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A file's text as it is on disk: ``mark`` tells it from any other text. Line ends are those of the file."""

    text: str
    mark: str


class Conflict(Exception):
    """Another program has changed the file since it was read: ``now`` is what it holds; None when it is gone."""

    def __init__(self, now: Saved | None) -> None:
        super().__init__("This script was changed by another program.")
        self.now = now


class Workspace:
    """One folder. All methods raise NoSuchName, and OutputError when the disk does not let them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.versions = Versions(self.folder / OWN / "versions")
        self.trash = Trash(self.folder / OWN / "trash")
        self.tables = Tables(self.folder / OWN / "people")
        self.overview = Overview()

    def names(self) -> tuple[str, ...]:
        """The scripts and packs, in alphabetical order."""
        found = (path.relative_to(self.folder).as_posix() for path in self._files(self.folder))
        return tuple(sorted(name for _, name in zip(range(_MOST_ENTRIES), found, strict=False)))

    def read(self, name: str) -> Saved:
        """A file's text."""
        path = self.path(name)
        try:
            data = path.read_bytes() if path.is_file() else None
        except OSError as error:
            raise NoSuchName(f"{name} cannot be read: {error.strerror or error}.") from error
        if data is None:
            raise NoSuchName(f"There is no file {name} in this folder.")
        if len(data) > LARGEST_SCRIPT:
            raise NoSuchName(f"{name} is larger than {LARGEST_SCRIPT // 2**20} MiB, the most that a script may be.")
        try:
            return Saved(data.removeprefix(codecs.BOM_UTF8).decode(), _mark(data))
        except UnicodeDecodeError as error:
            raise NoSuchName(f"{name} is no UTF-8 text; save it as such with the program that wrote it.") from error

    def mark(self, name: str) -> str | None:
        """The mark of what a file holds now; None when there is no such file."""
        path = self.path(name)
        try:
            return _mark(path.read_bytes()) if path.is_file() else None
        except OSError:
            return None

    def save(self, name: str, text: str, before: str | None) -> Saved:
        """Writes a text whole. ``before`` is the mark of what it replaces (None: there is no such file yet).

        Raises Conflict, and writes nothing, when the file holds something else than that and than ``text``.
        """
        data = text.encode()
        if len(data) > LARGEST_SCRIPT:
            raise NoSuchName(f"A script may have {LARGEST_SCRIPT // 2**20} MiB at most; this text is longer.")
        path, now = self.path(name), self.mark(name)
        if now not in (before, _mark(data)):
            raise Conflict(None if now is None else self.read(name))
        if now != _mark(data):
            if now is not None:
                self.versions.keep(name, path.read_bytes())
            write_bytes(path, data)
            self.versions.keep(name, data)
        return Saved(text, _mark(data))

    def add(self, name: str, text: str) -> Saved:
        """Writes a new file. Raises NoSuchName when there is one of that name."""
        if self.path(name).exists():
            raise NoSuchName(f"There is a file {name} in this folder; choose another name.")
        return self.save(name, text, None)

    def add_copy(self, name: str, source: Path, parts: Iterable[Path]) -> None:
        """Writes a copy of a script from elsewhere, with the ``parts`` that it names, relative to its folder.

        A part that is there already with the same content stays. Raises NoSuchName when one of that name has other
        content, and then writes nothing.
        """
        target = self.path(name)
        copies = [(target.parent / part, (source.parent / part).read_bytes()) for part in parts]
        inside = self.folder.resolve()
        for path, content in copies:
            if not path.resolve().is_relative_to(inside):  # a link
                raise NoSuchName(f"{name} needs files outside of this folder, where nothing is written.")
            if path.exists() and not (path.is_file() and path.read_bytes() == content):
                there = path.relative_to(self.folder).as_posix()
                raise NoSuchName(f"{name} needs a file {there}, but there is another of that name; rename it first.")
        if target.exists():
            raise NoSuchName(f"There is a file {name} in this folder; choose another name.")
        for path, content in copies:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                write_bytes(path, content)
        self.add(name, source.read_text("utf-8"))

    def duplicate(self, name: str) -> str:
        """A copy beside a file, whose name is given back."""
        copy = self.free_name(name)
        self.add(copy, self.read(name).text)
        return copy

    def rename(self, name: str, new: str) -> None:
        """Gives a file another name; its versions go with it."""
        path, target = self.path(name), self.path(new)
        if not path.is_file():
            raise NoSuchName(f"There is no file {name} in this folder.")
        if target.exists() and not _same_file(path, target):
            raise NoSuchName(f"There is a file {new} in this folder; choose another name.")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
        except OSError as error:
            raise OutputError(f"{name} cannot be renamed: {error.strerror or error}.") from error
        self.versions.rename(name, new)
        self.tables.rename(name, new)
        with suppress(OSError):  # there may be none
            _beside(path).rename(_beside(target))

    def delete(self, name: str) -> str:
        """Moves a file to the trash; what is given back brings it back there."""
        path = self.path(name)
        if not path.is_file():
            raise NoSuchName(f"There is no file {name} in this folder.")
        return self.trash.put(path, name, _beside(path))

    def restore(self, deleted: str) -> str:
        """Brings a file back from the trash; its name is given back. Raises NoSuchName when that is taken again."""
        name = self.trash.name_of(deleted)
        if name is None:
            raise NoSuchName("This is not in the trash any more.")
        path = self.path(name)
        if path.exists():
            raise NoSuchName(f"There is a file {name} in this folder again; rename that one first.")
        self.trash.restore(deleted, path, _beside(path))
        return name

    def free_name(self, wanted: str) -> str:
        """The name, or one like it that no file here has yet."""
        path = PurePosixPath(wanted)
        for number in range(1, 1000):
            name = wanted if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}").as_posix()
            if not self.path(name).exists():
                return name
        raise NoSuchName(f"There are too many files like {wanted}.")

    def path(self, name: str, endings: tuple[str, ...] = _ENDINGS) -> Path:
        """A name's path in the folder. Raises NoSuchName for a name that leaves it, or ends in none of ``endings`` (an
        empty one stands for a folder)."""
        parts = PurePosixPath(name).parts
        if not parts or PurePosixPath(name).is_absolute() or _UNSAFE.search(name) or len(name) > _LONGEST_NAME:
            raise NoSuchName(f"'{_shown(name)}' is no name for a file here; choose one like evening.md.")
        if any(part in (".", "..") or part.startswith(".") or part != part.strip(" .") for part in parts):
            raise NoSuchName(f"'{_shown(name)}' is no name for a file here; choose one like evening.md.")
        path = self.folder.joinpath(*parts)
        if not path.name.lower().endswith(endings) or not path.stem:
            wanted = ".md, as scripts do" if ".md" in endings else " or ".join(endings)
            raise NoSuchName(f"'{_shown(name)}' should end in {wanted}.")
        if any(self.folder.joinpath(*parts[: count + 1]).is_symlink() for count in range(len(parts))):
            raise NoSuchName(f"'{_shown(name)}' is a link, which the studio does not follow.")
        return path

    def _files(self, folder: Path) -> Iterator[Path]:
        try:
            entries = sorted(folder.iterdir())
        except OSError:
            return
        for path in entries:
            if path.name.startswith(".") or path.is_symlink():
                continue
            if path.is_dir():
                yield from self._files(path)
            elif path.suffix.lower() in _ENDINGS and path.name.lower() != "readme.md":
                yield path


def _beside(path: Path) -> Path:
    """What goes with a file: a script's review. Nothing goes with a pack file; there is no file of that name."""
    return review_path(path) if path.suffix.lower() == ".md" else path.with_name(f".{path.name}.review")


def _mark(data: bytes) -> str:
    return hashlib.sha256(data.removeprefix(codecs.BOM_UTF8)).hexdigest()


def _same_file(one: Path, other: Path) -> bool:
    """Also where capital letters make no difference on this disk."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def _shown(name: str) -> str:
    return _UNSAFE.sub("·", name[:_LONGEST_NAME])
