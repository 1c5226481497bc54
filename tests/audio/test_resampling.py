"""Streams keep their length and their sound at another rate, however they are divided into blocks."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.streams import InBlocks
from voiceguide.audio.resampling import Resampled, resampled, resampled_length

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


@pytest.mark.parametrize("frames", [1, 147, 44_099, 44_100, 150_001])
def test_a_stream_is_the_same_from_any_sample_on(frames: int) -> None:
    stream = Resampled(InBlocks(np.random.default_rng(4).standard_normal((frames, 2)).astype(np.float32)), NEW_RATE)
    whole = np.concatenate(list(stream.blocks()))
    assert len(whole) == stream.frames == resampled_length(frames, RATE, NEW_RATE)
    for start, stop in ((0, 1), (1, 700), (47_999, 48_001), (48_000, None), (100_000, 150_000)):
        pieces = list(stream.blocks(start, stop))
        found = np.concatenate(pieces) if pieces else np.zeros((0, 2))
        assert np.array_equal(found, whole[start:stop])


def test_the_cells_of_a_stream_leave_no_seam() -> None:
    """The same as resampled in one run, within what 24 bits can hold."""
    samples = np.random.default_rng(5).uniform(-0.5, 0.5, (200_000, 2)).astype(np.float32)
    found = np.concatenate(list(Resampled(InBlocks(samples), NEW_RATE).blocks()))
    expected = np.concatenate(list(resampled([samples], RATE, NEW_RATE)))
    assert np.abs(found - expected)[10:].max() < 2e-6  # libsoxr takes what is before its first block for no silence
