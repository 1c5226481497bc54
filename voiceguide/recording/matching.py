"""Assigns the phrases of a take to lines of the script by their words, with repeated, skipped and misread lines.

A take is cut into groups of neighbouring phrases; each group is one line, or several lines read without a pause, or
no line (a slip, a cough). Among all ways to do so the best is found by dynamic programming over the phrases: the sum
of each group's likeness to its lines, weighed by their letters, with a little more for lines that follow each other
as in the script.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voiceguide.recording.phrases import Phrase
from voiceguide.speech.spelling import letters_of
from voiceguide.units import SAMPLE_RATE

LIKE = 0.6
"""The likeness (0 to 1) above which a group may be a line at all."""

_MOST_PHRASES = 8  # in one line: a reader may pause at every comma
_MOST_LINES = 3  # read without a pause between them
_LONGEST_REST = 3 * SAMPLE_RATE  # within a line
_HEAVIEST = 80  # letters that a group weighs at most
_NEXT, _SAME = 1.0, 0.5  # bonus of a line that follows the one before it, or repeats it


@dataclass(frozen=True, slots=True)
class Match:
    """The phrases from ``first`` up to, not including, ``last``, which are ``lines`` (their indices, in order)."""

    lines: range
    first: int
    last: int
    likeness: float


def likeness(one: str, other: str, language: str) -> float:
    """1 minus the share of letters that have to change to turn one text into the other."""
    return float(_likeness([letters_of(one, language)], [letters_of(other, language)], least=0.0)[0, 0])


def match(lines: Sequence[str], heard: Sequence[str], phrases: Sequence[Phrase], language: str) -> tuple[Match, ...]:
    """The groups of a take that are lines, in order of time; a line may occur several times, or not at all.

    ``heard`` has the words of each phrase; a phrase without any, such as a cough, ends a group.
    """
    runs = [
        range(first, first + count)
        for count in range(1, min(_MOST_LINES, len(lines)) + 1)
        for first in range(len(lines) - count + 1)
    ]
    wanted = [letters_of(line, language) for line in lines]
    groups = _groups([letters_of(text, language) for text in heard], phrases)
    if not runs or not groups:
        return ()
    alike = _likeness([text for _, _, text in groups], ["".join(wanted[i] for i in run) for run in runs])
    weight = np.array([min(_HEAVIEST, sum(len(wanted[i]) for i in run)) for run in runs], float)
    worth = np.where(alike > LIKE, (alike - LIKE) * weight, -np.inf)
    return _best_path(groups, worth, alike, runs, len(phrases))


def nearest_lines(heard: str, lines: Sequence[str], language: str, most: int) -> tuple[int, ...]:
    """The ``most`` lines (by index) that are most similar to a text, the most similar first."""
    alike = _likeness([letters_of(heard, language)], [letters_of(line, language) for line in lines])[0]
    order = np.argsort(-alike, kind="stable")[:most]
    return tuple(int(index) for index in order if alike[index] > LIKE)


def _groups(heard: Sequence[str], phrases: Sequence[Phrase]) -> list[tuple[int, int, str]]:
    """Every group of phrases that might be a line: first, last, and its letters."""
    found: list[tuple[int, int, str]] = []
    for first in range(len(phrases)):
        text = ""
        for last in range(first + 1, min(first + _MOST_PHRASES, len(phrases)) + 1):
            rest = phrases[last - 1].start - phrases[last - 2].end if last - first > 1 else 0
            if not heard[last - 1] or rest > _LONGEST_REST:
                break
            text += heard[last - 1]
            found.append((first, last, text))
    return found


def _likeness(groups: Sequence[str], wanted: Sequence[str], least: float = LIKE) -> NDArray[np.float64]:
    """The likeness of each group to each text, ``(groups, wanted)``; 0 where it is below ``least``."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    return np.asarray(
        cdist(groups, wanted, scorer=Levenshtein.normalized_similarity, score_cutoff=least, dtype=np.float64)
    )


def _best_path(
    groups: Sequence[tuple[int, int, str]],
    worth: NDArray[np.float64],
    alike: NDArray[np.float64],
    runs: Sequence[range],
    count: int,
) -> tuple[Match, ...]:
    """Viterbi's algorithm over the phrases; the state is the run of lines that came last."""
    firsts = np.array([run.start for run in runs])
    lasts = np.array([run.stop - 1 for run in runs])
    follows = np.where(firsts[:, None] == lasts[None, :] + 1, _NEXT, 0.0)  # (this run, the run before)
    follows = np.where(firsts[:, None] == lasts[None, :], _SAME, follows)
    score = np.full((count + 1, len(runs) + 1), -np.inf)  # the last column: no line so far
    score[0, -1] = 0.0
    origin: list[dict[int, tuple[int, int, int]]] = [{} for _ in range(count + 1)]
    ending: list[list[int]] = [[] for _ in range(count + 1)]
    for index, (_, last, _) in enumerate(groups):
        ending[last].append(index)
    for last in range(1, count + 1):
        score[last] = score[last - 1]  # this phrase is no line
        for index in ending[last]:
            first = groups[index][0]
            for run in np.flatnonzero(np.isfinite(worth[index])).tolist():
                before = score[first] + np.append(follows[run], 0.0)
                best = int(np.argmax(before))
                total = before[best] + worth[index, run]
                if total > score[last, run]:
                    score[last, run] = total
                    origin[last][run] = (index, first, best)
    return _traced(score, origin, groups, alike, runs)


def _traced(
    score: NDArray[np.float64],
    origin: Sequence[dict[int, tuple[int, int, int]]],
    groups: Sequence[tuple[int, int, str]],
    alike: NDArray[np.float64],
    runs: Sequence[range],
) -> tuple[Match, ...]:
    """The best path, from its end back to its beginning."""
    found: list[Match] = []
    at = len(origin) - 1
    state = int(np.argmax(score[at]))
    while state < len(runs):
        while score[at - 1, state] == score[at, state] if at else False:
            at -= 1
        index, first, before = origin[at][state]
        found.append(Match(runs[state], first, groups[index][1], float(alike[index, state])))
        at, state = first, before
    return tuple(reversed(found))
