"""Chooses whole numbers, of rounds and breath cycles, as near as possible to the written ones.

Near means: the least sum of changes, and among those the least sum of their squares. The search tries the sums of
changes from small to large; for each, tables of the least and the most that the remaining cues can add prune branches
that cannot fit.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from voiceguide.errors import Position
from voiceguide.planner import exercises
from voiceguide.planner.choices import State
from voiceguide.planner.measure import Measured, Numbers, choosable
from voiceguide.routine import Breathe, Chapter, ChapterMark, Each, Node, Repeat, Sentence, Slot, walk

_MOST_JOINT = 5_000
"""Combinations of nested cues that are tried; of more, only those in which all move by the same share."""

_MOST_TRIED = 60_000
"""Partial choices that one search tries before it takes the best one found."""

_MOST_EFFORT = 150_000
"""Partial choices that may be tried in all turns together, or what costs as much."""

_MOST_CELLS = 4_000_000
"""Cells of a table (8 bytes each): so many groups times so many changes are searched for the nearest numbers."""

_MOST_TABLE_WORK = 400_000_000
"""Options times changes that the tables are made from, about a second's work."""

Spots = tuple[tuple[Node, State], ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice for nested cues: how far it is from the written numbers (the sum of all changes, and of their
    squares), and how many frames it adds to them at the least and at the most."""

    numbers: tuple[tuple[Position, int], ...]
    changes: int
    squares: int
    shortest: int
    longest: int


@dataclass(frozen=True, slots=True)
class Group:
    """Nested cues with all options for them, the nearest to the written numbers first."""

    options: tuple[Option, ...]
    cues: tuple[Repeat | Breathe, ...]


class Groups:
    """The groups of any set of chapters; measurements are shared between sets."""

    def __init__(self, measured: Measured) -> None:
        self._measured = measured
        self._known: dict[tuple[tuple[Position, ...], tuple[tuple[int, State], ...]], Group] = {}

    def of(self, chapters: Sequence[Chapter], state: State | None = None) -> tuple[Group, ...]:
        """All numbers that may be chosen in these chapters, in the order of the script.

        ``state``: that before the first chapter, if they do not open the session."""
        families: list[dict[Position, Repeat | Breathe]] = []
        spots: list[dict[int, tuple[Node, State]]] = []  # by their index in the session: one node may be played twice
        home: dict[Position, int] = {}
        for spot, (node, before) in enumerate(self._measured.spots(chapters, state)):
            for cues in _families(node):
                family = {cue.span.position: cue for cue in cues}
                known = sorted({home[position] for position in family if position in home})
                index = known[0] if known else len(families)
                if not known:
                    families.append({})
                    spots.append({})
                for other in known[1:]:  # a script that is included twice has the same cues in several groups
                    families[index] |= families[other]
                    spots[index] |= spots[other]
                    families[other] = {}
                families[index] |= family
                spots[index][spot] = (node, before)
                home |= dict.fromkeys(families[index], index)
        found = [index for index, family in enumerate(families) if family]
        return tuple(self._group(families[index], spots[index]) for index in found)

    def _group(self, family: dict[Position, Repeat | Breathe], spots: dict[int, tuple[Node, State]]) -> Group:
        key = (tuple(family), tuple((id(node), state) for node, state in spots.values()))
        if key not in self._known:
            cues = tuple(family.values())
            self._known[key] = Group(_options(self._measured, cues, tuple(spots.values())), cues)
        return self._known[key]


def _families(node: Node) -> Iterator[tuple[Repeat | Breathe, ...]]:
    """Each outermost elastic cue with the elastic ones inside it."""
    if isinstance(node, Repeat | Breathe) and node.whole.elastic:
        yield tuple(choosable(node))
    elif isinstance(node, Repeat | Each):
        for inner in node.body:
            yield from _families(inner)


def _options(measured: Measured, cues: tuple[Repeat | Breathe, ...], spots: Spots) -> tuple[Option, ...]:
    difference = _steady(measured, cues[0], spots) if len(cues) == 1 else None

    def option(chosen: tuple[int, ...]) -> Option:
        pairs = zip(cues, chosen, strict=True)
        numbers = {cue.span.position: number for cue, number in pairs if number != cue.whole.natural}
        changes = [abs(number - cue.whole.natural) for cue, number in zip(cues, chosen, strict=True)]
        shortest, longest = difference(chosen[0]) if difference else _difference(measured, spots, numbers)
        squares = sum(change * change for change in changes)
        return Option(tuple(numbers.items()), sum(changes), squares, shortest, longest)

    options = [option(chosen) for chosen in _combinations(cues)]
    return tuple(sorted(options, key=lambda option: (option.changes, option.squares)))


def _combinations(cues: tuple[Repeat | Breathe, ...]) -> Iterator[tuple[int, ...]]:
    wholes = [cue.whole for cue in cues]
    if math.prod(whole.most - whole.fewest + 1 for whole in wholes) <= _MOST_JOINT or len(cues) == 1:
        yield from product(*(range(whole.fewest, whole.most + 1) for whole in wholes))
        return
    steps = max(max(whole.most - whole.natural, whole.natural - whole.fewest) for whole in wholes)
    chosen = {
        tuple(
            whole.natural + (2 * step * (end - whole.natural) + steps) // (2 * steps)
            for whole, end in zip(wholes, ends, strict=True)
        )
        for ends in ([whole.most for whole in wholes], [whole.fewest for whole in wholes])
        for step in range(steps + 1)
    }
    yield from sorted(chosen)


def _difference(measured: Measured, spots: Spots, numbers: Numbers) -> tuple[int, int]:
    """Frames that the numbers add to the written ones, with all elastic durations at their shortest and longest."""
    shortest = longest = 0
    for node, state in spots:
        chosen, written = measured.section(node, state, numbers).reach, measured.section(node, state, {}).reach
        shortest += chosen.shortest - written.shortest
        longest += chosen.longest - written.longest
    return shortest, longest


def _steady(measured: Measured, cue: Repeat | Breathe, spots: Spots) -> Callable[[int], tuple[int, int]] | None:
    """The differences of a cue whose rounds are all alike, known from a few of them; None when they are not."""
    whole, takes = cue.whole, measured.takes
    if whole.most - whole.fewest < takes + 3:
        return None

    def at(number: int) -> tuple[int, int]:
        return _difference(measured, spots, {cue.span.position: number})

    if isinstance(cue, Breathe):
        written, most = (exercises.breath_frames(cue, number) for number in (whole.natural, whole.most))
        times = at(whole.most)[0] // max(1, most - written) if most > written else 0
        if whole.most == whole.natural:
            return None
        return lambda number: (times * (exercises.breath_frames(cue, number) - written),) * 2
    if mentioned(cue) & {"n", "total"}:
        return None
    second = whole.fewest + 1
    early = {number: at(number) for number in range(whole.fewest, second + takes + 1)}
    (low, high), (next_low, next_high) = early[second], early[second + takes]

    def rounds(number: int) -> tuple[int, int]:
        if number in early:
            return early[number]
        times, more = divmod(number - second, takes)  # from the second on, the rounds recur with their takes
        low_before, high_before = early[second + more]
        return low_before + times * (next_low - low), high_before + times * (next_high - high)

    return rounds


def mentioned(cue: Repeat) -> frozenset[str]:
    """The slots in what is said in a block, such as ``n`` and ``total``."""
    templates = (
        node.text if isinstance(node, Sentence) else node.title
        for node in walk(cue.body)
        if isinstance(node, Sentence | ChapterMark)
    )
    return frozenset(part.name for text in templates for part in text if isinstance(part, Slot))


class Effort:
    """What the searches of one plan may still cost together, in partial choices that are tried (some 10 µs each)."""

    def __init__(self) -> None:
        self._left = _MOST_EFFORT

    @property
    def left(self) -> bool:
        return self._left > 0

    def spend(self, cost: int) -> None:
        self._left -= cost


class Search:
    """Searches numbers that allow a session to have its length."""

    def __init__(
        self,
        groups: Sequence[Group],
        bounds: Callable[[Numbers], tuple[int, int]],
        frames: int,
        effort: Effort,
        cost: int,
    ) -> None:
        """``bounds`` gives the shortest and the longest session with these numbers, for a ``cost`` in effort;
        ``frames`` has to lie between the two."""
        self._groups = groups
        self._bounds = bounds
        self._frames = frames
        self._effort = effort
        self._cost = cost
        self._furthest = sum(max(option.changes for option in group.options) for group in groups)
        self._options = sum(len(group.options) for group in groups)
        self._cues_from = [0]
        for group in reversed(groups):
            self._cues_from.append(self._cues_from[-1] + len(group.cues))
        self._cues_from.reverse()
        self._left = _MOST_TRIED

    def nearest(self, least: int, most: int) -> Numbers | None:
        """The nearest numbers that make the longest length at least ``least`` frames longer than what is written
        does, and the shortest at most ``most`` frames longer; None when there are none (or none was found)."""
        size = 0
        tables: _Tables | None = None
        for changes in range(1, self._furthest + 1):
            if tables is None or changes > size:
                size = min(self._furthest, max(8, 4 * size))
                if not self._affordable(size):
                    return self._evenly()
                tables = _Tables(self._groups, size, least, most)
            if tables.reachable(0, changes, 0, 0):
                if (found := self._most_even(changes, tables)) is not None:
                    return found
                if self._left <= 0 or not self._effort.left:
                    return self._evenly()
        return None

    def _affordable(self, size: int) -> bool:
        """Whether tables for so many changes can be made; if so, their cost is spent."""
        work = self._options * (size + 2_000)
        if len(self._groups) * size > _MOST_CELLS or work > _MOST_TABLE_WORK:
            return False
        self._effort.spend(work // 2_500)
        return True

    def _fits(self, numbers: Numbers) -> bool:
        self._effort.spend(self._cost)
        shortest, longest = self._bounds(numbers)
        return shortest <= self._frames <= longest

    def _evenly(self) -> Numbers | None:
        """Numbers that all move by the same share of their way, as far as is needed: for more cues than can be
        searched."""
        longer = self._bounds({})[1] < self._frames
        due = [
            ((2 * step + 1) / (2 * len(options)), index, option)
            for index, group in enumerate(self._groups)
            for options in (_on_the_way(group, longer=longer),)
            for step, option in enumerate(options)
        ]
        due.sort(key=lambda step: step[:2])

        def after(steps: int) -> Numbers:
            last = {index: option for _, index, option in due[:steps]}
            return {position: number for option in last.values() for position, number in option.numbers}

        def far_enough(steps: int) -> bool:
            self._effort.spend(self._cost)
            shortest, longest = self._bounds(after(steps))
            return longest >= self._frames if longer else shortest <= self._frames

        steps = bisect_left(range(len(due) + 1), True, key=far_enough)
        return after(steps) if steps <= len(due) and self._fits(after(steps)) else None

    def _most_even(self, changes: int, tables: _Tables) -> Numbers | None:
        """Among the choices with this sum of changes that fit, the one with the least sum of squares."""
        best: tuple[int, Numbers] | None = None
        path: list[tuple[Iterator[Option], _Sums]] = [(self._towards_even(0, changes), _Sums(changes))]
        chosen: list[Option] = []
        while path and self._left > 0 and self._effort.left:
            options, sums = path[-1]
            option = next(options, None)
            if option is None:
                path.pop()
                if chosen:
                    chosen.pop()
                continue
            self._left -= 1
            self._effort.spend(1)
            index = len(path)
            after = sums.plus(option)
            if after.changes < 0 or not tables.reachable(index, after.changes, after.shortest, after.longest):
                continue
            if best and after.squares + _least_squares(after.changes, self._cues_from[index]) >= best[0]:
                continue
            if index < len(self._groups):
                chosen.append(option)
                path.append((self._towards_even(index, after.changes), after))
                continue
            numbers = dict(pair for made in (*chosen, option) for pair in made.numbers)
            if self._fits(numbers):
                best = after.squares, numbers
        return best[1] if best else None

    def _towards_even(self, index: int, changes: int) -> Iterator[Option]:
        """A group's options, first those that take an even share of the remaining changes."""
        group = self._groups[index]
        even = changes * len(group.cues) // self._cues_from[index]
        return iter(sorted(group.options, key=lambda option: abs(option.changes - even)))


def _on_the_way(group: Group, *, longer: bool) -> list[Option]:
    """A group's options from the written numbers to the longest, or shortest, each going further than those before."""
    way: list[Option] = []
    reached = 0
    for option in group.options:
        further = option.longest if longer else -option.shortest
        if further > reached:
            way.append(option)
            reached = further
    return way


@dataclass(frozen=True, slots=True)
class _Sums:
    """The changes that remain, and the sums over those made so far."""

    changes: int
    squares: int = 0
    shortest: int = 0
    longest: int = 0

    def plus(self, option: Option) -> _Sums:
        return _Sums(
            self.changes - option.changes,
            self.squares + option.squares,
            self.shortest + option.shortest,
            self.longest + option.longest,
        )


class _Tables:
    """For the groups from each index on and each sum of changes: the least and the most frames it may add."""

    def __init__(self, groups: Sequence[Group], size: int, least: int, most: int) -> None:
        import numpy as np

        self._least, self._most = least, most
        none = np.full(size + 1, np.inf)
        none[0] = 0
        self._shortest, self._longest = [none], [-none]
        for group in reversed(groups):
            low, high = np.full(size + 1, np.inf), np.full(size + 1, -np.inf)
            for option in group.options:
                if (changes := option.changes) <= size:
                    part = slice(changes, size + 1)
                    rest = slice(0, size + 1 - changes)
                    low[part] = np.minimum(low[part], self._shortest[-1][rest] + option.shortest)
                    high[part] = np.maximum(high[part], self._longest[-1][rest] + option.longest)
            self._shortest.append(low)
            self._longest.append(high)
        self._shortest.reverse()
        self._longest.reverse()

    def reachable(self, index: int, changes: int, shortest: int, longest: int) -> bool:
        """Whether the groups from ``index`` on can still complete a choice that fits."""
        low, high = self._shortest[index][changes], self._longest[index][changes]
        return bool(shortest + low <= self._most and longest + high >= self._least)


def _least_squares(changes: int, cues: int) -> int:
    """The least sum of squares when changes are distributed among cues."""
    if not cues:
        return 0
    each, over = divmod(changes, cues)
    return cues * each * each + over * (2 * each + 1)
