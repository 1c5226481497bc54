"""Which sound a name in a script means: one of the library's, or a file in the script's folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from voiceguide.errors import did_you_mean
from voiceguide.mix_levels import LOUDEST_BED, TOO_LOUD_FOR_A_BED
from voiceguide.routine import OpeningBed, SoundRef
from voiceguide.script.files import Folder
from voiceguide.units import parse_duration, parse_level

_BED_OPTION = re.compile(r"(?P<name>.*\S)[\s,]+(?:fade\s+(?P<fade>[\w.:]+)|(?P<level>[+-]?[0-9.]+ ?dB))", re.IGNORECASE)


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


def read_bed(text: str, known: Collection[str], folder: Folder | None) -> OpeningBed:
    """The bed of a setting, written as in the cue: a name, then perhaps a level and ``fade`` with a duration.

    Raises ValueError with a sentence for the user.
    """
    return bed_of(text, lambda name: find_sound(name, "bed", known, folder))


def bed_of(text: str, find: Callable[[str], SoundRef]) -> OpeningBed:
    """As :func:`read_bed`; ``find`` gives the sound of a name, and raises ValueError."""
    name, asked = text.strip(), OpeningBed()
    while (option := _BED_OPTION.fullmatch(name)) is not None:
        if option["fade"]:
            asked = replace(asked, fade=parse_duration(option["fade"]))
        else:
            asked = replace(asked, level=_bed_level(option["level"]))
        name = option["name"].rstrip(" ,")
    name = name[1:-1].strip() if len(name) > 1 and name[0] == name[-1] == '"' else name
    return OpeningBed() if name.casefold() in ("none", "null", "false", "") else replace(asked, sound=find(name))


def _bed_level(text: str) -> float:
    level = parse_level(text)
    if level > LOUDEST_BED:
        raise ValueError(TOO_LOUD_FOR_A_BED)
    return level
