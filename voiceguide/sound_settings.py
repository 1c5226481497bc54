"""How a session sounds, as far as its script says: which chimes, how the bed gives way, how loud each bus is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from voiceguide.mix_levels import BED_DIPS

RoomName = Literal["none", "small", "hall"]
"""The rooms that a voice can sound in."""

ROOM_NAMES: tuple[RoomName, ...] = get_args(RoomName)


@dataclass(frozen=True, slots=True)
class Gaps:
    """Silence between two sentences of a paragraph, and between two paragraphs, in seconds."""

    sentence: Fraction = Fraction(6, 10)
    paragraph: Fraction = Fraction(12, 10)


@dataclass(frozen=True, slots=True)
class Chimes:
    """The sounds of a session: the one that ``[chime]`` strikes, and the set that guides a breath."""

    struck: str = "bowl"
    breath: str = "plain"


@dataclass(frozen=True, slots=True)
class Ducking:
    """How the bed gives way to the voice: ``depth_db`` down, reached over ``lead`` seconds before a line begins and
    given back over ``release`` seconds after it ends. Lines too close for both stay in one dip.
    """

    depth_db: float = BED_DIPS
    lead: float = 0.3
    release: float = 1.25


@dataclass(frozen=True, slots=True)
class Levels:
    """The gain of each bus in dB, on top of what is written at a cue."""

    voice: float = 0.0
    breath: float = 0.0
    chimes: float = 0.0
    bed: float = 0.0
