"""Stretches elastic durations to an exact sum: each moves by the same share of its own room. Integer frames only.

A duration's room is cut into steps of a frame. Step j of a room of n frames is due at the share (j - 1/2) / n of the
way, and steps are taken in the order in which they are due, ties in the order of the script. So each duration is the
exact share of its room rounded to a frame, every total is met, and a longer total never makes a duration shorter.
(It is Webster's method of apportionment; Balinski and Young, "Fair Representation", 1982.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, compress

_BITS = 64  # of a share: finer than the distance between two steps of any room of 12 hours
_WHOLE = 1 << _BITS


@dataclass(frozen=True, slots=True)
class Room:
    """What one elastic duration, or a block of a given length, may last, in frames.

    ``block`` is the index of the block's room around it (None: none). A block's own ``content`` is what it holds
    apart from the rooms in it; None for a duration.
    """

    shortest: int
    natural: int
    longest: int
    block: int | None = None
    content: int | None = None

    def shifted(self, rooms: int) -> Room:
        """The same after ``rooms`` other rooms."""
        return self if self.block is None else replace(self, block=self.block + rooms)


@dataclass(frozen=True, slots=True)
class Ring:
    """A sound that rings on for ``over`` frames after its node has ended.

    That end lies ``fixed`` frames plus all rooms before the index ``before`` from the start; of the rooms inside
    blocks only those count whose block is still open there (``block``: the innermost one).
    """

    fixed: int
    over: int
    before: int
    block: int | None = None


@dataclass(frozen=True)
class Passage:
    """A part of a session: its fixed frames, its elastic rooms, and the sounds that ring on beyond it."""

    fixed: int
    rooms: tuple[Room, ...]
    rings: tuple[Ring, ...]

    def frames(self, durations: Sequence[int]) -> int:
        """How long it lasts with a duration for each room (:meth:`settled`), until the last sound has rung out."""
        counted = (frames if outer else 0 for frames, outer in zip(durations, self._outer, strict=True))
        clock = tuple(accumulate(counted, initial=0))  # what lies before each room, without those in blocks
        rung = (
            ring.fixed + (clock[ring.before] if ring.block is None else self._in_block(ring, durations)) + ring.over
            for ring in self.rings
        )
        return max([self.fixed + clock[-1], *rung])

    def clock(self, durations: Sequence[int]) -> int:
        """How long it lasts with a duration for each room, without the sounds that ring on."""
        return self.fixed + sum(compress(durations, self._outer))

    @cached_property
    def _outer(self) -> tuple[bool, ...]:
        """Whether each room lies in no block."""
        return tuple(room.block is None for room in self.rooms)

    def _in_block(self, ring: Ring, durations: Sequence[int]) -> int:
        """The rooms that count before a ring inside a block."""
        open_blocks: set[int | None] = {None}
        block = ring.block
        while block is not None:
            open_blocks.add(block)
            block = self.rooms[block].block
        return sum(
            durations[index]
            for index in range(ring.before)
            if self.rooms[index].block in open_blocks and index not in open_blocks
        )

    @cached_property
    def _blocks(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Each block with the rooms directly in it, outer blocks first."""
        inside: dict[int, list[int]] = {}
        for index, room in enumerate(self.rooms):
            if room.block is not None:
                inside.setdefault(room.block, []).append(index)
        return tuple((block, tuple(rooms)) for block, rooms in sorted(inside.items()))

    def settled(self, durations: Sequence[int]) -> tuple[int, ...]:
        """The durations with those in a block shortened until the block holds them, all by the same share."""
        settled = list(durations)
        for block, inside in self._blocks:
            most = settled[block] - (self.rooms[block].content or 0)
            if sum(settled[index] for index in inside) > most:
                rooms = [self.rooms[index] for index in inside]
                least = sum(room.shortest for room in rooms)
                for index, frames in zip(inside, _shared_out(rooms, max(most, least)), strict=True):
                    settled[index] = frames
        return tuple(settled)

    @cached_property
    def shortest(self) -> tuple[int, ...]:
        return self.settled([room.shortest for room in self.rooms])

    @cached_property
    def natural(self) -> tuple[int, ...]:
        return self.settled([room.natural for room in self.rooms])

    @cached_property
    def longest(self) -> tuple[int, ...]:
        return self.settled([room.longest for room in self.rooms])


