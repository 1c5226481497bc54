"""What the session panel shows of a script: its settings, whether written or not."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from voiceguide.routine import Settings


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
        "room": settings.room,
        "profile": settings.profile,
        "loudness": settings.loudness,
        "sleep": settings.sleep,
    }
