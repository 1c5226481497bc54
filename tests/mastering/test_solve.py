"""Mastering: the loudness asked for, under the ceiling, on sparse speech; and what is said when it cannot be."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import numpy as np
import pytest
from scipy import ndimage

from tests.support.signals import Samples, clicks, ebur128, noise, speech_like, tone
from voiceguide.audio.loudness import Meter
from voiceguide.audio.stream import Stream
from voiceguide.audio.true_peak import TruePeakMeter
from voiceguide.mastering.measurement import Measurement, measure
from voiceguide.mastering.solve import MOST_GAIN, MOST_LIMITING, Master, solve
from voiceguide.mastering.target import Target
from voiceguide.units import SAMPLE_RATE, gain


class Sound:
    """Samples as a stream; counts how often the frame at its third was heard, and how many frames were given."""

    def __init__(self, samples: Samples, block: int = SAMPLE_RATE) -> None:
        self.samples, self.block, self.heard, self.given = samples, block, 0, 0

    @property
    def frames(self) -> int:
        return len(self.samples)

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        stop = self.frames if stop is None else min(stop, self.frames)
        self.heard += start <= self.frames // 3 < stop
        self.given += stop - start
        for first in range(start, stop, self.block):
            yield self.samples[first : min(first + self.block, stop)]


def mastered(stream: Stream, loudness: float, ceiling: float) -> Master:
    return solve(stream, measure(stream), Target(loudness, ceiling))


def joined(stream: Stream, start: int = 0, stop: int | None = None) -> Samples:
    return np.concatenate([np.zeros((0, 2), np.float32), *stream.blocks(start, stop)])


SPARSE = speech_like(60, seed=3, talking=0.25)
SPEECH = speech_like(60, seed=4)
SESSION = speech_like(60, seed=5) + noise(60, gain(-52))
CLICKED = speech_like(40, seed=6) + clicks(40, 0.3)

MATERIAL = {"sparse": SPARSE, "speech": SPEECH, "with a bed": SESSION, "with clicks": CLICKED}


@pytest.mark.parametrize("name", MATERIAL)
@pytest.mark.parametrize(("target", "ceiling"), [(-16.0, -1.0), (-16.0, -2.0), (-16.0, -3.5), (-18.0, -2.0)])
def test_reaches_the_loudness_under_the_ceiling(name: str, target: float, ceiling: float) -> None:
    stream = Sound(MATERIAL[name])
    master = mastered(stream, target, ceiling)
    assert stream.heard <= 4
    after = measure(master.apply(stream))
    assert master.limiting_db > 0
    assert after.loudness_lufs == pytest.approx(target, abs=0.1)
    assert after.loudness_lufs == pytest.approx(master.loudness_lufs, abs=0.05)
    assert after.true_peak_dbtp <= ceiling + 0.05
    assert master.shortfall_lu == 0


def test_ffmpeg_hears_the_same() -> None:
    stream = Sound(SESSION)
    theirs = ebur128(joined(mastered(stream, -16.0, -2.0).apply(stream)))
    assert theirs.integrated == pytest.approx(-16.0, abs=0.1)
    assert theirs.true_peak_db <= -2.0 + 0.05


@pytest.mark.parametrize("target", [-40.0, -30.0, -24.0])
def test_without_limiting_one_pass_and_one_gain(target: float) -> None:
    stream = Sound(SPEECH)
    master = mastered(stream, target, -1.0)
    assert stream.heard == 1
    assert master.limiting_db == 0
    assert master.loudness_lufs == pytest.approx(target, abs=0.051)
    assert np.array_equal(joined(master.apply(stream)), SPEECH * np.float32(gain(master.gain_db)))


def test_gain_is_constant_between_the_peaks() -> None:
    """Pauses and soft syllables only get the gain: nothing rides the level."""
    stream = Sound(SESSION)
    master = mastered(stream, -16.0, -2.0)
    before = SESSION * np.float32(gain(master.gain_db))
    after = joined(master.apply(stream))
    nearby = ndimage.maximum_filter1d(np.abs(before).max(axis=1), SAMPLE_RATE // 2)
    quiet = nearby < gain(-6)
    assert 0.2 < quiet.mean() < 0.9
    assert np.array_equal(after[quiet], before[quiet])


@pytest.mark.parametrize("frames", [SAMPLE_RATE * 5, SAMPLE_RATE * 5 + 1, SAMPLE_RATE * 6 - 1])
@pytest.mark.parametrize("target", [-30.0, -12.0])
def test_no_frame_is_added_or_lost(frames: int, target: float) -> None:
    stream = Sound(SPEECH[:frames])
    after = list(mastered(stream, target, -1.0).apply(stream).blocks())
    assert sum(len(block) for block in after) == frames
    assert all(block.dtype == np.float32 and block.shape[1:] == (2,) for block in after)


def test_blocks_do_not_matter() -> None:
    one, other = Sound(SPEECH, 44_100), Sound(SPEECH, 10_007)
    first, second = mastered(one, -16.0, -2.0), mastered(other, -16.0, -2.0)
    assert first.gain_db == second.gain_db
    assert np.array_equal(joined(first.apply(one)), joined(second.apply(other)))


@pytest.mark.parametrize(("start", "stop"), [(0, 5), (1, 300_000), (777_777, 1_000_000), (2_400_000, None)])
def test_the_mastered_stream_is_the_same_wherever_it_is_begun(start: int, stop: int | None) -> None:
    stream = Sound(CLICKED.repeat(2, axis=0))
    limited = mastered(stream, -12.0, -3.0).apply(stream)
    assert np.array_equal(joined(limited, start, stop), joined(limited)[start:stop])


def test_a_stream_is_measured_as_the_exact_meters_measure_it() -> None:
    """With clicks where a block ends, which a filter carries over."""
    samples = np.concatenate((SPEECH, SPARSE))
    seam = 10_007
    samples[seam - 3 : seam + 3] = ((0.9, 0.3), (-0.9, 0.3), (0.9, -0.3), (0.9, 0.3), (-0.9, 0.9), (0.9, -0.9))
    loudness, true_peak = Meter(), TruePeakMeter()
    loudness.feed(samples)
    true_peak.feed(samples)
    measured = measure(Sound(samples, seam))
    assert measured.loudness_lufs == pytest.approx(loudness.integrated(), abs=0.01)
    assert measured.true_peak_dbtp == true_peak.dbtp
    assert measured.true_peak_dbtp > 0


@pytest.mark.parametrize("target", [-18.5, -15.0])
def test_of_a_long_stream_only_as_much_is_limited_as_is_needed(target: float) -> None:
    """Speech at changing loudness. Of the little that is taken at -18.5 LUFS two minutes tell enough."""
    levels = (-3, 0, 2, -1, 1, 0, -2)
    samples = [speech_like(60, 21 + n, 0.35) * np.float32(gain(level)) for n, level in enumerate(levels)]
    stream = Sound(np.concatenate(samples))
    master = mastered(stream, target, -2.0)
    once = stream.given - stream.frames  # without measuring
    assert once < stream.frames if target == -18.5 else once > stream.frames
    assert master.limiting_db > 2
    assert measure(master.apply(stream)).loudness_lufs == pytest.approx(target, abs=0.1)


@pytest.mark.parametrize("target", [-30.0, -16.0, -8.0])
def test_gains_are_whole_tenths(target: float) -> None:
    """Of measurements that hardly differ, nearly all lead to the same samples."""
    stream = Sound(SPEECH)
    mix = measure(stream)
    gains = [
        solve(stream, Measurement(mix.loudness_lufs + step / 100, mix.true_peak_dbtp), Target(target, -2.0)).gain_db
        for step in range(20)
    ]
    assert all(gain_db == round(gain_db, 1) for gain_db in gains)
    assert len(set(gains)) <= 3


def test_the_same_again() -> None:
    assert mastered(Sound(SPARSE), -16.0, -2.0) == mastered(Sound(SPARSE), -16.0, -2.0)


def test_another_ceiling_needs_no_new_measurement() -> None:
    stream = Sound(SPEECH)
    mix = mastered(stream, -16.0, -1.0).mix
    assert mix == measure(stream)
    assert solve(stream, mix, Target(-16.0, -1.7)) == mastered(stream, -16.0, -1.7)


@pytest.mark.parametrize("seconds", [60, 400])
@pytest.mark.parametrize("wrong", [-0.1, 0.1])
def test_a_mix_that_is_known_not_quite_rightly_comes_out_right(seconds: int, wrong: float) -> None:
    """Nearly all of the error goes where all that is limited is heard; none is added elsewhere."""
    stream = Sound(speech_like(seconds, seed=4))
    mix = measure(stream)
    told = Measurement(mix.loudness_lufs + wrong, mix.true_peak_dbtp)
    after = measure(solve(stream, told, Target(-16.0, -2.0)).apply(stream))
    assert after.loudness_lufs == pytest.approx(-16.0, abs=0.1 if seconds == 60 else 0.2)


def test_a_gain_that_only_its_rounding_takes_to_the_limiter() -> None:
    stream = Sound(SPEECH)
    mix = measure(stream)
    master = solve(stream, mix, Target(mix.loudness_lufs + 2.996, mix.true_peak_dbtp + 2.998))
    assert master.gain_db == pytest.approx(3.0, abs=0.01)


def test_silence_stays_silence() -> None:
    stream = Sound(np.zeros((100_000, 2), np.float32))
    master = mastered(stream, -16.0, -1.0)
    assert master == Master(0.0, -1.0, -math.inf, 0.0, Measurement(-math.inf, -math.inf))
    assert not joined(master.apply(stream)).any()
    assert len(joined(master.apply(stream))) == 100_000


def test_nothing_at_all() -> None:
    nothing = Sound(np.zeros((0, 2), np.float32))
    master = mastered(nothing, -16.0, -1.0)
    assert master.gain_db == 0
    assert len(joined(master.apply(nothing))) == 0


def test_a_click_too_short_to_have_a_loudness_still_keeps_the_ceiling() -> None:
    samples = np.zeros((SAMPLE_RATE // 3, 2), np.float32)
    samples[5000:5003] = 1.0
    stream = Sound(samples)
    master = mastered(stream, -16.0, -1.0)
    assert (master.gain_db, master.loudness_lufs) == (0.0, -math.inf)
    assert measure(master.apply(stream)).true_peak_dbtp == pytest.approx(-1.0, abs=0.05)


def test_a_whisper_gets_no_more_than_the_most_gain() -> None:
    stream = Sound(tone(10, -65.0))
    master = mastered(stream, -16.0, -1.0)
    assert master.gain_db == MOST_GAIN
    assert master.shortfall_lu == pytest.approx(9.0, abs=0.1)
    assert measure(master.apply(stream)).loudness_lufs == pytest.approx(-25.0, abs=0.1)


def test_limiting_stops_before_the_voice_is_crushed() -> None:
    stream = Sound(SPEECH)
    master = mastered(stream, -8.0, -3.0)
    assert master.limiting_db == pytest.approx(MOST_LIMITING, abs=0.1)
    assert master.limiting_db <= MOST_LIMITING
    assert master.shortfall_lu > 0.5
    after = measure(master.apply(stream))
    assert after.loudness_lufs == pytest.approx(-8.0 - master.shortfall_lu, abs=0.01)
    assert after.true_peak_dbtp <= -2.95


def test_a_mix_that_is_too_loud_is_turned_down() -> None:
    stream = Sound(tone(10, 6.0))
    master = mastered(stream, -16.0, -1.0)
    assert master.gain_db == pytest.approx(-22.0, abs=0.1)
    assert measure(master.apply(stream)).loudness_lufs == pytest.approx(-16.0, abs=0.1)


def test_mastering_streams() -> None:
    """Output comes while input goes in: no session is held in memory."""
    taken = itertools.count()

    class Endless(Sound):
        def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
            while True:
                next(taken)
                yield self.samples[:SAMPLE_RATE]

    ready = mastered(Sound(SPEECH), -16.0, -2.0).apply(Endless(SPEECH)).blocks()
    got = sum(len(block) for block in itertools.islice(ready, 20))
    assert got >= (next(taken) - 1) * SAMPLE_RATE
