"""Streams in parts: equal ones, from their length alone; worked on side by side, in order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from voiceguide.audio.stream import Excerpts, Samples, parts, with_progress
from voiceguide.units import SAMPLE_RATE


@pytest.mark.parametrize("length", [0, 1, 999, 1000, 1001, 12_345, 100_000])
def test_parts_are_equal_and_whole(length: int) -> None:
    spans = parts(length, 7, longest=1000)
    assert spans[0][0] == 0
    assert spans[-1][1] == length
    assert all(before[1] == after[0] and after[0] % 7 == 0 for before, after in pairwise(spans))
    lengths = [end - start for start, end in spans]
    assert max(lengths) - min(lengths) <= 14
    assert max(lengths) <= 1000 + 14
    assert len(spans) == 1 or len(spans) % 2 == 0


def test_a_part_is_never_empty() -> None:
    assert parts(30, 20, longest=10) == [(0, 20), (20, 30)]


class Counting:
    """Each sample is its frame's number; in blocks of an odd length."""

    frames = 30 * SAMPLE_RATE

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        stop = self.frames if stop is None else min(stop, self.frames)
        for first in range(start, stop, 9_001):
            yield np.repeat(np.arange(first, min(first + 9_001, stop), dtype=np.float32)[:, np.newaxis], 2, axis=1)


def test_excerpts_are_heard_one_after_the_other_from_anywhere() -> None:
    excerpts = Excerpts(Counting(), SAMPLE_RATE, 5)
    heard = np.concatenate(list(excerpts.blocks()))
    assert len(heard) == excerpts.frames == 5 * SAMPLE_RATE
    places = []
    for number in range(5):
        excerpt = heard[number * SAMPLE_RATE :][:SAMPLE_RATE]
        inside = slice(SAMPLE_RATE // 100, -SAMPLE_RATE // 100)
        places.append(int(excerpt[inside, 0][0]) - SAMPLE_RATE // 100)
        assert np.array_equal(excerpt[inside, 0], np.arange(SAMPLE_RATE)[inside] + places[-1])
        assert excerpt[0, 0] == excerpt[-1, 1] == 0
        assert number * 6 * SAMPLE_RATE <= places[-1] <= (number * 6 + 5) * SAMPLE_RATE
    assert places[0] == 0
    for start, stop in ((0, 10), (1, SAMPLE_RATE + 5), (100_000, 200_001), (SAMPLE_RATE * 5 - 3, None)):
        assert np.array_equal(np.concatenate(list(excerpts.blocks(start, stop))), heard[start:stop])


def test_excerpts_keep_time_with_nothing() -> None:
    """Whatever the rhythm, they fall on all parts of it alike."""
    excerpts = Excerpts(Counting(), 1000, 240)
    firsts = np.concatenate(list(excerpts.blocks()))[500::1000, 0] - 500
    for beat in (30 * SAMPLE_RATE // 240, SAMPLE_RATE // 4, 2 * SAMPLE_RATE, 5 * SAMPLE_RATE):
        counts = np.histogram(firsts % beat, bins=4, range=(0, beat))[0]
        assert counts.min() > 20, beat


def test_excerpts_may_be_all_there_is() -> None:
    excerpts = Excerpts(Counting(), 6 * SAMPLE_RATE, 5)
    middle = np.concatenate(list(excerpts.blocks()))[3 * SAMPLE_RATE :: 6 * SAMPLE_RATE, 0]
    assert np.array_equal(middle, SAMPLE_RATE * np.arange(3, 30, 6))


def test_progress_is_the_frame_that_is_reached() -> None:
    told: list[int] = []
    stream = with_progress(Counting(), told.append)
    assert stream.frames == Counting.frames
    assert np.array_equal(np.concatenate(list(stream.blocks(50))), np.concatenate(list(Counting().blocks(50))))
    assert told == [*range(9_051, Counting.frames, 9_001), Counting.frames]
    told.clear()
    for _ in Excerpts(stream, SAMPLE_RATE, 10).blocks():
        pass
    assert told == sorted(told)
    assert told[-1] > 0.9 * Counting.frames
