"""The building blocks of sounds."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import signal

from voiceguide.sounds.synthesis import Mode, Noise, body, breath, glide, struck, then
from voiceguide.units import SAMPLE_RATE


def level(samples: NDArray[np.float64], start: float, end: float) -> float:
    """dB of the mean power between two times in seconds."""
    return 10 * float(np.log10((samples[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)] ** 2).mean()))


def centroid(samples: NDArray[np.float64]) -> float:
    spectrum = np.abs(np.fft.rfft(samples.sum(axis=1) * np.hanning(len(samples)))) ** 2
    return float((spectrum * np.arange(len(spectrum))).sum() / spectrum.sum() * SAMPLE_RATE / len(samples))


def test_higher_partials_die_sooner() -> None:
    bowl = body((200.0, 400.0), (1.0, 1.0), (0.0, 0.0), decay=10.0)
    assert bowl[0].decay == 10.0
    assert bowl[1].decay == pytest.approx(10.0 * 2**-0.7)


def test_a_mode_falls_by_60_db_in_its_decay() -> None:
    samples = struck((Mode(500.0, 0.0, 1.0, decay=2.0),), seconds=3.0)
    assert level(samples, 0.5, 0.6) - level(samples, 2.0, 2.1) == pytest.approx(45, abs=0.2)


def test_a_mode_with_an_onset_comes_up_after_the_strike() -> None:
    samples = struck((Mode(500.0, 0.0, 1.0, decay=20.0, onset=0.3),), seconds=3.0)
    assert level(samples, 0.295, 0.305) - level(samples, 1.995, 2.005) == pytest.approx(
        20 * np.log10((1 - np.exp(-1)) / (1 - np.exp(-2 / 0.3))) + 60 * 1.7 / 20, abs=0.2
    )


def test_a_pair_beats_and_never_falls_silent() -> None:
    samples = struck((Mode(500.0, 2.0, 1.0, decay=1000.0),), seconds=3.0)
    for ears in (samples[:, 0], samples[:, 1], samples.mean(axis=1)):
        channel = np.abs(signal.hilbert(ears))[22_050:-44_100]
        beats = np.abs(np.fft.rfft(channel - channel.mean(), SAMPLE_RATE * 8))
        assert beats[:400].argmax() / 8 == pytest.approx(2.0, abs=0.2)
        assert channel.min() > 0.2 * channel.max()


def test_noise_of_a_strike_has_its_colour_and_dies_in_its_time() -> None:
    samples = struck((), seconds=1.5, noise=Noise(1, 2_000.0, 0.3, 1.0, decay=1.0))
    assert centroid(samples[:44_100]) == pytest.approx(2_000, rel=0.1)
    # A mean over 100 ms of a falling level wavers by a few tenths, as noise does.
    assert level(samples, 0.1, 0.2) - level(samples, 0.7, 0.8) == pytest.approx(36, abs=1.5)
    assert level(samples, 0.14, 0.16) == pytest.approx(-9, abs=1.5)  # from an amplitude of 1


@pytest.mark.parametrize(("start", "end"), [(220.0, 330.0), (330.0, 220.0), (250.0, 250.0)])
@pytest.mark.parametrize("seconds", [1.0, 3.0])
def test_a_glide_goes_all_the_way_and_never_cancels(start: float, end: float, seconds: float) -> None:
    samples = glide(start, end, seconds, attack=0.05, fade=0.05)
    first, last = (piece.sum(axis=1) * np.hanning(4_410) for piece in (samples[2_205:6_615], samples[-6_615:-2_205]))
    assert np.abs(np.fft.rfft(first, SAMPLE_RATE)).argmax() == pytest.approx(start, rel=0.03)
    assert np.abs(np.fft.rfft(last, SAMPLE_RATE)).argmax() == pytest.approx(end, rel=0.03)
    powers = [level(samples, at, at + 0.1) for at in np.arange(0.1, seconds - 0.2, 0.1)]
    assert max(powers) - min(powers) < 2.5


@pytest.mark.parametrize(("start", "end"), [(400.0, 1_300.0), (1_100.0, 350.0)])
def test_a_breath_moves_its_colour_at_an_even_level(start: float, end: float) -> None:
    samples = breath(3, start, end, seconds=3.0, attack=0.1, fade=0.1)
    third = len(samples) // 3
    colours = [centroid(samples[at : at + third // 2]) for at in (4_410, third, len(samples) - 4_410 - third // 2)]
    assert colours == sorted(colours, reverse=start > end)
    assert colours[0] == pytest.approx(start, rel=0.35)
    assert colours[-1] == pytest.approx(end, rel=0.35)
    powers = [level(samples, at, at + 0.3) for at in np.arange(0.2, 2.5, 0.3)]
    assert max(powers) - min(powers) < 3


def test_one_sound_then_another() -> None:
    first, second = np.ones((44_100, 2)), np.full((22_050, 2), 2.0)
    both = then(first, second, 0.75)
    assert len(both) == 55_125
    assert both[[0, 33_074, 33_075, 44_099, 44_100, 55_124], 0].tolist() == [1, 1, 3, 3, 2, 2]
    assert np.array_equal(then(first, second[:100], 0.5)[22_050:22_150], first[:100] + 2)
