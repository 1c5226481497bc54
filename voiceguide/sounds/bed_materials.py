"""What beds are made of: loops for two ears, and banks of short sounds - bubbles, crackles, insects, birds, strings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio.reproducible import settled, white
from voiceguide.sounds.layers import Ears
from voiceguide.sounds.noise import Loop, Response, band, shaped, wide
from voiceguide.sounds.synthesis import SIXTY_DECIBELS
from voiceguide.units import SAMPLE_RATE

Mono = NDArray[np.float64]

LONG, SHORT = 2**19, 2**18
"""Frames of loops (11.9 and 5.9 s), quick to transform."""

BRIGHTEST = 3_000.0
"""Hz; the highest partial of a harmony."""

_DARK = 500.0  # Hz; partials up to here always sound


def ears(loop: Loop) -> Ears:
    """A loop ``(frames, 2)`` for :class:`~voiceguide.sounds.layers.Layer`, read-only."""
    both: Ears = np.ascontiguousarray(settled(loop)).view(np.complex64)[:, 0]
    both.setflags(write=False)
    return both


def pair(middle: Mono, side: Mono) -> Loop:
    """Two signals alike in power as the middle and the side of a stereo one; its channels are half correlated."""
    return np.stack((middle + side / 3.0**0.5, middle - side / 3.0**0.5), axis=1)


def wide_loop(seed: int, frames: int, gain: float, response: Response) -> Ears:
    """A loop of noise, half correlated between the ears."""
    return ears(gain * wide(seed, frames, response))


def bubble(hertz: float, decay: float, rise: float, frames: int) -> Mono:
    """A bubble in water: -60 dB after ``decay`` s, by when its pitch has gone up by ``rise`` of itself.

    A raised cosine of 3 ms starts it, so that a drop is soft and no click.
    """
    time = np.arange(frames) / SAMPLE_RATE
    tone = np.sin(2 * np.pi * hertz * (time + rise / 2 * time**2 / decay)) * np.exp(-SIXTY_DECIBELS / decay * time)
    return _edged(tone, 0.003, frames // 4)


def _edged(sound: Mono, attack: float, end: int) -> Mono:
    """A sound under a raised cosine of ``attack`` s at its start and one of ``end`` frames at its end."""
    rising = round(attack * SAMPLE_RATE)
    sound[:rising] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(rising) / rising)
    sound[-end:] *= 0.5 + 0.5 * np.cos(np.pi * (np.arange(end) + 1) / end)
    return sound


def bubbles(seed: int, kinds: int, hertz: tuple[float, float], decays: tuple[float, float]) -> Mono:
    """Bubbles of many sizes, ``(kinds, frames)``: the higher, the shorter, and so somewhat stronger."""
    frames = round(decays[1] * SAMPLE_RATE)
    bank = []
    for number, (size, rise) in enumerate((white(seed, 2 * kinds) + 0.5).reshape(kinds, 2)):
        way = (number + size) / kinds
        pitch, decay = hertz[0] * (hertz[1] / hertz[0]) ** way, decays[1] * (decays[0] / decays[1]) ** way
        bank.append((0.6 + 0.4 * way) * bubble(pitch, decay, 0.1 + 0.2 * rise, frames))
    return np.stack(bank)


def crackles(seed: int, kinds: int, decays: tuple[float, float]) -> Mono:
    """Splinters that burst, ``(kinds, frames)``: noise of 1 to 4 kHz, -60 dB after a few decays, begun within 1 ms."""
    frames = round(4 * decays[1] * SAMPLE_RATE)
    time = np.arange(frames) / SAMPLE_RATE
    bank = []
    for number, (size, colour) in enumerate((white(seed, 2 * kinds) + 0.5).reshape(kinds, 2)):
        centre, decay = 1_000.0 * 4.0**colour, decays[0] * (decays[1] / decays[0]) ** size
        hiss = shaped(seed + 100 + number, 4_096, partial(band, centre=centre, octaves=0.5))
        burst = np.resize(hiss, frames) / hiss.std() * np.exp(-time / decay)
        bank.append(0.12 * _edged(burst, 0.001, frames // 4))
    return np.stack(bank)


def insects(seed: int, hertz: float) -> Mono:
    """Chirps of a cricket at ``hertz``, ``(kinds, frames)``: three to five pulses, 30 ms apart, as their wings
    close (field crickets: 25 to 35 a second)."""
    frames, bank = round(0.3 * SAMPLE_RATE), []
    time = np.arange(frames) / SAMPLE_RATE
    for pulses, (pitch, strength) in zip((3, 4, 4, 5), (white(seed, 8) + 0.5).reshape(4, 2), strict=True):
        inside = (time < pulses * 0.033) * np.clip(np.sin(np.pi * (time % 0.033) / 0.022), 0.0, None) ** 2
        inside *= (time % 0.033 < 0.022) * np.minimum(1.0, 0.45 + time / 0.066)
        bank.append((0.7 + 0.3 * strength) * inside * np.sin(2 * np.pi * hertz * (1 + 0.006 * pitch) * time))
    return np.stack(bank)


def far_birds(seed: int, kinds: int) -> Mono:
    """Phrases of birds far away, ``(kinds, frames)``: whistles that glide, and the wood that answers."""
    frames = round(2.6 * SAMPLE_RATE)
    size = 1 << (frames - 1).bit_length()
    tail = white(seed, size) * np.exp(-SIXTY_DECIBELS / 0.9 * np.arange(size) / SAMPLE_RATE)
    tail *= 0.5 / np.sqrt(np.square(tail).sum())
    tail[0] = 0.6
    hertz = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)
    far = np.fft.rfft(tail) / (1.0 + (hertz / 4_500.0) ** 4)
    phrases = []
    for kind in range(kinds):
        drawn = white(seed + 1 + kind, 40) + 0.5
        phrase, at = np.zeros(size), 0.05
        base = 2_000.0 * 2.0 ** (1.1 * drawn[0])
        for note in range(2 + int(4 * drawn[1])):
            pitch, bend, length, gap = drawn[4 + 4 * note : 8 + 4 * note]
            tone, seconds = base * 2.0 ** (0.5 * pitch), 0.07 + 0.16 * length
            _whistle(phrase, at, tone, 0.5 * (bend - 0.5), seconds)
            at += seconds + 0.03 + 0.08 * gap
        sound = np.fft.irfft(np.fft.rfft(phrase) * far, size)[:frames]
        phrases.append((0.5 + 0.5 * drawn[2]) * 0.2 * _edged(sound, 0.01, SAMPLE_RATE // 2) / np.abs(sound).max())
    return np.stack(phrases)


def _whistle(phrase: Mono, at: float, hertz: float, bend: float, seconds: float) -> None:
    """Adds a note of so many ``seconds`` to a phrase ``at`` s, gliding by ``bend`` octaves."""
    count, begin = round(seconds * SAMPLE_RATE), round(at * SAMPLE_RATE)
    way = np.arange(count) / count
    turns = np.cumsum(hertz * 2.0 ** (bend * np.sin(np.pi / 2 * way) ** 2)) / SAMPLE_RATE
    phrase[begin : begin + count] += np.sin(np.pi * way) ** 1.5 * np.sin(2 * np.pi * turns)


def strings(scale: Sequence[float], seconds: float) -> Mono:
    """Notes of softly struck strings, ``(len(scale), frames)``: slightly stretched partials n f √(1 + B n²) with B =
    0.0004 (H. Fletcher, Normal vibration frequencies of a stiff piano string, JASA 36, 1964), the higher the fainter
    and the shorter, each falling fast at first and then slowly."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    bank = []
    for hertz in scale:
        note = np.zeros(len(time))
        for number in range(1, 11):
            pitch = number * hertz * np.sqrt(1 + 0.0004 * number**2)
            rate = SIXTY_DECIBELS / (5.0 * (220.0 / hertz) ** 0.4 * number**-0.7)
            ringing = 0.6 * np.exp(-rate / 0.35 * time) + 0.4 * np.exp(-rate * time)
            note += number**-1.9 * ringing * np.sin(2 * np.pi * pitch * time)
        bank.append(_edged((220.0 / hertz) ** 0.25 * note, 0.030, SAMPLE_RATE // 2))
    return np.stack(bank)


def strewn(seed: int, frames: int, each_second: int, bank: Mono) -> Mono:
    """A loop into which sounds of a ``bank`` are strewn at any place and level."""
    count, length = each_second * frames // SAMPLE_RATE, bank.shape[1]
    where, which, loud = (white(seed, 3 * count) + 0.5).reshape(3, count)
    loop = np.zeros(frames + length)
    for at, kind, level in zip((where * frames).astype(int), (which * len(bank)).astype(int), loud, strict=True):
        loop[at : at + length] += (0.1 + 0.9 * level**2) * bank[kind]
    loop[:length] += loop[frames:]
    return loop[:frames]


def harmonies(
    seed: int, frames: int, gain: float, root: float, chords: Sequence[Sequence[float]], bright: bool | None
) -> list[Ears]:
    """A loop for each chord, whose notes are ratios to ``root`` Hz: the partials up to 500 Hz, those above
    (``bright``), or only the notes themselves (None).

    Each partial is three tones so close together that they meet once in the loop; they lie up to 60 degrees apart
    between the ears, so that none is lost in mono.
    """
    loops = []
    for number, chord in enumerate(chords):
        left, right = (np.zeros(frames // 2 + 1, np.complex128) for _ in range(2))
        chance = iter(white(seed + 10 * number, 2_000))
        for ratio in chord:
            for harmonic in range(1, 2 if bright is None else int(BRIGHTEST / root / ratio) + 1):
                hertz = root * ratio * harmonic
                share = harmonic**-1.25 * ratio**-0.35
                for voice, part in ((-1, 0.3), (0, 1.0), (1, 0.3)):
                    turn, apart = 2 * np.pi * next(chance), np.pi / 3 * next(chance)
                    if bright is not None and bright != (hertz > _DARK):
                        continue
                    level, place = gain * share * part * frames / 2, round(hertz * frames / SAMPLE_RATE) + voice
                    left[place] += level * np.exp(1j * (turn + apart))
                    right[place] += level * np.exp(1j * (turn - apart))
        loops.append(ears(np.stack((np.fft.irfft(left, frames), np.fft.irfft(right, frames)), axis=1)))
    return loops
