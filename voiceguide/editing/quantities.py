"""Durations, numbers and levels, written in the way that the old value was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

from voiceguide.editing.edits import CannotEdit
from voiceguide.errors import as_sentences
from voiceguide.units import (
    LONGEST_SESSION,
    LOUDEST_LEVEL,
    SOFTEST_LEVEL,
    format_duration,
    parse_elastic,
    parse_whole,
)

_Value = TypeVar("_Value")

STEP = Fraction(1, 10)
"""Seconds to which durations are rounded when they are dragged."""


def duration(seconds: Fraction, like: str = "") -> str:
    """A duration to the millisecond: with colons, or in seconds alone, where ``like`` is written so."""
    milliseconds = round(seconds * 1000)
    if milliseconds < 0:
        raise CannotEdit("A duration cannot be negative.")
    if milliseconds > LONGEST_SESSION * 1000:
        raise CannotEdit(f"A duration can be {format_duration(LONGEST_SESSION)} at most.")
    exact = Fraction(milliseconds, 1000)
    if ":" in like and exact >= 1:
        return _clock(exact, hours=like.count(":") == 2 or exact >= 3600)
    if re.fullmatch(r"[0-9.]+s", like.strip(), re.IGNORECASE) and exact < 600:
        return f"{_plain(exact)}s"
    if re.fullmatch(r"[0-9.]+ms", like.strip(), re.IGNORECASE) and exact < 1:
        return f"{milliseconds}ms"
    return format_duration(exact)


def elastic(seconds: Fraction, like: str) -> str:
    """A duration like the elastic one ``like``: about so long (``~8s``) where that is, and from shorter to longer
    (``4s..20s``) in the same proportions, so that ``seconds`` is its natural length."""
    if like.startswith("~"):
        return "~" + duration(seconds, like[1:])
    low, dots, high = like.partition("..")
    if not dots:
        return duration(seconds, like)
    old = _read(parse_elastic, like)
    if not old.natural:
        raise CannotEdit(f"'{like}' has no length of its own; type another range.")
    shortest = _rounded(old.shortest * seconds / old.natural)
    return f"{duration(shortest, low)}..{duration(2 * seconds - shortest, high)}"


def whole(number: int, like: str) -> str:
    """A number of times like ``like`` (``3``, ``~3`` or ``2..5``), whose natural number is ``number``."""
    if number < 1:
        raise CannotEdit("The least is once.")
    if like.startswith("~"):
        return f"~{number}"
    if ".." not in like:
        return str(number)
    old = _read(parse_whole, like)
    fewest = max(1, min(number, round(Fraction(old.fewest * number, old.natural))))
    return f"{fewest}..{2 * number - fewest}"


def _read(parse: Callable[[str], _Value], like: str) -> _Value:
    try:
        return parse(like)
    except ValueError as wrong:
        raise CannotEdit(as_sentences(str(wrong))) from wrong


def level(decibels: float) -> str:
    """``-6dB``, to a tenth, within what a script can give."""
    if not SOFTEST_LEVEL <= decibels <= LOUDEST_LEVEL:
        raise CannotEdit(f"A level lies between {SOFTEST_LEVEL:g}dB and {LOUDEST_LEVEL:+g}dB.")
    rounded = round(decibels, 1)
    return f"{0.0 if rounded == 0 else rounded:+g}dB".replace("+0dB", "0dB")


def _rounded(seconds: Fraction) -> Fraction:
    return round(seconds / STEP) * STEP


def _plain(exact: Fraction) -> str:
    return f"{float(exact):.3f}".rstrip("0").rstrip(".")


def _clock(exact: Fraction, *, hours: bool) -> str:
    whole_seconds, rest = divmod(exact, 1)
    seconds = f"{int(whole_seconds) % 60:02d}" + (f"{float(rest):.3f}".rstrip("0")[1:] if rest else "")
    minutes = int(whole_seconds) // 60
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds}" if hours else f"{minutes}:{seconds}"
