from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.support.misbehaving import tone
from voiceguide.audio.loudness import clip_loudness
from voiceguide.mix_levels import VOICE_LOUDNESS
from voiceguide.speech.clips import Unusable, make_clip, plausible_seconds
from voiceguide.speech.engines.engine import Utterance
from voiceguide.units import SAMPLE_RATE

TEXT = "Rest your hands on your cheeks."


def silence(seconds: float, rate: int = SAMPLE_RATE) -> NDArray[np.float32]:
    return np.zeros(round(seconds * rate), np.float32)


def clip_of(*parts: NDArray[np.float32], rate: int = SAMPLE_RATE, text: str = TEXT, pace: float = 1.0) -> np.ndarray:
    return make_clip(Utterance(np.concatenate(parts), rate), text, pace)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000, 96_000])
def test_any_rate_becomes_44100_at_the_voices_loudness(rate: int) -> None:
    clip = clip_of(silence(0.3, rate), tone(2.0, rate), silence(0.5, rate), rate=rate)
    assert clip.dtype == np.float32
    assert clip.ndim == 1
    assert len(clip) / SAMPLE_RATE == pytest.approx(2.02, abs=0.01)
    assert clip_loudness(clip) == pytest.approx(VOICE_LOUDNESS, abs=0.1)
    spectrum = np.abs(np.fft.rfft(clip))
    assert np.argmax(spectrum) * SAMPLE_RATE / len(clip) == pytest.approx(300, abs=1)


@pytest.mark.parametrize("lead", [0.0, 0.001, 0.0137, 0.25, 3.0])
def test_the_sound_begins_within_five_milliseconds_of_the_clip(lead: float) -> None:
    clip = clip_of(silence(lead), tone(1.5), silence(0.4))
    heard = np.flatnonzero(np.abs(clip) > 0.1 * np.abs(clip).max())
    assert heard[0] < 0.005 * SAMPLE_RATE
    assert len(clip) - heard[-1] < 0.03 * SAMPLE_RATE


def test_a_soft_consonant_at_the_start_and_end_is_kept() -> None:
    hiss = 0.3 * 10 ** (-35 / 20) * np.random.default_rng(1).standard_normal(round(0.12 * SAMPLE_RATE))
    clip = clip_of(silence(0.2), hiss.astype(np.float32), tone(1.5), hiss.astype(np.float32), silence(0.2))
    assert len(clip) / SAMPLE_RATE == pytest.approx(1.5 + 0.24 + 0.022, abs=0.006)


def test_noise_far_below_the_voice_is_cut() -> None:
    noise = 0.3 * 10 ** (-60 / 20) * np.random.default_rng(1).standard_normal(SAMPLE_RATE)
    clip = clip_of(noise.astype(np.float32), tone(1.5), noise.astype(np.float32))
    assert len(clip) / SAMPLE_RATE == pytest.approx(1.52, abs=0.01)


def test_silence_inside_a_line_stays() -> None:
    clip = clip_of(silence(0.2), tone(0.7), silence(0.9), tone(0.7))
    assert len(clip) / SAMPLE_RATE == pytest.approx(2.32, abs=0.01)


def test_the_edges_do_not_click() -> None:
    clip = clip_of(tone(1.5, pitch=50.0)[200:-150])
    assert abs(clip[0]) < 1e-6
    assert abs(clip[-1]) < 1e-6
    steps = np.abs(np.diff(clip.astype(np.float64)))
    assert max(steps[:5].max(), steps[-5:].max()) < 0.002 * np.abs(clip).max()


def test_what_no_voice_has_below_70_hz_is_taken_away() -> None:
    """3 dB at 70 Hz, and 12 dB an octave below; a low voice's 120 Hz loses half a decibel."""

    def level(clip: NDArray[np.float32], hertz: float) -> float:
        piece = clip[SAMPLE_RATE : 3 * SAMPLE_RATE].astype(np.float64)
        return 20 * float(
            np.log10(abs((piece * np.exp(-2j * np.pi * hertz * np.arange(len(piece)) / SAMPLE_RATE)).sum()))
        )

    time = np.arange(4 * SAMPLE_RATE) / SAMPLE_RATE
    hertz = (17.5, 35.0, 70.0, 120.0, 1_000.0)
    clip = clip_of(sum(0.1 * np.sin(2 * np.pi * each * time) for each in hertz).astype(np.float32))
    levels = np.array([level(clip, each) for each in hertz]) - level(clip, 1_000.0)
    assert levels == pytest.approx([-24.1, -12.3, -3.0, -0.5, 0.0], abs=0.1)


