"""Layers of a bed: loops of noise or tones, shuffled, under gains that come and go, and short sounds strewn over them.

Everything is a function of the absolute frame, so that a bed can be read from anywhere. What is random comes from the
number of a slot of time alone (:func:`chances`), so that nothing ever comes again after a fixed time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio.stream import Samples
from voiceguide.sounds.noise import turning
from voiceguide.units import SAMPLE_RATE

Ears = NDArray[np.complex64]
"""Audio, ``(frames,)``, left and right as the two parts of a complex number: fast, and a view of ``(frames, 2)``."""

CELL = SAMPLE_RATE // 100
"""Frames of a straight piece of a gain's course: 10 ms, of any bed's time a whole number of times."""

_RAMP: Samples = (np.arange(CELL) / CELL).astype(np.float32)
_GRID = 2.0**16


class Part(Protocol):
    """What a bed is made of."""

    def sound(self, start: int, frames: int) -> Ears:
        """``frames`` frames from frame ``start`` of the bed; perhaps a view, which must not be written to."""
        ...


class Course(Protocol):
    """A gain over time, given by its values at cells of :data:`CELL` frames."""

    def at(self, cells: NDArray[np.int64]) -> NDArray[np.float64]:
        """The gain at the beginning of each cell."""
        ...


def gains(courses: tuple[Course, ...], start: int, frames: int) -> Samples:
    """The product of courses frame by frame, ``(frames,)``: straight within each cell."""
    first, after = start // CELL, -(-(start + frames) // CELL)
    cells = np.arange(first, after + 1)
    product = np.ones(len(cells))
    for course in courses:
        product *= course.at(cells)
    values = _settled(product)
    whole: Samples = values[:-1, np.newaxis] + (values[1:] - values[:-1])[:, np.newaxis] * _RAMP
    return whole.reshape(-1)[start - first * CELL :][:frames]


@dataclass(frozen=True, slots=True)
class Drift:
    """A gain between ``low`` and ``high`` that wanders: a random value for every ``slot`` of cells, and a half wave of
    a cosine from one to the next. ``power`` above 1 makes high values rare."""

    seed: int
    slot: int
    low: float
    high: float
    power: float = 1.0

    def at(self, cells: NDArray[np.int64]) -> NDArray[np.float64]:
        slots = cells // self.slot
        numbers = np.arange(slots[0], slots[-1] + 2) if len(cells) else slots
        values = chances(self.seed, numbers, 1)[0] ** self.power
        way = 0.5 - 0.5 * np.cos(np.pi * (cells - slots * self.slot) / self.slot)
        before = values[slots - slots[:1]]
        between: NDArray[np.float64] = before + (values[slots - slots[:1] + 1] - before) * way
        return self.low + (self.high - self.low) * between


@dataclass(frozen=True, slots=True)
class Waves:
    """A gain that comes in waves: one in every slot of ``slot`` cells, its height ``spread`` cells at most before or
    after the slot's middle, and up to ``softer`` (0 to 1) lower than the highest. It rises over ``rise`` cells and runs
    out over ``fall`` cells, both as a raised cosine to the power of ``sharp``, ``later`` cells after its time.
    ``floor``: the gain between the waves."""

    seed: int
    slot: int
    spread: int
    rise: int
    fall: int
    floor: float
    softer: float = 0.4
    sharp: float = 1.0
    later: int = 0

    def at(self, cells: NDArray[np.int64]) -> NDArray[np.float64]:
        total: NDArray[np.float64] = np.zeros(len(cells))
        if not len(cells):
            return total
        first = (int(cells[0]) - self.fall - self.later) // self.slot - 1
        last = (int(cells[-1]) + self.rise - self.later) // self.slot + 1
        numbers = np.arange(first, last + 1)
        when, height = chances(self.seed, numbers, 2)
        peaks = numbers * self.slot + self.slot / 2 + (2 * when - 1) * self.spread + self.later
        for peak, level in zip(peaks.tolist(), (1.0 - self.softer * height).tolist(), strict=True):
            since = cells - peak
            away = np.minimum(np.where(since < 0, since * (-1 / self.rise), since * (1 / self.fall)), 1.0)
            total += level**2 * (0.5 + 0.5 * np.cos(np.pi * away)) ** (2 * self.sharp)
        course: NDArray[np.float64] = self.floor + (1.0 - self.floor) * np.sqrt(total)
        return course

    def heights(self, first: int, last: int) -> NDArray[np.float64]:
        """The cells, not whole, at which the waves of the slots ``first`` up to ``last`` are highest."""
        numbers = np.arange(first, last)
        when = chances(self.seed, numbers, 2)[0]
        heights: NDArray[np.float64] = numbers * self.slot + self.slot / 2 + (2 * when - 1) * self.spread + self.later
        return heights


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A loop for both ears, under ``courses`` of gain. It goes round, or is ``shuffled``: after every ``piece`` frames
    it goes on at a random place, crossfaded over ``fade`` frames with equal power, so that noise never comes again
    after a fixed time."""

    loop: Ears
    courses: tuple[Course, ...] = ()
    piece: int = 0
    fade: int = 0
    seed: int = 0

    @classmethod
    def shuffled(cls, seed: int, loop: Ears, *courses: Course) -> Layer:
        return cls(loop, courses, 5 * SAMPLE_RATE, SAMPLE_RATE // 2, seed)

    def sound(self, start: int, frames: int) -> Ears:
        both = self._shuffled(start, frames) if self.piece else turning(self.loop, start, frames)
        return both * gains(self.courses, start, frames) if self.courses else both

    def _shuffled(self, start: int, frames: int) -> Ears:
        number, into = divmod(start, self.piece)
        if into >= self.fade and into + frames <= self.piece:
            return self._piece(number, into, frames)
        both = np.empty(frames, np.complex64)
        done = 0
        while done < frames:
            number, into = divmod(start + done, self.piece)
            faded = into < self.fade
            count = min(frames - done, (self.fade if faded else self.piece) - into)
            part = both[done : done + count]
            part[:] = self._piece(number, into, count)
            if faded:
                rising = _rising(self.fade)
                part *= rising[into : into + count]
                part += self._piece(number - 1, into + self.piece, count) * rising[::-1][into : into + count]
            done += count
        return both

    def _piece(self, number: int, into: int, frames: int) -> Ears:
        place = chances(self.seed, np.array([number]), 1)[0, 0]
        return turning(self.loop, int(place * len(self.loop)) + into, frames)


@dataclass(frozen=True, slots=True, eq=False)
class Changing:
    """One of several ``loops`` after another, never the same twice: each for ``slot`` frames, ``spread`` more or fewer,
    crossfaded over ``fade`` frames with equal power."""

    loops: tuple[Ears, ...]
    slot: int
    spread: int
    fade: int
    seed: int
    courses: tuple[Course, ...] = ()

    def turn(self, number: int) -> int:
        """The frame at which the loop of a slot begins to come in."""
        return number * self.slot + int(float(chances(self.seed, np.array([number]), 1)[0, 0]) * self.spread)

    def which(self, number: int) -> int:
        """The loop of a slot. Even and odd slots choose from halves of their own, so that no two in a row are alike."""
        own = range(number % 2, len(self.loops), 2)
        return own[int(float(chances(self.seed + 1, np.array([number]), 1)[0, 0]) * len(own))]

    def sound(self, start: int, frames: int) -> Ears:
        number = start // self.slot
        while self.turn(number) > start:
            number -= 1
        steady = self.turn(number) + self.fade <= start and start + frames <= self.turn(number + 1)
        both = (
            turning(self.loops[self.which(number)], start, frames) if steady else self._crossed(start, frames, number)
        )
        return both * gains(self.courses, start, frames) if self.courses else both

    def _crossed(self, start: int, frames: int, number: int) -> Ears:
        """As :meth:`sound` without the courses, where loops change; ``number`` is the slot at ``start``."""
        both, number = np.zeros(frames, np.complex64), number - 1
        while self.turn(number) < start + frames:
            begin, end = self.turn(number), self.turn(number + 1) + self.fade
            first, last = max(begin, start), min(end, start + frames)
            if first < last:
                part = turning(self.loops[self.which(number)], first, last - first)
                both[first - start : last - start] += part * self._fades(first, last, begin, end)
            number += 1
        return both

    def _fades(self, first: int, last: int, begin: int, end: int) -> Samples:
        if first >= begin + self.fade and last <= end - self.fade:
            return np.ones(1, np.float32)
        rising = _rising(self.fade)
        at = np.minimum(np.arange(first - begin, last - begin), np.arange(end - 1 - first, end - 1 - last, -1))
        return np.where(at < self.fade, rising[np.minimum(at, self.fade - 1)], np.float32(1.0))


@dataclass(frozen=True, slots=True, eq=False)
class Drops:
    """Short sounds scattered over time: one in each ``slot`` of frames or none, anywhere in it.

    ``kinds`` are the sounds, ``(kinds, frames)`` float32; ``share`` is how many of the slots have one. Which, where,
    how loud and on which side (0 left, 1 right; or always on ``side``) comes from the number of the slot alone.
    """

    kinds: Samples
    slot: int
    share: float
    seed: int
    side: float | None = None

    def sound(self, start: int, frames: int) -> Ears:
        both, length = np.zeros(frames, np.complex64), self.kinds.shape[1]
        slots = np.arange(max(0, (start - length) // self.slot), (start + frames - 1) // self.slot + 1)
        there, where, which, loud, side = chances(self.seed, slots, 5)
        if self.side is not None:
            side[:] = self.side
        begins = slots * self.slot + (where * self.slot).astype(np.int64) - start
        kinds = (which * len(self.kinds)).astype(np.int64)
        levels = 0.2 + 0.8 * loud**2
        ears = np.stack((1.0 - 0.75 * side, 0.25 + 0.75 * side)) * levels
        gains = _settled(ears)
        for index in np.flatnonzero(there < self.share).tolist():
            at = int(begins[index])
            first, last = max(0, at), min(frames, at + length)
            if first < last:
                drop = self.kinds[kinds[index], first - at : last - at]
                both.real[first:last] += drop * gains[0, index]
                both.imag[first:last] += drop * gains[1, index]
        return both


@lru_cache(maxsize=8)
def _rising(frames: int) -> Samples:
    """A quarter of a sine, by which what comes in fades up; backwards, what goes out, with powers that sum to 1."""
    rising = _settled(np.sin(np.pi / 2 * (np.arange(frames) + 0.5) / frames))
    rising.setflags(write=False)
    return rising


def _settled(values: NDArray[np.float64]) -> Samples:
    """Gains as float32 on a grid that hides the last bits, which differ between processors and lengths of arrays."""
    steps: Samples = np.rint(values * _GRID).astype(np.float32)
    return steps * np.float32(1 / _GRID)


def chances(seed: int, numbers: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    """``count`` random values in [0, 1) for each whole number, ``(count, numbers)``: always the same ones.

    The finaliser of SplitMix64 over the number and a stream for each value.
    """
    streams = (np.arange(count, dtype=np.uint64) + np.uint64(seed)) << np.uint64(40)
    mixed = (numbers.astype(np.uint64) + streams[:, np.newaxis]) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(11)).astype(np.float64) * 2.0**-53
