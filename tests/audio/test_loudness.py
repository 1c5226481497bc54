"""Loudness against the test signals of EBU Tech 3341 and against ffmpeg's ebur128."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from tests.support.signals import Samples, ebur128, noise, speech_like, stereo, tone
from voiceguide.audio.fast_loudness import QuickMeter
from voiceguide.audio.loudness import Meter, clip_loudness, loudest_moment
from voiceguide.mix_levels import VOICE_LOUDNESS
from voiceguide.units import SAMPLE_RATE, gain


def tones(*parts: tuple[float, float]) -> Samples:
    """1 kHz in both channels: pairs of dBFS and seconds, one after the other."""
    return np.concatenate([tone(seconds, dbfs) for dbfs, seconds in parts])


MeterOf = Callable[..., Meter]


@pytest.fixture(params=[Meter, QuickMeter])
def meter_of(request: pytest.FixtureRequest) -> MeterOf:
    """Hears samples in blocks of the sizes given, in turn; with either meter, for both are held to the same."""

    def heard(samples: Samples, *blocks: int) -> Meter:
        meter: Meter = request.param()
        return _fed(meter, samples, *blocks)

    return heard


def _fed(meter: Meter, samples: Samples, *blocks: int) -> Meter:
    start, turn = 0, 0
    sizes = blocks or (65_536,)
    while start < len(samples):
        size = sizes[turn % len(sizes)]
        meter.feed(samples[start : start + size])
        start, turn = start + size, turn + 1
    return meter


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # EBU Tech 3341, table 1: case 1, 2, 3 (relative gate), 4 (absolute gate too) and 5.
        ([(-23, 20)], -23.0),
        ([(-33, 20)], -33.0),
        ([(-36, 10), (-23, 60), (-36, 10)], -23.0),
        ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23.0),
        ([(-26, 20), (-20, 20.1), (-26, 20)], -23.0),
    ],
)
def test_integrated_loudness_of_the_standard_cases(
    meter_of: MeterOf, parts: list[tuple[float, float]], expected: float
) -> None:
    assert meter_of(tones(*parts)).integrated() == pytest.approx(expected, abs=0.1)


def test_integrated_loudness_of_the_standard_case_of_five_channels(meter_of: MeterOf) -> None:
    """EBU Tech 3341, case 6. A session has two channels, so each pair is measured alone; the energies then add up with
    BS.1770-4's weights, 1.41 for the two at the back."""
    pairs = [(tone(20, -28.0), 1.0), (tone(20, -24.0) * np.array((1, 0), np.float32), 1.0), (tone(20, -30.0), 1.41)]
    energy = sum(weight * 10 ** (meter_of(samples).integrated() / 10) for samples, weight in pairs)
    assert 10 * math.log10(energy) == pytest.approx(-23.0, abs=0.1)


def test_short_term_loudness_of_a_standard_case(meter_of: MeterOf) -> None:
    """EBU Tech 3341, case 9: constantly -23 LUFS from 3 s on."""
    heard = meter_of(tones(*[(-20, 1.34), (-30, 1.66)] * 5)).short_term()
    assert len(heard) == 121
    assert heard == pytest.approx([-23.0] * len(heard), abs=0.1)


def test_momentary_loudness_of_a_standard_case(meter_of: MeterOf) -> None:
    """EBU Tech 3341, case 12: constantly -23 LUFS from 1 s on."""
    heard = meter_of(tones(*[(-20, 0.18), (-30, 0.22)] * 25)).momentary()
    assert heard[10:] == pytest.approx([-23.0] * (len(heard) - 10), abs=0.1)


def test_momentary_windows_lie_a_tenth_of_a_second_apart(meter_of: MeterOf) -> None:
    burst = np.concatenate(
        (np.zeros((SAMPLE_RATE, 2), np.float32), tone(0.4, -23), np.zeros((SAMPLE_RATE, 2), np.float32))
    )
    heard = meter_of(burst).momentary()
    assert len(heard) == 21
    assert max(heard) == heard[10] == pytest.approx(-23.0, abs=0.1)
    assert heard[6] < -60
    assert heard[7] == pytest.approx(-29.0, abs=0.15)


