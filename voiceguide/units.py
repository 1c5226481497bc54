"""Seconds, frames, decibels and how people write them. Imports no other module of voiceguide.

Durations are exact rationals (:class:`fractions.Fraction`, in seconds), so that 5.5 s repeated for hours never
drifts; positions in audio are integer frames at :data:`SAMPLE_RATE`; intervals are half-open.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

SAMPLE_RATE = 44_100
"""Frames per second of everything that is planned and mixed, whatever the sample rate of the file."""

FILE_RATES = (44_100, 48_000)
"""Hz; the sample rates that a finished file can have."""

LONGEST_SESSION = Fraction(12 * 3600)
"""Seconds; no session and no duration in a script may be longer."""

SLOWEST_PACE, FASTEST_PACE = Fraction(1, 2), Fraction(2)
"""The paces that a script can give; 1 is calm, whatever the voice."""

PACES = f"{float(SLOWEST_PACE):g} to {float(FASTEST_PACE):g}"
"""The range of paces, for messages and help."""

SOFTEST_LEVEL, LOUDEST_LEVEL = -60.0, 12.0
"""dB; the levels that a script can give."""

_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,9})?"
_UNITS = re.compile(
    rf"(?:(?P<h>{_NUMBER})h)?(?:(?P<m>{_NUMBER})m(?!s))?(?:(?P<s>{_NUMBER})s)?(?:(?P<ms>{_NUMBER})ms)?", re.IGNORECASE
)
_CLOCK = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,4}):([0-9]{2}(?:\.[0-9]{1,9})?)")
_LEVEL = re.compile(rf"([+-]?{_NUMBER})\s*dB", re.IGNORECASE)


def frames(seconds: Fraction) -> int:
    """Seconds to the nearest frame; a half goes up."""
    parts, whole = seconds.numerator, seconds.denominator  # in integers: this is asked for every event
    return (2 * SAMPLE_RATE * parts + whole) // (2 * whole)


def seconds(frames: int, rate: int = SAMPLE_RATE) -> float:
    """Frames at ``rate`` Hz to seconds, rounded to the microsecond (a frame is 22.7 µs, so no two share a value)."""
    return round(frames / rate, 6)


def samples_at(rate: int, frames: int) -> int:
    """The sample of a file of ``rate`` Hz that is nearest to a frame; a half goes up."""
    return (2 * frames * rate + SAMPLE_RATE) // (2 * SAMPLE_RATE)


def gain(decibels: float) -> float:
    """An amplitude factor: 20·log10(factor) = decibels."""
    return float(10.0 ** (decibels / 20.0))


def decibels(amplitude: float) -> float:
    """The inverse of :func:`gain`; silence is minus infinity."""
    return 20.0 * math.log10(amplitude) if amplitude > 0 else -math.inf


def power(decibels: float) -> float:
    """A power factor: 10·log10(factor) = decibels."""
    return float(10.0 ** (decibels / 10.0))


def power_decibels(power: float) -> float:
    """The inverse of :func:`power`; silence is minus infinity."""
    return 10.0 * math.log10(power) if power > 0 else -math.inf


def parse_duration(text: str) -> Fraction:
    """``8s``, ``1.5s``, ``500ms``, ``2m``, ``1m30s``, ``1h``, ``1:30``, ``1:02:03`` as exact seconds.

    Raises ValueError with a sentence for the user when ``text`` is no duration, is negative, or is over 12 hours.
    """
    text = text.strip()
    if text.startswith(("-", "−", "–")):
        raise ValueError(f"a duration cannot be negative, as '{text}' is")
    total: Fraction
    if clock := _CLOCK.fullmatch(text):
        hours, minutes, secs = clock.groups()
        if Fraction(secs) >= 60 or (hours is not None and int(minutes) >= 60):
            raise ValueError(f"'{text}' is no time: minutes and seconds after a colon stay below 60")
        total = int(hours or 0) * 3600 + int(minutes) * 60 + Fraction(secs)
    elif text and (match := _UNITS.fullmatch(text)):
        scale: dict[str, Fraction | int] = {"h": 3600, "m": 60, "s": 1, "ms": Fraction(1, 1000)}
        total = sum((Fraction(n) * scale[unit] for unit, n in match.groupdict().items() if n), Fraction(0))
    else:
        if re.fullmatch(_NUMBER, text):
            raise ValueError(f"'{text}' needs a unit: write {text}s for seconds or {text}m for minutes")
        raise ValueError(f"'{text}' is no duration; write it like 8s, 1.5s, 500ms, 2m, 1m30s or 1:30")
    if total > LONGEST_SESSION:
        raise ValueError(f"'{text}' is longer than {LONGEST_SESSION / 3600} hours, the longest a session may be")
    return total


def format_duration(value: Fraction | float) -> str:
    """Seconds as people read them: ``0.6s``, ``12s``, ``4m30s``, ``1h02m03s``; to the millisecond."""
    milliseconds = round(value * 1000)
    sign, milliseconds = ("-", -milliseconds) if milliseconds < 0 else ("", milliseconds)
    whole, rest = divmod(milliseconds, 1000)
    fraction = f".{rest:03d}".rstrip("0") if rest else ""
    hours, minutes, secs = whole // 3600, whole // 60 % 60, whole % 60
    if hours:
        exact = f"{secs:02d}{fraction}s" if secs or fraction else ""
        return f"{sign}{hours}h{minutes:02d}m{exact}" if minutes or exact else f"{sign}{hours}h"
    if minutes:
        return f"{sign}{minutes}m{secs:02d}{fraction}s" if secs or fraction else f"{sign}{minutes}m"
    return f"{sign}{secs}{fraction}s"


def format_clock(value: float) -> str:
    """Seconds as a player shows them: ``0:05.0``, ``12:34.5``, ``1:02:03.4``."""
    tenths = round(value * 10)
    whole, tenth = divmod(tenths, 10)
    hours, minutes, secs = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02d}:{secs:02d}.{tenth}" if hours else f"{minutes}:{secs:02d}.{tenth}"


def parse_level(text: str) -> float:
    """``-6dB`` as decibels, within what a script can give. Raises ValueError with a sentence for the user."""
    match = _LEVEL.fullmatch(text.strip())
    if not match:
        raise ValueError(f"'{text}' is no level; write it like -6dB")
    level = float(match[1])
    if not SOFTEST_LEVEL <= level <= LOUDEST_LEVEL:
        raise ValueError(f"the level {text} is outside {SOFTEST_LEVEL:g}dB to {LOUDEST_LEVEL:+g}dB")
    return level


@dataclass(frozen=True, slots=True)
class Elastic:
    """A duration in seconds that may be stretched to meet a length; rigid when all three are equal.

    Invariant: 0 <= shortest <= natural <= longest.
    """

    natural: Fraction
    shortest: Fraction
    longest: Fraction
    elastic: bool = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)  # that of fractions takes long

    def __post_init__(self) -> None:
        object.__setattr__(self, "elastic", self.shortest != self.longest)
        object.__setattr__(self, "_hash", hash((self.natural, self.shortest, self.longest)))

    def __hash__(self) -> int:
        return self._hash

    @classmethod
    def rigid(cls, duration: Fraction) -> Elastic:
        return cls(duration, duration, duration)


@lru_cache(maxsize=1024)  # a script writes the same few durations again and again
def parse_elastic(text: str) -> Elastic:
    """``8s``, ``~8s`` (half to triple) or ``4s..20s`` (naturally the mean).

    Raises ValueError with a sentence for the user.
    """
    if text.startswith("~"):
        natural = parse_duration(text[1:])
        return Elastic(natural, natural / 2, min(natural * 3, LONGEST_SESSION))
    low, dots, high = text.partition("..")
    if not dots:
        return Elastic.rigid(parse_duration(text))
    shortest, longest = parse_duration(low), parse_duration(high)
    if shortest > longest:
        raise ValueError(f"'{text}' runs backwards; write the shorter duration first: {high}..{low}")
    return Elastic((shortest + longest) / 2, shortest, longest)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number (rounds, cycles) that may be changed to meet a length. 1 <= fewest <= natural <= most."""

    natural: int
    fewest: int
    most: int

    @classmethod
    def rigid(cls, number: int) -> Whole:
        return cls(number, number, number)

    @property
    def elastic(self) -> bool:
        return self.fewest != self.most


def parse_whole(text: str) -> Whole:
    """``3``, ``~3`` (half to triple, in whole numbers) or ``2..5`` (naturally the mean, a half goes up).

    Raises ValueError with a sentence for the user.
    """

    def number(part: str) -> int:
        if re.fullmatch(r"-[0-9]+", part) or not re.fullmatch(r"[0-9]{1,12}", part):
            raise ValueError(f"'{text}' is no number of times; write it like 3, ~3 or 2..5")
        if int(part) == 0:
            raise ValueError(f"'{text}' would be no times at all; the least is 1")
        return int(part)

    if text.startswith("~"):
        natural = number(text[1:])
        return Whole(natural, max(1, -(-natural // 2)), natural * 3)
    low, dots, high = text.partition("..")
    if not dots:
        return Whole.rigid(number(text))
    fewest, most = number(low), number(high)
    if fewest > most:
        raise ValueError(f"'{text}' runs backwards; write the smaller number first: {high}..{low}")
    return Whole((fewest + most + 1) // 2, fewest, most)
