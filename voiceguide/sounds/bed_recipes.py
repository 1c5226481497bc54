"""How the beds are made: each recipe gives the parts of one bed, for a ``gain`` that brings it to its loudness.

None has anything below :data:`RUMBLE`, which only uses up headroom; none repeats after a fixed time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from voiceguide.audio.filtering import RUMBLE
from voiceguide.audio.reproducible import settled
from voiceguide.audio.stream import Samples
from voiceguide.sounds.bed_materials import (
    LONG,
    SHORT,
    Mono,
    bubbles,
    crackles,
    ears,
    far_birds,
    harmonies,
    insects,
    pair,
    strewn,
    strings,
    wide_loop,
)
from voiceguide.sounds.layers import CELL, Changing, Drift, Drops, Layer, Part, Waves
from voiceguide.sounds.noise import band, high_pass, low_pass, shaped
from voiceguide.units import SAMPLE_RATE

SECOND = SAMPLE_RATE // CELL  # cells


@dataclass(frozen=True, slots=True)
class Recipe:
    """``gain`` brings the bed's integrated loudness to that of the voice, and the level of its row in the catalogue."""

    parts: Callable[[float], tuple[Part, ...]]
    gain: float


def _low(hertz: Mono, corner: float) -> Mono:
    return high_pass(hertz, RUMBLE) * low_pass(hertz, corner)


def _murmur(hertz: Mono) -> Mono:
    """What gives a bed body below the band of a phone's loudspeaker."""
    return high_pass(hertz, RUMBLE) * band(hertz, 175.0, 0.45)


# -- steady noise


def brown(gain: float) -> tuple[Part, ...]:
    """-6 dB an octave."""
    loop = wide_loop(1_827, LONG, gain, lambda hertz: high_pass(hertz, RUMBLE) ** 2 * (100.0 / hertz))
    return (Layer.shuffled(1_827, loop),)


def pink(gain: float) -> tuple[Part, ...]:
    """-3 dB an octave."""
    loop = wide_loop(1_925, LONG, gain, lambda hertz: high_pass(hertz, RUMBLE) * np.sqrt(100.0 / hertz))
    return (Layer.shuffled(1_925, loop),)


def silence(gain: float) -> tuple[Part, ...]:
    """The tone of a quiet room: -4.5 dB an octave, and still less of what is high."""
    loop = wide_loop(1_952, LONG, gain, lambda hertz: _low(hertz, 3_000.0) * (100.0 / hertz) ** 0.75)
    return (Layer.shuffled(1_952, loop),)


# -- rain, water, fire


