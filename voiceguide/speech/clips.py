"""Turns an engine's utterance into a clip for the mix: mono, 44.1 kHz, trimmed, levelled, and plausible for its
text."""

from __future__ import annotations

import math
import re
import unicodedata

import numpy as np
import soxr
from numpy.typing import NDArray

from voiceguide.audio.filtering import RUMBLE, filtered, high_pass
from voiceguide.audio.loudness import clip_loudness
from voiceguide.mix_levels import VOICE_LOUDNESS
from voiceguide.speech.engines.engine import Utterance
from voiceguide.units import SAMPLE_RATE, format_duration, gain, power

_RATES = range(4_000, 384_001)  # Hz; rates that soxr can resample to 44.1 kHz
_CHANNELS = 8
_THRESHOLD = -48.0  # dB to the loudest window; soft consonants at a line's start lie 20 to 40 dB below it
_END_THRESHOLD = -40.0  # dB likewise; eSpeak's noise after a German word lies at -45 dB for over half a second
_WINDOW = SAMPLE_RATE // 500  # 2 ms
_LEAD = SAMPLE_RATE // 500  # kept before the first sound, and faded in over
_TAIL = SAMPLE_RATE // 50  # kept after the last one, and faded out over
_FAINTEST = 1e-4  # peak (-80 dBFS) under which an utterance counts as silent
_PEAK = 0.98  # limit of a clip's samples, even if the clip is then quieter than others
_EXTRA_SILENCE = 30.0  # seconds of silence that an engine may add around the words

# Seconds at pace 1. The shortest is 33 letters a second, twice as fast as a brisk narrator; the longest leaves room for
# letters read one by one, for numbers in words and for signs read by name.
_SHORTEST, _SHORTEST_PER_LETTER = 0.05, 0.03
_LONGEST, _LONGEST_PER_LETTER, _LONGEST_PER_DIGIT, _LONGEST_PER_SIGN = 3.0, 0.4, 1.2, 1.0


class Unusable(Exception):
    """An utterance cannot be a clip; the text says why, in words that follow "the voice". ``final``: to speak the line
    again is pointless."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


def plausible_seconds(text: str, pace: float) -> tuple[float, float]:
    """The shortest and longest that a text's clip may be, in seconds, in any language.

    Letters count, a letter repeated more than twice (``mmmm``) as two; digits and signs count for the longest only,
    since "%" may be left out, and "1,000,000" is two words.
    """
    kinds = [unicodedata.category(char)[0] for char in re.sub(r"(.)\1{2,}", r"\1\1", text)]
    letters, digits = kinds.count("L"), kinds.count("N")
    signs = kinds.count("S") + kinds.count("P")
    longest = _LONGEST + letters * _LONGEST_PER_LETTER + digits * _LONGEST_PER_DIGIT + signs * _LONGEST_PER_SIGN
    return (_SHORTEST + letters * _SHORTEST_PER_LETTER) / pace, longest / pace


def make_clip(utterance: Utterance, text: str, pace: float) -> NDArray[np.float32]:
    """The clip of a line: ``(frames,)`` float32 at 44.1 kHz and :data:`~voiceguide.mix_levels.VOICE_LOUDNESS`.

    Frequencies below 70 Hz are filtered out. The clip begins with 2 ms of fade before the first sound and ends with 20
    ms of fade after the last. Raises :class:`Unusable` for damaged or silent samples, and for a length that the text
    cannot have.
    """
    shortest, longest = plausible_seconds(text, pace)
    samples = _mono(utterance)
    seconds = len(samples) / utterance.sample_rate
    if seconds > longest + _EXTRA_SILENCE:
        raise Unusable(f"made {format_duration(seconds)} of sound, too long for these words")
    if utterance.sample_rate != SAMPLE_RATE:
        samples = soxr.resample(samples, utterance.sample_rate, SAMPLE_RATE, quality="VHQ")
    clip = _trimmed(samples)
    seconds = len(clip) / SAMPLE_RATE
    if seconds < shortest:
        raise Unusable(f"made only {format_duration(seconds)} of sound, too short for these words")
    if seconds > longest:
        raise Unusable(f"made {format_duration(seconds)} of sound, too long for these words")
    return levelled(_faded(clip))


def _mono(utterance: Utterance) -> NDArray[np.float64]:
    """The channels' mean without its DC offset, float64."""
    samples, rate = np.asarray(utterance.samples), utterance.sample_rate
    if rate not in _RATES:
        raise Unusable(f"used a sample rate of {rate} Hz, which cannot be right")
    if samples.ndim not in (1, 2) or (samples.ndim == 2 and not 1 <= samples.shape[1] <= _CHANNELS):
        raise Unusable(f"made samples of the shape {samples.shape}, which are no sound")
    if not len(samples):
        raise Unusable("made no sound at all")
    if not np.isfinite(samples).all():
        raise Unusable("made samples that are no numbers")
    mono: NDArray[np.float64] = samples.astype(np.float64)
    if mono.ndim == 2:
        mono = mono.mean(axis=1)
    mono -= mono.mean()
    if np.abs(mono).max() < _FAINTEST:
        raise Unusable("made nothing but silence")
    return mono


def _trimmed(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """From just before the first window within :data:`_THRESHOLD` of the loudest to just after the last; no rumble.

    The windows are those of the samples as they came: a high-pass rings on after a hard end.
    """
    padded = np.concatenate((np.zeros(_LEAD), samples, np.zeros(_TAIL + _WINDOW)))
    whole = len(padded) // _WINDOW
    energy = np.square(padded[: whole * _WINDOW]).reshape(whole, _WINDOW).sum(axis=1)
    first = np.flatnonzero(energy > energy.max() * power(_THRESHOLD))[0]
    last = np.flatnonzero(energy > energy.max() * power(_END_THRESHOLD))[-1]
    start, end = int(first) * _WINDOW, (int(last) + 1) * _WINDOW
    return filtered(padded, (high_pass(RUMBLE),))[start - _LEAD : end + _TAIL]


def _faded(clip: NDArray[np.float64]) -> NDArray[np.float64]:
    """Raised-cosine fades at both edges, so that no edge clicks."""
    faded = clip.copy()
    for length, edge in ((_LEAD, slice(None, _LEAD)), (_TAIL, slice(None, -_TAIL - 1, -1))):
        ramp = 0.5 - 0.5 * np.cos(np.pi * np.arange(length) / length)
        part = faded[edge]
        part *= ramp[: len(part)]
    return faded


def levelled(clip: NDArray[np.float64]) -> NDArray[np.float32]:
    """A clip ``(frames,)`` at :data:`VOICE_LOUDNESS`, or as near to it as possible without clipping; raises Unusable.

    Measured with the peak at full scale, since a very faint line would fall under the meter's absolute gate.
    The gain is rounded to 0.01 dB, so that the last bits of the measurement, which may differ between computers,
    do not reach the samples.
    """
    peak = float(np.abs(clip).max())
    loud = (clip / peak).astype(np.float32)
    loudness = clip_loudness(loud)
    if not math.isfinite(loudness):
        raise Unusable("made nothing but silence")
    factor = min(gain(round(VOICE_LOUDNESS - loudness, 2)), _PEAK)
    return (loud * np.float32(factor)).astype(np.float32)
