"""Stretches elastic durations to an exact sum: each moves by the same share of its own way. Integer frames only.

A duration's way leads from its natural length to its longest (or shortest), in steps of a frame. Step j of n is due at
the share (j - 1/2) / n of the way, and steps are taken in the order in which they are due, ties in the order of the
script. So each duration moves by the exact share of its way rounded to a frame, every total is met, and a longer total
never makes a duration shorter.
(It is Webster's method of apportionment; Balinski and Young, "Fair Representation", 1982.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, compress
from operator import mul

_BITS = 64  # of a share: finer than the distance between two steps of any way of 12 hours
_WHOLE = 1 << _BITS


@dataclass(frozen=True, slots=True)
class ElasticRange:
    """What one elastic duration, or a block of a given length, may last, in frames.

    ``block`` is the index of the range of the block around it (None: none). A block's own ``content`` is what it holds
    apart from the ranges in it; None for a duration.
    """

    shortest: int
    natural: int
    longest: int
    block: int | None = None
    content: int | None = None

    def shifted(self, before: int) -> ElasticRange:
        """The same after ``before`` other ranges."""
        return self if self.block is None else replace(self, block=self.block + before)

    def way(self, sign: int) -> int:
        """Frames from the natural length to the longest (``sign`` 1) or the shortest one (-1)."""
        return self.longest - self.natural if sign > 0 else self.natural - self.shortest


@dataclass(frozen=True, slots=True)
class RingOut:
    """A sound that rings on for ``over`` frames after its node has ended.

    That end lies ``fixed`` frames plus all ranges before the index ``before`` from the start; of the ranges inside
    blocks only those count whose block is still open there (``block``: the innermost one).
    """

    fixed: int
    over: int
    before: int
    block: int | None = None


@dataclass(frozen=True)
class ElasticPart:
    """A part of a session: its fixed frames, the ranges of what is elastic in it, and sounds that ring on beyond it.

    It is fitted to a length as typesetting fits a line with glue (Knuth, "The TeXbook", chapter 12).
    """

    fixed: int
    ranges: tuple[ElasticRange, ...]
    ring_outs: tuple[RingOut, ...]

    def frames(self, durations: Sequence[int]) -> int:
        """How long it lasts with a duration for each range (:meth:`settled`), until the last sound has rung out."""
        if not self._lasting:
            return self.clock(durations)
        counted = map(mul, durations, self._outer) if self._blocks else durations
        clock: list[int] = list(accumulate(counted, initial=0))  # what lies before each range, without those in blocks
        rung = (
            ring.fixed + (clock[ring.before] if ring.block is None else self._in_block(ring, durations)) + ring.over
            for ring in self._lasting
        )
        return max([self.fixed + clock[-1], *rung])

    def clock(self, durations: Sequence[int]) -> int:
        """How long it lasts with a duration for each range, without the sounds that ring on."""
        return self.fixed + (sum(compress(durations, self._outer)) if self._blocks else sum(durations))

    @cached_property
    def _lasting(self) -> tuple[RingOut, ...]:
        """The sounds that may ring on beyond the end: those after which not enough follows, however short it is."""
        least = map(mul, (elastic.shortest for elastic in self.ranges), self._outer)
        clock = list(accumulate(least, initial=0))
        return tuple(
            ring
            for ring in self.ring_outs
            if ring.block is not None or ring.over > self.fixed - ring.fixed + clock[-1] - clock[ring.before]
        )

    @cached_property
    def _outer(self) -> tuple[bool, ...]:
        """Whether each range lies in no block."""
        return tuple([elastic.block is None for elastic in self.ranges])

    def _in_block(self, ring: RingOut, durations: Sequence[int]) -> int:
        """The durations that count before a sound rings out inside a block."""
        open_blocks: set[int | None] = {None}
        block = ring.block
        while block is not None:
            open_blocks.add(block)
            block = self.ranges[block].block
        return sum(
            durations[index]
            for index in range(ring.before)
            if self.ranges[index].block in open_blocks and index not in open_blocks
        )

    @cached_property
    def _blocks(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Each block with the ranges directly in it, outer blocks first."""
        inside: dict[int, list[int]] = {}
        for index, elastic in enumerate(self.ranges):
            if elastic.block is not None:
                inside.setdefault(elastic.block, []).append(index)
        return tuple((block, tuple(indices)) for block, indices in sorted(inside.items()))

    def settled(self, durations: Sequence[int]) -> tuple[int, ...]:
        """The durations with those in a block shortened until the block holds them, all by the same share."""
        settled = list(durations)
        for block, inside in self._blocks:
            most = settled[block] - (self.ranges[block].content or 0)
            if sum(settled[index] for index in inside) > most:
                ranges = [self.ranges[index] for index in inside]
                least = sum(elastic.shortest for elastic in ranges)
                for index, frames in zip(inside, _shared_out(ranges, max(most, least)), strict=True):
                    settled[index] = frames
        return tuple(settled)

    @cached_property
    def shortest(self) -> tuple[int, ...]:
        return self.settled([elastic.shortest for elastic in self.ranges])

    @cached_property
    def natural(self) -> tuple[int, ...]:
        return self.settled([elastic.natural for elastic in self.ranges])

    @cached_property
    def longest(self) -> tuple[int, ...]:
        return self.settled([elastic.longest for elastic in self.ranges])


