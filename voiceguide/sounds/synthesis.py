"""How the library's sounds are made: struck bodies by modal synthesis, and gliding tones.

Samples are float64 of shape ``(frames, 2)`` at 44.1 kHz until :func:`render` rounds them to 16 bits. Every sound
starts from silence over at least :data:`ATTACK` seconds (an attack of 25 ms and more startles far less than one of
2.5 ms) and is faded to silence at its end.

Modal data: Csound reference manual, appendix "Modal Frequency Ratios" (bowls, handbell, wooden bar).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from voiceguide import units
from voiceguide.loudness import VOICE_LOUDNESS, loudest_moment
from voiceguide.sounds.catalogue import SoundSpec
from voiceguide.units import SAMPLE_RATE

Signal = NDArray[np.float64]

ATTACK = 0.060
"""Seconds of the raised cosine that starts a sound; 59 % of it lies between 10 and 90 % of the amplitude."""

_SIXTY_DECIBELS = math.log(1000.0)

_NEAR, _FAR = (0.80, 0.30), (0.72, 0.45)
"""Amplitudes of a pair's two tones in either channel: alike in power, unequal within, so that no beat falls silent,
not even in mono."""


@dataclass(frozen=True, slots=True)
class Mode:
    """One way a struck body rings: two tones ``beat`` Hz apart around ``frequency`` (Hz), -60 dB after ``decay`` s."""

    frequency: float
    beat: float
    amplitude: float
    decay: float


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


def body(
    frequencies: tuple[float, ...], amplitudes: tuple[float, ...], beats: tuple[float, ...], decay: float
) -> tuple[Mode, ...]:
    """Modes of a body whose lowest rings ``decay`` seconds, the others by their ratio to the power of -0.7 shorter."""
    return tuple(
        Mode(frequency, beat, amplitude, decay * (frequency / frequencies[0]) ** -0.7)
        for frequency, beat, amplitude in zip(frequencies, beats, amplitudes, strict=True)
    )


def struck(modes: tuple[Mode, ...], seconds: float, attack: float = ATTACK, fade: float = 0.5) -> Signal:
    """A body struck softly: decaying pairs of sines, together ``seconds`` long, of no particular level."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    total = np.zeros((len(time), 2))
    for index, mode in enumerate(modes):
        envelope = mode.amplitude * np.exp(-_SIXTY_DECIBELS / mode.decay * time)
        low = envelope * np.sin(2 * np.pi * (mode.frequency - mode.beat / 2) * time)
        high = envelope * np.sin(2 * np.pi * (mode.frequency + mode.beat / 2) * time)
        total += _pair(low, high, swapped=index % 2 == 1)
    return _shaped(total, attack, fade)


def glide(start: float, end: float, seconds: float, attack: float, fade: float) -> Signal:
    """A tone with two soft overtones that moves from ``start`` to ``end`` Hz, slowest at both ends."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    way = 0.5 - 0.5 * np.cos(np.pi * time / seconds)
    phase = 2 * np.pi * np.cumsum(start * (end / start) ** way) / SAMPLE_RATE
    drift = np.pi * 0.25 * time  # the two tones of a pair part by 0.25 Hz: they widen, and never cancel in a second
    total = np.zeros((len(time), 2))
    for harmonic, amplitude in ((1, 1.0), (2, 0.16), (3, 0.05)):
        low = amplitude * np.sin(harmonic * phase - drift)
        high = amplitude * np.sin(harmonic * phase + drift)
        total += _pair(low, high, swapped=harmonic % 2 == 0)
    return _shaped(total, attack, fade)


def bowl() -> Signal:
    frequencies = (221.0, 614.0, 1145.0, 1804.0, 2577.0, 3456.0, 4419.0)
    amplitudes = (1.0, 0.50, 0.25, 0.13, 0.07, 0.04, 0.02)
    # The lowest pair lies at 0.9961 and 1.0039 of its frequency; measured bowls beat a little faster higher up.
    beats = tuple(0.0078 * 221.0 * (frequency / 221.0) ** 0.25 for frequency in frequencies)
    return struck(body(frequencies, amplitudes, beats, decay=12.0), seconds=12.0, fade=2.0)


def bell() -> Signal:
    pairs = ((1312.0, 1314.5), (2353.0, 2363.0), (3306.5, 3309.4), (3924.0, 3928.0))
    frequencies = tuple((low + high) / 2 for low, high in pairs)
    beats = tuple(high - low for low, high in pairs)
    return struck(body(frequencies, (1.0, 0.30, 0.14, 0.07), beats, decay=5.0), seconds=5.0, fade=1.0)


def rise() -> Signal:
    return glide(294.0, 440.0, seconds=1.0, attack=0.15, fade=0.50)


def fall() -> Signal:
    return glide(440.0, 294.0, seconds=1.0, attack=0.10, fade=0.65)


def tick() -> Signal:
    bar = tuple(440.0 * ratio for ratio in (1.0, 2.572, 4.644))
    return struck(body(bar, (1.0, 0.18, 0.04), (0.0, 0.0, 0.0), decay=0.40), seconds=0.24, attack=0.08, fade=0.12)


def release() -> Signal:
    frequencies = (314.0, 836.0, 1519.0)  # a bowl of 152 mm; its upper modes lie where speech is, so they are faint
    return struck(body(frequencies, (1.0, 0.16, 0.04), (0.6, 0.9, 1.2), decay=2.6), seconds=1.8, fade=0.9)


def halfway() -> Signal:
    frequencies = (528.0, 1460.0)  # a bowl of 140 mm
    return struck(body(frequencies, (1.0, 0.12), (0.8, 1.2), decay=0.9), seconds=0.6, fade=0.3)


RECIPES: Mapping[str, Callable[[], Signal]] = MappingProxyType(
    {recipe.__name__: recipe for recipe in (bowl, bell, rise, fall, tick, release, halfway)}
)
"""How each sound of the catalogue is made, by its name."""


def render(spec: SoundSpec) -> NDArray[np.int16]:
    """The sound at its level, int16 of shape ``(frames, 2)``; the same samples on every processor.

    Sines and exponentials differ between processors in their last bits, so the gain is kept to six digits, and a
    sample is first rounded to a millionth of a step: one that lies half-way by design then falls the same way.
    """
    samples = RECIPES[spec.name]()
    change = VOICE_LOUDNESS + spec.level - loudest_moment(samples.astype(np.float32))
    levelled = samples * float(f"{units.gain(change):.6g}") * 32768.0
    return np.rint(np.round(levelled, 6)).astype(np.int16)
