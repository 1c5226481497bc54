"""Fits a script to a length: which chapters are left out, how many rounds, and how far the pauses are stretched.

First the fewest optional chapters are left out with which the length can be met at all, then the whole numbers stay
as near as can be to what is written, then every elastic duration moves by the same share of its own way.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from voiceguide.planner.chapters import Turns, played
from voiceguide.planner.choices import Choices, Material
from voiceguide.planner.measure import Measured, Numbers
from voiceguide.planner.memory import Memory
from voiceguide.planner.rounds import Effort, Group, Groups, Search
from voiceguide.planner.spans import Spans, fewest_of, most_of, numbers_of, spans_in_turn
from voiceguide.planner.stretch import stretched
from voiceguide.planner.walk import HEAD, TAIL
from voiceguide.routine import Chapter, Repeat, Routine
from voiceguide.timeline import Fit, Rounds
from voiceguide.units import LONGEST_SESSION, frames

_LIMIT = frames(LONGEST_SESSION)

_MOST_LISTED = 200
"""Choices of numbers that are tried to find the nearest possible lengths."""


@dataclass(frozen=True, slots=True)
class Range:
    """The shortest and the longest length that a script can have, and the one when none is asked for, in frames.

    When little or nothing in the script is elastic, not every length between is possible.
    """

    shortest: int
    natural: int
    longest: int


@dataclass(frozen=True, slots=True)
class Fitted:
    """The choices that give a session its length, and their summary for the user."""

    left_out: frozenset[int]
    choices: Choices
    fit: Fit


class Fitting:
    """The lengths that a routine can have, with no chapter left out, then one more at a time."""

    def __init__(self, routine: Routine, material: Material, memory: Memory | None = None) -> None:
        self._routine = routine
        self._measured = Measured(material, memory)
        self._groups = Groups(self._measured)
        self._turns = Turns.of(routine.chapters)
        self._casts: dict[int, _Cast] = {}  # those looked at closely, by their turns
        self._spans: list[Spans] = []  # of the turns looked at so far
        self._rest = spans_in_turn(routine, self._turns, self._measured, self._groups, material.opening)

    def _cast(self, turn: int) -> _Cast:
        if turn not in self._casts:
            left_out = self._turns.left_out(turn)
            chapters, _ = played(self._routine.chapters, left_out, sleep=self._routine.settings.sleep)
            self._casts[turn] = _Cast(self._measured, self._groups, chapters, left_out)
        return self._casts[turn]

    def _in_turn(self) -> Iterator[Spans]:
        """The lengths of each turn; those of the later ones are not measured before they are asked for."""
        for turn in range(self._turns.count):
            if turn == len(self._spans):
                self._spans.append(next(self._rest))
            yield self._spans[turn]

    @property
    def _cost_of_look(self) -> int:
        """What it costs to look at all choices of numbers in one turn."""
        return 2 * len(self._routine.chapters)

    def chapter_lengths(self) -> list[int]:
        """The natural length of each chapter of the routine, in frames."""
        return self._measured.chapter_lengths(self._routine.chapters)

    def range(self) -> Range:
        spans = tuple(self._in_turn())
        turns = range(len(spans))
        shortest = self._best(sorted(turns, key=lambda turn: spans[turn].shortest), spans, -1)
        longest = self._best(sorted(turns, key=lambda turn: -spans[turn].longest), spans, 1)
        return Range(shortest, self._cast(0).natural, min(_LIMIT, longest))

    def _best(self, turns: Sequence[int], spans: Sequence[Spans], sign: int) -> int:
        """The longest length (``sign`` 1), or the shortest (-1); the turns whose spans go furthest come first."""
        best: int | None = None
        effort = Effort()
        for turn in turns:
            loosely = spans[turn].longest if sign > 0 else spans[turn].shortest
            if best is not None and sign * loosely <= sign * best:
                break
            if spans[turn].exact or not effort.left:
                length = loosely
            else:
                effort.spend(self._cost_of_look)
                length = self._cast(turn).longest if sign > 0 else self._cast(turn).shortest
            best = length if best is None else max(best, length, key=lambda frames: sign * frames)
        assert best is not None, "there is a turn in which no chapter is left out"
        return best

    def fitted(self, frames: int) -> Fitted | None:
        """The choices for a session of exactly ``frames``; None when no choice gives it."""
        effort = Effort()
        for turn, spans in enumerate(self._in_turn()):
            if spans.written[0] <= frames <= spans.written[1]:
                return self._fitted(self._cast(turn), {}, frames)
            if spans.shortest <= frames <= spans.longest and effort.left:
                effort.spend(self._cost_of_look)
                cast = self._cast(turn)
                numbers = cast.numbers_for(frames, effort)
                if numbers is not None:
                    return self._fitted(cast, numbers, frames)
        return None

    def nearest(self, frames: int) -> tuple[int | None, int | None]:
        """The nearest possible lengths below and above one that is not possible (None where none is, or where the
        choices are too many to be listed)."""
        choices = self._turns.count
        if choices <= _MOST_LISTED:
            choices = sum(self._cast(turn).choices for turn in range(self._turns.count))
        if choices > _MOST_LISTED:
            return None, None
        bounds = [both for turn in range(self._turns.count) for both in self._cast(turn).all_bounds()]
        below = [longest for _, longest in bounds if longest < frames]
        above = [shortest for shortest, _ in bounds if shortest > frames]
        return max(below, default=None), min(above, default=None)

    def _fitted(self, cast: _Cast, numbers: Numbers, frames: int) -> Fitted:
        durations, share = stretched(self._measured.whole(cast.chapters, numbers), frames)
        changed = tuple(
            Rounds("repeat" if isinstance(cue, Repeat) else "breathe", cue.whole.natural, number, cue.span)
            for group in cast.groups
            for cue in group.cues
            if (number := numbers.get(cue.span.position, cue.whole.natural)) != cue.whole.natural
        )
        chapters = self._routine.chapters
        left_out = tuple(chapters[index] for index in sorted(cast.left_out))
        titles = tuple((chapter.title or "", chapter.span) for chapter in left_out)
        return Fitted(cast.left_out, Choices(numbers, durations), Fit(titles, changed, share))


class _Cast:
    """The chapters that are played, and the lengths that they can have."""

    def __init__(
        self, measured: Measured, groups: Groups, chapters: tuple[Chapter, ...], left_out: frozenset[int]
    ) -> None:
        self.chapters = chapters
        self.left_out = left_out
        self._measured = measured
        self._source = groups

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        return self._source.of(self.chapters)

    def bounds(self, numbers: Numbers) -> tuple[int, int]:
        """The shortest and the longest session with these numbers."""
        return self._measured.reach(self.chapters, numbers).session

    @cached_property
    def natural(self) -> int:
        whole = self._measured.whole(self.chapters, {})
        return whole.frames(whole.natural)

    @cached_property
    def shortest(self) -> int:
        return self.bounds(fewest_of(self.groups))[0]

    @cached_property
    def longest(self) -> int:
        return self.bounds(most_of(self.groups))[1]

    def numbers_for(self, frames: int, effort: Effort) -> Numbers | None:
        """The numbers nearest to what is written with which a session may last exactly ``frames``."""
        shortest, longest = self.bounds({})
        if shortest <= frames <= longest:
            return {}
        if not self.shortest <= frames <= self.longest:
            return None

        written = self._measured.reach(self.chapters, {})
        fewest = fewest_of(self.groups)
        least = self._measured.reach(self.chapters, fewest)
        rings_on = least.session[0] - (HEAD + least.shortest + TAIL)  # the most that a chime can add at the end
        fixed = HEAD + TAIL
        return Search(self.groups, self.bounds, frames, effort, 1 + len(self.chapters) // 4).nearest(
            frames - rings_on - fixed - written.longest, frames - fixed - written.shortest
        )

    @property
    def choices(self) -> int:
        return math.prod(len(group.options) for group in self.groups)

    def all_bounds(self) -> Iterator[tuple[int, int]]:
        """The bounds for every choice of numbers."""
        for options in product(*(group.options for group in self.groups)):
            yield self.bounds(numbers_of(options))
