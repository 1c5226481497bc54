"""True peak: the largest magnitude of the waveform that the samples represent (ITU-R BS.1770-4, annex 2).

The annex asks for at least 4 times oversampling; this doubles three times, to 8 points a frame, because 4 can
read a tone of 20 kHz 0.56 dB too low and 8 at most 0.14 dB (attachment 1 to annex 2). Oversampling everything would
be slow and is not needed: between two frames the waveform rises above them by no more than :data:`BEND` times the
largest second difference nearby, so only the few stretches where it could matter are oversampled, and none is missed.
"""

from __future__ import annotations

import numpy as np

from voiceguide.audio.stream import Samples
from voiceguide.units import decibels

OVERSAMPLING = 8
"""Points at which the waveform is known, for each frame."""

CONTEXT = 18
"""Frames before and after a stretch that its true peaks depend on."""

BEND = 0.53
"""A bound of the interpolation: between two samples, the waveform leaves their straight line by less than this many
times the largest second difference of the samples within :data:`CONTEXT`."""

_ROUNDING = 1e-6  # share by which the interpolation's own rounding may raise a point
_PATCH = 2 * CONTEXT  # frames oversampled together
_STRETCH = 4096  # frames for which a meter computes one bound


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
_FIRST_POINT = 10  # index of a patch's first own point among those that the three stages leave of it and its context


def _doubled(rows: Samples, taps: Samples) -> Samples:
    """Contiguous rows at twice the rate, along axis 0; ``len(taps) - 1`` rows are used up at either end.

    Sums in a fixed order instead of a matrix product, so that every machine finds the same value.
    """
    reach = len(taps)
    gaps = len(rows) - 2 * reach + 1
    step = rows.strides[0]
    shifted: Samples = np.ndarray((2 * reach, gaps, rows.shape[1]), np.float32, rows, 0, (step, *rows.strides))
    terms = shifted[reach - 1 :: -1] + shifted[reach:]  # the nearest two samples first
    terms *= taps[:, np.newaxis, np.newaxis]
    result = np.empty((2 * gaps + 1, rows.shape[1]), np.float32)
    result[::2] = rows[reach - 1 : reach + gaps]
    np.add.reduce(terms, axis=0, out=result[1::2])
    return result


def _closely(rows: Samples) -> Samples:
    """True peaks of patches: ``(_PATCH + 2 * CONTEXT, n)`` samples to ``(_PATCH, n)`` magnitudes."""
    points = rows
    for taps in _STAGES:
        points = _doubled(points, taps)
    own = np.abs(points[_FIRST_POINT : _FIRST_POINT + OVERSAMPLING * _PATCH])
    peaks: Samples = own.reshape(_PATCH, OVERSAMPLING, -1).max(axis=1)
    return peaks


