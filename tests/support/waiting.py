"""What a test may know of time: that something has happened, and how much work it was.

Tests run beside others, on slow machines and busy ones. So they wait for what happens and not for a while, and measure
the processor's time against a piece of work that is measured beside it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

HANGS = 600.0
"""Seconds after which a process or a condition counts as hanging: no load of a machine makes anything here last so
long, and pytest itself gives up after 1200."""

_PIECE = 0.025
"""Processor seconds of :func:`_piece` on the machine for which the tests' limits are written."""


def until(happened: Callable[[], object], what: str = "what was waited for") -> None:
    """Waits until something has happened. Raises AssertionError where it never does."""
    end = time.monotonic() + HANGS
    while not happened():
        assert time.monotonic() < end, f"{what} did not happen"
        time.sleep(0.02)


def processor_seconds() -> float:
    """What this process has used so far, and the processes that it has waited for (Windows does not tell those)."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """What is done in the block takes no more processor time than this, on a machine like the one of :data:`_PIECE`.

    On a slower or a busier one the limit grows as the same piece of work, done before and after, takes longer there.
    """
    before = _measured_piece()
    begin = processor_seconds()
    yield
    used = processor_seconds() - begin
    slowness = max(1.0, max(before, _measured_piece()) / _PIECE)
    assert used < seconds * slowness, f"{used:.2f} s of {seconds:g} s on a machine that is {slowness:.1f} times as slow"


def _measured_piece() -> float:
    begin = time.process_time()
    _piece()
    return time.process_time() - begin


def _piece() -> int:
    """Work as the package does it: strings, dictionaries, small objects."""
    counts: dict[str, int] = {}
    for number in range(60_000):
        word = f"{number % 997}"
        counts[word] = counts.get(word, 0) + len(word)
    return sum(counts.values())