def test_hum_does_not_decide_how_loud_a_voice_is() -> None:
    """A hum of 30 Hz as strong as the voice: without it, the clip's peak is the voice's own."""
    hum = 0.3 * np.sin(2 * np.pi * 30.0 * np.arange(2 * SAMPLE_RATE) / SAMPLE_RATE)
    clean, hummed = clip_of(tone(2.0)), clip_of(tone(2.0) + hum.astype(np.float32))
    assert np.abs(hummed).max() < 1.25 * np.abs(clean).max()


def test_stereo_becomes_its_mean() -> None:
    left, right = tone(1.5), np.zeros_like(tone(1.5))
    clip = make_clip(Utterance(np.stack((left, right), axis=1), SAMPLE_RATE), TEXT, 1.0)
    assert np.array_equal(clip, make_clip(Utterance(left * np.float32(0.5), SAMPLE_RATE), TEXT, 1.0))


@pytest.mark.parametrize("level", [1e-3, 1e-2, 1.0, 30.0])
def test_faint_and_loud_engines_come_out_alike(level: float) -> None:
    clip = clip_of(tone(1.5) * np.float32(level))
    assert clip_loudness(clip) == pytest.approx(VOICE_LOUDNESS, abs=0.1)


def test_a_constant_offset_is_no_sound() -> None:
    clip = clip_of(silence(1.0), tone(1.5), silence(1.0)) + 0.0
    moved = clip_of(*(part + np.float32(0.2) for part in (silence(1.0), tone(1.5), silence(1.0))))
    assert abs(len(moved) - len(clip)) <= 0.004 * SAMPLE_RATE


def test_rare_peaks_are_not_clipped() -> None:
    ticks = silence(2.0)
    ticks[:: SAMPLE_RATE // 4] = 0.5
    clip = clip_of(ticks)
    assert 0.9 < np.abs(clip).max() <= 0.98 + 1e-6
    assert clip_loudness(clip) < VOICE_LOUDNESS


def test_a_short_word_is_levelled_too() -> None:
    assert clip_loudness(clip_of(tone(0.2), text="In")) == pytest.approx(VOICE_LOUDNESS, abs=0.2)


@pytest.mark.parametrize(
    ("samples", "rate", "reason"),
    [
        (silence(0), 22_050, "no sound at all"),
        (silence(2), 22_050, "nothing but silence"),
        (silence(2) + np.float32(0.5), 22_050, "nothing but silence"),
        (np.where(np.arange(44_100) == 9, np.nan, tone(1.0)).astype(np.float32), 44_100, "no numbers"),
        (np.where(np.arange(44_100) == 9, -np.inf, tone(1.0)).astype(np.float32), 44_100, "no numbers"),
        (tone(1.5), 0, "sample rate of 0 Hz"),
        (tone(1.5), 10_000_000, "sample rate"),
        (np.zeros((3, 40, 2), np.float32), 44_100, "no sound"),
        (np.zeros((2, 44_100), np.float32), 44_100, "no sound"),
        (np.float32(0.0), 44_100, "no sound"),
        (tone(0.3), 44_100, "too short"),
        (tone(1800, 8_000), 8_000, "too long"),
        (tone(40), 44_100, "too long"),
    ],
)
def test_what_is_refused(samples: NDArray[np.float32], rate: int, reason: str) -> None:
    with pytest.raises(Unusable, match=reason):
        make_clip(Utterance(samples, rate), TEXT, 1.0)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("In", 0.14),
        ("12", 0.35),
        ("I", 0.09),
        ("1,234,567", 7.0),
        ("USA", 1.5),
        ("50%", 1.5),
        ("Mmmmmmmmmmmmmmmm.", 0.4),
        ("放松你的下巴", 1.5),
        ("Расслабьте челюсть", 1.5),
        ("Donaudampfschifffahrtsgesellschaft", 3.0),
        (TEXT, 1.2),
        (TEXT, 6.0),
    ],
)
def test_plausible_lengths(text: str, seconds: float) -> None:
    shortest, longest = plausible_seconds(text, 1.0)
    assert shortest <= seconds <= longest
    assert plausible_seconds(text, 0.5) == (2 * shortest, 2 * longest)
    assert longest < 120
