"""Streams in parts: equal ones, from their length alone; worked on side by side, in order."""

from __future__ import annotations

import threading
from itertools import pairwise

import pytest

from voiceguide.stream import parts, side_by_side


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


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_order_and_no_more_than_jobs_at_a_time(jobs: int) -> None:
    at_work, most, lock = 0, 0, threading.Lock()
    turn = threading.Event()

    def work(number: int) -> int:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
        turn.wait(0.01 if number % 3 else 0.03)
        with lock:
            at_work -= 1
        return number * number

    assert list(side_by_side(work, range(20), jobs)) == [number * number for number in range(20)]
    assert most == jobs


def test_a_failure_comes_out_in_its_turn_and_ends_the_work() -> None:
    begun: list[int] = []

    def work(number: int) -> int:
        begun.append(number)
        if number == 3:
            raise KeyError("the part's own")
        return number

    results: list[int] = []
    with pytest.raises(KeyError, match="the part's own"):
        results.extend(side_by_side(work, range(1000), 2))
    assert len(begun) < 20
