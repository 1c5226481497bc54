"""Loudness as ITU-R BS.1770-4 and EBU R 128 define it, measured on a stream of blocks.

Audio is float32 at 44.1 kHz, full scale ±1.0, shape ``(frames, 2)`` or, for mono, ``(frames,)``; a mono signal is
measured as it will sound in the mix, alike in both channels.

The standard's weighting is flat above some 4 kHz, so only what lies below is filtered, at a fifth of the rate, by fast
Fourier transforms, with both channels in one complex number. The energy above is what all samples have more than the
slower ones. That agrees with the two filters run sample by sample within 0.06 dB for a tone of any pitch.
"""

from __future__ import annotations

import functools
import math

import numpy as np
from numpy.typing import NDArray

from voiceguide.units import SAMPLE_RATE

Samples = NDArray[np.float32]

VOICE_LOUDNESS = -23.0
"""LUFS; every spoken line is brought to this before mixing, and all other levels are relative to it."""

STEP = SAMPLE_RATE // 10
"""Frames of 100 ms: a 400 ms gating block moves on by a quarter of itself (BS.1770-4, annex 1)."""

_ABSOLUTE_GATE = -70.0  # LUFS
_RELATIVE_GATE = -10.0  # LU below the loudness of what passed the absolute gate
_OFFSET = -0.691  # dB, BS.1770-4 equation 2

_SLOWER = 5  # the rate for the filter is this many times lower: 8,820 Hz
_SLOW_STEP = STEP // _SLOWER
_ROW = 5 * _SLOW_STEP  # slow samples filtered in one transform
_ROWS = 4  # transforms made together, which the processor does almost as fast as one
_BEFORE, _AFTER = 560, 30  # slow samples around a row that its filtered ones depend on; the sum is a fast length


def _k_weighting(hertz: NDArray[np.float64]) -> NDArray[np.complex128]:
    """The response of the two filters of BS.1770-4 (tables 1 and 2, given there for 48 kHz) designed for our rate.

    The analogue parameters are those that reproduce the tables' coefficients at 48 kHz (bilinear transform).
    """
    z1 = np.exp(-2j * np.pi * hertz / SAMPLE_RATE)  # one sample's delay
    gain_db, q, centre = 3.999843853973347, 0.7071752369554196, 1681.974450955533
    k = math.tan(math.pi * centre / SAMPLE_RATE)
    high = 10.0 ** (gain_db / 20.0)
    band = high**0.4996667741545416
    shelf = (high + band * k / q + k * k) + 2.0 * (k * k - high) * z1 + (high - band * k / q + k * k) * z1**2
    shelf /= (1.0 + k / q + k * k) + 2.0 * (k * k - 1.0) * z1 + (1.0 - k / q + k * k) * z1**2
    q, centre = 0.5003270373238773, 38.13547087602444
    k = math.tan(math.pi * centre / SAMPLE_RATE)
    high_pass = (1.0 - z1) ** 2 * (1.0 + k / q + k * k)
    high_pass /= (1.0 + k / q + k * k) + 2.0 * (k * k - 1.0) * z1 + (1.0 - k / q + k * k) * z1**2
    response: NDArray[np.complex128] = shelf * high_pass
    return response


@functools.cache
def _filter() -> tuple[float, NDArray[np.complex64]]:
    """What the weighting does to power above the slow samples' band, and the slow samples' filter as a spectrum.

    A slow sample is the mean of its five, which takes away some of the high end (to the share ``passed`` of power).
    The filter makes up for it, so that ``flat`` x (all energy - slow energy) + filtered slow energy is right at every
    frequency. It has the phase of the true one where that matters, so that energy stays in its place.
    """
    flat = float(np.abs(_k_weighting(np.array([SAMPLE_RATE / 2])))[0]) ** 2
    fine = 2**16
    hertz = np.fft.rfftfreq(fine, _SLOWER / SAMPLE_RATE)
    wave = np.pi * np.maximum(hertz, 1e-9) / SAMPLE_RATE
    passed = (np.sin(_SLOWER * wave) / (_SLOWER * np.sin(wave))) ** 2
    true = _k_weighting(hertz)
    power = np.maximum(flat - (flat - np.abs(true) ** 2) / passed, 0.0)
    phase = np.angle(true) * (1 - hertz / hertz[-1])  # none at the end of the band, where there could be no other
    answer = np.fft.irfft(np.sqrt(power) * np.exp(1j * phase), fine)
    kept = np.zeros(_BEFORE + _ROW + _AFTER)
    kept[: _BEFORE + 1] = answer[: _BEFORE + 1]
    kept[-_AFTER:] = answer[-_AFTER:]
    return flat, np.fft.fft(kept).astype(np.complex64)


def _energies(samples: Samples, steps: int) -> NDArray[np.float32]:
    """The energy of each of so many equal stretches of contiguous samples."""
    energies: NDArray[np.float32] = np.square(samples.reshape(steps, -1)).sum(axis=1)
    return energies


def _slowed(samples: Samples) -> NDArray[np.complex64]:
    """Every five frames' mean, left and right as the two parts of a complex number."""
    both = samples.view(np.complex64)[:, 0]
    sums = both[0::_SLOWER] + both[1::_SLOWER]
    for k in range(2, _SLOWER):
        sums += both[k::_SLOWER]
    sums *= np.float32(1 / _SLOWER)
    return sums


