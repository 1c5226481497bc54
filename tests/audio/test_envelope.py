"""Envelopes: the power of a clip from moment to moment, and its peak."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.signals import noise, speech_like, tone
from voiceguide.audio.envelope import envelope
from voiceguide.audio.loudness import Meter, clip_loudness, integrated
from voiceguide.audio.steps import MOMENT, STEP, moments
from voiceguide.audio.true_peak import TruePeakMeter
from voiceguide.units import SAMPLE_RATE, gain


def test_moments_sum_to_the_steps_of_a_meter() -> None:
    samples = speech_like(9, seed=8)
    powers = envelope(samples).powers
    assert powers.dtype == np.float32
    meter = Meter()
    meter.feed(samples)
    steps = powers.reshape(-1, STEP // MOMENT).mean(axis=1)
    assert steps == pytest.approx(np.array(meter.steps()), rel=0.02, abs=1e-7)
    assert integrated(steps.tolist()) == pytest.approx(meter.integrated(), abs=0.01)


def test_a_mono_clip_sounds_in_both_channels() -> None:
    samples = noise(1, 0.1)[:, 0]
    alone, both = envelope(samples), envelope(np.stack((samples, samples), axis=1))
    assert np.array_equal(alone.powers, both.powers)
    assert alone.peak == both.peak


@pytest.mark.parametrize("frames", [0, 1, MOMENT - 1, MOMENT, MOMENT + 1, 5 * SAMPLE_RATE + 7])
def test_every_frame_lies_in_a_moment(frames: int) -> None:
    samples = tone(6, -20)[:frames]
    shape = envelope(samples)
    assert len(shape.powers) == moments(frames) == -(-frames // MOMENT)
    meter = TruePeakMeter()
    meter.feed(samples)
    assert shape.peak == pytest.approx(meter.peak, rel=1e-6)


def test_the_last_moment_is_filled_up_with_silence() -> None:
    """A tone that ends half way through a moment."""
    half = envelope(tone(2, -20)[: 20 * MOMENT + MOMENT // 2]).powers
    assert half[20] == pytest.approx(half[10] / 2, rel=0.05)


def test_level_goes_with_the_square_of_a_gain() -> None:
    samples = speech_like(4, seed=2)
    plain, half = envelope(samples), envelope(samples * np.float32(gain(-6)))
    assert half.powers == pytest.approx(plain.powers * gain(-12), rel=1e-3)
    assert half.peak == pytest.approx(plain.peak * gain(-6), rel=1e-5)
    assert integrated(_steps(half.powers)) == pytest.approx(clip_loudness(samples) - 6, abs=0.1)


def _steps(powers: np.ndarray) -> list[float]:  # type: ignore[type-arg]
    whole = len(powers) * MOMENT // STEP
    return powers[: whole * STEP // MOMENT].reshape(whole, -1).mean(axis=1).tolist()
