"""Which sound a name in a script means: one of the library's, or a file in the script's folder."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

from voiceguide.errors import did_you_mean
from voiceguide.routine import SoundRef
from voiceguide.script.files import Folder


@dataclass(frozen=True, slots=True)
class SoundNames:
    """The names that the sound library knows: sounds that can be struck or played, and beds."""

    sounds: tuple[str, ...]
    beds: tuple[str, ...]


def find_sound(name: str, what: str, known: Collection[str], folder: Folder | None) -> SoundRef:
    """The sound called ``name``. Without a folder only the library's names count.

    Raises ValueError with a sentence for the user that calls the sound ``what``.
    """
    by_folded = {entry.casefold(): entry for entry in known}
    path = PurePosixPath(name)
    stem = path.stem if path.suffix.casefold() == ".flac" and len(path.parts) == 1 else name
    if folder is not None and (found := folder.find(name)) is not None:
        return SoundRef(name, found)
    if stem.casefold() in by_folded:
        return SoundRef(by_folded[stem.casefold()])
    if folder is not None and (path.suffix or len(path.parts) > 1):
        raise ValueError(f"there is no {what} '{name}' in the script's folder or in the sound library")
    raise ValueError(f"unknown {what} '{name}'{did_you_mean(name, known)}; there are {', '.join(sorted(known))}")
