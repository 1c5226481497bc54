"""Loudness as ITU-R BS.1770-4 and EBU R 128 define it, measured on a stream of blocks.

Audio is float32 at 44.1 kHz, full scale ±1.0, shape ``(frames, 2)`` or, for mono, ``(frames,)``; a mono signal is
measured as it will sound in the mix, alike in both channels.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from array import array
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio.filtering import Section, filtered
from voiceguide.audio.steps import STEP
from voiceguide.audio.stream import Samples
from voiceguide.units import SAMPLE_RATE, gain, power, power_decibels

_ABSOLUTE_GATE = -70.0  # LUFS
_RELATIVE_GATE = -10.0  # LU below the loudness of what passed the absolute gate
_OFFSET = -0.691  # dB, BS.1770-4 equation 2


def k_weighting() -> tuple[Section, Section]:
    """The two filters of BS.1770-4 (tables 1 and 2, given there for 48 kHz) designed for 44.1 kHz.

    The analogue parameters are those that reproduce the tables' coefficients at 48 kHz (bilinear transform).
    """
    gain_db, q, centre = 3.999843853973347, 0.7071752369554196, 1681.974450955533
    k = math.tan(math.pi * centre / SAMPLE_RATE)
    high = gain(gain_db)
    band = high**0.4996667741545416
    a0 = 1.0 + k / q + k * k
    shelf = (
        (high + band * k / q + k * k) / a0,
        2.0 * (k * k - high) / a0,
        (high - band * k / q + k * k) / a0,
        1.0,
        2.0 * (k * k - 1.0) / a0,
        (1.0 - k / q + k * k) / a0,
    )
    q, centre = 0.5003270373238773, 38.13547087602444
    k = math.tan(math.pi * centre / SAMPLE_RATE)
    a0 = 1.0 + k / q + k * k
    high_pass = (1.0, -2.0, 1.0, 1.0, 2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0)
    return shelf, high_pass


_FILTERS = k_weighting()


def _lufs(energy: float) -> float:
    return _OFFSET + power_decibels(energy)


class Loudness(ABC):
    """What follows from the weighted power of each 100 ms of a stream."""

    @abstractmethod
    def steps(self) -> Sequence[float]:
        """The weighted power of each whole :data:`STEP` so far, both channels together."""

    def integrated(self) -> float:
        """Gated loudness of all blocks so far, in LUFS; minus infinity for silence or under 0.4 s."""
        return integrated(self.steps())

    def momentary(self) -> list[float]:
        """Loudness of each 400 ms window, one every 100 ms, in LUFS."""
        return momentary(self.steps())

    def short_term(self) -> list[float]:
        """Loudness of each 3 s window, one every 100 ms, in LUFS."""
        return short_term(self.steps())


class Meter(Loudness):
    """Measures a stream, both filters run sample by sample. Memory: 8 bytes for each 100 ms."""

    def __init__(self) -> None:
        self._state = np.zeros((len(_FILTERS), 2, 2))
        self._steps = array("d")
        self._part_energy = 0.0
        self._part_frames = 0

    def feed(self, block: Samples) -> None:
        """Takes the next block of the stream, ``(frames, 2)`` float32, of any length."""
        from scipy import signal  # slow to load, and a session whose sounds are all known needs none of it

        if not len(block):
            return
        weighted, self._state = signal.sosfilt(_FILTERS, block.T, axis=1, zi=self._state)
        power = np.einsum("cn,cn->n", weighted, weighted)
        taken = min(STEP - self._part_frames, len(power))
        self._part_energy += float(power[:taken].sum())
        self._part_frames += taken
        if self._part_frames < STEP:
            return
        self._steps.append(self._part_energy / STEP)
        whole = (len(power) - taken) // STEP
        steps = power[taken : taken + whole * STEP].reshape(whole, STEP)
        self._steps.extend((steps.sum(axis=1) / STEP).tolist())
        rest = power[taken + whole * STEP :]
        self._part_energy, self._part_frames = float(rest.sum()), len(rest)

    def steps(self) -> Sequence[float]:
        """The weighted power of each whole :data:`STEP` so far, both channels together."""
        return self._steps


def _windows(steps: Sequence[float], width: int, every: int = 1) -> NDArray[np.float64]:
    if len(steps) < width:
        return np.zeros(0)
    windows = np.lib.stride_tricks.sliding_window_view(np.asarray(steps), width)[::every]
    means: NDArray[np.float64] = windows.mean(axis=1)
    return means


def integrated(steps: Sequence[float]) -> float:
    """Gated loudness of a stream with these steps (:meth:`Meter.steps`), in LUFS."""
    blocks = _windows(steps, 4)
    above = blocks[blocks > power(_ABSOLUTE_GATE - _OFFSET)]
    if not len(above):
        return -math.inf
    relative = float(above.mean()) * power(_RELATIVE_GATE)
    return _lufs(float(above[above > relative].mean()))


def momentary(steps: Sequence[float]) -> list[float]:
    """Loudness of each 400 ms window of such a stream, in LUFS."""
    return [_lufs(float(energy)) for energy in _windows(steps, 4)]


def short_term(steps: Sequence[float], every: int = 1) -> list[float]:
    """Loudness of the 3 s windows of such a stream, one every ``every`` x 100 ms, in LUFS."""
    return [_lufs(float(energy)) for energy in _windows(steps, 30, every)]


def _stereo(samples: Samples) -> Samples:
    return samples if samples.ndim == 2 else np.stack((samples, samples), axis=1)


def _metered(samples: Samples) -> Meter:
    """Measures the samples with 400 ms of silence on either side, so that a short clip fills whole windows too."""
    meter = Meter()
    edge = np.zeros((4 * STEP, 2), np.float32)
    for block in (edge, _stereo(samples), edge):
        meter.feed(block)
    return meter


def clip_loudness(samples: Samples) -> float:
    """Gated loudness of one clip, in LUFS. A clip shorter than a gating block counts by its own length alone."""
    if not len(samples):
        return -math.inf
    channels = samples.T if samples.ndim == 2 else (samples,)
    power: NDArray[np.float64] = np.zeros(len(samples))
    for channel in channels:
        power += np.square(filtered(channel.astype(np.float64), _FILTERS))
    if samples.ndim == 1:
        power *= 2.0
    whole = len(power) // STEP
    if whole < 4:
        return _lufs(float(power.sum()) / len(power))
    return integrated((power[: whole * STEP].reshape(whole, STEP).sum(axis=1) / STEP).tolist())


def loudest_moment(samples: Samples) -> float:
    """The loudest 400 ms of a clip, in LUFS: how loud a chime seems."""
    return max(_metered(samples).momentary())