def rain(gain: float) -> tuple[Part, ...]:
    """Pink hiss and patter from all around, a dull drumming on the ground, and now and then a drop near by."""

    def hiss(hertz: Mono) -> Mono:
        fine = high_pass(hertz, 400.0) * low_pass(hertz, 9_000.0) * np.sqrt(1_000.0 / hertz)
        return fine + 8.0 * _murmur(hertz)

    patter = bubbles(1_841, 24, (1_500.0, 5_000.0), (0.006, 0.012))
    drops = bubbles(1_842, 24, (900.0, 3_000.0), (0.02, 0.06))
    around = pair(shaped(1_843, LONG, hiss), shaped(1_845, LONG, hiss))
    around += 1.5 * pair(strewn(1_844, LONG, 80, patter), strewn(1_847, LONG, 80, patter))
    return (
        Layer.shuffled(1_843, ears(0.8 * gain * around), Drift(1_848, 6 * SECOND, 0.85, 1.0)),
        Drops(_kinds(2.2 * gain * drops), slot=SAMPLE_RATE // 5, share=0.5, seed=1_846),
    )


def stream(gain: float) -> tuple[Part, ...]:
    """A brook: water over stones, now more, now less, a deep murmur, and bubbles of many sizes."""

    def water(hertz: Mono) -> Mono:
        fine = high_pass(hertz, 250.0) * low_pass(hertz, 3_500.0) * np.sqrt(500.0 / hertz)
        return fine + 6.5 * _murmur(hertz)

    bank = bubbles(1_851, 64, (400.0, 2_400.0), (0.02, 0.10))
    many = pair(strewn(1_852, LONG, 50, bank), strewn(1_853, LONG, 50, bank))
    return (
        Layer.shuffled(1_852, ears(0.8 * gain * many), Drift(1_855, 4 * SECOND, 0.7, 1.0)),
        Layer.shuffled(1_854, wide_loop(1_854, LONG, 1.6 * gain, water), Drift(1_856, 3 * SECOND, 0.65, 1.0)),
    )


def fire(gain: float) -> tuple[Part, ...]:
    """A wood fire: a soft roar that comes and goes, embers that crackle, and now and then a snap near by."""

    def roar(hertz: Mono) -> Mono:
        return _low(hertz, 260.0) + 0.035 * high_pass(hertz, 900.0) * low_pass(hertz, 5_000.0)

    bank, snaps = crackles(1_901, 32, (0.002, 0.012)), crackles(1_902, 24, (0.008, 0.03))
    embers = pair(strewn(1_903, LONG, 12, bank), strewn(1_904, LONG, 12, bank))
    return (
        Layer.shuffled(1_905, wide_loop(1_905, LONG, gain, roar), Drift(1_906, 2 * SECOND, 0.55, 1.0)),
        Layer.shuffled(1_903, ears(0.55 * gain * embers), Drift(1_907, 3 * SECOND, 0.3, 1.0)),
        Drops(_kinds(0.8 * gain * snaps), slot=SAMPLE_RATE * 2 // 5, share=0.4, seed=1_908),
    )


# -- sea and wind


WAVE = Waves(1_861, slot=10 * SECOND, spread=350, rise=4 * SECOND, fall=7 * SECOND, floor=0.5, softer=0.22)
"""The waves of the ocean: ten seconds apart, give or take; they rise faster than they run out."""


def _waves(later: int, floor: float, sharp: float) -> Waves:
    """The same waves in another band of the sound."""
    return Waves(WAVE.seed, WAVE.slot, WAVE.spread, WAVE.rise, WAVE.fall, floor, WAVE.softer, sharp, later)


def ocean(gain: float) -> tuple[Part, ...]:
    """Waves that come in deep, break, and run out as foam."""

    def deep(hertz: Mono) -> Mono:
        return 0.3 * _low(hertz, 240.0) + _murmur(hertz)

    def swash(hertz: Mono) -> Mono:
        return high_pass(hertz, 250.0) * low_pass(hertz, 1_400.0) * (300.0 / hertz) ** 0.5

    def foam(hertz: Mono) -> Mono:
        return high_pass(hertz, 2_200.0) * low_pass(hertz, 7_000.0) * (2_000.0 / hertz) ** 0.5

    return (
        Layer.shuffled(1_861, wide_loop(1_861, LONG, 1.6 * gain, deep), WAVE),
        Layer.shuffled(1_863, wide_loop(1_863, LONG, 0.7 * gain, swash), _waves(30, 0.22, 1.6)),
        Layer.shuffled(1_865, wide_loop(1_865, LONG, 0.20 * gain, foam), _waves(90, 0.12, 2.2)),
    )


def wind(gain: float) -> tuple[Part, ...]:
    """Wind in bare trees: the stronger a gust, the higher it sounds, and the more the twigs rustle."""
    slow, gust = Drift(1_871, 7 * SECOND, 0.6, 1.0), Drift(1_872, 5 * SECOND, 0.2, 1.0)

    def rustle(hertz: Mono) -> Mono:
        return high_pass(hertz, 900.0) * low_pass(hertz, 2_500.0) * (1_000.0 / hertz) ** 0.5

    def body(hertz: Mono) -> Mono:
        return 2.1 * _murmur(hertz) + band(hertz, 330.0, 0.6)

    return (
        Layer.shuffled(1_873, wide_loop(1_873, LONG, gain, body), slow),
        Layer.shuffled(1_875, wide_loop(1_875, LONG, 1.0 * gain, lambda hertz: band(hertz, 600.0, 0.5)), slow, gust),
        Layer.shuffled(1_877, wide_loop(1_877, LONG, 0.2 * gain, rustle), slow, gust, gust),
    )


# -- night and forest


def night(gain: float) -> tuple[Part, ...]:
    """A mild night: still air, crickets near and far, each in its place and its own time."""

    def air(hertz: Mono) -> Mono:
        return 0.5 * _low(hertz, 400.0) + _murmur(hertz) + 0.04 * band(hertz, 4_400.0, 0.12)

    crickets = ((1_911, 4_150.0, 0.15, 0.61), (1_912, 4_520.0, 0.8, 0.74), (1_913, 4_850.0, 0.5, 0.97))
    return (
        Layer.shuffled(1_910, wide_loop(1_910, LONG, gain, air), Drift(1_914, 5 * SECOND, 0.8, 1.0)),
        *(
            Drops(_kinds(0.085 * gain * insects(seed, hertz)), round(SAMPLE_RATE * each), 0.75, seed, side)
            for seed, hertz, side, each in crickets
        ),
    )


def forest(gain: float) -> tuple[Part, ...]:
    """A wood in the morning: leaves that stir, and birds far away."""
    stir = Drift(1_921, 4 * SECOND, 0.5, 1.0)

    def wood(hertz: Mono) -> Mono:
        return 0.5 * _low(hertz, 300.0) + _murmur(hertz)

    def leaves(hertz: Mono) -> Mono:
        return 0.12 * high_pass(hertz, 700.0) * low_pass(hertz, 5_000.0) * (1_000.0 / hertz) ** 0.5

    return (
        Layer.shuffled(1_922, wide_loop(1_922, LONG, gain, wood), Drift(1_923, 6 * SECOND, 0.75, 1.0)),
        Layer.shuffled(1_924, wide_loop(1_924, LONG, gain, leaves), stir),
        Drops(_kinds(0.55 * gain * far_birds(1_926, 12)), slot=3 * SAMPLE_RATE, share=0.6, seed=1_928),
    )


# -- tones


ROOT = 73.42
"""Hz, D; the other notes of the pad are pure intervals above it."""

CHORDS = (
    (1, 3 / 2, 2, 5 / 2, 9 / 2),  # D major with a ninth
    (5 / 6 * 3 / 2, 5 / 3, 5 / 2, 3, 15 / 4),  # B minor seventh
    (4 / 3, 2, 8 / 3, 10 / 3, 15 / 4),  # G major seventh
    (3 / 2, 9 / 4, 3, 4, 9 / 2),  # A with a fourth instead of a third
)


def pad(gain: float) -> tuple[Part, ...]:
    """A warm chord that turns into another about every half minute, and breathes: its upper partials, up to 3 kHz, come
    and go as if a filter opened and closed."""
    low, high = (tuple(harmonies(1_881, SHORT, gain, ROOT, CHORDS, bright)) for bright in (False, True))
    turns = {"slot": 30 * SAMPLE_RATE, "spread": 10 * SAMPLE_RATE, "fade": 6 * SAMPLE_RATE, "seed": 1_885}
    return (
        Changing(low, courses=(Drift(1_886, 7 * SECOND, 0.8, 1.0),), **turns),
        Changing(high, courses=(Drift(1_887, 5 * SECOND, 0.15, 1.0),), **turns),
    )


def drone(gain: float) -> tuple[Part, ...]:
    """A singing bowl that is rubbed and never struck: its modes swell and sink, each in its own time."""
    modes = ((221.0, 0.7, 11), (614.0, 0.34, 8), (1_145.0, 0.15, 6), (1_804.0, 0.06, 5))
    return tuple(
        Layer(
            harmonies(1_931 + number, SHORT, gain * amplitude, hertz, ((1.0,),), None)[0],
            (Drift(1_941 + number, seconds * SECOND, 0.6, 1.0),),
        )
        for number, (hertz, amplitude, seconds) in enumerate(modes)
    )


def notes(gain: float) -> tuple[Part, ...]:
    """Single soft notes as of a felted piano, in a scale of five, now and then one, over a faint chord."""
    scale = tuple(ROOT * ratio for ratio in (3, 10 / 3, 4 * 9 / 8, 5, 6, 20 / 3, 8))
    (ground,) = harmonies(1_951, SHORT, 0.7 * gain, ROOT, ((2, 3, 4),), False)
    (shine,) = harmonies(1_951, SHORT, 0.7 * gain, ROOT, ((2, 3, 4),), True)
    return (
        Layer(ground, (Drift(1_953, 6 * SECOND, 0.8, 1.0),)),
        Layer(shine, (Drift(1_954, 5 * SECOND, 0.3, 1.0),)),
        Drops(_kinds(0.9 * gain * strings(scale, 4.5)), slot=SAMPLE_RATE * 9 // 5, share=0.62, seed=1_955),
    )


def binaural(gain: float) -> tuple[Part, ...]:
    """200 Hz in the left ear and 206 Hz in the right: six beats a second, for who listens with headphones."""
    turns = 2 * np.pi * np.arange(SAMPLE_RATE // 2) / SAMPLE_RATE
    return (Layer(ears(gain * np.stack((np.sin(200.0 * turns), np.sin(206.0 * turns)), axis=1))),)


def _kinds(sounds: Mono) -> Samples:
    kept = settled(sounds)
    kept.setflags(write=False)
    return kept


RECIPES: Mapping[str, Recipe] = MappingProxyType(
    {
        "rain": Recipe(rain, 0.286408),
        "ocean": Recipe(ocean, 1.20255),
        "stream": Recipe(stream, 0.2073),
        "wind": Recipe(wind, 0.915569),
        "fire": Recipe(fire, 2.07638),
        "night": Recipe(night, 1.50366),
        "forest": Recipe(forest, 1.57173),
        "brown": Recipe(brown, 2.29021),
        "pink": Recipe(pink, 0.717196),
        "pad": Recipe(pad, 0.0456598),
        "drone": Recipe(drone, 0.110421),
        "notes": Recipe(notes, 0.0831689),
        "silence": Recipe(silence, 0.0765688),
        "binaural": Recipe(binaural, 0.0789156),
    }
)
"""The recipe of each bed of the catalogue; the tests hold the gains to 0.1 LU."""