def joined(parts: Sequence[ElasticPart]) -> ElasticPart:
    """One part after the other."""
    fixed = 0
    ranges: list[ElasticRange] = []
    ring_outs: list[RingOut] = []
    for part in parts:
        before = len(ranges)
        for ring in part.ring_outs:
            block = None if ring.block is None else ring.block + before
            ring_outs.append(RingOut(fixed + ring.fixed, ring.over, ring.before + before, block))
        ranges += part.ranges if not before else (elastic.shifted(before) for elastic in part.ranges)
        fixed += part.fixed
    return ElasticPart(fixed, tuple(ranges), tuple(ring_outs))


def stretched(part: ElasticPart, frames: int) -> tuple[tuple[int, ...], float]:
    """Durations with which the part lasts exactly ``frames``, and the share of their way that they moved, -1 to 1.

    ``frames`` lies between the part's length with its shortest durations and that with its longest.
    """
    natural = [elastic.natural for elastic in part.ranges]
    sign = 1 if frames >= part.frames(part.natural) else -1
    ways = [elastic.way(sign) for elastic in part.ranges]

    def durations(steps: Sequence[int]) -> tuple[int, ...]:
        return part.settled([base + sign * step for base, step in zip(natural, steps, strict=True)])

    steps = _fewest_steps(ways, lambda steps: sign * (part.frames(durations(steps)) - frames) >= 0)
    result = durations(steps)
    if part.frames(result) != frames:
        raise ValueError(f"the part cannot last {frames} frames")
    return result, sign * sum(steps) / (sum(ways) or 1)


def _shared_out(ranges: Sequence[ElasticRange], total: int) -> list[int]:
    """Durations in the ranges that sum to ``total``, all moved by the same share of their way."""
    natural = sum(elastic.natural for elastic in ranges)
    sign = 1 if total >= natural else -1
    steps = _fewest_steps([elastic.way(sign) for elastic in ranges], lambda steps: sum(steps) >= abs(total - natural))
    return [elastic.natural + sign * step for elastic, step in zip(ranges, steps, strict=True)]


def _fewest_steps(ways: Sequence[int], enough: Callable[[Sequence[int]], bool]) -> list[int]:
    """The fewest steps, in the order in which they are due, that are enough; all of them if none are.

    ``enough`` stays true once it is true.
    """
    low, high = -1, _WHOLE  # shares: not enough at low, as far as can be gone at high
    fine = _WHOLE // max([1, *ways])  # between shares this close no way has more than one step
    while high - low > fine:
        middle = (low + high) // 2
        if enough(_steps(ways, middle)):
            high = middle
        else:
            low = middle
    before = _steps(ways, low) if low >= 0 else [0] * len(ways)
    after = _steps(ways, high)
    steps = enumerate(zip(before, after, ways, strict=True))
    due = sorted((((2 * now - 1) << _BITS) // (2 * way), index) for index, (then, now, way) in steps if now > then)
    fewest, most = 0, len(due)
    while fewest < most:
        middle = (fewest + most) // 2
        if enough(_with(before, due[:middle])):
            most = middle
        else:
            fewest = middle + 1
    return _with(before, due[:fewest])


def _steps(ways: Sequence[int], share: int) -> list[int]:
    """How many steps of each way are due up to a share, in units of 2^-64."""
    return [(2 * share * way + _WHOLE) >> (_BITS + 1) for way in ways]


def _with(steps: list[int], due: Sequence[tuple[int, int]]) -> list[int]:
    taken = list(steps)
    for _, index in due:
        taken[index] += 1
    return taken
