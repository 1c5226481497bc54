"""The delivery profiles: loudness and true peak of a finished file, and what audiobook shops ask besides.

Imports nothing heavy, so that the command line can name them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from voiceguide.units import SAMPLE_RATE
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
class Upload:
    """What a site takes: files of these ``kinds``, of ``largest`` bytes at most."""

    kinds: tuple[str, ...]
    largest: int


@dataclass(frozen=True, slots=True)
class Profile:
    """Integrated ``loudness`` in LUFS and the highest ``true_peak`` in dBTP, both of the file as decoded.

    ``sample_rate``: Hz of the file, where a session asks for no other. ``exact``: a file is judged by its integrated
    loudness, within ``tolerance`` LU, so the voice gives way to it. With a ``shop``, its RMS decides how loud the
    session is instead. ``upload``: what the site it is for takes besides.
    """

    name: str
    summary: str
    loudness: float
    true_peak: float
    sample_rate: int = SAMPLE_RATE
    shop: Shop | None = None
    exact: bool = False
    tolerance: float = 0.3
    upload: Upload | None = None


RMS_ABOVE_LEAST = 1.0
"""dB above the least RMS that a shop takes, which a session is mastered to: the quiet end needs the least limiting."""

_ACX = Shop(rms=(-23.0, -18.0), floor=-60.0, head=(0.5, 1.0), tail=(1.0, 5.0), bitrate=192)
"""Audible's "ACX Audio Submission Requirements"; other shops ask for the same or less."""

_INSIGHT_TIMER = Upload(kinds=("mp3",), largest=500_000_000)
"""Insight Timer's "Best Practices for Content": MP3, 128 kbit/s, 48 kHz, up to 500 MB. It names no loudness."""


def _profile(name: str, summary: str, true_peak: float = -1.0, **more: Any) -> Profile:
    loudness = PROFILE_LOUDNESS[name]
    return Profile(name, summary.format(f"{loudness:g} LUFS"), loudness, true_peak, **more)


_ALL = (
    _profile("podcast", "as podcasts are, {}"),
    _profile("sleep", "for the night, {}"),
    _profile("audiobook", "as audiobook shops ask", true_peak=-3.0, shop=_ACX),
    _profile("insight-timer", "as Insight Timer asks, {}", sample_rate=48_000, upload=_INSIGHT_TIMER),
    _profile("youtube", "as loud as YouTube plays, {}", sample_rate=48_000),
    _profile("broadcast", "for radio and television (EBU R 128), {}", sample_rate=48_000, exact=True, tolerance=0.2),
)

PROFILES: Mapping[str, Profile] = MappingProxyType({profile.name: profile for profile in _ALL})
"""The profiles by name. A session that asks for none is a podcast."""
