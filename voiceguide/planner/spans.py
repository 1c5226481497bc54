"""The lengths that a script can have, turn by turn, while chapters are left out one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from voiceguide.planner.chapters import Turns, is_heard, without_last_chimes
from voiceguide.planner.choices import State
from voiceguide.planner.fold import Fold
from voiceguide.planner.measure import Measured, Numbers, Reach
from voiceguide.planner.rounds import Group, Groups, Option
from voiceguide.routine import Chapter, Routine


@dataclass(frozen=True, slots=True)
class Spans:
    """The lengths that a session can have in a turn, in frames.

    ``written`` is its shortest and longest length with the numbers as written. ``shortest`` and ``longest`` are those
    with any numbers. When ``exact`` is False one number stands in several chapters, and these two let it differ from
    chapter to chapter, so that they may lie outside of what is possible, never inside.
    """

    written: tuple[int, int]
    shortest: int
    longest: int
    exact: bool


@dataclass(frozen=True, slots=True)
class _Reaches:
    """The reach of a part of a script with the numbers as written, with the fewest and with the most rounds."""

    written: Reach
    fewest: Reach
    most: Reach

    def then(self, other: _Reaches) -> _Reaches:
        written = self.written.then(other.written)
        if self.written is self.fewest is self.most and other.written is other.fewest is other.most:
            return _Reaches(written, written, written)  # no number can be chosen in either
        return _Reaches(written, self.fewest.then(other.fewest), self.most.then(other.most))


_NOTHING = Reach()


def spans_in_turn(
    routine: Routine, turns: Turns, measured: Measured, groups: Groups, opening: State
) -> Iterator[Spans]:
    """The spans of each turn, each measured when it is asked for."""
    chapters = list(routine.chapters)
    exact = _each_in_one_chapter(measured, chapters)

    def reaches(index: int, state: State) -> tuple[_Reaches, State]:
        return _reaches(measured, groups, chapters[index], state)

    fold = Fold(len(chapters), reaches, _Reaches.then, _Reaches(_NOTHING, _NOTHING, _NOTHING))
    ending = _Ending(chapters, fold) if routine.settings.sleep else None
    for left_out in turns.changes():
        for index in left_out:
            fold.leave_out(index)
        if ending:
            ending.without(left_out)
        total, _ = fold.over(opening)
        yield Spans(total.written.session, total.fewest.session[0], total.most.session[1], exact)


class _Ending:
    """Takes the closing chimes from the chapters of a session for sleep, from more of them as chapters are left out."""

    def __init__(self, chapters: list[Chapter], fold: Fold[_Reaches]) -> None:
        """``chapters`` is changed in place."""
        self._chapters = chapters
        self._fold = fold
        self._left_out: set[int] = set()
        self._next = len(chapters) - 1  # the last chapter whose chimes have not been taken

    def without(self, left_out: Iterable[int]) -> None:
        """Once these chapters are left out too."""
        self._left_out.update(left_out)
        last_heard = self._next + 1
        if last_heard < len(self._chapters) and last_heard not in self._left_out:
            return
        while self._next >= 0:
            index = self._next
            self._next -= 1
            if index in self._left_out:
                continue
            heard = is_heard(self._chapters[index])
            self._chapters[index], _ = without_last_chimes(self._chapters[index])
            self._fold.change(index)
            if heard:
                return


def _each_in_one_chapter(measured: Measured, chapters: Sequence[Chapter]) -> bool:
    """Whether no number can be chosen that stands in two chapters, as those of a script that is included twice do."""
    found = Counter(position for chapter in chapters for position in set(measured.positions(chapter)))
    return all(count == 1 for count in found.values())


def _reaches(measured: Measured, groups: Groups, chapter: Chapter, state: State) -> tuple[_Reaches, State]:
    written, after = measured.chapter_reach(chapter, state, {})
    found = groups.of((chapter,), state)
    if not found:
        return _Reaches(written, written, written), after
    fewest, _ = measured.chapter_reach(chapter, state, fewest_of(found))
    most, _ = measured.chapter_reach(chapter, state, most_of(found))
    return _Reaches(written, fewest, most), after


def fewest_of(groups: Iterable[Group]) -> Numbers:
    """The numbers that make a session the shortest."""
    return numbers_of(min(group.options, key=_SHORTEST) for group in groups)


def most_of(groups: Iterable[Group]) -> Numbers:
    """The numbers that make a session the longest."""
    return numbers_of(max(group.options, key=_LONGEST) for group in groups)


def numbers_of(options: Iterable[Option]) -> Numbers:
    """The numbers of these options together."""
    return {position: number for option in options for position, number in option.numbers}


_SHORTEST = attrgetter("shortest")
_LONGEST = attrgetter("longest")
