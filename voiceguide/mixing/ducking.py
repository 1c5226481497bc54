"""The gain of a ducked bed over a session. The spoken intervals are known, so it falls before the voice begins."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

import numpy as np

from voiceguide.audio.stream import Samples
from voiceguide.sound_settings import Ducking
from voiceguide.units import SAMPLE_RATE, gain


class Dips:
    """A ducked bed's gain: down during ``speech``, intervals of frames in order of start, with a ramp before and after
    each. Intervals too close for both ramps between them are merged: ``intervals``."""

    def __init__(self, speech: Iterable[tuple[int, int]], ducking: Ducking) -> None:
        lead, release = round(ducking.lead * SAMPLE_RATE), round(ducking.release * SAMPLE_RATE)
        self._down = _dip(ducking.depth_db, lead)
        self._up = _dip(ducking.depth_db, release)[::-1]
        self._floor = np.float32(gain(-ducking.depth_db))
        self.intervals: list[tuple[int, int]] = []
        for start, end in speech:
            if self.intervals and start < self.intervals[-1][1] + lead + release:
                before = self.intervals.pop()
                self.intervals.append((before[0], max(end, before[1])))
            else:
                self.intervals.append((start, end))
        self._released = [end + release for _, end in self.intervals]

    def over(self, start: int, frames: int) -> Samples:
        """The gain of each of ``frames`` frames from ``start`` on, ``(frames,)``; ``(1,)`` where all have the same."""
        first = bisect_right(self._released, start)
        last = first
        while last < len(self.intervals) and self.intervals[last][0] - len(self._down) < start + frames:
            last += 1
        if first == last:
            return np.ones(1, np.float32)
        if self.intervals[first][0] <= start and start + frames <= self.intervals[first][1]:
            return np.full(1, self._floor)
        gains = np.ones(frames, np.float32)
        for ducked, end in self.intervals[first:last]:
            _paste(gains, self._down, ducked - len(self._down) - start)
            gains[max(0, ducked - start) : max(0, end - start)] = self._floor
            _paste(gains, self._up, end - start)
        return gains


def _dip(depth_db: float, frames: int) -> Samples:
    """A ramp from 1 to ``depth_db`` below, a raised cosine in dB: no corner where it begins or ends."""
    course = (1 - np.cos(np.pi * (np.arange(frames) + 0.5) / max(1, frames))) / 2
    return (10.0 ** (-depth_db / 20 * course)).astype(np.float32)


def _paste(onto: Samples, piece: Samples, at: int) -> None:
    """Writes ``piece`` from index ``at`` on, which may be negative; what lies outside ``onto`` is dropped."""
    first, last = max(0, at), min(len(onto), at + len(piece))
    if first < last:
        onto[first:last] = piece[first - at : last - at]
