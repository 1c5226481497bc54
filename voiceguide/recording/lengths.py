"""Assigns the phrases of a take to lines by their order and their lengths, where no recogniser knows the language.

The lines are read in the order of the sheet, with a rest after each. A take is cut into groups of neighbouring phrases,
one for each line. Among all ways to do so the best is found by dynamic programming: groups last as long as their
lines' letters ask for, rests between lines are long and those within them short, and as few phrases and lines as can
be are left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from voiceguide.recording.phrases import Phrase
from voiceguide.recording.readings import Reading
from voiceguide.recording.sheet import Sheet
from voiceguide.recording.takes import Take
from voiceguide.speech.spelling import letters_of
from voiceguide.units import SAMPLE_RATE

_MOST_PHRASES = 8  # in one line: a reader may pause at every comma
_ONSET = 0.25  # seconds that a line lasts besides its letters
_PACES = (0.03, 0.2)  # seconds for a letter, from the fastest to the slowest reader
_LEFT_OUT = (0.6, 0.6)  # the cost of a phrase that is no line, and for each second of it
_MISSING = 1.4  # the cost of a line that was not read
_WITHIN, _BETWEEN = 0.5, 0.9  # seconds: the longest usual rest within a line, the shortest usual one between two
_DOUBTFUL = 0.4  # of the logarithm of a line's length to the expected one


@dataclass(frozen=True, slots=True)
class Cut:
    """The phrases from ``first`` up to, not including, ``last``, which are the ``line`` (its index). ``off``: the
    logarithm of their length to the expected one."""

    line: int
    first: int
    last: int
    off: float


def readings_by_length(take: Take, sheet: Sheet) -> tuple[Reading, ...]:
    """The reading of each line that is found, in order. Nothing is known of its words; one that is far longer or
    shorter than its line should be is doubtful."""
    letters = [max(1, len(letters_of(line.text, sheet.language))) for line in sheet.lines]
    return tuple(
        Reading(cut.line, take.bounds(cut.first, cut.last), "doubtful" if abs(cut.off) > _DOUBTFUL else "good", "", "")
        for cut in cuts(letters, take.phrases)
    )


def cuts(letters: Sequence[int], phrases: Sequence[Phrase]) -> tuple[Cut, ...]:
    """The groups of phrases that are lines of so many ``letters``, in order."""
    if not phrases or not letters:
        return ()
    spoken = sum(phrase.end - phrase.start for phrase in phrases) / SAMPLE_RATE
    pace = (spoken - _ONSET * len(letters)) / sum(letters)
    found: tuple[Cut, ...] = ()
    for _ in range(2):  # once more with the pace of the lines that were found
        pace = min(max(pace, _PACES[0]), _PACES[1])
        found = tuple(_best(letters, phrases, pace))
        if not found:
            break
        paces = [(_spoken(phrases[cut.first : cut.last]) - _ONSET) / letters[cut.line] for cut in found]
        pace = float(np.median(paces))
    return found


def _best(letters: Sequence[int], phrases: Sequence[Phrase], pace: float) -> Iterator[Cut]:
    """The cheapest way through phrases and lines; ``cost[i][j]`` is that of the first i phrases and j lines."""
    lines, count = len(letters), len(phrases)
    cost = np.full((count + 1, lines + 1), np.inf)
    cost[0] = _MISSING * np.arange(lines + 1)
    taken = np.zeros((count + 1, lines + 1), int)  # phrases of the group that ends here; 0: phrase or line left out
    expected = np.log(_ONSET + pace * np.array(letters))
    for last in range(1, count + 1):
        own = phrases[last - 1]
        cost[last] = cost[last - 1] + _LEFT_OUT[0] + _LEFT_OUT[1] * (own.end - own.start) / SAMPLE_RATE
        for size in range(1, min(_MOST_PHRASES, last) + 1):
            group = phrases[last - size : last]
            off = np.abs(math.log(max(0.01, _spoken(group))) - expected)
            total = cost[last - size, :-1] + off + _rests(group) + _before(phrases, last - size)
            better = total < cost[last, 1:]
            cost[last, 1:][better] = total[better]
            taken[last, 1:][better] = size
        for line in range(1, lines + 1):
            if cost[last, line - 1] + _MISSING < cost[last, line]:
                cost[last, line] = cost[last, line - 1] + _MISSING
                taken[last, line] = -1
    yield from reversed(list(_traced(taken, phrases, expected)))


def _traced(
    taken: np.ndarray[tuple[int, int], np.dtype[np.int_]],
    phrases: Sequence[Phrase],
    expected: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> Iterator[Cut]:
    """The groups of the best way, from its end."""
    last, line = taken.shape[0] - 1, taken.shape[1] - 1
    while last and line:
        size = int(taken[last, line])
        if size > 0:
            group = phrases[last - size : last]
            yield Cut(line - 1, last - size, last, math.log(max(0.01, _spoken(group))) - float(expected[line - 1]))
            last, line = last - size, line - 1
        elif size:
            line -= 1
        else:
            last -= 1


def _spoken(group: Sequence[Phrase]) -> float:
    """Seconds of a group without its rests."""
    return sum(phrase.end - phrase.start for phrase in group) / SAMPLE_RATE


def _rests(group: Sequence[Phrase]) -> float:
    """The cost of the rests within a group that are longer than usual."""
    rests = ((after.start - before.end) / SAMPLE_RATE for before, after in pairwise(group))
    return sum(max(0.0, rest - _WITHIN) for rest in rests)


def _before(phrases: Sequence[Phrase], first: int) -> float:
    """The cost of a rest before a group that is shorter than usual."""
    if first == 0:
        return 0.0
    return max(0.0, _BETWEEN - (phrases[first].start - phrases[first - 1].end) / SAMPLE_RATE)
