"""What the library's sounds are made of: struck bodies by modal synthesis, gliding tones, and noise.

Samples are float64 of shape ``(frames, 2)`` at 44.1 kHz, of no particular level. Every sound starts from silence and
is faded to silence at its end.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voiceguide.sounds.noise import band, wide
from voiceguide.units import SAMPLE_RATE

Signal = NDArray[np.float64]

ATTACK = 0.060
"""Seconds of the raised cosine that starts a sound; 59 % of it lies between 10 and 90 % of the amplitude. An attack of
25 ms and more startles far less than one of 2.5 ms."""

SIXTY_DECIBELS = math.log(1000.0)

_NEAR, _FAR = (0.80, 0.30), (0.72, 0.45)
"""Amplitudes of a pair's two tones in either channel: alike in power, unequal within, so that no beat falls silent,
not even in mono."""


@dataclass(frozen=True, slots=True)
class Mode:
    """One way a struck body rings: two tones ``beat`` Hz apart around ``frequency`` (Hz), -60 dB after ``decay`` s.

    ``onset`` is the seconds in which the body passes two thirds of the strike on to this mode; 0: it has it at once.
    """

    frequency: float
    beat: float
    amplitude: float
    decay: float
    onset: float = 0.0


@dataclass(frozen=True, slots=True)
class Noise:
    """What a strike has besides its modes: noise around ``centre`` (Hz, ``octaves`` wide), -60 dB after ``decay`` s."""

    seed: int
    centre: float
    octaves: float
    amplitude: float
    decay: float
    onset: float = 0.0


def _pair(low: Signal, high: Signal, swapped: bool) -> Signal:
    """Two tones spread over the stereo image; neighbours are ``swapped`` so that the whole stays in the middle."""
    near = _NEAR[0] * low + _NEAR[1] * high
    far = _FAR[0] * low + _FAR[1] * high
    return np.stack((far, near) if swapped else (near, far), axis=1)


def _slope(seconds: float) -> Signal:
    """A raised cosine from 0 towards 1."""
    frames = round(seconds * SAMPLE_RATE)
    return 0.5 - 0.5 * np.cos(np.pi * np.arange(frames) / frames)


def _shaped(samples: Signal, attack: float, fade: float) -> Signal:
    """The samples faded in over ``attack`` and out over ``fade`` seconds; the first and the last frame are zero."""
    rising, falling = _slope(attack), _slope(fade)[::-1]
    samples[: len(rising)] *= rising[:, np.newaxis]
    samples[-len(falling) :] *= falling[:, np.newaxis]
    return samples


def _time(seconds: float) -> Signal:
    return np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def _ringing(time: Signal, decay: float, onset: float) -> Signal:
    """From 1 down by 60 dB in ``decay`` seconds; with an ``onset`` it comes up first."""
    ringing: Signal = np.exp(-SIXTY_DECIBELS / decay * time)
    return ringing * (1.0 - np.exp(-time / onset)) if onset else ringing


def body(
    frequencies: Sequence[float], amplitudes: Sequence[float], beats: Sequence[float], decay: float
) -> tuple[Mode, ...]:
    """Modes of a body whose lowest rings ``decay`` seconds, the others by their ratio to the power of -0.7 shorter."""
    return tuple(
        Mode(frequency, beat, amplitude, decay * (frequency / frequencies[0]) ** -0.7)
        for frequency, beat, amplitude in zip(frequencies, beats, amplitudes, strict=True)
    )


def struck(
    modes: tuple[Mode, ...], seconds: float, attack: float = ATTACK, fade: float = 0.5, noise: Noise | None = None
) -> Signal:
    """A body struck softly: decaying pairs of sines and maybe some noise, ``seconds`` long, of no particular level."""
    time = _time(seconds)
    total = np.zeros((len(time), 2))
    for index, mode in enumerate(modes):
        envelope = mode.amplitude * _ringing(time, mode.decay, mode.onset)
        low = envelope * np.sin(2 * np.pi * (mode.frequency - mode.beat / 2) * time)
        high = envelope * np.sin(2 * np.pi * (mode.frequency + mode.beat / 2) * time)
        total += _pair(low, high, swapped=index % 2 == 1)
    if noise is not None:
        hiss = _hiss(noise.seed, noise.centre, noise.octaves, len(time))
        total += noise.amplitude * hiss * _ringing(time, noise.decay, noise.onset)[:, np.newaxis]
    return _shaped(total, attack, fade)


def _hiss(seed: int, centre: float, octaves: float, frames: int) -> Signal:
    """Stereo noise around ``centre`` Hz, with a mean square of 1 over a stretch that is quick to transform."""
    loop = wide(seed, 1 << (frames - 1).bit_length(), lambda hertz: band(hertz, centre, octaves))
    return loop[:frames] / float(np.sqrt((loop**2).mean()))


def glide(start: float, end: float, seconds: float, attack: float, fade: float) -> Signal:
    """A tone with two soft overtones that moves from ``start`` to ``end`` Hz, slowest at both ends."""
    time = _time(seconds)
    way = 0.5 - 0.5 * np.cos(np.pi * time / seconds)
    phase = 2 * np.pi * np.cumsum(start * (end / start) ** way) / SAMPLE_RATE
    drift = np.pi * 0.25 * time / max(1.0, seconds)  # a pair parts by a quarter of a turn: it widens, never cancels
    total = np.zeros((len(time), 2))
    for harmonic, amplitude in ((1, 1.0), (2, 0.16), (3, 0.05)):
        low = amplitude * np.sin(harmonic * phase - drift)
        high = amplitude * np.sin(harmonic * phase + drift)
        total += _pair(low, high, swapped=harmonic % 2 == 0)
    return _shaped(total, attack, fade)


def breath(seed: int, start: float, end: float, seconds: float, attack: float, fade: float) -> Signal:
    """Noise like a breath through half-open lips, whose colour moves from ``start`` to ``end`` Hz.

    Bands half an octave apart come and go with equal power as the breath passes by.
    """
    time = _time(seconds)
    way = np.log2(start) + np.log2(end / start) * (0.5 - 0.5 * np.cos(np.pi * time / seconds))
    low, high = sorted((start, end))
    steps = max(1, round(2 * math.log2(high / low)))
    total = np.zeros((len(time), 2))
    for step in range(steps + 1):
        centre = low * (high / low) ** (step / steps)
        near = np.clip(1.0 - steps / math.log2(high / low) * np.abs(way - math.log2(centre)), 0.0, 1.0)
        total += np.sin(np.pi / 2 * near)[:, np.newaxis] * _hiss(seed + 2 * step, centre, 0.4, len(time))
    return _shaped(total, attack, fade)


def then(first: Signal, second: Signal, seconds: float) -> Signal:
    """Both sounds, the ``second`` one ``seconds`` after the first."""
    begin = round(seconds * SAMPLE_RATE)
    total = np.zeros((max(len(first), begin + len(second)), 2))
    total[: len(first)] += first
    total[begin : begin + len(second)] += second
    return total
