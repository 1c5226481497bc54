"""Numbers on lines of their own, one after the other: a count."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voiceguide.importing.marks.words import WORDS
from voiceguide.script.text import Text

_FEWEST = 3
_MOST_EMPTY = 1  # lines between two numbers
_SLOW = "2s"
"""The time from number to number where dots stand behind them."""

_NUMBERS = {word: int(value) for word, value in WORDS.numbers.items() if value == int(value) and " " not in word}
_LINE = re.compile(r"[ \t]*(?:[*_]{1,3})?(?P<number>[0-9]{1,3}|[^\W\d_]+)(?:[*_]{1,3})?(?P<after>[ \t.…,!:–—-]*)$")


@dataclass(frozen=True, slots=True)
class Count:
    """Numbers from ``first`` to ``last``. ``what`` is how they were written, ``text`` the lines."""

    first: int
    last: int
    every: str
    what: str
    text: Text

    @property
    def cue(self) -> str:
        numbers = f"{self.first} to {self.last}" if self.first != 1 else f"{self.last}"
        return f"count {numbers}" + (f" every {self.every}" if self.every else "")


@dataclass(frozen=True, slots=True)
class _Number:
    row: int
    value: int
    dots: bool
    written: str


def parted_by_counts(body: Text) -> list[Text | Count]:
    """The text, cut where lines count up or down in steps of one."""
    rows = body.chars.split("\n")
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row) + 1)
    parts: list[Text | Count] = []
    position = 0
    for run in _counting(rows):
        start, end = starts[run[0].row], min(starts[run[-1].row + 1], len(body))
        if start > position:
            parts.append(body.slice(position, start))
        every = _SLOW if any(number.dots for number in run) else ""
        what = " ".join(number.written for number in run)
        parts.append(Count(run[0].value, run[-1].value, every, what, body.slice(start, end)))
        position = end
    parts.append(body.slice(position, len(body)))
    return parts


def _counting(rows: list[str]) -> list[list[_Number]]:
    runs: list[list[_Number]] = []
    run: list[_Number] = []
    for index, row in enumerate(rows):
        if not row.strip():
            continue
        number = _number(index, row)
        if number and run and _follows(run, number):
            run.append(number)
            continue
        if len(run) >= _FEWEST:
            runs.append(run)
        run = [number] if number else []
    if len(run) >= _FEWEST:
        runs.append(run)
    return runs


def _number(index: int, row: str) -> _Number | None:
    match = _LINE.match(row) if len(row) < 60 else None
    if not match:
        return None
    word = match["number"].casefold()
    value = int(word) if word.isdecimal() else _NUMBERS.get(word)
    dots = "…" in match["after"] or ".." in match["after"].replace(" ", "")
    return None if value is None else _Number(index, value, dots, row.strip())


def _follows(run: list[_Number], number: _Number) -> bool:
    step = number.value - run[-1].value
    near = number.row - run[-1].row <= _MOST_EMPTY + 1
    return near and abs(step) == 1 and (len(run) < 2 or step == run[1].value - run[0].value)
