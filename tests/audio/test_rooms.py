"""The rooms that a voice sounds in: their decay, level and colour, and a clip with and without one."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from voiceguide.audio.rooms import ROOMS, Room, impulse, in_room, reflected_powers
from voiceguide.audio.steps import MOMENT
from voiceguide.units import SAMPLE_RATE, power

NAMES = ("small", "hall")
SMALL = ROOMS["small"]
assert SMALL is not None


def room(name: str) -> Room:
    found = ROOMS[name]  # type: ignore[index]
    assert found is not None
    return found


def level(response: NDArray[np.float64], low: float, high: float) -> float:
    """dB of the mean power gain between two frequencies."""
    gains = np.abs(np.fft.rfft(response, 2**17))
    hertz = np.fft.rfftfreq(2**17, 1 / SAMPLE_RATE)
    return float(10 * np.log10(np.mean(np.square(gains[(hertz >= low) & (hertz < high)]))))


@pytest.mark.parametrize(("name", "decay", "decibels"), [("small", 0.5, -20.0), ("hall", 1.6, -18.0)])
def test_a_room_decays_as_long_and_is_as_soft_as_it_says(name: str, decay: float, decibels: float) -> None:
    """The decay from -5 to -25 dB, three times (ISO 3382-2), of the energy that is still to come (Schroeder)."""
    for channel in impulse(room(name)).T:
        left = 10 * np.log10(np.cumsum(np.square(channel)[::-1])[::-1] / np.sum(np.square(channel)) + 1e-12)
        seconds = 3 * float(np.argmax(left < -25) - np.argmax(left < -5)) / SAMPLE_RATE
        assert seconds == pytest.approx(decay, rel=0.06)
        assert level(channel, 300, 3_000) == pytest.approx(decibels, abs=0.7)


def test_a_small_room_is_low_passed_and_different_for_each_ear() -> None:
    left, right = impulse(SMALL).T
    assert level(left, 5_700, 6_300) == pytest.approx(-23.0, abs=1.0)
    assert level(left, 11_000, 13_000) < -30.0
    assert abs(np.corrcoef(left, right)[0, 1]) < 0.3
    silent = round(0.006 * SAMPLE_RATE)  # before the first wall answers
    assert np.abs(left[:silent]).max() < 1e-4 < np.abs(left[silent:]).max()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("frames", [0, 1, 5_000, 49_000, 150_001])
def test_a_clip_in_a_room_is_the_clip_and_its_reflections(name: str, frames: int) -> None:
    clip = np.random.default_rng(frames).normal(0, 0.1, frames).astype(np.float32)
    found, response = in_room(clip, room(name)), impulse(room(name))
    assert found.shape == (frames + room(name).tail, 2)
    assert found.dtype == np.float32
    if not frames:
        assert not found.any()
        return
    size = 2**19
    for channel in (0, 1):
        spectrum = np.fft.rfft(clip.astype(np.float64), size) * np.fft.rfft(response[:, channel], size)
        expected = np.fft.irfft(spectrum, size)[: len(found)]
        expected[:frames] += clip
        assert np.abs(found[:, channel] - expected).max() < 2e-6


def test_a_clip_in_stereo_keeps_its_channels() -> None:
    clip = np.random.default_rng(2).normal(0, 0.1, (3_000, 2)).astype(np.float32)
    reflected = in_room(clip.mean(axis=1), SMALL)
    reflected[:3_000] -= clip.mean(axis=1)[:, np.newaxis]
    found = in_room(clip, SMALL)
    found[:3_000] -= clip
    assert np.abs(found - reflected).max() < 1e-6


def test_what_is_reflected_is_known_moment_by_moment() -> None:
    powers = reflected_powers(SMALL)
    assert float(powers.sum()) == pytest.approx(power(-20.0), rel=1e-6)
    assert len(powers) == -(-(SMALL.tail + 1) // MOMENT)
    assert powers[3] > 3 * powers[12] > 9 * powers[21]
