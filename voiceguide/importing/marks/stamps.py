"""Times at the start of lines: when a line is said (``0:15 – Close your eyes``), or behind it: how long it lasts
(``Squats – 40 sec``)."""

from __future__ import annotations

import re
from fractions import Fraction

from voiceguide.importing.marks.words import SpokenMark, read_mark, times_in

_CLOCK = r"(?:[0-9]{1,2}:)?[0-9]{1,2}:[0-5][0-9](?:[.,][0-9]{1,3})?"
STAMP = re.compile(
    rf"\s*[\[(<]?(?P<time>{_CLOCK})(?:\s?[-–—]\s?{_CLOCK})?(?:[\])>]|(?![\w:\])>]))\s*(?:[-–—:|]\s+)?(?=\S)"
)
"""A time of the session before what is said then."""

_FEWEST = 3
_LASTING = re.compile(
    r"\s*(?:[-*+•]\s+|[0-9]{1,2}[.)]\s+)?[^\W\d_][^0-9:()\n]{1,40}?"
    r"(?:\s*[-–—:(|]\s*(?P<time>[0-9][^()\n]{0,12})|\s(?P<clock>[0-9]{1,2}:[0-5][0-9]))\)?\s*"
)
_LONGEST = Fraction(90)
"""Seconds: a line of a plan says minutes, one of a workout seconds."""


def has_stamps(text: str) -> bool:
    """Whether lines begin with the time at which they are said: several, and each no earlier than the one before."""
    found = [match["time"] for line in text.split("\n") if len(line) < 500 and (match := STAMP.match(line))]
    moments = [_moment(time) for time in found]
    return len(moments) >= _FEWEST and moments == sorted(moments) and moments[0] < moments[-1]


def _moment(time: str) -> list[float]:
    parts = [float(part.replace(",", ".")) for part in time.split(":")]
    return [0.0] * (3 - len(parts)) + parts


def lasting_lines(text: str) -> dict[int, SpokenMark]:
    """The lines (from 1) that name a step and end with its length in seconds, two or more below each other."""
    found: dict[int, SpokenMark] = {}
    rows = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    marks = [_lasting(line) for _, line in rows]
    for index, (number, _) in enumerate(rows):
        mark = marks[index]
        if mark is not None and any(
            marks[near] is not None for near in (index - 1, index + 1) if 0 <= near < len(rows)
        ):
            found[number] = mark
    return found


def _lasting(line: str) -> SpokenMark | None:
    match = _LASTING.fullmatch(line) if len(line) < 80 else None
    if match is None or not (match["clock"] or len(times_in(match["time"])) == 1):
        return None
    mark = read_mark(f"pause {match['clock'] or match['time']}", strict=True)
    if mark is None or mark.kind != "pause" or mark.rest or not 0 < mark.seconds <= _LONGEST:
        return None
    return mark