def bounds(samples: Samples, stretch: int, floor: float) -> Samples:
    """An upper bound of the true peaks of each stretch: fast, and close to them where they may exceed ``floor``.

    ``samples`` is ``(CONTEXT + n * stretch + CONTEXT, 2)``, contiguous; the result is ``(n,)``.
    """
    frame = samples.strides[0]
    shape = ((len(samples) - 2 * CONTEXT) // stretch, 2 * (stretch + 2 * CONTEXT))  # left and right in turn
    rows: Samples = np.ndarray(shape, np.float32, samples, 0, (stretch * frame, frame // 2))
    found: Samples = np.maximum(rows.max(axis=1), -rows.min(axis=1)) * np.float32(1 + _ROUNDING)
    # A second difference is at most four times the largest sample.
    open_ = np.flatnonzero(found * np.float32(1 + 4 * BEND) > floor)
    if len(open_):
        near = rows if len(open_) == len(rows) else rows[open_]
        slopes = near[:, 2:] - near[:, :-2]
        bends = slopes[:, 2:] - slopes[:, :-2]
        found[open_] += np.float32(BEND) * np.maximum(bends.max(axis=1), -bends.min(axis=1))
    return found


def _patch_bounds(rows: Samples) -> Samples:
    """As :func:`bounds`, for patches: ``(n, CONTEXT + m * _PATCH + CONTEXT, 2)`` to ``(n, m)``.

    A patch with its context is four stretches of CONTEXT frames, so each sample is read once. The second
    differences that are counted reach one frame further.
    """
    bends = np.zeros_like(rows)
    slopes = rows[:, 1:] - rows[:, :-1]
    np.subtract(slopes[:, 1:], slopes[:, :-1], out=bends[:, 1:-1])
    return _largest(rows) * np.float32(1 + _ROUNDING) + np.float32(BEND) * _largest(bends)


def _largest(rows: Samples) -> Samples:
    """The largest magnitude in each patch and its context."""
    magnitudes = np.abs(rows).ravel()
    stretches = np.maximum.reduceat(magnitudes, np.arange(0, len(magnitudes), 2 * CONTEXT)).reshape(len(rows), -1)
    pairs = np.maximum(stretches[:, :-1], stretches[:, 1:])
    largest: Samples = np.maximum(pairs[:, :-2:2], pairs[:, 2::2])
    return largest


def true_peaks(samples: Samples, floor: float) -> Samples:
    """How high the waveform goes from each frame up to the next, in the louder channel.

    ``samples`` is ``(CONTEXT + frames + CONTEXT, 2)``, or ``(n, …)`` such; the result is ``(frames,)``, or ``(n, …)``.
    Values above ``floor`` are exact; where the waveform does not rise above ``floor`` the result is some value at or
    below it.
    """
    rows = samples.reshape(-1, *samples.shape[-2:])
    frames = rows.shape[1] - 2 * CONTEXT
    if frames <= 0:
        return np.zeros((*samples.shape[:-2], 0), np.float32)
    patches = -(-frames // _PATCH)
    padded = np.zeros((len(rows), patches * _PATCH + 2 * CONTEXT, 2), np.float32)
    padded[:, : rows.shape[1]] = rows
    found = np.zeros((len(rows), patches, _PATCH), np.float32)
    row, patch = close = np.nonzero(_patch_bounds(padded) > floor)
    if len(row):
        offsets = np.arange(_PATCH + 2 * CONTEXT)[:, np.newaxis]
        both = padded.view(np.complex64).ravel().take(offsets + (row * padded.shape[1] + patch * _PATCH))
        peaks = _closely(both.view(np.float32))  # left and right in turn
        found[close] = np.maximum(peaks[:, 0::2], peaks[:, 1::2]).T
    peaks = found.reshape(len(rows), -1)[:, :frames]
    return peaks.reshape(*samples.shape[:-2], frames)


class TruePeakMeter:
    """Measures a stream of blocks, ``(frames, 2)`` float32, of any lengths; the result does not depend on them.

    Before the stream lies silence, or ``before``: its last 2 x CONTEXT frames, ``(frames, 2)`` float32.
    """

    def __init__(self, before: Samples | None = None) -> None:
        self._last = np.zeros((2 * CONTEXT, 2), np.float32) if before is None else before
        self._peak = 0.0

    def feed(self, block: Samples) -> None:
        """Takes the next block of the stream."""
        samples = np.concatenate((self._last, block))
        self._last = samples[-2 * CONTEXT :].copy()
        self._peak = self._louder(samples)

    def _louder(self, samples: Samples) -> float:
        frames = len(samples) - 2 * CONTEXT
        whole = frames - frames % _STRETCH
        peak = self._peak
        if frames <= 0:
            return peak
        for first, last, stretch in ((0, whole, _STRETCH), (whole, frames, frames - whole)):
            if first == last:
                continue
            possible = bounds(samples[first : last + 2 * CONTEXT], stretch, peak)
            for number in np.argsort(
                -possible, kind="stable"
            ).tolist():  # the highest first, so that the others need no oversampling
                if possible[number] <= peak:
                    break
                start = first + number * stretch
                near = samples[start : start + stretch + 2 * CONTEXT]
                peak = max(peak, float(true_peaks(near, peak).max()))
        return peak

    @property
    def so_far(self) -> float:
        """The largest magnitude up to :data:`CONTEXT` frames before the last block's end, whatever follows."""
        return self._peak

    @property
    def peak(self) -> float:
        """The largest magnitude of all blocks, as if silence followed; 1.0 is full scale."""
        return self._louder(np.pad(self._last, ((0, CONTEXT), (0, 0))))

    @property
    def dbtp(self) -> float:
        """The same in dBTP; minus infinity for silence."""
        return decibels(self.peak)
