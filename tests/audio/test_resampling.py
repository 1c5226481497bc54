"""Streams keep their length and their sound at another rate, however they are divided into blocks."""

from __future__ import annotations

import numpy as np
import pytest

from voiceguide.audio.resampling import resampled, resampled_length

RATE, NEW_RATE = 44_100, 48_000


def tone(samples: int, rate: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    wave = np.sin(2 * np.pi * 440 * np.arange(samples) / rate)
    return np.stack((wave, -wave), axis=1).astype(np.float32)


@pytest.mark.parametrize("samples", [0, 1, 146, 147, 44_100, 100_001])
def test_the_length_is_the_nearest_and_returns_exactly(samples: int) -> None:
    blocks = [tone(samples, RATE)]
    there = np.concatenate(list(resampled(blocks, RATE, NEW_RATE)))
    assert len(there) == resampled_length(samples, RATE, NEW_RATE) == round(samples * NEW_RATE / RATE)
    assert len(np.concatenate(list(resampled([there], NEW_RATE, RATE)))) == samples


def test_a_tone_stays_a_tone_whatever_the_blocks() -> None:
    whole = tone(44_100, RATE)
    one = np.concatenate(list(resampled([whole], RATE, NEW_RATE)))
    many = np.concatenate(list(resampled(np.array_split(whole, 37), RATE, NEW_RATE)))
    inner = slice(1_000, -1_000)
    assert np.array_equal(one, many)
    assert np.abs(one - tone(48_000, NEW_RATE))[inner].max() < 1e-4
