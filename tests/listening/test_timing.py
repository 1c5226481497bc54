from __future__ import annotations

from itertools import permutations

import pytest

from voiceguide.listening.placing import Placement
from voiceguide.listening.timing import out_of_order


def _placed(order: tuple[int, ...]) -> dict[int, Placement]:
    """Lines, by index, in the order in which they are said."""
    return {index: Placement(at * 100, at * 100 + 50) for at, index in enumerate(order)}


@pytest.mark.parametrize(
    ("order", "groups"),
    [
        ((), ()),
        ((0, 1, 2, 3), ()),
        ((0, 2, 5, 9), ()),
        ((0, 2, 1, 3), ((1, 2),)),
        ((1, 0, 3, 2), ((0, 1), (2, 3))),
        ((1, 2, 3, 0), ((0,),)),
        ((4, 0, 1, 2, 3), ((4,),)),
    ],
)
def test_what_has_changed_places_is_told_together(order: tuple[int, ...], groups: tuple[tuple[int, ...], ...]) -> None:
    assert out_of_order(_placed(order)) == groups


def test_without_what_is_told_the_rest_is_in_order() -> None:
    for order in permutations(range(5)):
        moved = {index for group in out_of_order(_placed(order)) for index in group}
        rest = [index for index in order if index not in moved]
        assert rest == sorted(rest)
        assert bool(moved) == (order != (0, 1, 2, 3, 4))
