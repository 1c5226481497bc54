"""What a sound measures, stretch by stretch, so that what is known of a stretch need not be measured again.

A stretch's measures depend on its samples and on a fixed number before and after it, so they are the same however the
rest is worked on. Those of a whole sound are its stretches' joined.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voiceguide.audio.fast_loudness import LOOK_AHEAD as _WEIGHTED_AFTER
from voiceguide.audio.fast_loudness import QuickMeter
from voiceguide.audio.rms import LevelMeter, Levels
from voiceguide.audio.steps import STEP
from voiceguide.audio.stream import Samples
from voiceguide.audio.true_peak import CONTEXT, TruePeakMeter

RUN_UP = STEP
"""Frames before a stretch that its measures depend on."""

LOOK_AHEAD = _WEIGHTED_AFTER
"""Frames after a stretch that its measures depend on."""

_HEAD = struct.Struct("<dQQdQ")  # peak; numbers of powers and of levels; energy of the rest, frames


@dataclass(frozen=True, slots=True)
class Measures:
    """``powers``: the weighted power of each whole 100 ms (BS.1770-4), both channels together. ``peak``: the true peak,
    full scale 1.0. ``levels``: RMS as shops measure it, where that was asked for."""

    powers: array[float]
    peak: float
    levels: Levels | None = None

    @classmethod
    def joined(cls, stretches: Sequence[Measures]) -> Measures:
        """Those of stretches that follow on one another; all but the last are whole steps long."""
        powers = array("d")
        for stretch in stretches:
            powers += stretch.powers
        levels = [stretch.levels for stretch in stretches if stretch.levels]
        peak = max((stretch.peak for stretch in stretches), default=0.0)
        return cls(powers, peak, Levels.joined(levels) if levels else None)

    def to_bytes(self) -> bytes:
        """For :meth:`from_bytes` on the same kind of machine."""
        levels = self.levels or Levels(array("d"), 0.0, 0)
        head = _HEAD.pack(self.peak, len(self.powers), len(levels.steps), levels.rest, levels.frames)
        return head + self.powers.tobytes() + levels.steps.tobytes()

    @classmethod
    def from_bytes(cls, content: bytes) -> Measures | None:
        """None if it is not what :meth:`to_bytes` gave."""
        if len(content) < _HEAD.size:
            return None
        peak, powers, steps, rest, frames = _HEAD.unpack_from(content)
        numbers = array("d")
        if len(content) != _HEAD.size + (powers + steps) * numbers.itemsize:
            return None
        numbers.frombytes(content[_HEAD.size :])
        levels = Levels(numbers[powers:], rest, frames) if frames else None
        return cls(numbers[:powers], peak, levels)


class StretchMeter:
    """Measures a stretch of ``frames`` frames. It is fed with ``before`` more frames before it, :data:`RUN_UP` or, at
    the sound's start, none; and with those after it, :data:`LOOK_AHEAD` as far as there are so many.

    ``levels`` asks for RMS as well; ``last`` says that the sound ends with this stretch.
    """

    def __init__(self, before: int, frames: int, *, levels: bool = False, last: bool = False) -> None:
        self._before, self._frames, self._last = before, frames, last
        self._loudness, self._peaks = QuickMeter(), TruePeakMeter()
        self._levels = LevelMeter() if levels else None
        self._at = -before  # the stretch's frame that comes next
        self._lead = np.zeros((0, 2), np.float32)

    def feed(self, block: Samples) -> None:
        """Takes the next block, ``(frames, 2)`` float32, of any length."""
        self._loudness.feed(block)
        first, self._at = self._at, self._at + len(block)
        if first < 0:
            self._lead = np.concatenate((self._lead, block[:-first]))
            if self._at >= 0:
                self._peaks = TruePeakMeter(self._lead[-2 * CONTEXT :])
        own = block[max(0, -first) : max(0, self._frames - first)]
        if len(own):
            self._peaks.feed(own)
            if self._levels:
                self._levels.feed(own)

    def measures(self) -> Measures:
        """Of what was fed."""
        first = self._before // STEP
        powers = array("d", self._loudness.steps()[first : first + self._frames // STEP])
        # What lies between this stretch's last frames and the next one's first is the next one's.
        peak = self._peaks.peak if self._last else self._peaks.so_far
        return Measures(powers, peak, self._levels.levels() if self._levels else None)
