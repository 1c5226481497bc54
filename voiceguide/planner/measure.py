"""Measures the length of a routine for any choice, one top-level node at a time, without laying all of it out again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from voiceguide.errors import Diagnostic, Position
from voiceguide.planner.choices import Choices, Material, State
from voiceguide.planner.memory import Memory, content_of
from voiceguide.planner.stretch import ElasticPart, ElasticRange, RingOut, joined
from voiceguide.planner.takes import SENTENCE_TAKES
from voiceguide.planner.visitor import Round, rounds_of
from voiceguide.planner.walk import HEAD, TAIL, Walk, session_end
from voiceguide.routine import Bed, Breathe, Chapter, Each, Node, Pause, Repeat, Within
from voiceguide.timeline import Event
from voiceguide.units import Elastic, frames

Numbers = Mapping[Position, int]


@dataclass(frozen=True, slots=True)
class Reach:
    """The shortest, natural and longest length of a part of a script, in frames, with its elastic durations alone;
    and how long after its start it still sounds in the shortest and in the longest case (0: not beyond its end)."""

    shortest: int = 0
    natural: int = 0
    longest: int = 0
    heard_shortest: int = 0
    heard_longest: int = 0

    def then(self, other: Reach) -> Reach:
        """This part and then the other."""
        return Reach(
            self.shortest + other.shortest,
            self.natural + other.natural,
            self.longest + other.longest,
            max(self.heard_shortest, self.shortest + other.heard_shortest),
            max(self.heard_longest, self.longest + other.heard_longest),
        )

    @property
    def session(self) -> tuple[int, int]:
        """Shortest and longest length of a whole session made of this."""
        shortest = max(HEAD + self.shortest + TAIL, HEAD + self.heard_shortest)
        return shortest, max(HEAD + self.longest + TAIL, HEAD + self.heard_longest)


@dataclass(frozen=True, slots=True)
class Section:
    """A measured top-level node, and the state after it."""

    part: ElasticPart
    reach: Reach
    after: State


class _Meter:
    """A visitor that collects the range of each elastic duration, and the sounds that ring on; it keeps no event."""

    wants_breaths = False  # none of their sounds rings on

    def __init__(self) -> None:
        self._open: list[tuple[int, int]] = []  # the range of each open block, and ``elastic`` before it
        self.begin({})

    def begin(self, numbers: Numbers) -> None:
        """Starts anew, for another node and with these numbers."""
        self.elastic = 0  # frames of the elastic durations so far
        self.ranges: list[ElasticRange] = []
        self.ring_outs: list[RingOut] = []
        self._choices = Choices(numbers)
        self._sounding_until = 0  # the frame up to which the events of the node last played sound

    @property
    def _block(self) -> int | None:
        return self._open[-1][0] if self._open else None

    def add(self, event: Event) -> None:
        self._sounding_until = max(self._sounding_until, session_end(event))

    def report(self, problem: Diagnostic) -> None:
        pass  # it is found again when the events are placed

    def chapter(self, title: str, start: int) -> None:
        pass

    def bed(self, node: Bed, start: int) -> None:
        pass  # takes no time

    def duration(self, elastic: Elastic) -> int:
        natural = frames(elastic.natural)
        self.ranges.append(ElasticRange(frames(elastic.shortest), natural, frames(elastic.longest), self._block))
        self.elastic += natural
        return natural

    def rounds(self, node: Repeat, *, in_block: bool) -> Iterable[Round]:
        return rounds_of(self._choices.number(node, in_block=in_block))

    def cycles(self, node: Breathe, *, in_block: bool) -> int:
        return self._choices.number(node, in_block=in_block)

    def open_block(self, node: Within) -> int:
        before = self.elastic
        length = self.duration(node.duration)
        self._open.append((len(self.ranges) - 1, before))
        return length

    def close_block(self, node: Within, start: int, content: int, length: int) -> int:
        index, before = self._open.pop()
        inside = [elastic for elastic in self.ranges[index + 1 :] if elastic.block == index]
        block = self.ranges[index]
        content -= sum(elastic.natural for elastic in inside)
        least = min(block.longest, max(block.shortest, content + sum(elastic.shortest for elastic in inside)))
        natural = max(block.natural, least)
        self.ranges[index] = ElasticRange(least, natural, block.longest, block.block, content)
        self.elastic = before + natural
        return start + natural

    def passed(self, node: Node, now: int) -> None:
        over = self._sounding_until - now
        if over > TAIL:  # else the session's own tail is longer
            self.ring_outs.append(RingOut(now - HEAD - self.elastic, over, len(self.ranges), self._block))
        self._sounding_until = 0


def _reach(part: ElasticPart) -> Reach:
    if not part.ranges and not part.ring_outs:
        return Reach(part.fixed, part.fixed, part.fixed)
    shortest, longest = part.shortest, part.longest
    heard = (part.frames(shortest), part.frames(longest)) if part.ring_outs else (0, 0)
    return Reach(part.clock(shortest), part.clock(part.natural), part.clock(longest), *heard)


@dataclass(frozen=True, slots=True)
class MeasuredChapter:
    """A measured chapter: its reach, the state after it, its nodes with numbers to choose, each with its state, and
    the parts that all its nodes are."""

    reach: Reach
    after: State
    spots: tuple[tuple[Node, State], ...]
    parts: tuple[ElasticPart, ...]


class Measured:
    """The lengths of a routine's parts, each measured once for each choice inside it and each state before it.

    Nodes and chapters are known by their identity: keep the chapters as long as this.
    """

    def __init__(self, material: Material, memory: Memory | None = None) -> None:
        """``memory``: of the plan before."""
        self._memory = memory
        self.takes = 1 if material.settings.takes == "same" else SENTENCE_TAKES
        self._material = material
        self._meter = _Meter()
        self._walk = Walk(material, self._meter)
        self._sections: dict[tuple[int | State | None, ...], Section] = {}
        self._chapters: dict[tuple[int | State | None, ...], MeasuredChapter] = {}
        self._positions: dict[int, tuple[Position, ...]] = {}
        self._chapter_positions: dict[int, tuple[Position, ...]] = {}

    def section(self, node: Node, state: State, numbers: Numbers) -> Section:
        # Pauses of one duration, of which a script has many, are measured once.
        alike = id(node.duration if isinstance(node, Pause) else node)
        key = (alike, state, *map(numbers.get, self._node_positions(node)))
        found = self._sections.get(key)
        if found is None:
            found = self._sections[key] = self._measure(node, state, numbers)
        return found

    def _measure(self, node: Node, state: State, numbers: Numbers) -> Section:
        meter, walk = self._meter, self._walk
        meter.begin(numbers)
        walk.begin(state)
        walk.body((node,))
        part = ElasticPart(walk.now - HEAD - meter.elastic, tuple(meter.ranges), tuple(meter.ring_outs))
        return Section(part, _reach(part), walk.state)

    def reach(self, chapters: Sequence[Chapter], numbers: Numbers) -> Reach:
        """The reach of all chapters together."""
        total, state = Reach(), self._material.opening
        for chapter in chapters:
            measured = self._chapter(chapter, state, numbers)
            total, state = total.then(measured.reach), measured.after
        return total

    def chapter_reach(self, chapter: Chapter, state: State, numbers: Numbers) -> tuple[Reach, State]:
        """The reach of a chapter that is played after ``state``, and the state after it."""
        measured = self._chapter(chapter, state, numbers)
        return measured.reach, measured.after

    def spots(self, chapters: Sequence[Chapter], state: State | None = None) -> Iterator[tuple[Node, State]]:
        """Every top-level node with a number to choose in it, with the state before it, in the order of play.

        ``state``: that before the first chapter, if they do not open the session."""
        state = state or self._material.opening
        for chapter in chapters:
            measured = self._chapter(chapter, state, {})
            yield from measured.spots
            state = measured.after

    def chapter_lengths(self, chapters: Sequence[Chapter]) -> list[int]:
        """The natural length of each chapter, in frames."""
        lengths, state = [], self._material.opening
        for chapter in chapters:
            measured = self._chapter(chapter, state, {})
            lengths.append(measured.reach.natural)
            state = measured.after
        return lengths

    def whole(self, chapters: Sequence[Chapter], numbers: Numbers) -> ElasticPart:
        """The whole session, with its quiet at both ends."""
        parts, state = [ElasticPart(HEAD, (), ())], self._material.opening
        for chapter in chapters:
            measured = self._chapter(chapter, state, numbers)
            parts += measured.parts
            state = measured.after
        inner = joined(parts)
        return ElasticPart(inner.fixed + TAIL, inner.ranges, inner.ring_outs)

    def _chapter(self, chapter: Chapter, state: State, numbers: Numbers) -> MeasuredChapter:
        body = chapter.body
        if id(body) not in self._chapter_positions:
            self._chapter_positions[id(body)] = self.positions(chapter)
        key = (id(body), state, *map(numbers.get, self._chapter_positions[id(body)]))
        if key not in self._chapters:
            remembered = self._memory is not None and not self._chapter_positions[id(body)]
            measure = self._remembered if remembered else self._measure_chapter
            self._chapters[key] = measure(body, state, numbers)
        return self._chapters[key]

    def _remembered(self, body: tuple[Node, ...], state: State, numbers: Numbers) -> MeasuredChapter:
        """A chapter in which no number can be chosen, as it was measured for the plan before."""
        content = content_of(body)
        if self._memory is None or content is None:
            return self._measure_chapter(body, state, numbers)
        found = self._memory.measured.find((content, state))
        if found is None:
            found = self._measure_chapter(body, state, numbers)
            self._memory.measured.keep((content, state), found)
        return found

    def _measure_chapter(self, body: tuple[Node, ...], state: State, numbers: Numbers) -> MeasuredChapter:
        reach, now = Reach(), replace(state, waits=True)
        spots, parts = [], []
        for node in body:
            if self._node_positions(node):
                spots.append((node, now))
            section = self.section(node, now, numbers)
            reach, now = reach.then(section.reach), section.after
            parts.append(section.part)
        return MeasuredChapter(reach, now, tuple(spots), tuple(parts))

    def positions(self, chapter: Chapter) -> tuple[Position, ...]:
        """The cues in a chapter whose number may be chosen."""
        return tuple(position for node in chapter.body for position in self._node_positions(node))

    def _node_positions(self, node: Node) -> tuple[Position, ...]:
        if not isinstance(node, _COUNTED):
            return ()
        if id(node) not in self._positions:
            self._positions[id(node)] = tuple(cue.span.position for cue in choosable(node))
        return self._positions[id(node)]


_COUNTED = (Repeat, Breathe, Each)


def choosable(node: Node) -> Iterator[Repeat | Breathe]:
    """The cues in a node whose number may be chosen, outer ones first; none of those in a block of a given length."""
    if isinstance(node, Repeat | Breathe) and node.whole.elastic:
        yield node
    if isinstance(node, Repeat | Each):
        for inner in node.body:
            yield from choosable(inner)
