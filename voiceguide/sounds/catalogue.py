"""What the sound library holds: one table of sounds, one of beds. Imports nothing heavy.

A new sound is a row here and a recipe in :mod:`~voiceguide.sounds.synthesis`; a new bed is a row here and a recipe
in :mod:`~voiceguide.sounds.beds`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Use = Literal["chime", "breath", "hold"]

FILE_LEVEL = -4.0
"""LU of the loudest 400 ms of a person's own sound file against the voice: as loud as a chime."""

SWELL_LEVEL = -14.0
"""LU of a swell at its loudest against the voice."""


@dataclass(frozen=True, slots=True)
class SoundSpec:
    """One sound of the library.

    ``use`` is what the planner takes it for; a script may strike any of them by name. ``level`` is the loudness of
    its loudest 400 ms against the voice, in LU (EBU R 128 momentary loudness).
    """

    name: str
    use: Use
    summary: str
    level: float


@dataclass(frozen=True, slots=True)
class BedSpec:
    """One background. All beds have the voice's integrated loudness; the mixer sets them below it."""

    name: str
    summary: str


SOUNDS: tuple[SoundSpec, ...] = (
    SoundSpec("bowl", "chime", "a singing bowl of 180 mm, slowly beating, rings for twelve seconds", -4.0),
    SoundSpec("bell", "chime", "a small handbell, clear and high, rings for five seconds", -4.0),
    SoundSpec("rise", "breath", "a soft tone that glides up: breathe in", -7.0),
    SoundSpec("fall", "breath", "a soft tone that glides down: breathe out", -7.0),
    SoundSpec("tick", "breath", "a soft wooden tap: keep the breath where it is", -8.0),
    SoundSpec("release", "hold", "a small low bowl: let go", -7.0),
    SoundSpec("halfway", "hold", "a short soft ring: half of the hold is over", -8.0),
)

BEDS: tuple[BedSpec, ...] = (
    BedSpec("brown", "deep soft noise, like a far waterfall"),
    BedSpec("pink", "even noise, like steady rain on leaves"),
)


def sound_names() -> tuple[str, ...]:
    """Every sound of the library, in the table's order."""
    return tuple(spec.name for spec in SOUNDS)


def chime_names() -> tuple[str, ...]:
    """The sounds that can be a session's own chime."""
    return tuple(spec.name for spec in SOUNDS if spec.use == "chime")


def bed_names() -> tuple[str, ...]:
    """Every bed of the library, in the table's order."""
    return tuple(spec.name for spec in BEDS)
