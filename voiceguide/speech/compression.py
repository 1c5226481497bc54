"""A gentle compression of every spoken line, so that a finished session needs little limiting.

Each clip is treated alone and all in the same way, so what a line sounds like depends on nothing around it. Peaks over
:data:`THRESHOLD` rise half as fast. The gain looks ahead and moves slowly: it acts on syllables, not on the waveform.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voiceguide.speech.clips import levelled
from voiceguide.units import SAMPLE_RATE

THRESHOLD = -16.0
"""dBFS of a peak, in a clip at the voice's loudness, from which on it is compressed: 7 dB above the loudness."""

RATIO = 2.0
"""dB more of a peak that make 1 dB more of the result."""

KNEE = 6.0
"""dB over which the ratio sets in, a parabola around the threshold."""

RELEASE = 50.0
"""dB a second by which the gain comes back."""

_STEP = SAMPLE_RATE // 1000  # frames for which one gain is worked out
_AHEAD = 20  # steps over which the gain falls before a peak


def compressed(clip: NDArray[np.float32]) -> NDArray[np.float32]:
    """A clip ``(frames,)`` at the voice's loudness with its peaks compressed, brought back to the same loudness."""
    reduction = _reduction(clip)
    middles = (np.arange(len(reduction)) + 0.5) * _STEP
    gains = 10.0 ** (-np.interp(np.arange(len(clip)), middles, reduction) / 20.0)
    return levelled(clip * gains)


def _reduction(clip: NDArray[np.float32]) -> NDArray[np.float64]:
    """dB by which each step of the clip is turned down."""
    steps = -(-len(clip) // _STEP)
    peaks = np.zeros(steps * _STEP)
    peaks[: len(clip)] = np.abs(clip)
    over = 20.0 * np.log10(np.maximum(peaks.reshape(steps, _STEP).max(axis=1), 1e-6)) - THRESHOLD
    inside = np.clip(over + KNEE / 2, 0.0, KNEE)
    wanted = (1.0 - 1.0 / RATIO) * (inside**2 / (2 * KNEE) + np.maximum(over - KNEE / 2, 0.0))
    falling = RELEASE * _STEP / SAMPLE_RATE * np.arange(steps)
    held = np.maximum.accumulate(wanted + falling) - falling
    # The most within half of the window to either side, then a mean over the window: it never falls short of a peak.
    padded = np.pad(held, _AHEAD, mode="edge")
    most = np.lib.stride_tricks.sliding_window_view(padded, _AHEAD + 1).max(axis=1)
    window = np.hanning(_AHEAD + 3)[1:-1]
    return np.convolve(most, window / window.sum(), "valid")
