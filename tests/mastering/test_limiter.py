"""The limiter holds its ceiling, changes nothing else, moves smoothly, and keeps every frame in its place."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import signal

from tests.support.signals import Samples, clicks, ebur128, low_passed, noise, speech_like, tone
from voiceguide.audio.true_peak import CONTEXT, TruePeakMeter
from voiceguide.mastering.limiter import LOOK_AHEAD, Limiter
from voiceguide.units import SAMPLE_RATE, decibels, gain


def limited(samples: Samples, ceiling: float, blocks: Iterable[int] = (44_100,), gain_db: float = 0.0) -> Samples:
    """``samples`` fed in blocks of the given lengths, over and over."""
    limiter, parts, start = Limiter(ceiling, gain_db), [], 0
    lengths = list(blocks)
    while start < len(samples):
        length = lengths[0]
        lengths = lengths[1:] + lengths[:1]
        parts.append(limiter.process(samples[start : start + length]))
        start += length
    return np.concatenate((*parts, limiter.flush()))


def true_peak(samples: Samples) -> float:
    meter = TruePeakMeter()
    meter.feed(samples)
    return meter.dbtp


def ideal_true_peak(samples: Samples) -> float:
    """By a Fourier transform at 32 points a frame, in pieces; their edges are faded, as cut ones would ring."""
    highest, size = 0.0, 2**15
    window = signal.windows.tukey(size, 0.1)[:, np.newaxis]
    for start in range(0, len(samples) - size, size // 2):
        piece = samples[start : start + size] * window
        if np.abs(piece).max() > 0.5 * highest:
            highest = max(highest, float(np.abs(signal.resample(piece, 32 * size)).max()))
    return decibels(highest)


MATERIAL = {
    "speech": speech_like(12) * np.float32(gain(14)),
    "clicks": clicks(4, 1.0) * np.float32(3),
    "tone at a quarter of the rate": tone(2, 6.0, SAMPLE_RATE / 4, 45.0, fade=0.1),
    "tone out of step": tone(2, 6.0, SAMPLE_RATE / 4 + 3, 20.0, fade=0.1),
    "low tone": tone(2, 9.0, 60, fade=0.1),
    "noise": low_passed(noise(3, 0.5)),
    "speech with clicks": speech_like(8) * np.float32(gain(10)) + clicks(8, 1.5),
}


@pytest.mark.parametrize("name", MATERIAL)
@pytest.mark.parametrize("ceiling", [-1.0, -4.0])
def test_holds_the_ceiling(name: str, ceiling: float) -> None:
    before, after = MATERIAL[name], limited(MATERIAL[name], ceiling)
    assert true_peak(before) > ceiling + 1
    assert ceiling - 0.2 < true_peak(after) <= ceiling + 0.05


@pytest.mark.parametrize("name", MATERIAL)
def test_other_meters_agree(name: str) -> None:
    """Within what filters differ by on clicks, which reach up to half the rate; exactly on the rest."""
    after = limited(MATERIAL[name], -2.0)
    full_band = "clicks" in name
    assert ebur128(after).true_peak_db <= -2.0 + (0.1 if full_band else 0.05)
    assert ideal_true_peak(after) <= -2.0 + (0.25 if full_band else 0.1)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000), st.floats(0.05, 4.0), st.sampled_from(["signs", "sparse", "steps"]))
def test_holds_the_ceiling_on_anything(seed: int, level: float, shape: str) -> None:
    rng = np.random.default_rng(seed)
    samples = rng.choice((-level, level), (12_000, 2))
    if shape == "sparse":
        samples[rng.random(12_000) < 0.99] = 0
    if shape == "steps":
        samples *= np.repeat(rng.random(12), 1000)[:, np.newaxis]
    assert true_peak(limited(samples.astype(np.float32), -1.0)) <= -1.0 + 0.05


def test_what_needs_nothing_is_not_touched() -> None:
    samples = speech_like(6)
    assert true_peak(samples) < -2.0
    assert np.array_equal(limited(samples, -2.0), samples)


def test_every_frame_stays_in_its_place() -> None:
    """Far from a peak the output is the input, bit for bit; where it is limited, only smaller."""
    samples = noise(2, 0.05)
    samples[30_000] += 2.0
    after = limited(samples, -1.0)
    reach = SAMPLE_RATE // 2
    assert np.array_equal(after[: 30_000 - LOOK_AHEAD - CONTEXT], samples[: 30_000 - LOOK_AHEAD - CONTEXT])
    assert np.array_equal(after[30_000 + reach :], samples[30_000 + reach :])
    assert (np.abs(after) <= np.abs(samples)).all()
    assert int(np.abs(after).max(axis=1).argmax()) == 30_000


@pytest.mark.parametrize("blocks", [(1000,), (44_100,), (65_536,), (1, 4095, 4097, 12_345), (200_000,)])
def test_blocks_do_not_matter(blocks: tuple[int, ...]) -> None:
    samples = (speech_like(7) * np.float32(5))[:250_001]
    assert np.array_equal(limited(samples, -3.0, blocks), limited(samples, -3.0, (len(samples),)))


@pytest.mark.parametrize("frames", [0, 1, 17, 237, 238, 239, 4095, 4096, 4097, 8192 - 256])
def test_any_length_comes_out_whole(frames: int) -> None:
    samples = np.full((frames, 2), 0.01, np.float32)
    assert np.array_equal(limited(samples, -1.0), samples)


def test_gain_comes_before_the_ceiling() -> None:
    samples = speech_like(6)
    amplified = samples * np.float32(gain(16.0))
    assert np.array_equal(limited(samples, -2.0, gain_db=16.0), limited(amplified, -2.0))


def gains_around_a_peak(needed_db: float) -> tuple[np.ndarray, int]:
    """The limiter's gain on a steady wave too slow to matter, with one peak of ``needed_db`` over the ceiling."""
    samples = np.full((40_000, 2), 0.1, np.float32)
    at = 20_000
    samples[at] = gain(-1.0 + needed_db)
    return limited(samples, -1.0)[:, 0] / samples[:, 0], at


