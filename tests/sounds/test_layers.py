"""Layers of a bed: loops under loops, and scattered sounds, wherever they are read from."""

import numpy as np
import pytest
from numpy.typing import NDArray

from voiceguide.sounds.layers import CELL, Changing, Drift, Drops, Layer, Part, Waves, chances, gains

RNG = np.random.default_rng(1)


def loop(frames: int) -> NDArray[np.complex64]:
    return RNG.normal(0, 0.1, (frames, 2)).astype(np.float32).view(np.complex64)[:, 0]


def heard(part: Part, start: int, frames: int) -> NDArray[np.float32]:
    both = part.sound(start, frames)
    return np.stack((both.real, both.imag))


LONG, SHORT = loop(1_000), loop(301)
KINDS = RNG.normal(0, 0.1, (2, 200)).astype(np.float32)
COURSES = (Drift(7, 2, 0.2, 1.0), Waves(8, slot=6, spread=2, rise=2, fall=4, floor=0.3, sharp=2.0, later=1))
PARTS = {
    "round": Layer(LONG),
    "shuffled": Layer(LONG, piece=700, fade=120, seed=5),
    "courses": Layer(LONG, COURSES, piece=700, fade=120, seed=5),
    "changing": Changing((LONG, SHORT, LONG[:500]), slot=900, spread=200, fade=150, seed=6, courses=COURSES),
    "drops": Drops(KINDS, slot=150, share=0.6, seed=3),
    "long drops": Drops(KINDS, slot=30, share=0.6, seed=4),
    "drops on one side": Drops(KINDS, slot=30, share=0.6, seed=4, side=0.2),
}


@pytest.mark.parametrize("part", PARTS.values(), ids=list(PARTS))
def test_a_part_is_not_tied_to_how_it_is_read(part: Part) -> None:
    whole = heard(part, 0, 6_000)
    assert whole.any()
    for size in (1, 97, 1_000, 1_500):
        pieces = [heard(part, at, min(size, 6_000 - at)) for at in range(0, 6_000, size)]
        assert np.array_equal(np.concatenate(pieces, axis=1), whole)
    assert np.array_equal(heard(part, 4_321, 100), whole[:, 4_321:4_421])
    assert heard(part, 5, 0).shape == (2, 0)


def test_a_piece_goes_on_elsewhere_with_equal_power() -> None:
    long = np.ones(10_000, np.complex64)
    shuffled = heard(Layer(long, piece=700, fade=120, seed=5), 0, 7_000)[0]
    inside = np.arange(7_000) % 700 >= 120
    assert np.all(shuffled[inside] == 1)
    fading = shuffled[~inside].reshape(-1, 120)
    course = np.pi / 2 * (np.arange(120) + 0.5) / 120
    assert fading == pytest.approx(np.tile(np.sin(course) + np.cos(course), (10, 1)), abs=1e-4)


def test_a_shuffled_loop_is_like_itself_at_no_other_time() -> None:
    def alike(part: Part) -> float:
        mono = heard(part, 0, 60_000)[0].astype(np.float64)
        power = np.fft.irfft(np.abs(np.fft.rfft(mono, 1 << 17)) ** 2)
        return float(np.abs(power[500:30_000]).max() / power[0])

    assert alike(Layer(LONG)) > 0.9
    assert alike(Layer(LONG, piece=700, fade=120, seed=5)) < 0.2


def test_a_drift_stays_within_its_bounds_and_moves_smoothly() -> None:
    course = Drift(1, 50, 0.4, 0.9).at(np.arange(20_000))
    assert 0.4 <= course.min() < 0.42
    assert 0.88 < course.max() <= 0.9
    assert np.abs(np.diff(course)).max() < 0.5 * np.pi / 2 / 50 * 1.01


def test_gains_are_a_course_frame_by_frame() -> None:
    course = Drift(1, 3, 0.0, 1.0)
    whole = gains((course,), 0, 10 * CELL)
    assert whole[::CELL] == pytest.approx(course.at(np.arange(10)), abs=1e-5)
    assert np.array_equal(
        gains((course, course), 777, 50), whole[777:827] * 0 + gains((course, course), 0, 900)[777:827]
    )


def test_loops_change_and_each_fades_into_the_next() -> None:
    ones = tuple(np.full(50, value, np.complex64) for value in (1, 2, 3, 4))
    changing = Changing(ones, slot=1_000, spread=300, fade=100, seed=2)
    sound = heard(changing, 0, 20_000)[0]
    for number in range(1, 18):
        begin, after = changing.turn(number), changing.turn(number + 1)
        assert np.all(sound[begin + 100 : after] == changing.which(number) + 1)
        assert changing.which(number) != changing.which(number + 1)


def test_a_loop_that_is_read_is_not_changed() -> None:
    before = LONG.copy()
    for part in PARTS.values():
        heard(part, 990, 500)
    assert np.array_equal(LONG, before)


def test_drops_are_scattered_and_never_come_again() -> None:
    one = np.ones((1, 1), np.float32)
    drops = heard(Drops(one, slot=100, share=0.5, seed=5), 0, 1_000_000)
    at = np.flatnonzero(drops[0])
    assert len(at) == pytest.approx(5_000, rel=0.03)  # half of the slots
    assert np.all(np.unique(at // 100, return_counts=True)[1] == 1)
    within = at % 100
    assert np.bincount(within // 10, minlength=10) == pytest.approx([len(at) / 10] * 10, rel=0.15)
    gaps = np.diff(at)
    assert gaps.std() > 0.6 * gaps.mean()  # as irregular as drops are: an even beat would have none
    left, right = drops[:, at]
    assert np.maximum(left / right, right / left).max() == pytest.approx(4, abs=0.02)  # to a side, in both ears
    assert 0.75 < np.maximum(left, right).max() <= 1.0
    assert abs(np.log10(left.mean() / right.mean())) < 0.02
    half = len(at) // 2
    assert not np.array_equal(within[:half][:100], within[half:][:100])


def test_chances_are_even_independent_and_the_same_everywhere() -> None:
    numbers = np.arange(1 << 16)
    values = chances(9, numbers, 3)
    assert values.min() >= 0
    assert values.max() < 1
    assert values.mean(axis=1) == pytest.approx([0.5] * 3, abs=0.01)
    assert values.std(axis=1) == pytest.approx([12**-0.5] * 3, abs=0.005)
    assert np.abs(np.corrcoef(values) - np.eye(3)).max() < 0.02
    assert abs(np.corrcoef(values[0][1:], values[0][:-1])[0, 1]) < 0.02
    assert np.array_equal(chances(9, numbers[77:90], 3), values[:, 77:90])
    first = (0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F)  # SplitMix64's from seed 0, as published
    assert chances(0, np.array([1, 2, 3]), 1)[0] == pytest.approx([value / 2**64 for value in first], abs=1e-15)
