"""Parts of a stream on their way through LAME: their order, what is closed, and what a short stream gives."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.support.waiting import until
from voiceguide.audio.stream import Samples, parts
from voiceguide.encoder.mp3 import Mp3
from voiceguide.encoder.mp3.info_frame import FRAME
from voiceguide.encoder.mp3.join import EARLY, LATE
from voiceguide.encoder.mp3.lame import Lame
from voiceguide.encoder.mp3.parts import Parts
from voiceguide.errors import OutputError
from voiceguide.kept import Kept
from voiceguide.units import SAMPLE_RATE

FRAMES = 130 * SAMPLE_RATE


class Quiet:
    """A stream of ``frames``, of which there are only ``there``, with one loud sample in its last second."""

    def __init__(self, there: int = FRAMES) -> None:
        self.frames, self._there = FRAMES, there

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        stop = min(self._there, self.frames if stop is None else stop)
        while start < stop:
            block = np.zeros((min(SAMPLE_RATE, stop - start), 2), np.float32)
            if start <= FRAMES - 1000 < start + len(block):
                block[FRAMES - 1000 - start] = 0.5
            yield block
            start += len(block)


def made(stream: Quiet, jobs: int, kept: Kept | None = None) -> Parts:
    return Parts(stream, jobs, lambda: Mp3(quality=9).lame(background=False), "9", 1.0, kept)


@pytest.mark.parametrize("jobs", [0, 1, 3])
def test_runs_come_in_the_order_of_the_stream_and_overlap_where_parts_meet(jobs: int) -> None:
    several, begins, after = made(Quiet(), jobs), [], 0
    for run in several.runs():
        if run.first != after or not begins:
            assert run.first <= after
            begins.append((run.first, after))
        after = run.after
    starts = [start // FRAME for start, _ in parts(FRAMES)]
    assert len(starts) > 2
    assert begins == [(0, 0), *((start - EARLY, start + LATE) for start in starts[1:])]
    assert after * FRAME >= FRAMES
    assert several.peak == pytest.approx(0.5, abs=2**-15)


@pytest.mark.parametrize("jobs", [1, 3])
def test_whoever_stops_early_leaves_no_thread_behind(jobs: int) -> None:
    before = threading.active_count()
    with closing(made(Quiet(), jobs).runs()) as runs:
        next(runs)
        assert before < threading.active_count() <= before + jobs + 1
    assert threading.active_count() == before


@pytest.mark.parametrize("jobs", [0, 2])
def test_a_stream_that_ends_before_its_length_is_told(jobs: int) -> None:
    before = threading.active_count()
    with pytest.raises(OutputError, match="came out too short"):
        list(made(Quiet(FRAMES // 2), jobs).runs())
    assert threading.active_count() == before


def test_whoever_stops_early_keeps_no_half_of_a_part(tmp_path: Path) -> None:
    kept = Kept(tmp_path)

    def waiting() -> Lame:  # goes on after its first piece when nobody wants the rest
        lame = Mp3(quality=9).lame(background=False)
        feed = lame.feed

        def fed(piece: bytes) -> None:
            feed(piece)
            until(broken._stopped.is_set)

        lame.feed = fed  # type: ignore[method-assign]
        return lame

    broken = Parts(Quiet(FRAMES * 2 // 3), 2, waiting, "9", 1.0, kept)
    with pytest.raises(OutputError, match="came out too short"):
        list(broken.runs())
    assert kept.entries() == ()
    assert list(made(Quiet(), 2, kept).runs()) == list(made(Quiet(), 2).runs()) == list(made(Quiet(), 2, kept).runs())
