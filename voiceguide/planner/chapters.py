"""Which chapters are played."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from voiceguide.routine import Change, Chapter, ChapterMark, Chime, Pause


@dataclass(frozen=True, slots=True)
class Turns:
    """The order in which chapters are left out: none in turn 0, then one optional chapter more in each turn.

    ``left_from`` has for each chapter the turn from which on it is left out; None: in no turn. The highest number goes
    first, of equal ones the later; the chapters of a deeper level go with the one above them, but for required ones.
    """

    count: int
    left_from: tuple[int | None, ...]

    @classmethod
    def of(cls, chapters: tuple[Chapter, ...]) -> Turns:
        optional = sorted(
            ((chapter.optional, index) for index, chapter in enumerate(chapters) if chapter.optional is not None),
            reverse=True,
        )
        left_from: list[int | None] = [None] * len(chapters)
        count = 1
        for _, index in optional:
            new = [inner for inner in _with_deeper(chapters, index) if left_from[inner] is None]
            for inner in new:
                left_from[inner] = count
            count += bool(new)
        return cls(count, tuple(left_from))

    def left_out(self, turn: int) -> frozenset[int]:
        """The indices of all chapters that are left out in a turn."""
        return frozenset(index for index, first in enumerate(self.left_from) if first is not None and first <= turn)

    def changes(self) -> Iterator[tuple[int, ...]]:
        """For each turn, the chapters that are played in the turn before and no longer in it; none for turn 0."""
        leaving: list[list[int]] = [[] for _ in range(self.count)]
        for index, turn in enumerate(self.left_from):
            if turn is not None:
                leaving[turn].append(index)
        yield from map(tuple, leaving)


def _with_deeper(chapters: tuple[Chapter, ...], index: int) -> Iterator[int]:
    """A chapter's index and those of the deeper chapters that follow it, without required ones."""
    yield index
    for inner in range(index + 1, len(chapters)):
        if chapters[inner].level <= chapters[index].level:
            return
        if not chapters[inner].required:
            yield inner


def played(
    chapters: tuple[Chapter, ...], left_out: frozenset[int], *, sleep: bool
) -> tuple[tuple[Chapter, ...], list[Chime]]:
    """The chapters that are played, and the closing chimes that are left out of a session for sleep."""
    kept = tuple(chapter for index, chapter in enumerate(chapters) if index not in left_out)
    return without_closing_chimes(kept) if sleep else (kept, [])


def without_closing_chimes(chapters: tuple[Chapter, ...]) -> tuple[tuple[Chapter, ...], list[Chime]]:
    """The chapters without the chimes after which only silence follows, and those chimes."""
    without = list(chapters)
    left_out: list[list[Chime]] = []
    for index in range(len(chapters) - 1, -1, -1):
        without[index], chimes = without_last_chimes(chapters[index])
        left_out.append(chimes)
        if is_heard(chapters[index]):
            break
    return tuple(without), [chime for chimes in reversed(left_out) for chime in chimes]


def without_last_chimes(chapter: Chapter) -> tuple[Chapter, list[Chime]]:
    """A chapter without the chimes after which only silence follows in it, and those chimes."""
    kept = len(chapter.body)
    while kept and isinstance(chapter.body[kept - 1], _QUIET):
        kept -= 1
    chimes = [node for node in chapter.body[kept:] if isinstance(node, Chime)]
    ending = tuple(node for node in chapter.body[kept:] if not isinstance(node, Chime))
    return replace(chapter, body=chapter.body[:kept] + ending), chimes


def is_heard(chapter: Chapter) -> bool:
    """Whether something else than chimes and silence is in a chapter."""
    return not all(isinstance(node, _QUIET) for node in chapter.body)


_QUIET = (Change, ChapterMark, Pause, Chime)
