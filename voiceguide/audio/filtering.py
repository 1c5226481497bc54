"""Filters sound with second-order sections: a whole clip by fast Fourier transforms, or a stream piece by piece.

A clip needs numpy alone: ``scipy.signal`` takes two thirds of a second to load, half of what a listener waits for the
first line. For a clip it is as fast, and as exact as its float32 samples.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio.stream import Samples
from voiceguide.units import SAMPLE_RATE

_Float = TypeVar("_Float", np.float32, np.float64)
Section = tuple[float, float, float, float, float, float]
"""b0, b1, b2, a0, a1, a2 of a filter of second order."""

RUMBLE = 70.0
"""Hz; below lie hum, knocks and rumble, which cost headroom and are not heard: neither the voice nor a bed has them."""

_SIZE = 2**14  # frames of a transform; larger ones leave the processor's cache
_TAIL = 2**12  # frames, after which a filter above 38 Hz has fallen by 190 dB
_FINE = 2**16  # points of the response from which the impulse response is made


def high_pass(hertz: float) -> Section:
    """A Butterworth high-pass of second order with its corner at ``hertz``, by the bilinear transform."""
    k = math.tan(math.pi * hertz / SAMPLE_RATE)
    a0 = 1.0 + math.sqrt(2.0) * k + k * k
    return 1 / a0, -2 / a0, 1 / a0, 1.0, 2.0 * (k * k - 1.0) / a0, (1.0 - math.sqrt(2.0) * k + k * k) / a0


def response(sections: tuple[Section, ...], hertz: NDArray[np.float64]) -> NDArray[np.complex128]:
    """What sections in a row do to each frequency, at 44.1 kHz."""
    delay = np.exp(-2j * np.pi * hertz / SAMPLE_RATE)
    product = np.ones(len(hertz), np.complex128)
    for b0, b1, b2, a0, a1, a2 in sections:
        product *= (b0 + b1 * delay + b2 * delay**2) / (a0 + a1 * delay + a2 * delay**2)
    return product


def filtered_stream(pieces: Iterable[Samples], sections: tuple[Section, ...]) -> Iterator[Samples]:
    """Pieces of a stream, float32 ``(frames, 2)`` at 44.1 kHz, after sections in a row, from silence; of any length."""
    from scipy import signal

    state = np.zeros((len(sections), 2, 2))
    for piece in pieces:
        through, state = signal.sosfilt(sections, piece.T, axis=1, zi=state)
        yield np.ascontiguousarray(through.T, np.float32)


def filtered(samples: NDArray[np.float64], sections: tuple[Section, ...]) -> NDArray[np.float64]:
    """A clip ``(frames,)`` at 44.1 kHz after sections in a row, from silence; as long as the clip.

    Overlap-save. What a section still does after 93 ms is left out, so it must have fallen to nothing by then.
    """
    spectra = np.fft.rfft(overlapping(samples, max(1, len(samples)), _SIZE, _TAIL), axis=1)
    spectra *= _spectrum(sections)
    whole: NDArray[np.float64] = np.fft.irfft(spectra, _SIZE, axis=1)[:, _TAIL:].reshape(-1)[: len(samples)]
    return whole


def overlapping(samples: NDArray[_Float], frames: int, size: int, history: int) -> NDArray[_Float]:
    """Pieces of a clip ``(frames,)`` for a convolution by overlap-save: ``(pieces, size)``, a read-only view.

    Each begins ``history`` frames before its own; together the own ones are the first ``frames`` of the clip and of the
    silence around it.
    """
    step = size - history
    rows = -(-frames // step)
    padded = np.zeros(history + rows * step, samples.dtype)
    padded[history : history + len(samples)] = samples
    return np.lib.stride_tricks.sliding_window_view(padded, size)[::step]


@functools.lru_cache(maxsize=8)
def _spectrum(sections: tuple[Section, ...]) -> NDArray[np.complex128]:
    hertz = np.arange(_FINE // 2 + 1, dtype=np.float64) * (SAMPLE_RATE / _FINE)
    impulse = np.fft.irfft(response(sections, hertz), _FINE)[: _TAIL + 1]
    return np.fft.rfft(impulse, _SIZE)
