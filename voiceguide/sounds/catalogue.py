"""What the sound library holds: one table of sounds, one of beds. Imports nothing heavy.

A new sound is a row here and a recipe in :mod:`~voiceguide.sounds.sound_recipes`; a new bed is a row here and a recipe
in :mod:`~voiceguide.sounds.bed_recipes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from voiceguide.mix_levels import (
    BREATH_HOLD_LEVEL,
    BREATH_LEVEL,
    CHIME_LEVEL,
    DRY_CHIME_LEVEL,
    FILE_LEVEL,
    HALFWAY_LEVEL,
    RELEASE_LEVEL,
    ROOM_TONE_LEVEL,
    SIDE_LEVEL,
)
from voiceguide.routine import SoundRef

Use = Literal["chime", "breath", "hold", "side"]


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
    SoundSpec("bowl", "chime", "a singing bowl of 180 mm, deep and slowly beating", CHIME_LEVEL),
    SoundSpec("bowl-medium", "chime", "a singing bowl of 152 mm", CHIME_LEVEL),
    SoundSpec("bowl-small", "chime", "a singing bowl of 140 mm, clear", CHIME_LEVEL),
    SoundSpec("bell", "chime", "a small handbell, clear and high", CHIME_LEVEL),
    SoundSpec("tingsha", "chime", "two small cymbals struck together, bright and shimmering", CHIME_LEVEL),
    SoundSpec("rin", "chime", "a Japanese bowl bell, pure and even", CHIME_LEVEL),
    SoundSpec("wood", "chime", "a wooden bar, short and dry", DRY_CHIME_LEVEL),
    SoundSpec("gong", "chime", "a small gong that opens after it is struck", CHIME_LEVEL),
    SoundSpec("rise", "breath", "plain: a soft tone that glides up, breathe in", BREATH_LEVEL),
    SoundSpec("fall", "breath", "plain: a soft tone that glides down, breathe out", BREATH_LEVEL),
    SoundSpec("tick", "breath", "plain: a soft wooden tap, keep the breath where it is", BREATH_HOLD_LEVEL),
    SoundSpec("air-rise", "breath", "air: a breath drawn in", BREATH_LEVEL),
    SoundSpec("air-fall", "breath", "air: a breath let go", BREATH_LEVEL),
    SoundSpec("air-tick", "breath", "air: a short puff, keep the breath where it is", BREATH_HOLD_LEVEL),
    SoundSpec("tone-rise", "breath", "tone: a long warm tone that glides up, breathe in", BREATH_LEVEL),
    SoundSpec("tone-fall", "breath", "tone: a long warm tone that glides down, breathe out", BREATH_LEVEL),
    SoundSpec("tone-tick", "breath", "tone: a short warm tone, keep the breath where it is", BREATH_HOLD_LEVEL),
    SoundSpec("release", "hold", "a small low bowl: let go", RELEASE_LEVEL),
    SoundSpec("halfway", "hold", "a short soft ring: half of the hold is over", HALFWAY_LEVEL),
    SoundSpec("switch", "side", "two soft tones: change to the other side", SIDE_LEVEL),
)

BEDS: tuple[BedSpec, ...] = (
    BedSpec("rain", "steady rain, and now and then a drop near by"),
    BedSpec("ocean", "waves that come in and run out"),
    BedSpec("stream", "a brook over stones"),
    BedSpec("wind", "wind in bare trees, in slow gusts"),
    BedSpec("fire", "a wood fire that crackles softly"),
    BedSpec("night", "a mild night with crickets"),
    BedSpec("forest", "leaves that stir, and birds far away"),
    BedSpec("brown", "deep soft noise, like a far waterfall"),
    BedSpec("pink", "even noise, like a fan far off", -0.8),
    BedSpec("pad", "a warm chord that breathes, and slowly turns into another"),
    BedSpec("drone", "a singing bowl that is rubbed, without a beginning or an end"),
    BedSpec("notes", "single soft notes as of a piano, in a scale of five"),
    BedSpec("silence", "the faint tone of a quiet room, so that a pause never sounds like the end", ROOM_TONE_LEVEL),
    BedSpec("binaural", "a low tone in each ear, 6 Hz apart; it needs headphones"),
)


def sound_names() -> tuple[str, ...]:
    """Every sound of the library, in the table's order."""
    return tuple(spec.name for spec in SOUNDS)


_SOUND_LEVELS: Mapping[str, float] = MappingProxyType({spec.name: spec.level for spec in SOUNDS})
_BED_LEVELS: Mapping[str, float] = MappingProxyType({spec.name: spec.level for spec in BEDS})


def sound_level(sound: SoundRef) -> float:
    """LU of a sound's loudest 400 ms against the voice: that of its row, or the most that a person's file has.

    Raises KeyError when the library has no such sound.
    """
    return FILE_LEVEL if sound.path is not None else _SOUND_LEVELS[sound.name]


def bed_names() -> tuple[str, ...]:
    """Every bed of the library, in the table's order."""
    return tuple(spec.name for spec in BEDS)


def bed_level(bed: SoundRef) -> float:
    """LU of a bed's integrated loudness against the voice, before a script sets it below: 0 for a person's file.

    Raises KeyError when the library has no such bed.
    """
    return 0.0 if bed.path is not None else _BED_LEVELS[bed.name]