SESSION = speech_like(60) + noise(60, gain(-55))


@pytest.mark.parametrize(
    "samples",
    [noise(20, 0.1), speech_like(60), SESSION, noise(10, 0.02, seed=4) * np.array((1.0, 0.2), np.float32)],
    ids=["noise", "speech", "speech over noise", "more on the left"],
)
def test_agrees_with_ffmpeg(meter_of: MeterOf, samples: Samples) -> None:
    assert meter_of(samples).integrated() == pytest.approx(ebur128(samples).integrated, abs=0.1)


@pytest.mark.parametrize("hertz", [40, 100, 500, 2000, 6000, 12_000, 18_000])
def test_weighting_agrees_with_ffmpeg_at_every_pitch(meter_of: MeterOf, hertz: float) -> None:
    samples = tone(5, -20, hertz)
    assert meter_of(samples).integrated() == pytest.approx(ebur128(samples).integrated, abs=0.1)


@pytest.mark.parametrize("blocks", [(1000,), (4410,), (44_100,), (1, 4409, 13, 100_003)])
def test_blocks_do_not_matter(meter_of: MeterOf, blocks: tuple[int, ...]) -> None:
    samples = SESSION[: 20 * SAMPLE_RATE + 77]
    whole, parts = meter_of(samples, len(samples)), meter_of(samples, *blocks)
    assert parts.integrated() == pytest.approx(whole.integrated(), abs=1e-9)
    assert parts.momentary() == pytest.approx(whole.momentary(), abs=1e-6)
    assert parts.short_term() == pytest.approx(whole.short_term(), abs=1e-6)


def test_a_change_of_level_is_a_change_of_loudness(meter_of: MeterOf) -> None:
    louder = meter_of(SESSION * np.float32(gain(6.5))).integrated()
    assert louder - meter_of(SESSION).integrated() == pytest.approx(6.5, abs=0.01)


def test_silence_and_what_is_too_short(meter_of: MeterOf) -> None:
    assert Meter().integrated() == QuickMeter().integrated() == -math.inf
    assert meter_of(np.zeros((SAMPLE_RATE, 2), np.float32)).integrated() == -math.inf
    assert meter_of(tone(0.39, -10)).integrated() == -math.inf
    assert meter_of(tone(5, -73)).integrated() == -math.inf
    assert meter_of(tone(0.4, -23)).integrated() == pytest.approx(-23, abs=0.1)
    assert meter_of(tone(2.9, -23)).short_term() == []


def test_a_mono_clip_counts_as_it_will_sound() -> None:
    voice = speech_like(12)
    assert clip_loudness(voice[:, 0]) == clip_loudness(voice)
    assert clip_loudness(voice) == pytest.approx(VOICE_LOUDNESS, abs=6)


@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.39, 0.41, 3.0])
def test_a_short_clip_counts_by_its_own_length(seconds: float) -> None:
    assert clip_loudness(tone(seconds, -23)[:, 0]) == pytest.approx(-23, abs=0.35)


def test_an_empty_clip() -> None:
    assert clip_loudness(np.zeros(0, np.float32)) == -math.inf


def test_a_silent_clip() -> None:
    assert clip_loudness(np.zeros(100, np.float32)) == -math.inf
    assert clip_loudness(np.zeros(SAMPLE_RATE, np.float32)) == -math.inf


def test_the_loudest_moment_of_a_chime() -> None:
    """A strike that dies away: its first 400 ms count; a tick of 100 ms fills a quarter of a window."""
    time = np.arange(5 * SAMPLE_RATE) / SAMPLE_RATE
    ringing = stereo(np.sin(2 * np.pi * 1000 * time) * np.exp(-time))
    start = ringing[: 4 * SAMPLE_RATE // 10]
    assert loudest_moment(ringing) == pytest.approx(clip_loudness(start), abs=0.1)
    assert loudest_moment(tone(0.1, -10)) == pytest.approx(-16.0, abs=0.2)
