"""How long a routine is for any choice, without laying all of it out again: top-level nodes are measured one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from voiceguide.planner import exercises
from voiceguide.planner.choices import Choices, Material, Place, State
from voiceguide.planner.layout import HEAD, TAIL, Layout, Values, place_of, session_end, whole_of
from voiceguide.planner.stretch import Passage, Ring, Room, joined
from voiceguide.routine import Bed, Breathe, Chapter, Each, Node, Repeat, Within
from voiceguide.units import Elastic, frames

Numbers = Mapping[Place, int]


@dataclass(frozen=True, slots=True)
class Reach:
    """The shortest, natural and longest length of a part of a script, in frames, with its elastic durations alone;
    and how long after its start it is still heard in the shortest and in the longest case (0: not beyond its end)."""

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

    passage: Passage
    reach: Reach
    after: State


class _Measuring(Layout):
    """A walk that notes the room of every elastic duration, and what rings on."""

    def __init__(self, material: Material, choices: Choices, state: State) -> None:
        super().__init__(material, choices, state)
        self._noted: list[Room] = []
        self._rings: list[Ring] = []
        self._elastic = 0  # frames of rooms in the way from the start to here
        self._content = 0  # frames that the block holds that was closed last

    def section(self, node: Node) -> Section:
        self._node(node, {})
        passage = Passage(self._clock - HEAD - self._elastic, tuple(self._noted), tuple(self._rings))
        speaker = self._scene.speaker
        after = State(self._spoke_last, self._waiting_title is not None, speaker.voice, speaker.pace)
        return Section(passage, _reach(passage), after)

    def _room(self, elastic: Elastic) -> int:
        natural = super()._room(elastic)
        self._noted.append(Room(frames(elastic.shortest), natural, frames(elastic.longest), self._block))
        self._elastic += natural
        return natural

    def _breathe(self, node: Breathe, start: int, cycles: int) -> int:
        return start + exercises.breath_frames(node, cycles)  # nothing of it is heard beyond its end

    def _node(self, node: Node, values: Values) -> None:
        placed = len(self._scene.events)
        super()._node(node, values)
        over = max(map(session_end, self._scene.events[placed:]), default=0) - self._clock
        if over > TAIL:  # else the session's own tail is longer
            self._rings.append(Ring(self._clock - HEAD - self._elastic, over, len(self._noted), self._block))
        del self._scene.events[placed:]

    def _within(self, node: Within, values: Values) -> None:
        index, outside = len(self._noted), self._elastic
        super()._within(node, values)
        inside = [room for room in self._noted[index + 1 :] if room.block == index]
        block = self._noted[index]
        content = self._content - sum(room.natural for room in inside)
        least = min(block.longest, max(block.shortest, content + sum(room.shortest for room in inside)))
        natural = max(block.natural, least)
        self._clock += natural - block.natural
        self._noted[index] = Room(least, natural, block.longest, block.block, content)
        self._elastic = outside + natural

    def _fill(self, node: Within, start: int, content: int, length: int) -> None:
        if content < length:
            self._begin_waiting_chapter()
        self._clock = start + length
        self._content = content

    def _change_bed(self, node: Bed) -> None:
        pass  # takes no time


def _reach(passage: Passage) -> Reach:
    def heard(durations: tuple[int, ...]) -> int:
        return passage.frames(durations) if passage.rings else 0

    return Reach(
        passage.clock(passage.shortest),
        passage.clock(passage.natural),
        passage.clock(passage.longest),
        heard(passage.shortest),
        heard(passage.longest),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A measured chapter: its reach, the state after it, and its nodes with numbers to choose, each with its state."""

    reach: Reach
    after: State
    spots: tuple[tuple[Node, State], ...]


class Measured:
    """The lengths of a routine's parts, each measured once for each choice inside it and each state before it.

    Nodes and chapters are known by their identity: keep the chapters as long as this.
    """

    def __init__(self, material: Material) -> None:
        self._material = material
        self._sections: dict[tuple[int, State, tuple[int | None, ...]], Section] = {}
        self._parts: dict[tuple[int, State, tuple[int | None, ...]], _Part] = {}
        self._places: dict[int, tuple[Place, ...]] = {}
        self._chapter_places: dict[int, tuple[Place, ...]] = {}

    def section(self, node: Node, state: State, numbers: Numbers) -> Section:
        key = (id(node), state, tuple(map(numbers.get, self._node_places(node))))
        if key not in self._sections:
            self._sections[key] = _Measuring(self._material, Choices(numbers), state).section(node)
        return self._sections[key]

    def reach(self, chapters: Sequence[Chapter], numbers: Numbers) -> Reach:
        """The reach of all chapters together."""
        total, state = Reach(), self._material.opening
        for chapter in chapters:
            part = self._part(chapter, state, numbers)
            total, state = total.then(part.reach), part.after
        return total

    def spots(self, chapters: Sequence[Chapter]) -> Iterator[tuple[Node, State]]:
        """Every top-level node with a number to choose in it, with the state before it, in the order of play."""
        state = self._material.opening
        for chapter in chapters:
            part = self._part(chapter, state, {})
            yield from part.spots
            state = part.after

    def chapter_lengths(self, chapters: Sequence[Chapter]) -> list[int]:
        """The natural length of each chapter, in frames."""
        lengths, state = [], self._material.opening
        for chapter in chapters:
            part = self._part(chapter, state, {})
            lengths.append(part.reach.natural)
            state = part.after
        return lengths

    def passage(self, chapters: Sequence[Chapter], numbers: Numbers) -> Passage:
        """The whole session, with its quiet at both ends."""
        passages, state = [Passage(HEAD, (), ())], self._material.opening
        for chapter in chapters:
            state = replace(state, waits=True)
            for node in chapter.body:
                section = self.section(node, state, numbers)
                passages.append(section.passage)
                state = section.after
        inner = joined(passages)
        return Passage(inner.fixed + TAIL, inner.rooms, inner.rings)

    def _part(self, chapter: Chapter, state: State, numbers: Numbers) -> _Part:
        body = chapter.body
        if id(body) not in self._chapter_places:
            self._chapter_places[id(body)] = tuple(place for node in body for place in self._node_places(node))
        key = (id(body), state, tuple(map(numbers.get, self._chapter_places[id(body)])))
        if key not in self._parts:
            reach, now = Reach(), replace(state, waits=True)
            spots = []
            for node in body:
                if self._node_places(node):
                    spots.append((node, now))
                section = self.section(node, now, numbers)
                reach, now = reach.then(section.reach), section.after
            self._parts[key] = _Part(reach, now, tuple(spots))
        return self._parts[key]

    def _node_places(self, node: Node) -> tuple[Place, ...]:
        if id(node) not in self._places:
            self._places[id(node)] = tuple(map(place_of, choosable(node)))
        return self._places[id(node)]


def choosable(node: Node) -> Iterator[Repeat | Breathe]:
    """The cues in a node whose number may be chosen, outer ones first; none of those in a block of a given length."""
    if isinstance(node, Repeat | Breathe) and whole_of(node).elastic:
        yield node
    if isinstance(node, Repeat | Each):
        for inner in node.body:
            yield from choosable(inner)
