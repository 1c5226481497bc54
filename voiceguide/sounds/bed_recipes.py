"""How the beds are made: each recipe gives the parts of one bed, for a ``gain`` that brings it to its loudness."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio.stream import Samples
from voiceguide.sounds.layers import Drops, Layer, Part
from voiceguide.sounds.noise import Response, band, high_pass, low_pass, settled, shaped, white
from voiceguide.sounds.synthesis import SIXTY_DECIBELS
from voiceguide.units import SAMPLE_RATE

Mono = NDArray[np.float64]

LONGEST, LONG, MIDDLE, SHORT, SHORTEST = 3**12, 5**8, 13**5, 7**5 * 17, 2**18
"""Frames of the loops (12.1, 8.9, 8.4, 6.5 and 5.9 s): too long for the ear to find what comes again, without a common
divisor, and quick to transform."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """``gain`` brings the bed's integrated loudness to that of the voice, and the level of its row in the catalogue."""

    parts: Callable[[float], tuple[Part, ...]]
    gain: float


def _kept(loop: Mono) -> Samples:
    kept = settled(loop)
    kept.setflags(write=False)
    return kept


def _loop(seed: int, frames: int, gain: float, response: Response) -> Samples:
    return _kept(shaped(seed, frames, response) * gain)


def _steady(seed: int, gain: float, response: Response) -> tuple[Part, ...]:
    """Noise of which half is alike in both ears: wide, and only 1.2 dB softer in mono."""
    half = gain * 0.5**0.5
    wide, middle = _loop(seed, LONGEST, half, response), _loop(seed + 1, LONG, half, response)
    return Layer.wide(wide), Layer.middle(middle)


def brown(gain: float) -> tuple[Part, ...]:
    """-6 dB an octave; below 40 Hz it would only use up the headroom."""
    return _steady(1_827, gain, lambda hertz: high_pass(hertz, 40.0) * (100.0 / hertz))


def pink(gain: float) -> tuple[Part, ...]:
    """-3 dB an octave."""
    return _steady(1_925, gain, lambda hertz: high_pass(hertz, 30.0) * np.sqrt(100.0 / hertz))


def silence(gain: float) -> tuple[Part, ...]:
    """The tone of a quiet room: -4.5 dB an octave, and still less of what is high."""
    return _steady(
        1_952, gain, lambda hertz: high_pass(hertz, 50.0) * low_pass(hertz, 3_000.0) * (100.0 / hertz) ** 0.75
    )


# -- rain and running water


def bubble(hertz: float, decay: float, rise: float, frames: int) -> Mono:
    """A bubble in water: -60 dB after ``decay`` s, by when its pitch has gone up by ``rise`` of itself.

    A raised cosine of 3 ms starts it, so that a drop is soft and no click.
    """
    time = np.arange(frames) / SAMPLE_RATE
    tone = np.sin(2 * np.pi * hertz * (time + rise / 2 * time**2 / decay)) * np.exp(-SIXTY_DECIBELS / decay * time)
    attack, end = round(0.003 * SAMPLE_RATE), frames // 4
    tone[:attack] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(attack) / attack)
    tone[-end:] *= 0.5 + 0.5 * np.cos(np.pi * (np.arange(end) + 1) / end)
    return tone


def _bubbles(seed: int, kinds: int, hertz: tuple[float, float], decays: tuple[float, float]) -> Mono:
    """Bubbles of many sizes, ``(kinds, frames)``: the higher, the shorter, and so somewhat stronger."""
    frames = round(decays[1] * SAMPLE_RATE)
    bank = []
    for number, (size, rise) in enumerate((white(seed, 2 * kinds) + 0.5).reshape(kinds, 2)):
        way = (number + size) / kinds
        pitch, decay = hertz[0] * (hertz[1] / hertz[0]) ** way, decays[1] * (decays[0] / decays[1]) ** way
        bank.append((0.6 + 0.4 * way) * bubble(pitch, decay, 0.1 + 0.2 * rise, frames))
    return np.stack(bank)


def _strewn(seed: int, frames: int, each_second: int, bank: Mono) -> Mono:
    """A loop into which sounds of a ``bank`` are strewn at any place and level."""
    count, length = each_second * frames // SAMPLE_RATE, bank.shape[1]
    where, which, loud = (white(seed, 3 * count) + 0.5).reshape(3, count)
    loop = np.zeros(frames + length)
    for at, kind, level in zip((where * frames).astype(int), (which * len(bank)).astype(int), loud, strict=True):
        loop[at : at + length] += (0.1 + 0.9 * level**2) * bank[kind]
    loop[:length] += loop[frames:]
    return loop[:frames]