def test_gain_falls_just_before_a_peak() -> None:
    gains, at = gains_around_a_peak(6.0)
    moved = np.flatnonzero(gains < 1)
    assert at - LOOK_AHEAD - 2 <= moved[0] < at - LOOK_AHEAD // 2
    assert (np.diff(gains[at - LOOK_AHEAD - 2 : at - 2]) <= 0).all()
    assert decibels(float(gains[at])) == pytest.approx(-6.0, abs=0.2)


def test_gain_has_no_corners() -> None:
    gains, _ = gains_around_a_peak(6.0)
    slope = np.diff(gains.astype(np.float64))
    assert np.abs(slope).max() < 0.5 / LOOK_AHEAD * 2.5
    assert np.abs(np.diff(slope)).max() < 0.5 / LOOK_AHEAD / 10


@pytest.mark.parametrize(("needed_db", "seconds"), [(6.0, 0.08), (3.0, 0.047)])
def test_release_takes_its_time(needed_db: float, seconds: float) -> None:
    gains, at = gains_around_a_peak(needed_db)
    back = int(np.flatnonzero(gains < 1)[-1]) - at
    assert back == pytest.approx(seconds * SAMPLE_RATE, abs=1.5 * LOOK_AHEAD)
    climb = gains[at + LOOK_AHEAD : at + back - LOOK_AHEAD]
    assert (np.diff(climb) >= 0).all()


def test_channels_move_together() -> None:
    samples = np.full((20_000, 2), (0.4, 0.2), np.float32)
    samples[10_000, 1] = 1.5
    after = limited(samples, -1.0)
    around = np.r_[9_000:10_000, 10_001:14_000]
    assert after[around, 0].min() < 0.3
    assert np.allclose(after[around, 0], 2 * after[around, 1], rtol=1e-6)
