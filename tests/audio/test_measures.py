"""Measures of stretches: those of the whole, however it is cut, and independent of what lies further off."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.support.signals import Samples, clicks, speech_like
from voiceguide.audio.fast_loudness import QuickMeter
from voiceguide.audio.loudness import integrated
from voiceguide.audio.measures import LOOK_AHEAD, RUN_UP, Measures, StretchMeter
from voiceguide.audio.rms import LevelMeter
from voiceguide.audio.steps import STEP
from voiceguide.audio.true_peak import TruePeakMeter
from voiceguide.units import SAMPLE_RATE

SOUND = speech_like(31, seed=2)[: 30 * SAMPLE_RATE + 1234] + clicks(31, 0.2)[: 30 * SAMPLE_RATE + 1234]


def measured(sound: Samples, start: int, stop: int, block: int = 50_000) -> Measures:
    before, last = min(start, RUN_UP), stop == len(sound)
    meter = StretchMeter(before, stop - start, levels=True, last=last)
    heard = sound[start - before : stop + LOOK_AHEAD]
    for at in range(0, len(heard), block):
        meter.feed(heard[at : at + block])
    return meter.measures()


def whole(stretch: int) -> Measures:
    starts = range(0, len(SOUND), stretch)
    return Measures.joined([measured(SOUND, start, min(start + stretch, len(SOUND))) for start in starts])


@pytest.mark.parametrize("steps", [1, 7, 64, 200, 1000])
def test_stretches_together_measure_what_the_whole_does(steps: int) -> None:
    found = whole(steps * STEP)
    loudness, peaks, levels = QuickMeter(), TruePeakMeter(), LevelMeter()
    for meter in (loudness, peaks, levels):
        meter.feed(SOUND)
    assert len(found.powers) == len(loudness.steps()) == 300
    assert integrated(found.powers) == pytest.approx(loudness.integrated(), abs=1e-3)
    assert np.allclose(found.powers, loudness.steps(), rtol=5e-3, atol=1e-8)  # rows begin elsewhere
    assert found.peak == peaks.peak
    assert found.levels is not None
    assert found.levels == levels.levels()


@pytest.mark.parametrize("cut", [5 * SAMPLE_RATE, 20 * SAMPLE_RATE])
@pytest.mark.parametrize("offset", [-4, -1, 0, 3])
def test_a_peak_between_two_stretches_is_found(cut: int, offset: int) -> None:
    """The waveform passes its samples there, and either stretch alone would see half of it."""
    sound = np.zeros((30 * SAMPLE_RATE, 2), np.float32)
    at = cut + offset
    sound[at - 2 : at + 2, 0] = (0.5, -0.5, -0.5, 0.5)
    meter = TruePeakMeter()
    meter.feed(sound)
    parts = (measured(sound, 0, cut), measured(sound, cut, len(sound)))
    assert Measures.joined(parts).peak == meter.peak > 0.5


def test_what_lies_further_off_changes_no_bit() -> None:
    start, stop = 10 * SAMPLE_RATE, 15 * SAMPLE_RATE
    other = SOUND.copy()
    other[: start - RUN_UP] = 0.7
    other[stop + LOOK_AHEAD :] = -0.6
    assert measured(SOUND, start, stop) == measured(other, start, stop)


@pytest.mark.parametrize("block", [1000, 4411, 10**7])
def test_blocks_do_not_matter(block: int) -> None:
    start, stop = 10 * SAMPLE_RATE, 15 * SAMPLE_RATE
    assert measured(SOUND, start, stop, block) == measured(SOUND, start, stop)


def test_they_come_back_as_they_were_kept() -> None:
    measures = measured(SOUND, 0, len(SOUND))
    assert Measures.from_bytes(measures.to_bytes()) == measures
    plain = Measures(measures.powers, measures.peak)
    assert Measures.from_bytes(plain.to_bytes()) == plain
    for damaged in (b"", b"x", measures.to_bytes()[:-1], measures.to_bytes() + b"12345678"):
        assert Measures.from_bytes(damaged) is None


def test_nothing_measures_nothing() -> None:
    nothing = Measures.joined([])
    assert (integrated(nothing.powers), nothing.peak, nothing.levels) == (-math.inf, 0.0, None)