def rain(gain: float) -> tuple[Part, ...]:
    """Pink hiss and patter from all around, and now and then a drop near by, five in two seconds."""

    def hiss(hertz: Mono) -> Mono:
        return high_pass(hertz, 400.0) * low_pass(hertz, 9_000.0) * np.sqrt(1_000.0 / hertz)

    patter = _bubbles(1_841, 24, (1_500.0, 5_000.0), (0.006, 0.012))
    drops = _bubbles(1_842, 24, (900.0, 3_000.0), (0.02, 0.06))
    around = shaped(1_843, LONGEST, hiss) + 1.5 * _strewn(1_844, LONGEST, 80, patter)
    return (
        Layer.wide(_kept(0.8 * gain * around)),
        Layer.middle(_loop(1_845, LONG, 0.6 * gain, hiss)),
        Drops(_kept(2.2 * gain * drops), slot=SAMPLE_RATE // 5, share=0.5, seed=1_846),
    )


def stream(gain: float) -> tuple[Part, ...]:
    """A brook: water over stones, now more, now less, and bubbles of many sizes."""

    def water(hertz: Mono) -> Mono:
        return high_pass(hertz, 250.0) * low_pass(hertz, 3_500.0) * np.sqrt(500.0 / hertz)

    bank = _bubbles(1_851, 64, (400.0, 2_400.0), (0.02, 0.10))
    return (
        Layer.wide(_kept(0.8 * gain * _strewn(1_852, LONG, 50, bank))),
        Layer.middle(_kept(0.5 * gain * _strewn(1_853, MIDDLE, 50, bank))),
        Layer.wide(_loop(1_854, LONGEST, 1.6 * gain, water), _swell(10.7, 0.7), _swell(7.3, 0.75), lag=SAMPLE_RATE),
    )


# -- sea and wind


def _swell(seconds: float, floor: float, peak: float = 0.5, begin: float = 0.0) -> Samples:
    """A loop of gain, one wave from ``floor`` to 1 and back, highest at ``peak`` of its way; ``begin`` is how much of
    the way lies behind where the bed begins.

    It has a prime number of frames, so that it shares no divisor with any loop of noise.
    """
    frames = _prime(round(seconds * SAMPLE_RATE))
    way = (np.arange(frames) / frames + begin) % 1.0
    turn = np.where(way < peak, way / peak, 1.0 + (way - peak) / (1.0 - peak)) / 2
    return _kept(floor + (1.0 - floor) * (0.5 - 0.5 * np.cos(2 * np.pi * turn)))


def _prime(number: int) -> int:
    """The first prime from ``number`` on."""
    while not all(number % divisor for divisor in range(2, math.isqrt(number) + 1)):
        number += 1
    return number


WAVES = (11.0, 9.0, 7.1)
"""Seconds from wave to wave of the ocean: far, nearer and near. None is within 1 % of a ratio of whole numbers up to 8
to another one."""


def ocean(gain: float) -> tuple[Part, ...]:
    """Waves of low-passed noise, each in its own time, which rise faster than they run out; foam where they break, most
    of it where two waves meet."""

    def sea(corner: float) -> Response:
        return lambda hertz: high_pass(hertz, 45.0) * low_pass(hertz, corner) * (100.0 / hertz) ** 0.25

    def foam(hertz: Mono) -> Mono:
        return high_pass(hertz, 900.0) * low_pass(hertz, 4_000.0)

    begins = (0.55, 0.8, 0.0)
    far, nearer, near = (_swell(seconds, 0.35, 0.4, begin) for seconds, begin in zip(WAVES, begins, strict=True))
    return (
        Layer.wide(_loop(1_861, SHORTEST, gain, sea(300.0)), far, lag=SAMPLE_RATE // 2),
        Layer.wide(_loop(1_862, SHORT, 0.9 * gain, sea(500.0)), nearer, lag=-SAMPLE_RATE // 2),
        Layer.wide(_loop(1_863, MIDDLE, 0.9 * gain, sea(800.0)), near, lag=SAMPLE_RATE // 3),
        Layer.wide(_loop(1_864, LONG, 0.16 * gain, foam), near, near, nearer, lag=SAMPLE_RATE // 3),
    )


def wind(gain: float) -> tuple[Part, ...]:
    """Wind in bare trees: the stronger a gust, the higher it sounds, and the more the twigs rustle."""
    slow, gust, flurry = _swell(13.3, 0.68), _swell(9.7, 0.55, begin=0.3), _swell(6.1, 0.5, 0.4, begin=0.7)

    def low(hertz: Mono) -> Mono:
        return high_pass(hertz, 45.0) * low_pass(hertz, 180.0)

    def rustle(hertz: Mono) -> Mono:
        return high_pass(hertz, 900.0) * low_pass(hertz, 2_500.0) * (1_000.0 / hertz) ** 0.5

    return (
        Layer.wide(_loop(1_871, SHORTEST, 0.8 * gain, low), slow, lag=SAMPLE_RATE),
        Layer.wide(_loop(1_872, SHORT, gain, lambda hertz: band(hertz, 330.0, 0.6)), slow, gust, lag=SAMPLE_RATE),
        Layer.wide(
            _loop(1_873, MIDDLE, 0.6 * gain, lambda hertz: band(hertz, 680.0, 0.5)), slow, gust, gust, lag=SAMPLE_RATE
        ),
        Layer.wide(_loop(1_874, LONG, 0.22 * gain, rustle), slow, gust, gust, flurry, lag=SAMPLE_RATE),
    )


# -- tones


def pad(gain: float) -> tuple[Part, ...]:
    """A warm chord, D major with a ninth, whose notes come forward and go back by themselves."""
    root = 73.42  # Hz; the others are pure intervals above it
    ground = _chord(1_881, LONG, gain, {root: 0.6, root * 3 / 2: 0.5, root * 2: 0.8})
    colour = _chord(1_882, LONGEST, gain, {root * 5 / 2: 0.4, root * 3: 0.4})
    height = _chord(1_883, SHORTEST, gain, {root * 9 / 2: 0.25, root * 6: 0.12})
    return Layer(*ground), Layer(*colour), Layer(*height)


def _chord(seed: int, frames: int, gain: float, notes: Mapping[float, float]) -> tuple[Samples, Samples]:
    """Notes (Hz to amplitude) with soft overtones, a loop for either ear.

    Each is three voices so close together that they meet once in the loop; they lie up to 60 degrees apart between
    the ears, so that none is lost in mono.
    """
    left, right = (np.zeros(frames // 2 + 1, np.complex128) for _ in range(2))
    chance = iter(white(seed, 1_000))
    for hertz, amplitude in notes.items():
        for harmonic, share in ((1, 1.0), (2, 0.3), (3, 0.12), (4, 0.05)):
            middle = round(hertz * harmonic * frames / SAMPLE_RATE)
            for voice, part in ((-1, 0.3), (0, 1.0), (1, 0.3)):
                level = gain * amplitude * share * part * frames / 2
                turn, apart = 2 * np.pi * next(chance), np.pi / 3 * next(chance)
                left[middle + voice] += level * np.exp(1j * (turn + apart))
                right[middle + voice] += level * np.exp(1j * (turn - apart))
    return _kept(np.fft.irfft(left, frames)), _kept(np.fft.irfft(right, frames))


def binaural(gain: float) -> tuple[Part, ...]:
    """200 Hz in the left ear and 206 Hz in the right: six beats a second, for who listens with headphones."""
    turns = 2 * np.pi * np.arange(SAMPLE_RATE // 2) / SAMPLE_RATE
    return (Layer(_kept(gain * np.sin(200.0 * turns)), _kept(gain * np.sin(206.0 * turns))),)


RECIPES: Mapping[str, Recipe] = MappingProxyType(
    {
        "rain": Recipe(rain, 0.356144),
        "ocean": Recipe(ocean, 1.36749),
        "stream": Recipe(stream, 0.416592),
        "wind": Recipe(wind, 1.79616),
        "brown": Recipe(brown, 2.12462),
        "pink": Recipe(pink, 0.892226),
        "pad": Recipe(pad, 0.0601227),
        "silence": Recipe(silence, 0.188428),
        "binaural": Recipe(binaural, 0.0789156),
    }
)
"""The recipe of each bed of the catalogue; the tests hold the gains to 0.1 LU."""
