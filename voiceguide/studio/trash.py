"""What was deleted in the studio, until it is brought back or emptied."""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from voiceguide.errors import OutputError

_KEY = re.compile(r"(?P<at>[0-9]{13})-[0-9a-f]{8}-(?P<name>[A-Za-z0-9._~%-]+)")


@dataclass(frozen=True, slots=True)
class Deleted:
    """A file in the trash: the key that restores it, its name, and when it was deleted (seconds since 1970)."""

    key: str
    name: str
    at: float


class Trash:
    """Deleted files in ``folder``, each under a name that holds its own and the moment."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, path: Path, name: str, beside: Path) -> str:
        """Moves a file here, with the one ``beside`` it, if there is one, and gives its key. Raises OutputError."""
        key = f"{round(time.time() * 1000):013d}-{secrets.token_hex(4)}-{quote(name, safe='')}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.rename(self._folder / key)
        except OSError as error:
            raise OutputError(f"{name} cannot be deleted: {error.strerror or error}.") from error
        with suppress(OSError):
            beside.rename(self._beside(key))
        return key

    def entries(self) -> tuple[Deleted, ...]:
        """What is here, the latest first."""
        return tuple(sorted(self._entries(), key=lambda entry: entry.key, reverse=True))

    def name_of(self, key: str) -> str | None:
        """The name of a deleted file; None when it is not here."""
        match = _KEY.fullmatch(key)
        return unquote(match["name"]) if match and (self._folder / key).is_file() else None

    def restore(self, key: str, path: Path, beside: Path) -> None:
        """Moves a file back, to a path at which there is none, with what was ``beside`` it. Raises OutputError."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _move(self._folder / key, path)
        except OSError as error:
            raise OutputError(f"{path.name} cannot be brought back: {error.strerror or error}.") from error
        with suppress(OSError):
            _move(self._beside(key), beside)

    def empty(self) -> None:
        """Removes all that is here for good."""
        for entry in self._entries():
            for path in (self._folder / entry.key, self._beside(entry.key)):
                with suppress(OSError):
                    path.unlink()

    def _beside(self, key: str) -> Path:
        return self._folder / f"{key}+"

    def _entries(self) -> Iterator[Deleted]:
        with suppress(OSError):
            for path in self._folder.iterdir():
                if match := _KEY.fullmatch(path.name):
                    yield Deleted(path.name, unquote(match["name"]), int(match["at"]) / 1000)


def _move(source: Path, target: Path) -> None:
    """To a path at which there is nothing; a link, unlike a rename, never replaces a file. Not every disk has links."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        source.rename(target)
    else:
        source.unlink()
