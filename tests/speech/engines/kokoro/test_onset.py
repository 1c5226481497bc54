"""A sound before the first word is found and cut away; the beginning of a word never is."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from voiceguide.speech.engines.kokoro.model import SAMPLE_RATE
from voiceguide.speech.engines.kokoro.onset import begun, without_phantom

SILENCE = 22 * 600  # samples before the first word's place


def vowel(seconds: float, level: float = 0.3) -> NDArray[np.float32]:
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return (level * np.sin(2 * np.pi * 140 * time)).astype(np.float32)


def line(*, phantom: float = 0.0, gap: float = 0.0, early: float = 0.0) -> tuple[NDArray[np.float32], int]:
    """A word of a second that sets in ``early`` seconds before its place, and before it a vowel and a gap; the sample at
    which the word begins."""
    word = vowel(1.0)
    before = SILENCE - round(early * SAMPLE_RATE)
    samples = np.concatenate((np.zeros(before, np.float32), word))
    sound = vowel(phantom, 0.2)
    end = before - round(gap * SAMPLE_RATE)
    samples[end - len(sound) : end] = sound
    return samples, before


@pytest.mark.parametrize("early", [0.0, 0.05, 0.1, 0.15])
def test_a_word_is_left_whole(early: float) -> None:
    samples, _ = line(early=early)
    assert without_phantom(samples, SILENCE) is samples


@pytest.mark.parametrize("phantom", [0.06, 0.12, 0.2])
@pytest.mark.parametrize("gap", [0.03, 0.06, 0.15])
def test_a_vowel_before_the_word_is_cut_away(phantom: float, gap: float) -> None:
    samples, word = line(phantom=phantom, gap=gap, early=0.08)
    start = begun(samples, SILENCE)
    if phantom + gap + 0.08 <= 0.2:
        assert start == 0
        return
    assert word - round(gap * SAMPLE_RATE) <= start <= word
    kept = without_phantom(samples, SILENCE)
    assert len(kept) == len(samples) - start
    assert np.array_equal(kept[-len(vowel(1.0)) + 240 :], samples[word + 240 :])


def test_a_vowel_that_runs_into_the_word_is_cut_at_the_quietest_place() -> None:
    samples, word = line(phantom=0.2, early=0.08)
    dip = slice(word - 240, word)
    samples[dip] *= 0.1
    assert begun(samples, SILENCE) == word - 240


def test_noise_in_the_silence_is_no_sound() -> None:
    samples, _ = line()
    samples += np.random.default_rng(1).normal(0, 1e-3, len(samples)).astype(np.float32)
    assert begun(samples, SILENCE) == 0
