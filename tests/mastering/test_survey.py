"""What limiting takes, told by excerpts: how near they come, how sure they are, and when more is heard."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

from tests.support.signals import Samples, speech_like
from voiceguide.audio.fast_loudness import QuickMeter
from voiceguide.mastering.places import everywhere
from voiceguide.mastering.survey import Loss, Survey
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
ALIKE, UNLIKE = (0, 1, -1, 0, 1, 0, -1, 0) * 3, (-1,) * 20 + (3,) * 4
GAIN, CEILING = 16.0, -2.0
EVERYWHERE = everywhere(len(ALIKE) * MINUTE)


def loudness(stream: Turning) -> float:
    meter = QuickMeter()
    for block in stream.blocks():
        meter.feed(block)
    stream.given = 0
    return meter.integrated()


@pytest.mark.parametrize("levels", [ALIKE, UNLIKE])
def test_excerpts_come_as_near_as_they_say(levels: tuple[float, ...]) -> None:
    stream = Turning(SPEECH, levels)
    lufs = loudness(stream)
    true = Survey(stream, lufs, EVERYWHERE, 0).loss(GAIN, CEILING)
    assert true.lu > 0.2
    assert true.error == 0
    loss = Survey.first(stream, lufs, EVERYWHERE).loss(GAIN, CEILING)
    assert 0 < loss.error < 0.5
    assert loss.lu == pytest.approx(true.lu, abs=3 * loss.error)


def test_errors_are_as_large_as_they_are_said_to_be() -> None:
    """Surveys of many streams: how far they are off, in their own errors, has a spread of about one."""
    off = []
    for seed in range(12):
        levels = np.random.default_rng(seed).normal(0, 2, 12)
        stream = Turning(SPEECH, tuple(levels))
        lufs = loudness(stream)
        places = np.random.default_rng(seed + 100).permutation(everywhere(stream.frames)).tolist()
        true, loss = (Survey(stream, lufs, places, excerpts).loss(GAIN, CEILING) for excerpts in (0, 24))
        if math.isfinite(loss.error):
            off.append((loss.lu - true.lu) / loss.error)
    assert len(off) > 8
    assert 0.2 < float(np.sqrt(np.mean(np.square(off)))) < 1.3


def test_little_is_heard_of_a_long_stream_and_all_of_a_short_one() -> None:
    for levels, heard in ((ALIKE, 2 * MINUTE), ((0.0,) * 4, 4 * MINUTE)):
        stream = Turning(SPEECH, levels)
        Survey.first(stream, loudness(stream), everywhere(stream.frames)).loss(GAIN, CEILING)
        assert stream.given == heard


def test_another_gain_is_told_by_the_same_sound() -> None:
    stream = Turning(SPEECH, ALIKE)
    survey = Survey.first(stream, loudness(stream), everywhere(stream.frames))
    losses = [survey.loss(gain_db, CEILING).lu for gain_db in (12.0, 14.0, 16.0, 18.0)]
    assert losses == sorted(losses)
    assert survey.loss(12.0, CEILING).lu == losses[0]


def test_no_more_is_heard_than_makes_it_sure() -> None:
    """Twice as much, and twice as much again, so that a small change seldom changes how much is heard."""
    stream = Turning(SPEECH, ALIKE)
    survey = Survey.first(stream, -20.0, EVERYWHERE)
    assert survey.excerpts == 24
    assert survey.larger(Loss(0.5, 0.05)) is None
    assert survey.larger(Loss(0.5, 0.06)) == Survey(stream, -20.0, EVERYWHERE, 48)
    assert survey.larger(Loss(0.5, 0.1)) == Survey(stream, -20.0, EVERYWHERE, 96)
    assert survey.larger(Loss(0.5, 0.5)) == Survey(stream, -20.0, EVERYWHERE, len(EVERYWHERE))
    assert Survey(stream, -20.0, EVERYWHERE, 0).larger(Loss(0.5, 0.0)) is None


def test_of_a_very_long_stream_half_an_hour_is_enough() -> None:
    stream = Turning(SPEECH, ALIKE * 10)
    places = everywhere(stream.frames)
    most = Survey.first(stream, -20.0, places).larger(Loss(1.0, 5.0))
    assert most == Survey(stream, -20.0, places, 384)
    assert most.larger(Loss(1.0, 1.0)) is None
    assert most.larger(Loss(0.0, math.inf)) == Survey(stream, -20.0, places, 0)


def test_where_everything_that_sounds_is_heard_there_is_no_error() -> None:
    stream = Turning(SPEECH, ALIKE)
    places = EVERYWHERE[:20]
    survey = Survey.first(stream, loudness(stream), places)
    assert survey.excerpts == 20
    assert survey.loss(GAIN, CEILING).error == 0


@pytest.mark.parametrize("difference", [-6.0, 6.0, math.inf])
def test_excerpts_unlike_the_whole_tell_nothing(difference: float) -> None:
    """As where all that is loud lies between them."""
    stream = Turning(SPEECH, ALIKE)
    survey = Survey.first(stream, loudness(stream) + difference, EVERYWHERE)
    loss = survey.loss(GAIN, CEILING)
    assert loss.error == math.inf
    assert survey.larger(loss) == Survey(stream, survey.loudness_lufs, EVERYWHERE, 0)
