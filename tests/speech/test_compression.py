"""The compression of spoken lines: gentle, slow, and the same for every line."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.signals import speech_like
from voiceguide.audio.loudness import clip_loudness
from voiceguide.mix_levels import VOICE_LOUDNESS
from voiceguide.speech.clips import levelled
from voiceguide.speech.compression import RATIO, THRESHOLD, compressed
from voiceguide.units import SAMPLE_RATE, decibels, gain

LINE = levelled(speech_like(9, seed=3, talking=0.9)[SAMPLE_RATE // 2 :][: 4 * SAMPLE_RATE, 0].astype(np.float64))


def burst(level: float) -> np.ndarray:
    """A line with one loud syllable of 150 ms, whose peak has ``level`` dBFS."""
    line = LINE.astype(np.float64) * gain(-3.0 - max(0.0, decibels(float(np.abs(LINE).max())) - THRESHOLD))
    time = np.arange(SAMPLE_RATE * 3 // 20)
    line[SAMPLE_RATE : SAMPLE_RATE + len(time)] = gain(level) * np.sin(2 * np.pi * 300 * time / SAMPLE_RATE)
    return line.astype(np.float32)


def test_a_line_keeps_its_loudness_and_length() -> None:
    result = compressed(LINE)
    assert result.shape == LINE.shape
    assert clip_loudness(result) == pytest.approx(VOICE_LOUDNESS, abs=0.1)


def test_of_two_decibels_over_the_threshold_one_is_left() -> None:
    """Both lines are brought to one loudness afterwards, so what counts is the syllable against the rest of its line."""

    def standing_out(level: float) -> float:
        result = compressed(burst(level))
        syllable = np.abs(result[SAMPLE_RATE : SAMPLE_RATE + SAMPLE_RATE // 10]).max()
        rest = np.sqrt(np.square(result[2 * SAMPLE_RATE : 3 * SAMPLE_RATE]).mean())
        return decibels(float(syllable / rest))

    assert standing_out(-3.0) - standing_out(-9.0) == pytest.approx(6.0 / RATIO, abs=0.2)


def test_the_gain_moves_slowly() -> None:
    """Where the line is not silent, the gain changes by less than a decibel in two milliseconds."""
    line = burst(-3.0)
    loud = np.abs(line) > 1e-3
    gains = 20 * np.log10(np.abs(compressed(line)[loud] / line[loud]))
    places = np.flatnonzero(loud)
    near = np.diff(places) < SAMPLE_RATE // 500
    assert np.abs(np.diff(gains))[near].max() < 1.0
    assert np.ptp(gains) > 4.0


def test_the_same_line_gives_the_same_samples() -> None:
    assert np.array_equal(compressed(LINE), compressed(LINE.copy()))
