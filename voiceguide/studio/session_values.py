"""What the session panel shows of a script: its settings, whether written or not, and its variables."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from voiceguide.routine import Each, Repeat, Routine, Settings
from voiceguide.script.front_matter_block import split
from voiceguide.script.names import NAME
from voiceguide.script.text import LineIndex, Text, without_comments

_SLOT = re.compile(rf"(?<!\\)\{{\s*({NAME.pattern})\s*\}}")
_SOUNDS = (".flac", ".wav", ".mp3", ".ogg", ".opus", ".m4a")
_MOST_SOUNDS = 100


def settings_row(settings: Settings) -> dict[str, Any]:
    """The values that hold, with the front matter's keys; ``written`` names those that stand in it. Seconds and dB."""
    return {
        "written": sorted(settings.spans),
        "title": settings.title,
        "language": settings.language,
        "voice": settings.voice,
        "pace": [float(settings.pace.first), float(settings.pace.last)],
        "phrasing": None if settings.phrasing is None else float(settings.phrasing),
        "length": None if settings.length is None else float(settings.length),
        "bed": None if settings.bed is None else settings.bed.name,
        "chimes": asdict(settings.chimes),
        "levels": asdict(settings.levels),
        "ducking": asdict(settings.ducking),
        "profile": settings.profile,
        "loudness": settings.loudness,
        "sleep": settings.sleep,
    }


def variables_of(routine: Routine) -> dict[str, str | None]:
    """The names that the script asks for, in the order of the text, each with its value in the front matter (None: it
    has none), and then those in the front matter that nothing asks for."""
    values = routine.settings.variables
    own = {node.name for node in routine.nodes() if isinstance(node, Each)}
    if any(isinstance(node, Repeat) for node in routine.nodes()):
        own |= {"n", "total"}
    names = dict.fromkeys(_SLOT.findall(_body(routine)))
    asked = {name: values.get(name) for name in names if name in values or name not in own}
    return {**asked, **{name: value for name, value in values.items() if name not in asked}}


def _body(routine: Routine) -> str:
    _, body, _ = split(Text.of(LineIndex.of(routine.span.source)))
    return without_comments(body)[0].chars


def sounds_beside(folder: Path) -> list[str]:
    """The sound files in a script's folder and below it, by the names that a script gives them."""
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.suffix.casefold() in _SOUNDS and not any(part.startswith(".") for part in name.parts):
            if path.is_file() and not path.is_symlink():
                found.append(name.as_posix())
            if len(found) == _MOST_SOUNDS:
                break
    return found
