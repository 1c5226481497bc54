"""Noise that goes round: loops shaped in the frequency domain, so that their end runs on into their start.

A loop is float64, ``(frames, 2)``. It is periodic by construction (a product of discrete spectra is a circular
convolution), hence without any seam.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from voiceguide import units
from voiceguide.audio.loudness import Meter
from voiceguide.audio.reproducible import white
from voiceguide.units import SAMPLE_RATE

_Item = TypeVar("_Item", np.float32, np.complex64)

Loop = NDArray[np.float64]
Response = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Frequencies in Hz (above zero) to amplitude factors."""


def shaped(seed: int, frames: int, response: Response) -> NDArray[np.float64]:
    """White noise through ``response``, circular, without a constant part; shape ``(frames,)``.

    The spectrum of white noise is white noise too, so it is drawn as such: the level is that of :func:`white`.
    """
    bins = frames // 2 + 1
    spectrum = white(seed, 2 * bins).view(np.complex128)
    spectrum[0] = 0.0
    spectrum[1:] *= (frames / 2) ** 0.5 * response(np.arange(1, bins, dtype=np.float64) * (SAMPLE_RATE / frames))
    return np.fft.irfft(spectrum, frames)


def wide(seed: int, frames: int, response: Response) -> Loop:
    """A stereo loop whose channels are alike in power and half correlated.

    With a side of 1/√3 of the middle's amplitude the correlation is (1 - 1/3) / (1 + 1/3) = 0.5: wide, and only
    1.2 dB softer in mono.
    """
    middle, side = shaped(seed, frames, response), shaped(seed + 1, frames, response) / 3.0**0.5
    return np.stack((middle + side, middle - side), axis=1)


def gain_to(loudness: float, loop: Loop) -> float:
    """The factor that brings a loop to an integrated ``loudness`` in LUFS.

    It is kept to six digits, because the meter's last bits differ between processors.
    """
    meter = Meter()
    for start in range(0, len(loop), SAMPLE_RATE):
        meter.feed(loop[start : start + SAMPLE_RATE].astype(np.float32))
    return float(f"{units.gain(loudness - meter.integrated()):.6g}")


def turning(loop: NDArray[_Item], start: int, frames: int) -> NDArray[_Item]:
    """``frames`` frames of an endless loop, ``(frames,)`` or ``(frames, 2)``, from frame ``start`` of any sign.

    Where they do not go round they are a view of the loop, which must not be written to.
    """
    at = start % len(loop)
    if at + frames <= len(loop):
        return loop[at : at + frames]
    piece = np.empty((frames, *loop.shape[1:]), loop.dtype)
    filled = 0
    while filled < frames:
        taken = min(frames - filled, len(loop) - at)
        piece[filled : filled + taken] = loop[at : at + taken]
        at, filled = 0, filled + taken
    return piece


def high_pass(frequencies: NDArray[np.float64], corner: float) -> NDArray[np.float64]:
    """The amplitude of a second-order Butterworth high-pass."""
    ratio = (frequencies / corner) ** 2
    return ratio / np.sqrt(1.0 + ratio * ratio)


def low_pass(frequencies: NDArray[np.float64], corner: float) -> NDArray[np.float64]:
    """The amplitude of a second-order Butterworth low-pass."""
    ratio = (frequencies / corner) ** 2
    return 1.0 / np.sqrt(1.0 + ratio * ratio)


def band(frequencies: NDArray[np.float64], centre: float, octaves: float) -> NDArray[np.float64]:
    """The amplitude of a band: a bell over the logarithm of frequency, 4.3 dB down ``octaves`` from its centre."""
    return np.exp(-0.5 * (np.log2(frequencies / centre) / octaves) ** 2)