def _lufs(energy: float) -> float:
    return _OFFSET + 10.0 * math.log10(energy) if energy > 0 else -math.inf


class Meter:
    """Measures a stream. Memory: 8 bytes for each 100 ms heard."""

    def __init__(self) -> None:
        self._rest = np.zeros((0, 2), np.float32)  # the beginning of a step
        self._slow = np.zeros(_BEFORE + _ROWS * _ROW + _AFTER, np.complex64)  # heard, but not filtered yet
        self._filled = _BEFORE
        self._all: list[float] = []  # each step's plain energy
        self._steps: list[float] = []  # and its weighted power, of the steps filtered

    def feed(self, block: Samples) -> None:
        """Hears the next block of the stream, ``(frames, 2)``, of any length."""
        if len(self._rest):
            block = np.concatenate((self._rest, block))
        whole = len(block) // STEP
        self._rest = block[whole * STEP :].copy()
        if not whole:
            return
        samples = np.ascontiguousarray(block[: whole * STEP], np.float32)
        self._all += _energies(samples, whole).tolist()
        slow = _slowed(samples)
        while len(slow):
            taken = min(len(slow), len(self._slow) - self._filled)
            self._slow[self._filled : self._filled + taken] = slow[:taken]
            self._filled += taken
            slow = slow[taken:]
            if self._filled == len(self._slow):
                self._steps += self._weighted()
                self._slow[: _BEFORE + _AFTER] = self._slow[-_BEFORE - _AFTER :].copy()
                self._filled = _BEFORE + _AFTER

    def _weighted(self) -> list[float]:
        """The power of the slow samples that have all their neighbours, or silence, around them; of each step."""
        flat, response = _filter()
        size = len(response)
        item = self._slow.strides[0]
        rows = np.lib.stride_tricks.as_strided(self._slow, (_ROWS, size), (_ROW * item, item)).copy()
        np.fft.fft(rows, out=rows, norm="forward")
        rows *= response
        np.fft.ifft(rows, out=rows, norm="forward")
        filtered = np.ascontiguousarray(rows[:, _BEFORE : _BEFORE + _ROW]).view(np.float32)
        steps = _ROWS * _ROW // _SLOW_STEP
        slow = self._slow[_BEFORE : _BEFORE + _ROWS * _ROW].view(np.float32)
        done = len(self._steps)
        plain = np.zeros(steps)
        known = self._all[done : done + steps]
        plain[: len(known)] = known
        power = flat * (plain - _SLOWER * _energies(slow, steps)) + _SLOWER * _energies(filtered, steps).astype(np.float64)
        return (np.maximum(power, 0.0) / STEP).tolist()[: len(known)]

    def steps(self) -> list[float]:
        """The weighted power of each whole :data:`STEP` so far, as if silence followed; both channels together."""
        missing = len(self._all) - len(self._steps)
        if not missing:
            return self._steps
        self._slow[self._filled :] = 0.0
        return self._steps + self._weighted()[:missing]

    def _windows(self, steps: int) -> NDArray[np.float64]:
        energy = np.array(self.steps())
        if len(energy) < steps:
            return np.zeros(0)
        means: NDArray[np.float64] = np.lib.stride_tricks.sliding_window_view(energy, steps).mean(axis=1)
        return means

    def integrated(self) -> float:
        """Gated loudness of all that was heard, in LUFS; minus infinity for silence or under 0.4 s."""
        blocks = self._windows(4)
        above = blocks[blocks > 10.0 ** ((_ABSOLUTE_GATE - _OFFSET) / 10.0)]
        if not len(above):
            return -math.inf
        relative = float(above.mean()) * 10.0 ** (_RELATIVE_GATE / 10.0)
        return _lufs(float(above[above > relative].mean()))

    def momentary(self) -> list[float]:
        """Loudness of each 400 ms window, one every 100 ms, in LUFS."""
        return [_lufs(float(energy)) for energy in self._windows(4)]

    def short_term(self) -> list[float]:
        """Loudness of each 3 s window, one every 100 ms, in LUFS."""
        return [_lufs(float(energy)) for energy in self._windows(30)]


def _stereo(samples: Samples) -> Samples:
    return samples if samples.ndim == 2 else np.stack((samples, samples), axis=1)


def _metered(samples: Samples) -> Meter:
    """The samples between 400 ms of silence, so that a short clip fills whole windows too."""
    meter = Meter()
    edge = np.zeros((4 * STEP, 2), np.float32)
    for block in (edge, _stereo(samples), edge):
        meter.feed(block)
    return meter


def clip_loudness(samples: Samples) -> float:
    """Gated loudness of one clip, in LUFS. A clip shorter than a gating block counts by its own length alone."""
    if not len(samples):
        return -math.inf
    if len(samples) >= 4 * STEP:
        meter = Meter()
        meter.feed(_stereo(samples))
        return meter.integrated()
    return _lufs(sum(_metered(samples).steps()) * STEP / len(samples))


def loudest_moment(samples: Samples) -> float:
    """The loudest 400 ms of a clip, in LUFS: how loud a chime seems."""
    return max(_metered(samples).momentary())
