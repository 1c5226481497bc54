"""A true-peak limiter with look-ahead: its gain falls smoothly before a peak, and rises again after it.

The gain of a frame is, from the true peak there (``needed``, at most 1) to what is applied:

1. release: the gain climbs back at a steady rate, :data:`RELEASE` seconds for 6 dB (half of full scale);
2. look-ahead: the least gain needed within half of :data:`LOOK_AHEAD` before and after;
3. smoothing: three running means, together as wide as that window, so no average reaches past what step 2 held down.

Hence the gain is never above what a peak allows, has no corners, and begins to fall ``LOOK_AHEAD`` frames early.
Both channels share it, so that the stereo picture stays in place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio.stream import Samples, Stream
from voiceguide.audio.true_peak import CONTEXT, bounds, true_peaks
from voiceguide.units import SAMPLE_RATE, gain

Gains = NDArray[np.float64]

LOOK_AHEAD = 220
"""Frames (5 ms) over which the gain falls before a peak."""

RELEASE = 0.08
"""Seconds in which the gain climbs by half of full scale."""

_RISE = 0.5 / (RELEASE * SAMPLE_RATE)  # a frame
_MEANS = (75, 74, 74)  # widths that together span LOOK_AHEAD + 1 frames: their sum less 2
_MARGIN = 0.02  # dB kept below the ceiling: a changing gain changes the waveform between samples a little
_CHUNK = 4096  # frames worked on together, counted from the stream's start whatever the blocks fed
_DELAY = LOOK_AHEAD + CONTEXT

_CLIMBING = _RISE * np.arange(1, _CHUNK + 1)

LATENCY = _DELAY + _CHUNK
"""Frames of latency: a frame comes out after so many later ones have gone in."""

RUN_UP = 3 * _CHUNK
"""Frames after which nothing before them makes a difference to a limiter begun at :meth:`Limiter.grid`. Any gain has
climbed back after RELEASE x 2 (7,056 frames), and what is applied depends on the gains up to 2 x LOOK_AHEAD before."""


def _least(values: Gains, width: int) -> Gains:
    """The least of each ``width`` neighbours; ``width - 1`` values fewer than given."""
    span = 1
    while 2 * span <= width:
        values = np.minimum(values[:-span], values[span:])
        span *= 2
    rest = width - span
    return np.minimum(values[: len(values) - rest], values[rest:])


def _mean(values: Gains, width: int) -> Gains:
    """The mean of each ``width`` neighbours; ``width - 1`` values fewer than given."""
    sums = np.empty(len(values) + 1)
    sums[0] = 0.0
    np.cumsum(values, out=sums[1:])
    means = sums[width:] - sums[:-width]
    means *= 1.0 / width
    return means


class Limiter:
    """Amplifies ``(frames, 2)`` float32 blocks by ``gain_db`` and limits them to ``ceiling_dbtp`` dBTP.

    Output follows input frame for frame, with latency: :meth:`process` returns the frames that are ready (perhaps none)
    and :meth:`flush` the rest. The samples do not depend on how the input is divided into blocks.
    """

    def __init__(self, ceiling_dbtp: float, gain_db: float = 0.0) -> None:
        self._gain = np.float32(gain(gain_db))
        self._ceiling = gain(ceiling_dbtp - _MARGIN)
        self._held = np.zeros((_DELAY + CONTEXT, 2), np.float32)  # the past that a chunk needs, then what waits
        self._released = np.ones(2 * LOOK_AHEAD)  # step 1's result for the frames before the next chunk's
        self._at_rest = True  # all of these are 1
        self._early = _DELAY  # frames of silence still to come out before the stream's own

    @staticmethod
    def grid(frame: int) -> int:
        """The last frame up to this one at which a limiter may begin, so as to work on the same chunks as any other."""
        return frame // _CHUNK * _CHUNK

    def process(self, block: Samples) -> Samples:
        """Takes the next block; returns the frames that are ready."""
        held = np.empty((len(self._held) + len(block), 2), np.float32)
        held[: len(self._held)] = self._held
        np.multiply(block, self._gain, out=held[len(self._held) :])
        past = _DELAY + CONTEXT
        chunks = (len(held) - past) // _CHUNK
        self._held = held[chunks * _CHUNK :].copy()  # before the gains are put on what leaves
        ready = held[CONTEXT : CONTEXT + chunks * _CHUNK]
        # A chunk's peaks lie CONTEXT behind its newest frame, its output LOOK_AHEAD further back.
        needed = self._needed(held[past - 2 * CONTEXT : past + chunks * _CHUNK]) if chunks else {}
        for k in range(chunks):
            if put := self._gains(needed.get(k)):
                begin, gains = put
                both = ready[k * _CHUNK + begin :][: len(gains)].view(np.complex64)[:, 0]  # the channels, all at once
                both *= gains
        silent = min(self._early, len(ready))
        self._early -= silent
        return ready[silent:]

    def flush(self) -> Samples:
        """The rest of the stream. The limiter cannot be used afterwards."""
        waiting = len(self._held) - CONTEXT - self._early
        padding = np.zeros((_DELAY + _CHUNK, 2), np.float32)
        return self.process(padding)[:waiting]

    def _gains(self, needed: Gains | None) -> tuple[int, Samples] | None:
        """The first frame and the gains of the next chunk's run of gains other than 1, from the gains that its frames
        ``needed`` (None: 1); None when all are 1."""
        if needed is None and self._at_rest:
            return None
        before = len(self._released)
        held = np.empty(before + _CHUNK)
        held[:before] = self._released
        released = held[before:]
        np.add(_CLIMBING, self._released[-1], out=released)
        if needed is not None:
            needed -= _CLIMBING
            np.minimum.accumulate(needed, out=needed)
            needed += _CLIMBING
            np.minimum(released, needed, out=released)
        np.minimum(released, 1.0, out=released)
        down = held < 1.0
        first, after = int(down.argmax()), len(down) - int(down[::-1].argmax())
        self._released = held[-before:]
        self._at_rest = not down[-before:].any()
        if not down[first]:
            return None
        begin = max(0, first - before)
        gains = _least(held[begin : after + before], LOOK_AHEAD + 1)
        for width in _MEANS:
            gains = _mean(gains, width)
        np.minimum(gains, 1.0, out=gains)
        return begin, gains.astype(np.float32)

    def _needed(self, samples: Samples) -> dict[int, Gains]:
        """The gain that each frame needs on its own, of the chunks with a peak above the ceiling. ``samples`` are whole
        chunks with CONTEXT more at either end."""
        loud = np.flatnonzero(bounds(samples, _CHUNK, self._ceiling) > self._ceiling)
        if not len(loud):
            return {}
        shape, (frame, side) = (len(samples) // _CHUNK, _CHUNK + 2 * CONTEXT, 2), samples.strides
        windows: Samples = np.ndarray(shape, np.float32, samples, 0, (_CHUNK * frame, frame, side))
        peaks = true_peaks(windows[loud], self._ceiling)
        needed: dict[int, Gains] = {}
        for k, own in zip(loud.tolist(), peaks, strict=True):
            over = own > self._ceiling
            if over.any():
                gains = needed[k] = np.ones(_CHUNK)
                gains[over] = self._ceiling / own[over].astype(np.float64)
        return needed


@dataclass(frozen=True, slots=True)
class Limited:
    """A stream amplified by ``gain_db`` dB and limited to ``ceiling_dbtp`` dBTP."""

    source: Stream
    gain_db: float
    ceiling_dbtp: float

    @property
    def frames(self) -> int:
        return self.source.frames

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        """As :meth:`Stream.blocks`; blocks of other lengths than the source's."""
        stop = self.frames if stop is None else min(stop, self.frames)
        begin = Limiter.grid(max(0, start - RUN_UP))
        limiter, at = Limiter(self.ceiling_dbtp, self.gain_db), begin
        for block in self.source.blocks(begin, stop + LATENCY):
            at, ready = _between(limiter.process(block), at, start, stop)
            if len(ready):
                yield ready
        _, ready = _between(limiter.flush(), at, start, stop)
        if len(ready):
            yield ready


def _between(block: Samples, at: int, start: int, stop: int) -> tuple[int, Samples]:
    """The frame after a block that begins at ``at``, and its part within the frames ``start`` up to ``stop``."""
    return at + len(block), block[max(0, start - at) : max(0, stop - at)]
