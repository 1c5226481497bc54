"""True peak against what tones must have (EBU Tech 3341), plain oversampling of everything, and ffmpeg."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import signal

from tests.support.signals import Samples, clicks, ebur128, low_passed, noise, speech_like, tone
from voiceguide.audio import true_peak
from voiceguide.audio.true_peak import BEND, CONTEXT, OVERSAMPLING, TruePeakMeter, true_peaks
from voiceguide.units import SAMPLE_RATE, decibels


def metered(samples: Samples, block: int = 65536) -> float:
    meter = TruePeakMeter()
    for start in range(0, len(samples), block):
        meter.feed(samples[start : start + block])
    return meter.dbtp


def framed(samples: Samples) -> Samples:
    """As :func:`true_peaks` takes it: with silence around."""
    return np.pad(samples, ((CONTEXT, CONTEXT), (0, 0)))


@pytest.mark.parametrize(
    ("divisor", "degrees", "dbfs", "expected"),
    [
        # EBU Tech 3341, table 1, cases 15 to 19, with the tones at shares of our own rate.
        (4, 0.0, -6.0, -6.0),
        (4, 45.0, -6.0, -6.0),
        (6, 60.0, -6.0, -6.0),
        (8, 67.5, -6.0, -6.0),
        (4, 45.0, 3.0, 3.0),
    ],
)
def test_tones_between_samples(divisor: int, degrees: float, dbfs: float, expected: float) -> None:
    wave = tone(1, dbfs, SAMPLE_RATE / divisor, degrees, fade=0.1)
    assert metered(wave) == pytest.approx(expected, abs=0.03)


def test_a_tone_whose_samples_hide_3_db() -> None:
    wave = tone(1, 0.0, SAMPLE_RATE / 4, 45.0, fade=0.1)
    assert decibels(float(np.abs(wave).max())) == pytest.approx(-3.01, abs=0.01)
    assert metered(wave) == pytest.approx(0.0, abs=0.03)


@pytest.mark.parametrize("hertz", [30, 997, 5001, 9007, 13003, 16001, 18013])
@pytest.mark.parametrize("degrees", [0.0, 22.5, 77.0])
def test_tones_of_any_pitch(hertz: float, degrees: float) -> None:
    assert metered(tone(0.5, -1.0, hertz, degrees, fade=0.1)) == pytest.approx(-1.0, abs=0.1)


@pytest.mark.parametrize(
    "samples",
    [noise(8, 0.2), noise(4, 0.05, seed=9), speech_like(20), clicks(6, 0.8), tone(3, -2, 7350, 33, fade=0.2)],
    ids=["noise", "soft noise", "speech", "clicks", "tone"],
)
def test_never_below_ffmpeg(samples: Samples) -> None:
    theirs = ebur128(samples).true_peak_db
    assert theirs - 0.1 <= metered(samples) <= theirs + 0.5


@pytest.mark.parametrize(
    "samples", [low_passed(noise(2, 0.2)), speech_like(8), clicks(2, 0.8)], ids=["noise", "speech", "clicks"]
)
def test_agrees_with_the_ideal_wave(samples: Samples) -> None:
    """A Fourier transform draws the band-limited wave exactly; 64 points a frame are as good as all of it."""
    fine = max(float(np.abs(signal.resample(channel, 64 * len(channel))).max()) for channel in samples.T)
    assert metered(samples) == pytest.approx(decibels(fine), abs=0.15)


def test_the_result_does_not_depend_on_blocks() -> None:
    samples = speech_like(6)[:200_001] + clicks(6, 0.4)[:200_001]
    whole = metered(samples, len(samples))
    assert [metered(samples, block) for block in (1000, 4096, 44_100, 65_537)] == [whole] * 4
    assert metered(samples[:3000], 7) == metered(samples[:3000], 3000)


def test_a_peak_after_the_last_sample_counts() -> None:
    """Two equal samples and then nothing: the wave between them is higher than both."""
    ending = np.zeros((100, 2), np.float32)
    ending[-2:, 1] = 0.5
    assert metered(ending) > decibels(0.55)


def test_silence_and_nothing() -> None:
    meter = TruePeakMeter()
    assert (meter.peak, meter.dbtp) == (0.0, -math.inf)
    meter.feed(np.zeros((0, 2), np.float32))
    meter.feed(np.zeros((5000, 2), np.float32))
    assert (meter.peak, meter.dbtp) == (0.0, -math.inf)


def test_reading_does_not_disturb_the_meter() -> None:
    samples = noise(1, 0.3)
    meter = TruePeakMeter()
    for start in range(0, len(samples), 500):
        meter.feed(samples[start : start + 500])
        assert meter.peak >= float(np.abs(samples[: start + 500]).max())
    assert meter.dbtp == metered(samples)


def impulse_answers() -> np.ndarray:
    """The weights of the samples in each interpolated point of one patch: ``(points, samples)``."""
    points = np.eye(true_peak._PATCH + 2 * CONTEXT, dtype=np.float32)
    for taps in true_peak._STAGES:
        points = true_peak._doubled(points, taps)
    first = true_peak._FIRST_POINT
    return points[first : first + OVERSAMPLING * true_peak._PATCH].astype(np.float64)


def test_the_bound_that_lets_most_frames_be_skipped() -> None:
    """Less a straight line, each point is a sum of second differences; the weights' magnitudes bound it."""
    answers = impulse_answers()
    bounds = []
    for point, weights in enumerate(answers):
        frame, part = divmod(point, OVERSAMPLING)
        weights[CONTEXT + frame] -= 1 - part / OVERSAMPLING
        weights[CONTEXT + frame + 1] -= part / OVERSAMPLING
        assert weights.sum() == pytest.approx(0, abs=1e-5)
        assert weights @ np.arange(len(weights)) == pytest.approx(0, abs=1e-4)
        bounds.append(np.abs(np.cumsum(np.cumsum(weights))).sum())
    assert 0.95 * BEND < max(bounds) < BEND


