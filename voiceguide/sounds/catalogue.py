"""What the sound library holds: one table of sounds, one of beds. Imports nothing heavy.

A new sound is a row here and a recipe in :mod:`~voiceguide.sounds.sound_recipes`; a new bed is a row here and a recipe
in :mod:`~voiceguide.sounds.bed_recipes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Use = Literal["chime", "breath", "hold", "side"]

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
    """One background.

    ``level`` is its integrated loudness against the voice, in LU, before the mixer sets it as far below as the script
    says: 0 but for a bed that shall hardly be heard.
    """

    name: str
    summary: str
    level: float = 0.0


SOUNDS: tuple[SoundSpec, ...] = (
    SoundSpec("bowl", "chime", "a singing bowl of 180 mm, deep and slowly beating", -4.0),
    SoundSpec("bowl-medium", "chime", "a singing bowl of 152 mm", -4.0),
    SoundSpec("bowl-small", "chime", "a singing bowl of 140 mm, clear", -4.0),
    SoundSpec("bell", "chime", "a small handbell, clear and high", -4.0),
    SoundSpec("tingsha", "chime", "two small cymbals struck together, bright and shimmering", -4.0),
    SoundSpec("rin", "chime", "a Japanese bowl bell, pure and even", -4.0),
    SoundSpec("wood", "chime", "a wooden bar, short and dry", -12.0),
    SoundSpec("gong", "chime", "a small gong that opens after it is struck", -4.0),
    SoundSpec("rise", "breath", "plain: a soft tone that glides up, breathe in", -7.0),
    SoundSpec("fall", "breath", "plain: a soft tone that glides down, breathe out", -7.0),
    SoundSpec("tick", "breath", "plain: a soft wooden tap, keep the breath where it is", -8.0),
    SoundSpec("air-rise", "breath", "air: a breath drawn in", -7.0),
    SoundSpec("air-fall", "breath", "air: a breath let go", -7.0),
    SoundSpec("air-tick", "breath", "air: a short puff, keep the breath where it is", -8.0),
    SoundSpec("tone-rise", "breath", "tone: a long warm tone that glides up, breathe in", -7.0),
    SoundSpec("tone-fall", "breath", "tone: a long warm tone that glides down, breathe out", -7.0),
    SoundSpec("tone-tick", "breath", "tone: a short warm tone, keep the breath where it is", -8.0),
    SoundSpec("release", "hold", "a small low bowl: let go", -7.0),
    SoundSpec("halfway", "hold", "a short soft ring: half of the hold is over", -8.0),
    SoundSpec("switch", "side", "two soft tones: change to the other side", -6.0),
)

BEDS: tuple[BedSpec, ...] = (
    BedSpec("rain", "steady rain, and now and then a drop near by"),
    BedSpec("ocean", "waves that come in and run out"),
    BedSpec("stream", "a brook over stones"),
    BedSpec("wind", "wind in bare trees, in slow gusts"),
    BedSpec("brown", "deep soft noise, like a far waterfall"),
    BedSpec("pink", "even noise, like a fan far off"),
    BedSpec("pad", "a warm chord that hardly moves"),
    BedSpec("silence", "the faint tone of a quiet room, so that a pause never sounds like the end", -20.0),
    BedSpec("binaural", "a low tone in each ear, 6 Hz apart; it needs headphones"),
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
