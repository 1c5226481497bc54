"""Where excerpts are taken: what sounds, and the same sound again after a change elsewhere."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from voiceguide.mastering.places import EXCERPT, everywhere, sounding
from voiceguide.mixing.placing import Arrangement, PlacedClip
from voiceguide.timeline import Clip, Line
from voiceguide.units import SAMPLE_RATE

COUNT = 200


def session(lengths: list[int]) -> Arrangement:
    """Lines of these lengths in frames, a second apart."""
    clips, start = [], SAMPLE_RATE
    for number, frames in enumerate(lengths):
        clips.append(PlacedClip(start, start + frames, "voice", Clip(Line(f"{number}", "v", 1.0, "en"), frames)))
        start += frames + SAMPLE_RATE
    return Arrangement(start, tuple(clips), (), ())


LENGTHS = np.random.default_rng(4).integers(SAMPLE_RATE, 4 * SAMPLE_RATE, COUNT).tolist()


def numbers(arrangement: Arrangement, most: int) -> list[int]:
    """The numbers of the clips in which the first excerpts lie."""
    starts = {clip.start: number for number, clip in enumerate(arrangement.clips)}
    latest = arrangement.frames - EXCERPT
    return [starts[place] for place in sounding(arrangement)[:most] if place < latest]


@pytest.mark.parametrize("changed", [0, COUNT // 2, COUNT - 1])
def test_a_changed_line_changes_one_excerpt_at_most(changed: int) -> None:
    before = numbers(session(LENGTHS), 24)
    other = [*LENGTHS[:changed], LENGTHS[changed] + 7_001, *LENGTHS[changed + 1 :]]
    after = numbers(session(other), 24)
    assert len(set(before) ^ set(after)) <= 2


def test_a_new_line_changes_one_excerpt_at_most() -> None:
    before = {number + (number >= 50) for number in numbers(session(LENGTHS), 24)}
    after = set(numbers(session([*LENGTHS[:50], 2 * SAMPLE_RATE + 5, *LENGTHS[50:]]), 24))
    assert len(before ^ after) <= 2


def test_they_are_spread_over_all_that_sounds() -> None:
    found = numbers(session(LENGTHS), 100)
    counts = np.histogram(found, bins=4, range=(0, COUNT))[0]
    assert counts.min() > 12
    assert len(set(found)) == len(found)


def test_a_long_clip_has_several_and_repeated_ones_are_told_apart() -> None:
    arrangement = session([12 * SAMPLE_RATE, 2 * SAMPLE_RATE, 2 * SAMPLE_RATE])
    assert sorted(sounding(arrangement)) == [second * SAMPLE_RATE for second in (1, 6, 11, 14, 15)]


def test_none_reaches_beyond_the_end() -> None:
    arrangement = session([6 * SAMPLE_RATE])
    assert max(sounding(arrangement)) == arrangement.frames - EXCERPT
    assert sounding(replace(arrangement, frames=EXCERPT - 1)) == ()
    assert max(everywhere(10 * EXCERPT + 5)) == 9 * EXCERPT
    assert everywhere(EXCERPT - 1) == ()
    assert sorted(everywhere(100 * EXCERPT)) == list(range(0, 100 * EXCERPT, EXCERPT))
