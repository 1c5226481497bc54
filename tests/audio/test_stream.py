"""Streams in parts on a fixed grid, and in excerpts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from voiceguide.audio.stream import PART, UNIT, Excerpts, Samples, parts, with_progress
from voiceguide.units import SAMPLE_RATE


@pytest.mark.parametrize(
    "units", [0.001, 0.9, 1, 1.5, 2, 2.01, 3.9, 5, 6.2, 11.9, 12, 12.001, 12.9, 13, 20, 23.99, 600.3]
)
def test_parts_are_a_grid_and_two_like_halves(units: float) -> None:
    length = round(units * UNIT)
    spans = parts(length)
    assert spans[0][0] == 0
    assert spans[-1][1] == length
    assert all(before[1] == after[0] and after[0] % UNIT == 0 for before, after in pairwise(spans))
    lengths = [end - start for start, end in spans]
    assert max(lengths) < PART + UNIT
    assert len(spans) == 1 or min(lengths) >= UNIT // 2
    if length > 2 * UNIT:
        assert abs(lengths[-1] - lengths[-2]) <= UNIT or lengths[-1] <= 2 * UNIT
    assert all(size == PART for size in lengths[: max(0, length // (2 * PART) * 2 - 1)])


@pytest.mark.parametrize("change", [-90_001, -1, 1, 70_000, 1_000_000])
def test_another_length_moves_no_border_but_near_the_end(change: int) -> None:
    length = 1000 * SAMPLE_RATE
    before, after = (set(parts(frames)) for frames in (length, length + change))
    moved = min(start for start, _ in before - after)
    assert moved > length - 3 * PART
    assert {span for span in before if span[0] < moved} <= after


class Counting:
    """Each sample is its frame's number; in blocks of an odd length."""

    frames = 30 * SAMPLE_RATE

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        stop = self.frames if stop is None else min(stop, self.frames)
        for first in range(start, stop, 9_001):
            yield np.repeat(np.arange(first, min(first + 9_001, stop), dtype=np.float32)[:, np.newaxis], 2, axis=1)


def test_excerpts_are_heard_one_after_the_other_from_anywhere() -> None:
    places = (0, 70_001, 70_500, 25 * SAMPLE_RATE, 29 * SAMPLE_RATE)
    excerpts = Excerpts(Counting(), SAMPLE_RATE, places)
    heard = np.concatenate(list(excerpts.blocks()))
    assert len(heard) == excerpts.frames == 5 * SAMPLE_RATE
    for number, place in enumerate(places):
        excerpt = heard[number * SAMPLE_RATE :][:SAMPLE_RATE]
        inside = slice(SAMPLE_RATE // 100, -SAMPLE_RATE // 100)
        assert np.array_equal(excerpt[inside, 0], np.arange(SAMPLE_RATE)[inside] + place)
        assert excerpt[0, 0] == excerpt[-1, 1] == 0
    for start, stop in ((0, 10), (1, SAMPLE_RATE + 5), (100_000, 200_001), (SAMPLE_RATE * 5 - 3, None)):
        assert np.array_equal(np.concatenate(list(excerpts.blocks(start, stop))), heard[start:stop])


def test_progress_is_the_frame_that_is_reached() -> None:
    told: list[int] = []
    stream = with_progress(Counting(), told.append)
    assert stream.frames == Counting.frames
    assert np.array_equal(np.concatenate(list(stream.blocks(50))), np.concatenate(list(Counting().blocks(50))))
    assert told == [*range(9_051, Counting.frames, 9_001), Counting.frames]
    told.clear()
    for _ in Excerpts(stream, SAMPLE_RATE, range(0, Counting.frames, 3 * SAMPLE_RATE)).blocks():
        pass
    assert told == sorted(told)
    assert told[-1] > 0.9 * Counting.frames
