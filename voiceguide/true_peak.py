"""True peak: the largest value of the waveform that the samples stand for (ITU-R BS.1770-4, annex 2).

The annex asks for at least 4 times oversampling; this doubles three times, to 8 points a frame, because 4 can
read a tone of 20 kHz 0.56 dB too low and 8 at most 0.14 dB (attachment 1 to annex 2). Oversampling everything would
be slow and is not needed: between two frames the wave rises above them by no more than a share of how sharply the
samples bend nearby, so only the few places where it could matter are looked at closely, and none of them is missed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voiceguide.units import decibels

Samples = NDArray[np.float32]

OVERSAMPLING = 8
"""Points at which the waveform is known, for each frame."""

CONTEXT = 18
"""Frames before and after a stretch that its true peaks depend on."""

BEND = 0.53
"""A bound of the interpolation: between two samples, the waveform leaves their straight line by less than this many
times the largest second difference of the samples within :data:`CONTEXT`."""

_PATCH = 32  # frames looked at closely together
_STRETCH = 4096  # frames that a meter asks about together


def _half_way(reach: int, beta: float) -> Samples:
    """The right half of a symmetric filter for the point half way between samples: Kaiser-windowed sinc.

    ``reach`` samples on each side. The two halves together sum to one, so straight lines are kept exactly.
    """
    distance = np.arange(reach) + 0.5
    taps = np.sinc(distance) * np.i0(beta * np.sqrt(1 - (distance / reach) ** 2))
    half: Samples = (taps / (2 * taps.sum())).astype(np.float32)
    return half


# Flat within 0.06 dB to 18 kHz and 0.1 dB to 20 kHz; the later stages have an ever easier task.
_STAGES = (_half_way(16, 4.0), _half_way(4, 5.5), _half_way(2, 4.0))
_FIRST_POINT = 10  # of the points that the three stages leave of a patch and its context, the first that is its own


def _doubled(rows: Samples, taps: Samples) -> Samples:
    """Rows at twice the rate, along axis 0; ``len(taps) - 1`` rows are used up at either end.

    Sums in a fixed order instead of a matrix product, so that every machine finds the same value.
    """
    reach = len(taps)
    gaps = len(rows) - 2 * reach + 1
    result = np.empty((2 * gaps + 1, rows.shape[1]), np.float32)
    result[::2] = rows[reach - 1 : reach + gaps]
    middle = taps[0] * (rows[reach - 1 : reach - 1 + gaps] + rows[reach : reach + gaps])
    for k in range(1, reach):
        middle += taps[k] * (rows[reach - 1 - k : reach - 1 - k + gaps] + rows[reach + k : reach + k + gaps])
    result[1::2] = middle
    return result


def _closely(rows: Samples) -> Samples:
    """True peaks of patches: ``(_PATCH + 2 * CONTEXT, n)`` samples to ``(_PATCH, n)`` magnitudes."""
    points = rows
    for taps in _STAGES:
        points = _doubled(points, taps)
    own = np.abs(points[_FIRST_POINT : _FIRST_POINT + OVERSAMPLING * _PATCH])
    peaks: Samples = own.reshape(_PATCH, OVERSAMPLING, -1).max(axis=1)
    return peaks


def _highest(samples: Samples) -> float:
    """The largest magnitude; 0 of nothing."""
    return max(float(samples.max(initial=0)), -float(samples.min(initial=0)))


def true_peaks(samples: Samples, floor: float) -> Samples:
    """How high the waveform goes from each frame up to the next, in the louder channel.

    ``samples`` is ``(channels, CONTEXT + frames + CONTEXT)``; the result is ``(frames,)``. Values above ``floor`` are
    exact; where the waveform does not rise above ``floor`` the result is some value at or below it. Fast when
    ``frames`` is some thousands: the sharpest bend counts for them all.
    """
    frames = samples.shape[1] - 2 * CONTEXT
    missing = -frames % _PATCH
    found = np.zeros(frames + missing, np.float32)
    highest = _highest(samples)
    if highest * (1 + 4 * BEND) <= floor:  # a second difference is at most four times the largest sample
        return found[:frames]
    safe = floor - BEND * _highest(np.diff(samples, 2))
    if highest <= safe:
        return found[:frames]
    if missing:
        samples = np.pad(samples, ((0, 0), (0, missing)))
    by_patch = found.reshape(-1, _PATCH)
    offsets = np.arange(_PATCH + 2 * CONTEXT)[:, np.newaxis]
    for channel in samples:
        # A sample that could matter lies at the end of one gap between frames and at the start of the next.
        over = np.flatnonzero(np.abs(channel[CONTEXT : CONTEXT + frames + 1]) > safe)
        near = np.zeros(len(by_patch) + 1, np.bool_)
        near[over // _PATCH] = True
        near[np.maximum(over - 1, 0) // _PATCH] = True
        close = np.flatnonzero(near[:-1])
        if len(close):
            peaks = _closely(channel[offsets + close * _PATCH]).T
            by_patch[close] = np.maximum(by_patch[close], peaks)
    return found[:frames]


class TruePeakMeter:
    """Measures a stream of blocks, ``(frames, 2)`` float32, of any lengths; the result does not depend on them."""

    def __init__(self) -> None:
        self._last = np.zeros((2, 2 * CONTEXT), np.float32)
        self._peak = 0.0

    def feed(self, block: Samples) -> None:
        """Hears the next block of the stream."""
        samples = np.concatenate((self._last, block.T), axis=1)
        self._last = samples[:, -2 * CONTEXT :].copy()
        self._peak = self._louder(samples)

    def _louder(self, samples: Samples) -> float:
        peak = max(self._peak, _highest(samples[:, CONTEXT : samples.shape[1] - CONTEXT]))
        for start in range(0, samples.shape[1] - 2 * CONTEXT, _STRETCH):
            stretch = samples[:, start : start + _STRETCH + 2 * CONTEXT]
            peak = max(peak, float(true_peaks(stretch, peak).max()))
        return peak

    @property
    def peak(self) -> float:
        """The largest magnitude so far, as if silence followed; 1.0 is full scale."""
        return self._louder(np.pad(self._last, ((0, 0), (0, CONTEXT))))

    @property
    def dbtp(self) -> float:
        """The same in dBTP; minus infinity for silence."""
        return decibels(self.peak)
