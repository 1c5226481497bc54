"""What the session panel shows of a script: its settings, whether written or not, and the sounds beside it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from voiceguide.routine import Settings

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
        "bed": None if settings.bed.sound is None else settings.bed.sound.name,
        "chimes": asdict(settings.chimes),
        "levels": asdict(settings.levels),
        "ducking": asdict(settings.ducking),
        "profile": settings.profile,
        "loudness": settings.loudness,
        "sleep": settings.sleep,
    }


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