def joined(passages: Sequence[Passage]) -> Passage:
    """One passage after the other."""
    fixed = 0
    rooms: list[Room] = []
    rings: list[Ring] = []
    for passage in passages:
        before = len(rooms)
        for ring in passage.rings:
            block = None if ring.block is None else ring.block + before
            rings.append(Ring(fixed + ring.fixed, ring.over, ring.before + before, block))
        rooms += passage.rooms if not before else (room.shifted(before) for room in passage.rooms)
        fixed += passage.fixed
    return Passage(fixed, tuple(rooms), tuple(rings))


def stretched(passage: Passage, frames: int) -> tuple[tuple[int, ...], float]:
    """Durations with which the passage lasts exactly ``frames``, and the share of their room they moved, -1 to 1.

    ``frames`` lies between the passage's length with its shortest durations and that with its longest.
    """
    natural = [room.natural for room in passage.rooms]
    longer = frames >= passage.frames(passage.natural)
    sign = 1 if longer else -1
    rooms = [(room.longest - room.natural) if longer else (room.natural - room.shortest) for room in passage.rooms]

    def durations(steps: Sequence[int]) -> tuple[int, ...]:
        return passage.settled([base + sign * step for base, step in zip(natural, steps, strict=True)])

    steps = _fewest_steps(rooms, lambda steps: sign * (passage.frames(durations(steps)) - frames) >= 0)
    result = durations(steps)
    if passage.frames(result) != frames:
        raise ValueError(f"{frames} frames are out of the passage's reach")
    return result, sign * sum(steps) / (sum(rooms) or 1)


def _shared_out(rooms: Sequence[Room], total: int) -> list[int]:
    """Durations of the rooms that sum to ``total``, all moved by the same share."""
    natural = sum(room.natural for room in rooms)
    sign = 1 if total >= natural else -1
    sizes = [(room.longest - room.natural) if sign > 0 else (room.natural - room.shortest) for room in rooms]
    steps = _fewest_steps(sizes, lambda steps: sum(steps) >= abs(total - natural))
    return [room.natural + sign * step for room, step in zip(rooms, steps, strict=True)]


def _fewest_steps(rooms: Sequence[int], enough: Callable[[Sequence[int]], bool]) -> list[int]:
    """The fewest steps, in the order in which they are due, that are enough; all of them if none are.

    ``enough`` stays true once it is true.
    """
    low, high = -1, _WHOLE  # shares: not enough at low, as far as can be gone at high
    while high - low > 1:
        middle = (low + high) // 2
        if enough(_steps(rooms, middle)):
            high = middle
        else:
            low = middle
    before = _steps(rooms, low) if low >= 0 else [0] * len(rooms)
    after = _steps(rooms, high)
    steps = enumerate(zip(before, after, rooms, strict=True))
    due = sorted((Fraction(2 * now - 1, 2 * room), index) for index, (then, now, room) in steps if now > then)
    fewest, most = 0, len(due)
    while fewest < most:
        middle = (fewest + most) // 2
        if enough(_with(before, due[:middle])):
            most = middle
        else:
            fewest = middle + 1
    return _with(before, due[:fewest])


def _steps(rooms: Sequence[int], share: int) -> list[int]:
    """How many steps of each room are due up to a share, in units of 2^-64."""
    return [(2 * share * room + _WHOLE) >> (_BITS + 1) for room in rooms]


def _with(steps: list[int], due: Sequence[tuple[Fraction, int]]) -> list[int]:
    taken = list(steps)
    for _, index in due:
        taken[index] += 1
    return taken
