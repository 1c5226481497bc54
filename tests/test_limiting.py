"""What limiting takes, told by samples: how near they come, how sure they are, and when more is heard."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from signals import Samples, speech_like

from voiceguide.limiting import Loss, Sample
from voiceguide.quick_loudness import QuickMeter
from voiceguide.units import SAMPLE_RATE, gain

MINUTE = 60 * SAMPLE_RATE


class Turning:
    """A stream that goes round ``samples``, minute by minute at ``levels``; counts the frames that it gives."""

    def __init__(self, samples: Samples, levels: tuple[float, ...]) -> None:
        self.samples, self.levels, self.given = samples, levels, 0

    @property
    def frames(self) -> int:
        return len(self.levels) * MINUTE

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        stop = self.frames if stop is None else min(stop, self.frames)
        while start < stop:
            minute, into = divmod(start, MINUTE)
            at = start % len(self.samples)
            block = self.samples[at : at + min(SAMPLE_RATE, MINUTE - into, stop - start)]
            yield block * np.float32(gain(self.levels[minute]))
            start += len(block)
            self.given += len(block)


SPEECH = speech_like(67.3, seed=31, talking=0.35)
ALIKE, UNLIKE = (0, 1, -1, 0, 1, 0, -1, 0) * 3, (-1,) * 23 + (6,)
GAIN, CEILING = 16.0, -2.0


def loudness(stream: Turning) -> float:
    meter = QuickMeter()
    for block in stream.blocks():
        meter.feed(block)
    stream.given = 0
    return meter.integrated()


@pytest.mark.parametrize("levels", [ALIKE, UNLIKE])
def test_a_sample_comes_as_near_as_it_says(levels: tuple[float, ...]) -> None:
    stream = Turning(SPEECH, levels)
    lufs = loudness(stream)
    true = Sample(stream, lufs, stream.frames).loss(GAIN, CEILING)
    assert true.lu > 0.2
    assert true.error == 0
    loss = Sample.first(stream, lufs).loss(GAIN, CEILING)
    assert 0 < loss.error < 0.5
    assert loss.lu == pytest.approx(true.lu, abs=3 * loss.error)


def test_errors_are_as_large_as_they_are_said_to_be() -> None:
    """Samples of many streams: how far they are off, in their own errors, has a spread of about one."""
    off = []
    for seed in range(12):
        levels = np.random.default_rng(seed).normal(0, 2, 12)
        stream = Turning(SPEECH, tuple(levels))
        lufs = loudness(stream)
        true, loss = (Sample(stream, lufs, heard).loss(GAIN, CEILING) for heard in (stream.frames, 2 * MINUTE))
        off.append((loss.lu - true.lu) / loss.error)
    assert 0.5 < float(np.sqrt(np.mean(np.square(off)))) < 2


def test_little_is_heard_of_a_long_stream_and_all_of_a_short_one() -> None:
    for levels, heard in ((ALIKE, 2 * MINUTE), ((0.0,) * 4, 4 * MINUTE)):
        stream = Turning(SPEECH, levels)
        Sample.first(stream, loudness(stream)).loss(GAIN, CEILING)
        assert stream.given == pytest.approx(heard, rel=0.02)


def test_another_gain_is_told_by_the_same_sound() -> None:
    stream = Turning(SPEECH, ALIKE)
    sample = Sample.first(stream, loudness(stream))
    losses = [sample.loss(gain_db, CEILING).lu for gain_db in (12.0, 14.0, 16.0, 18.0)]
    assert losses == sorted(losses)
    assert sample.loss(12.0, CEILING).lu == losses[0]


def test_no_more_is_heard_than_makes_it_sure() -> None:
    stream = Turning(SPEECH, ALIKE)
    sample = Sample.first(stream, -20.0)
    assert sample.larger(Loss(0.5, 0.05)) is None
    more = sample.larger(Loss(0.5, 0.1))
    assert more is not None
    assert 4 * sample.heard < more.heard < 6 * sample.heard
    every = sample.larger(Loss(0.5, 0.2))
    assert every is not None
    assert every.heard == stream.frames
    assert every.larger(Loss(0.5, 0.2)) is None


def test_of_a_very_long_stream_half_an_hour_is_enough() -> None:
    stream = Turning(SPEECH, ALIKE * 10)
    most = Sample.first(stream, -20.0).larger(Loss(1.0, 5.0))
    assert most is not None
    assert most.heard == 30 * MINUTE
    assert most.larger(Loss(1.0, 1.0)) is None


def test_a_sample_that_missed_the_speech_tells_nothing() -> None:
    stream = Turning(SPEECH, ALIKE)
    sample = Sample.first(stream, loudness(stream) + 6)
    loss = sample.loss(GAIN, CEILING)
    assert loss.error == math.inf
    every = sample.larger(loss)
    assert every is not None
    assert every.heard == stream.frames
