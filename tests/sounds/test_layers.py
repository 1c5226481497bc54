"""Layers of a bed: loops under loops, and scattered sounds, wherever they are read from."""

import numpy as np
import pytest
from numpy.typing import NDArray

from voiceguide.sounds.layers import Drops, Layer, Part, chances

RNG = np.random.default_rng(1)


def loop(frames: int) -> NDArray[np.float32]:
    return RNG.normal(0, 0.1, frames).astype(np.float32)


def heard(part: Part, start: int, frames: int) -> NDArray[np.float32]:
    both = part.sound(start, frames)
    return np.stack((both.real, both.imag))


LONG, SHORT = loop(1_000), loop(301)
KINDS = np.stack([loop(200), loop(200)])
PARTS = {
    "middle": Layer.middle(LONG),
    "wide": Layer.wide(LONG),
    "two ears": Layer(LONG, SHORT),
    "swells": Layer.wide(LONG, SHORT, loop(7), lag=50),
    "lag the other way": Layer.wide(LONG, SHORT, lag=-50),
    "drops": Drops(KINDS, slot=150, share=0.6, seed=3),
    "long drops": Drops(KINDS, slot=30, share=0.6, seed=4),
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


def test_ears_read_a_loop_half_a_turn_apart() -> None:
    left, right = heard(PARTS["wide"], 0, 1_000)
    assert np.array_equal(right, np.roll(left, -500))


def test_a_swell_is_a_gain_that_comes_later_on_the_right() -> None:
    gain = loop(301)
    left, right = heard(Layer(LONG, LONG, swells=(gain,), lag=20), 301, 280)
    assert np.array_equal(left, LONG[301:581] * gain[:280])
    assert np.array_equal(right[20:], LONG[321:581] * gain[:260])


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
