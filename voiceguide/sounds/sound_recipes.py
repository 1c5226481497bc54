"""The library's sounds, one recipe each, and how a recipe becomes the samples of a file.

Modal data: Csound reference manual, appendix "Modal Frequency Ratios" (bowls, handbell, wooden bar). A thin cup rings
like a ring (Rayleigh, The Theory of Sound, section 233): n (n² - 1) / √(n² + 1); gong and cymbals like a round plate
with a free edge (Leissa, Vibration of Plates, NASA SP-160, section 2.1.3; Poisson's ratio 0.33).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from voiceguide import units
from voiceguide.audio.loudness import loudest_moment
from voiceguide.mix_levels import VOICE_LOUDNESS
from voiceguide.sounds.catalogue import SoundSpec
from voiceguide.sounds.synthesis import Noise, Signal, body, breath, glide, struck, then

WOOD_ATTACK = 0.024
"""Seconds of the raised cosine that starts dry wood, of which its decay leaves 10 ms of attack."""

PLATE = (1.0, 1.723, 2.327, 3.898, 4.091, 6.283, 6.698, 7.318, 8.896, 10.057)
"""Modes of a free round plate, against its lowest. The second and the eighth have no nodal diameter: no pair."""

BAR = (1.0, 2.572, 4.644, 6.984)
"""Modes of a wooden bar, against its lowest."""

CUP = (1.0, 2.828, 5.423, 8.771)
"""Modes of a thin cup, against its lowest."""


def _bowl(frequencies: tuple[float, ...], decay: float) -> Signal:
    amplitudes = (1.0, 0.50, 0.25, 0.13, 0.07, 0.04, 0.02)[: len(frequencies)]
    # The lowest pair lies at 0.9961 and 1.0039 of its frequency; measured bowls beat a little faster higher up.
    lowest = frequencies[0]
    beats = tuple(0.0078 * lowest * (frequency / lowest) ** 0.25 for frequency in frequencies)
    return struck(body(frequencies, amplitudes, beats, decay), seconds=decay, fade=2.0)


def bowl() -> Signal:
    return _bowl((221.0, 614.0, 1145.0, 1804.0, 2577.0, 3456.0, 4419.0), decay=12.0)


def bowl_medium() -> Signal:
    return _bowl((314.0, 836.0, 1519.0, 2360.0, 3341.0), decay=11.0)


def bowl_small() -> Signal:
    return _bowl((528.0, 1460.0, 2704.0, 4122.0, 5694.0), decay=10.0)


def bell() -> Signal:
    pairs = ((1312.0, 1314.5), (2353.0, 2363.0), (3306.5, 3309.4), (3924.0, 3928.0))
    frequencies = tuple((low + high) / 2 for low, high in pairs)
    beats = tuple(high - low for low, high in pairs)
    return struck(body(frequencies, (1.0, 0.30, 0.14, 0.07), beats, decay=5.0), seconds=5.0, fade=1.0)


def tingsha() -> Signal:
    lowest, apart = 1_960.0, 4.0  # two cymbals that are 4 Hz apart, and higher up by as much more
    ratios = PLATE[:3]
    modes = body([lowest * ratio for ratio in ratios], (1.0, 0.2, 0.25), [apart * ratio for ratio in ratios], decay=5.0)
    return struck(modes, seconds=5.0, fade=1.0, noise=Noise(2_001, 3_200.0, 0.35, 0.12, decay=0.35))


def rin() -> Signal:
    modes = body([620.0 * ratio for ratio in CUP], (1.0, 0.42, 0.16, 0.06), (0.9, 1.4, 2.0, 2.6), decay=8.0)
    return struck(modes, seconds=8.0, fade=1.5)


def wood() -> Signal:
    bar = [620.0 * ratio for ratio in BAR]
    modes = body(bar, (1.0, 0.35, 0.12, 0.05), (0.0,) * 4, decay=0.10)
    return struck(modes, seconds=0.2, attack=WOOD_ATTACK, fade=0.08, noise=Noise(2_011, 1_400.0, 0.7, 0.35, decay=0.05))


def gong() -> Signal:
    lowest = 112.0
    amplitudes = (0.6, 1.0, 0.6, 0.5, 0.4, 0.3, 0.3, 0.2, 0.16, 0.12)
    beats = [0.0 if index in (1, 7) else 0.5 + 0.25 * ratio for index, ratio in enumerate(PLATE)]
    modes = body([lowest * ratio for ratio in PLATE], amplitudes, beats, decay=9.0)
    opening = tuple(replace(mode, onset=0.03 * (ratio - 1)) for mode, ratio in zip(modes, PLATE, strict=True))
    return struck(opening, seconds=9.0, fade=2.0, noise=Noise(2_021, 1_000.0, 0.7, 0.06, decay=3.0, onset=0.2))


def rise() -> Signal:
    return glide(294.0, 440.0, seconds=1.0, attack=0.15, fade=0.50)


def fall() -> Signal:
    return glide(440.0, 294.0, seconds=1.0, attack=0.10, fade=0.65)


def tick() -> Signal:
    bar = [440.0 * ratio for ratio in BAR]
    modes = body(bar, (1.0, 0.26, 0.08, 0.03), (0.0,) * 4, decay=0.45)
    return struck(modes, seconds=0.30, attack=0.075, fade=0.12, noise=Noise(2_015, 900.0, 0.6, 0.12, decay=0.08))


def air_rise() -> Signal:
    return breath(2_031, 420.0, 1_300.0, seconds=2.4, attack=0.35, fade=1.2)


def air_fall() -> Signal:
    return breath(2_041, 1_100.0, 360.0, seconds=2.4, attack=0.25, fade=1.9)


def air_tick() -> Signal:
    return breath(2_051, 700.0, 600.0, seconds=0.4, attack=0.10, fade=0.28)


def tone_rise() -> Signal:
    return glide(196.0, 294.0, seconds=2.6, attack=0.20, fade=1.3)


def tone_fall() -> Signal:
    return glide(294.0, 196.0, seconds=2.6, attack=0.20, fade=1.6)


def tone_tick() -> Signal:
    return glide(247.0, 247.0, seconds=0.8, attack=0.12, fade=0.6)


def release() -> Signal:
    # A bowl of 152 mm, 40 dB down after 3 s; its upper modes lie where speech is, so they are faint.
    frequencies = (314.0, 836.0, 1519.0, 2360.0, 3341.0)
    modes = body(frequencies, (1.0, 0.20, 0.08, 0.04, 0.02), (0.6, 0.9, 1.2, 1.5, 1.8), decay=4.6)
    return struck(modes, seconds=4.0, fade=1.2)


def halfway() -> Signal:
    frequencies = (528.0, 1460.0)  # a bowl of 140 mm
    return struck(body(frequencies, (1.0, 0.12), (0.8, 1.2), decay=0.9), seconds=0.6, fade=0.3)


def switch() -> Signal:
    first, second = (
        struck(body((note, note * 2.756), (1.0, 0.10), (0.8, 1.2), decay=1.8), seconds=1.4, fade=0.7)
        for note in (392.0, 523.0)  # a fourth up
    )
    return then(first, second, 0.45)


_CHIMES = (bowl, bowl_medium, bowl_small, bell, tingsha, rin, wood, gong)
_BREATHS = (rise, fall, tick, air_rise, air_fall, air_tick, tone_rise, tone_fall, tone_tick)

RECIPES: Mapping[str, Callable[[], Signal]] = MappingProxyType(
    {recipe.__name__.replace("_", "-"): recipe for recipe in (*_CHIMES, *_BREATHS, release, halfway, switch)}
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