def test_no_point_reaches_beyond_its_context() -> None:
    for point, weights in enumerate(impulse_answers()):
        used = np.flatnonzero(np.abs(weights) > 1e-7) - CONTEXT - point // OVERSAMPLING
        assert used.min() > -CONTEXT
        assert used.max() <= CONTEXT


waves = st.one_of(
    arrays.arrays(np.float32, st.tuples(st.integers(1, 300), st.just(2)), elements=st.floats(-1, 1, width=32)),
    # Random signs at full scale: the wave goes far above its samples.
    arrays.arrays(np.float32, st.tuples(st.integers(1, 300), st.just(2)), elements=st.sampled_from([-1.0, 1.0])),
    st.builds(
        lambda seed, size: np.cumsum(np.random.default_rng(seed).normal(0, 0.05, (size, 2)), axis=0).astype(np.float32),
        st.integers(0, 99),
        st.integers(1, 5000),
    ),
)


@settings(max_examples=150, deadline=None)
@given(waves, st.floats(0.0, 2.0))
def test_skipping_misses_nothing(samples: Samples, floor: float) -> None:
    everywhere = true_peaks(framed(samples), -1.0)
    assert everywhere.shape == (len(samples),)
    assert (everywhere >= np.abs(samples).max(axis=1)).all()
    quick = true_peaks(framed(samples), floor)
    above = everywhere > floor
    assert (quick[above] == everywhere[above]).all()
    assert (quick[~above] <= floor).all()


def test_a_slow_wave_is_seen_as_soon_as_it_passes_the_floor() -> None:
    """Also where only the frame after the passing is above, and lies in the next stretch looked at."""
    samples = framed(tone(1, -1.0, 50))
    everywhere = true_peaks(samples, -1.0)
    for floor in np.linspace(0.05, 0.85, 17):
        quick = true_peaks(samples, floor)
        above = everywhere > floor
        assert (quick[above] == everywhere[above]).all()


def test_a_smooth_crest_is_seen_that_the_bends_beside_it_raise() -> None:
    """Within half a patch the samples hardly bend; those around it, of a third of the height, bend so as to raise it."""
    middle = CONTEXT + CONTEXT // 2 - 1  # the crest lies half a frame behind it
    weights = impulse_answers()[OVERSAMPLING * (middle - CONTEXT) + OVERSAMPLING // 2]
    frames = np.arange(len(weights))
    crest = np.maximum(1 - (frames - middle - 0.5) ** 2 / (CONTEXT / 2 + 0.5) ** 2, 0)
    around = (frames < CONTEXT - 1) | (frames > 2 * CONTEXT)
    samples = np.where(around, 0.32 * np.sign(weights), crest).astype(np.float32)
    samples = np.stack((samples, samples), axis=1)
    peak = float(true_peaks(samples, -1.0).max())
    assert peak > 1.01
    for floor in np.linspace(1.0, peak - 1e-3, 20):
        assert true_peaks(samples, floor).max() == np.float32(peak)
