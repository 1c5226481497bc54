"""The delivery profiles: loudness and true peak of a finished file, and what audiobook shops ask besides.

Imports nothing heavy, so that the command line can name them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from voiceguide.vocabulary import PROFILE_LOUDNESS


@dataclass(frozen=True, slots=True)
class Shop:
    """What an audiobook shop measures. Levels are RMS in dB, lengths in seconds.

    ``rms``: the least and the most of the whole file. ``floor``: the most that the quietest half second may have.
    ``head`` and ``tail``: the least and the most seconds below the floor at either end. ``bitrate``: the least constant
    kbit/s of an MP3.
    """

    rms: tuple[float, float]
    floor: float
    head: tuple[float, float]
    tail: tuple[float, float]
    bitrate: int


@dataclass(frozen=True, slots=True)
class Profile:
    """Integrated ``loudness`` in LUFS and the highest ``true_peak`` in dBTP, both of the file as decoded.

    With a ``shop``, its RMS decides how loud the session is instead.
    """

    name: str
    summary: str
    loudness: float
    true_peak: float
    shop: Shop | None = None


RMS_ABOVE_LEAST = 1.0
"""dB above the least RMS that a shop takes, which a session is mastered to: the quiet end needs the least limiting."""

_ACX = Shop(rms=(-23.0, -18.0), floor=-60.0, head=(0.5, 1.0), tail=(1.0, 5.0), bitrate=192)
"""Audible's "ACX Audio Submission Requirements"; other shops ask for the same or less."""

_ALL = (
    Profile("podcast", f"as podcasts are, {PROFILE_LOUDNESS['podcast']:g} LUFS", PROFILE_LOUDNESS["podcast"], -1.0),
    Profile("sleep", f"for the night, {PROFILE_LOUDNESS['sleep']:g} LUFS", PROFILE_LOUDNESS["sleep"], -1.0),
    Profile("audiobook", "as audiobook shops ask", PROFILE_LOUDNESS["audiobook"], -3.0, _ACX),
)

PROFILES: Mapping[str, Profile] = MappingProxyType({profile.name: profile for profile in _ALL})
"""The profiles by name. A session that asks for none is a podcast."""
