"""Numbers of speech markup: times, rates, strengths and levels, with our values for the vague ones.

The W3C recommendation (Speech Synthesis Markup Language 1.1, sections 3.2.3 and 3.2.4) leaves to each product how long
a break of a strength is and how fast ``slow`` is. The numbers here are ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from voiceguide.units import LONGEST_SESSION, LOUDEST_LEVEL, SOFTEST_LEVEL, decibels

BREAKS: Mapping[str, Fraction] = MappingProxyType(
    {
        "x-weak": Fraction(1, 4),
        "weak": Fraction(2, 5),
        "medium": Fraction(3, 4),
        "strong": Fraction(6, 5),
        "x-strong": Fraction(2),
    }
)
"""Seconds: from the pause of a comma to a little more than the gap between two paragraphs. ``none`` is not among
them."""

RATES: Mapping[str, Fraction] = MappingProxyType(
    {
        "x-slow": Fraction(3, 5),
        "slow": Fraction(4, 5),
        "medium": Fraction(1),
        "default": Fraction(1),
        "fast": Fraction(5, 4),
        "x-fast": Fraction(8, 5),
    }
)

SLOWEST, FASTEST = Fraction(1, 2), Fraction(2)

_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,9})?|\.[0-9]{1,9}"
_TIME = re.compile(rf"\+?({_NUMBER})\s*(ms|s|sec|secs|seconds?|milliseconds?|m|min|minutes?)?", re.IGNORECASE)
_RATE = re.compile(rf"([+-]?)({_NUMBER})\s*(%?)")
_LEVEL = re.compile(rf"([+-]?(?:{_NUMBER}))\s*dB", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value; ``sure`` is False if the source leaves it open; ``why`` then says what was assumed."""

    value: Fraction
    sure: bool = True
    why: str = ""


def read_time(text: str) -> Quantity | None:
    """``5s``, ``500ms``, ``+1.5s`` in seconds; None if it is no time, or more than 12 hours."""
    match = _TIME.fullmatch(text.strip())
    if not match:
        return None
    number, unit = Fraction(match[1]), (match[2] or "").lower()
    if not unit:
        seconds, why = without_unit(number)
        found = Quantity(seconds, False, why)
    elif unit.startswith(("ms", "milli")):
        found = Quantity(number / 1000)
    else:
        found = Quantity(number * 60 if unit.startswith("m") else number)
    return found if found.value <= LONGEST_SESSION else None


def without_unit(number: Fraction) -> tuple[Fraction, str]:
    """A bare number as seconds, or as milliseconds when it is 250 and more; and the words for it."""
    if number >= 250:
        return number / 1000, "taken as milliseconds, since it has no unit"
    return number, "taken as seconds, since it has no unit"


def read_rate(text: str) -> Quantity | None:
    """A speaking rate as a factor: ``80%``, ``+10%``, ``0.8``, ``slow``. None if it is none."""
    folded = text.strip().lower()
    if folded in RATES:
        return Quantity(RATES[folded], folded in ("medium", "default"), "the number is ours")
    match = _RATE.fullmatch(folded)
    if not match:
        return None
    sign, number, percent = match[1], Fraction(match[2]), match[3]
    number = number / 100 if percent else number
    factor = {"": number, "+": 1 + number, "-": 1 - number}[sign]
    return Quantity(factor) if percent else Quantity(factor, False, "taken as a factor")


def within_paces(factor: Fraction) -> Fraction:
    """The pace nearest to a factor that a script can have."""
    return min(max(factor, SLOWEST), FASTEST)


def read_level(text: str) -> float | None:
    """``+6dB`` in decibels, limited to a cue's range; None if it is no level."""
    match = _LEVEL.fullmatch(text.strip())
    return _held(float(match[1])) if match else None


def level_of_gain(text: str) -> float | None:
    """A linear gain (1 is as it is) in decibels, limited to a cue's range; None if it is none."""
    if not re.fullmatch(_NUMBER, text.strip()):
        return None
    return _held(decibels(float(text)))


def _held(level: float) -> float:
    return max(SOFTEST_LEVEL, min(LOUDEST_LEVEL, level))


def level_words(decibels: float) -> str:
    """`` -6dB`` as an option of a cue; nothing for a level of 0."""
    return f" {decibels:.3g}dB" if abs(decibels) >= 0.05 else ""
