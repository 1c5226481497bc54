"""Long work: progress, an end of every kind, and one piece at a time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from voiceguide.api.progress import Progress
from voiceguide.errors import OutputError
from voiceguide.studio.work import Busy, Doing, Work


def _told(work: Callable[[Doing], Any], then: Callable[[Work], None] = lambda _: None) -> list[dict[str, Any]]:
    """Everything that a page is told of a piece of work."""
    told: list[dict[str, Any]] = []

    async def run() -> None:
        ended = asyncio.Event()

        async def tell(message: dict[str, Any]) -> None:
            told.append(message)
            if message["op"] == "worked":
                ended.set()

        working = Work(tell)
        assert working.start(work) == 1
        then(working)
        await ended.wait()
        await working.close()

    asyncio.run(run())
    return told


def test_progress_and_a_result_are_told() -> None:
    def work(doing: Doing) -> str:
        doing.part({"name": "a.mp3", "number": 0, "count": 2})
        for done in range(1000):
            doing.progress(Progress("Speaking", done, 1000))
        doing.progress(Progress("Speaking", 1000, 1000))
        return "done"

    told = _told(work)
    assert told[0] == {"op": "working", "work": 1, "part": {"name": "a.mp3", "number": 0, "count": 2}}
    assert told[-2]["done"] == told[-2]["total"] == 1000
    assert len(told) < 20
    assert told[-1] == {"op": "worked", "work": 1, "result": "done"}


def test_work_that_is_cancelled_ends_as_such_and_other_work_waits_for_it() -> None:
    begun = threading.Event()

    def work(doing: Doing) -> None:
        begun.set()
        while True:
            doing.require()

    def then(working: Work) -> None:
        with pytest.raises(Busy):
            working.start(work)
        working.cancel()

    assert _told(work, then)[-1] == {"op": "worked", "work": 1, "cancelled": True}


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(OutputError("The disk is full."), "The disk is full."), (KeyError("x"), "fault in the program")],
)
def test_work_that_fails_says_why(error: Exception, sentence: str) -> None:
    def work(doing: Doing) -> None:
        raise error

    assert sentence in _told(work)[-1]["error"]
