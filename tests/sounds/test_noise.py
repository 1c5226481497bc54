"""Noise loops."""

import hashlib

import numpy as np
import pytest

from voiceguide.audio.loudness import Meter
from voiceguide.audio.reproducible import settled, white
from voiceguide.sounds.noise import band, gain_to, high_pass, low_pass, shaped, turning, wide


def test_white_noise_is_the_same_everywhere() -> None:
    """The digest ties the noise to PCG64's raw numbers, and nothing else."""
    assert hashlib.sha256(white(7, 1000).astype("<f8").tobytes()).hexdigest()[:16] == "487d4daa86b9f59c"
    noise = white(7, 1 << 16)
    assert -0.5 <= noise.min() < -0.49
    assert 0.49 < noise.max() < 0.5
    assert noise.std() == pytest.approx(12**-0.5, rel=0.01)


def test_a_loop_is_circular() -> None:
    """Turned round by any number of frames it has the same spectrum: no place in it is a seam."""
    loop = shaped(3, 1 << 14, lambda hertz: 1 / hertz)
    turned = np.roll(loop, 5000)
    assert np.allclose(np.abs(np.fft.rfft(loop)), np.abs(np.fft.rfft(turned)), atol=1e-9)
    assert loop.mean() == pytest.approx(0, abs=1e-12)
    assert abs(loop[0] - loop[-1]) <= np.abs(np.diff(loop)).max()


def test_channels_are_half_correlated() -> None:
    loop = wide(11, 1 << 18, lambda hertz: np.ones_like(hertz))
    assert np.corrcoef(loop.T)[0, 1] == pytest.approx(0.5, abs=0.02)
    assert loop[:, 0].std() == pytest.approx(loop[:, 1].std(), rel=0.01)


def test_gain_brings_a_loop_to_its_loudness() -> None:
    loop = wide(11, 1 << 18, lambda hertz: 1 / np.sqrt(hertz))
    meter = Meter()
    meter.feed((loop * gain_to(-30.0, loop)).astype(np.float32))
    assert meter.integrated() == pytest.approx(-30.0, abs=0.02)


def test_settled_hides_the_last_bits() -> None:
    samples = wide(11, 1 << 16, lambda hertz: np.ones_like(hertz)) * 0.1
    other = samples * (1 + 4e-16)
    assert np.array_equal(settled(samples), settled(other))
    assert np.abs(settled(samples) - samples).max() <= 2.0**-21
    assert settled(samples).dtype == np.float32


def test_shaped_noise_has_the_level_and_the_spectrum_of_white_noise_through_a_filter() -> None:
    flat = shaped(5, 1 << 18, lambda hertz: np.ones_like(hertz))
    assert flat.std() == pytest.approx(12**-0.5, rel=0.01)
    assert ((flat - flat.mean()) ** 4).mean() / flat.var() ** 2 == pytest.approx(3, abs=0.05)  # as of a normal law
    power = np.abs(np.fft.rfft(shaped(5, 1 << 18, lambda hertz: hertz / 1000))) ** 2
    bins = 1000 * (1 << 18) // 44_100
    octave, next_octave = power[bins : 2 * bins].mean(), power[2 * bins : 4 * bins].mean()
    assert 10 * np.log10(next_octave / octave) == pytest.approx(6.02, abs=0.2)


@pytest.mark.parametrize(("start", "frames"), [(0, 3), (8, 5), (-3, 4), (-13, 40), (25, 0), (1_000_003, 21)])
@pytest.mark.parametrize("shape", [(10, 2), (10,)])
def test_turning(start: int, frames: int, shape: tuple[int, ...]) -> None:
    loop = np.arange(np.prod(shape), dtype=np.float32).reshape(shape)
    expected = loop[np.arange(start, start + frames) % 10]
    assert np.array_equal(turning(loop, start, frames), expected)


def test_a_band_is_a_bell_over_octaves() -> None:
    hertz = np.array([500.0, 1000.0, 2000.0, 4000.0])
    assert 20 * np.log10(band(hertz, 1000.0, 1.0)) == pytest.approx([-4.34, 0, -4.34, -17.37], abs=0.01)


def test_corners_lie_at_minus_three_decibels() -> None:
    hertz = np.array([50.0, 100.0, 200.0])
    assert high_pass(hertz, 100.0)[1] ** 2 == pytest.approx(0.5)
    assert low_pass(hertz, 100.0)[1] ** 2 == pytest.approx(0.5)
    assert high_pass(hertz, 100.0)[0] < 0.25 < 0.97 < high_pass(hertz, 100.0)[2]
    assert low_pass(hertz, 100.0)[2] < 0.25 < 0.97 < low_pass(hertz, 100.0)[0]
