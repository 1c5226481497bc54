"""The sounds that lead a breath, as long as its phases."""

from __future__ import annotations

import numpy as np
import pytest

from voiceguide.audio.loudness import loudest_moment
from voiceguide.mix_levels import BREATH_LEVEL, HELD_LEVEL, VOICE_LOUDNESS
from voiceguide.sounds.breath_cues import breath_cue
from voiceguide.timeline import BreathCue
from voiceguide.units import SAMPLE_RATE
from voiceguide.vocabulary import BREATH_SETS

every_set = pytest.mark.parametrize("name", BREATH_SETS)


def cue(name: str, phase: str, seconds: float) -> np.ndarray:
    return breath_cue(BreathCue(name, phase, round(seconds * SAMPLE_RATE)))  # type: ignore[arg-type]


def course(samples: np.ndarray, pieces: int = 50) -> np.ndarray:
    """The level of each fiftieth, in dB."""
    return np.array([10 * np.log10(np.square(piece).mean() + 1e-12) for piece in np.array_split(samples, pieces)])


@every_set
@pytest.mark.parametrize("seconds", [0.9, 3.6, 7.2, 13.5])
@pytest.mark.parametrize("phase", ["in", "out"])
def test_it_is_heard_for_most_of_its_phase_whatever_that_lasts(name: str, seconds: float, phase: str) -> None:
    """It is 90 % of the phase long; within 20 dB of its loudest it is for at least 80 %."""
    level = course(cue(name, phase, seconds))
    assert 0.80 <= 0.9 * float((level > level.max() - 20).mean()) <= 0.90
    assert loudest_moment(cue(name, phase, seconds)) == pytest.approx(VOICE_LOUDNESS + BREATH_LEVEL, abs=2)


@every_set
def test_an_inhale_rises_and_an_exhale_falls(name: str) -> None:
    """In level as in pitch, or colour."""

    def middle(piece: np.ndarray) -> float:
        power = np.abs(np.fft.rfft(piece.sum(axis=1) * np.hanning(len(piece)))) ** 2
        return float((power * np.arange(len(power))).sum() / power.sum())

    for phase, sign in (("in", 1), ("out", -1)):
        samples = cue(name, phase, 4.0)
        first, last = samples[:SAMPLE_RATE], samples[-SAMPLE_RATE:]
        assert sign * (middle(last) / middle(first) - 1) > 0.2 * sign * sign - 0.05 * (sign < 0)
        quarters = course(samples, 8)
        assert sign * (quarters[5] - quarters[2]) > 0.5


@every_set
@pytest.mark.parametrize("phase", ["hold", "rest"])
def test_a_held_tone_is_faint(name: str, phase: str) -> None:
    assert loudest_moment(cue(name, phase, 4.0)) == pytest.approx(VOICE_LOUDNESS + HELD_LEVEL, abs=3)


@every_set
@pytest.mark.parametrize("phase", ["in", "out", "hold", "rest"])
def test_it_begins_and_ends_in_silence_and_is_always_the_same(name: str, phase: str) -> None:
    samples = cue(name, phase, 2.0)
    assert np.abs(samples[[0, -1]]).max() < 1e-5
    assert not samples.flags.writeable
    again = breath_cue.__wrapped__(BreathCue(name, phase, len(samples)))  # type: ignore[arg-type]
    assert np.array_equal(again, samples)
    assert cue(name, phase, 0).shape == (0, 2)
