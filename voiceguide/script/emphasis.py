"""Pairs the marks of emphasised, struck and highlighted words (the algorithm of CommonMark 0.31, its appendix).

``*`` and ``_`` may be single or double, ``~~`` and ``==`` are double. The time is in proportion to the number of marks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

SIGNS = "*_~="


@dataclass(slots=True)
class Run:
    """Marks of one kind in a row: ``before`` and ``after`` are the characters beside them, ``length`` shrinks by those
    that are paired, ``shown`` is where in the row the unpaired ones begin."""

    sign: str
    length: int
    before: str
    after: str
    index: int = 0
    shown: int = 0
    left: bool = False
    right: bool = False

    def __post_init__(self) -> None:
        self.left = _flanks(self.before, self.after)
        self.right = _flanks(self.after, self.before)

    @property
    def opens(self) -> bool:
        return self.left and (self.sign != "_" or not self.right or _punctuation(self.before))

    @property
    def closes(self) -> bool:
        return self.right and (self.sign != "_" or not self.left or _punctuation(self.after))

    @property
    def dangles(self) -> bool:
        """Whether marks that pair with no others touch one word, so that they were meant as marks."""
        return self.length > 0 and self.left != self.right and not (self.sign in "~=" and self.length < 2)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two runs that belong together, by their places in the list, and how many marks of each."""

    opener: int
    closer: int
    sign: str
    length: int


def _punctuation(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] in "PS"


def _flanks(before: str, after: str) -> bool:
    """Whether a run with these neighbours is left-flanking; right-flanking with the two exchanged."""
    if not after or after.isspace():
        return False
    return not _punctuation(after) or not before or before.isspace() or _punctuation(before)


def pair(runs: Sequence[Run]) -> list[Pair]:
    """Pairs the runs, inner pairs first, and shortens them by what is paired."""
    pairs: list[Pair] = []
    bottoms: dict[tuple[str, int, bool], int] = {}
    original = [run.length for run in runs]
    stack: list[int] = []  # of runs that may open
    for index, closer in enumerate(runs):
        while closer.closes and closer.length:
            key = (closer.sign, original[index] % 3, closer.opens)
            depth = len(stack) - 1
            bottom = bottoms.get(key, 0)
            while depth >= bottom and not _matches(runs[stack[depth]], closer, original[stack[depth]], original[index]):
                depth -= 1
            if depth < bottom:
                bottoms[key] = len(stack)
                break
            opener = runs[stack[depth]]
            length = 2 if closer.sign in "~=" or (opener.length >= 2 and closer.length >= 2) else 1
            pairs.append(Pair(stack[depth], index, closer.sign, length))
            opener.length -= length
            closer.length -= length
            closer.shown += length
            del stack[depth + 1 :]
            if not opener.length:
                stack.pop()
            for other, limit in bottoms.items():
                bottoms[other] = min(limit, len(stack))
        if closer.opens and closer.length:
            stack.append(index)
    return pairs


def _matches(opener: Run, closer: Run, opened: int, closed: int) -> bool:
    if opener.sign != closer.sign:
        return False
    if closer.sign in "~=":
        return opened == closed == 2
    both = (opener.opens and opener.closes) or (closer.opens and closer.closes)
    return not (both and (opened + closed) % 3 == 0 and not (opened % 3 == 0 and closed % 3 == 0))
