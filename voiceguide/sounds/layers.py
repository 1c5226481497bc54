"""Layers of a bed: loops of noise or tones under loops of slow gain, and short sounds scattered over them.

Everything is a function of the absolute frame, so that a bed can be read from anywhere. Loops whose lengths have no
common divisor come together again only after the product of their lengths: for two of six seconds that is 19 days.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio.stream import Samples
from voiceguide.sounds.noise import turning

Ears = NDArray[np.complex64]
"""Audio, ``(frames,)``, left and right as the two parts of a complex number: fast, and a view of ``(frames, 2)``."""


class Part(Protocol):
    """What a bed is made of."""

    def sound(self, start: int, frames: int) -> Ears:
        """``frames`` frames from frame ``start`` of the bed; perhaps a view, which must not be written to."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Two loops, ``(frames,)`` float32, one for each ear. They may be one and the same: the right ear then reads it
    ``shift`` frames further on, where noise is no longer like itself. With a shift of 0 it is in the middle.

    ``swells`` are loops of gain; what they do on the left happens on the right ``lag`` frames later. Without any, the
    two ears go round together.
    """

    left: Samples
    right: Samples
    shift: int = 0
    swells: tuple[Samples, ...] = ()
    lag: int = 0
    _both: Ears | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        if self.swells or len(self.left) != len(self.right):
            return
        both = np.empty(len(self.left), np.complex64)
        both.real, both.imag = self.left, np.roll(self.right, -self.shift)
        both.setflags(write=False)
        object.__setattr__(self, "_both", both)
        if self.left is self.right or not self.shift:  # views, so that no loop is held twice
            object.__setattr__(self, "right", both.real if self.left is self.right else both.imag)
            object.__setattr__(self, "left", both.real)

    @classmethod
    def wide(cls, loop: Samples, *swells: Samples, lag: int = 0) -> Layer:
        return cls(loop, loop, len(loop) // 2, swells, lag)

    @classmethod
    def middle(cls, loop: Samples) -> Layer:
        return cls(loop, loop)

    def sound(self, start: int, frames: int) -> Ears:
        if self._both is not None:
            return turning(self._both, start, frames)
        both = np.empty(frames, np.complex64)
        for ear, loop, shift, lag in ((both.real, self.left, 0, 0), (both.imag, self.right, self.shift, self.lag)):
            piece = turning(loop, start + shift, frames)
            for swell in self.swells:
                piece = piece * turning(swell, start - lag, frames)
            ear[:] = piece
        return both


@dataclass(frozen=True, slots=True, eq=False)
class Drops:
    """Short sounds scattered over time: one in each ``slot`` of frames or none, anywhere in it.

    ``kinds`` are the sounds, ``(kinds, frames)`` float32; ``share`` is how many of the slots have one. Which, where,
    how loud and on which side comes from the number of the slot alone.
    """

    kinds: Samples
    slot: int
    share: float
    seed: int

    def sound(self, start: int, frames: int) -> Ears:
        both, length = np.zeros(frames, np.complex64), self.kinds.shape[1]
        slots = np.arange(max(0, (start - length) // self.slot), (start + frames - 1) // self.slot + 1)
        there, where, which, loud, side = chances(self.seed, slots, 5)
        begins = slots * self.slot + (where * self.slot).astype(np.int64) - start
        kinds = (which * len(self.kinds)).astype(np.int64)
        levels = 0.2 + 0.8 * loud**2
        ears = np.stack((1.0 - 0.75 * side, 0.25 + 0.75 * side)) * levels
        gains = np.rint(ears * 2.0**16).astype(np.float32) * np.float32(2.0**-16)
        for index in np.flatnonzero(there < self.share).tolist():
            at = int(begins[index])
            first, last = max(0, at), min(frames, at + length)
            if first < last:
                drop = self.kinds[kinds[index], first - at : last - at]
                both.real[first:last] += drop * gains[0, index]
                both.imag[first:last] += drop * gains[1, index]
        return both


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
