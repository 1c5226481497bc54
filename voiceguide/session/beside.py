"""The files beside a script that it can name, as far as a list of suggestions needs them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from voiceguide.editing.completion import Names
from voiceguide.session.options import known_sounds

_SOUNDS = (".flac", ".wav", ".mp3", ".ogg", ".opus", ".m4a")
_MOST_NAMES = 100
_MOST_LOOKED_AT = 2_000
"""Files; a script may lie in a folder with everything that a person has."""


def sounds_beside(folder: Path) -> list[str]:
    """The sound files in a script's folder and below it, by the names that a script gives them; the first hundred."""
    return _named(folder, _SOUNDS)


def names_for(script: Path | None) -> Names:
    """What can be named in a script that lies there; None: it lies nowhere yet. Voices are left out."""
    if script is None:
        return Names(known_sounds())
    others = tuple(name for name in _named(script.parent, (".md",)) if name != script.name)
    return Names(known_sounds(), files=tuple(sounds_beside(script.parent)), scripts=others)


def _named(folder: Path, suffixes: tuple[str, ...]) -> list[str]:
    found = sorted(path.relative_to(folder) for path in _files(folder) if path.suffix.casefold() in suffixes)
    return [path.as_posix() for path in found[:_MOST_NAMES]]


def _files(folder: Path) -> Iterator[Path]:
    """Plain files, hidden folders left out."""
    looked_at = 0
    for inside, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            looked_at += 1
            if looked_at > _MOST_LOOKED_AT:
                return
            path = Path(inside, name)
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                yield path
