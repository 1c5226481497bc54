"""From a moment of a session to its place in the text, and back."""

from __future__ import annotations

import pytest

from tests.live.made import plan_of

TEXT = """# Start

One is here. Two is here.

[repeat 3]
Again now. [pause 2s]
[end]

[breathe 4-4 x3 words none]

The last one.
"""


@pytest.fixture(scope="module")
def places() -> object:
    return plan_of(TEXT).places


def test_every_sentence_is_found_from_its_line_and_column(places) -> None:  # type: ignore[no-untyped-def]
    for event in places.events:
        if event.kind == "speech" and event.text != "Again now.":
            assert places.frame_at(event.span.line, event.span.column + 3) == event.start


def test_a_moment_is_found_in_the_text(places) -> None:  # type: ignore[no-untyped-def]
    second = next(event for event in places.events if event.text == "Two is here.")
    assert places.span_at(second.start + 10) == second.span
    assert places.span_at(0) is None


def test_in_a_loop_the_nearest_round_is_meant(places) -> None:  # type: ignore[no-untyped-def]
    rounds = [event.start for event in places.events if event.text == "Again now."]
    assert len(rounds) == 3
    assert [places.frame_at(6, near=start + 5) for start in rounds] == rounds


def test_an_exercise_is_entered_at_its_start(places) -> None:  # type: ignore[no-untyped-def]
    first = next(event for event in places.events if event.kind == "breath")
    last = [event for event in places.events if event.kind == "breath"][-1]
    assert places.frame_at(9, near=last.start) == first.start


def test_a_line_without_sound_means_what_follows_it(places) -> None:  # type: ignore[no-untyped-def]
    assert places.frame_at(2) == places.frame_at(3)
    assert places.frame_at(99) is None


def test_what_is_heard_of_a_line_and_for_how_long(places) -> None:  # type: ignore[no-untyped-def]
    second = next(event for event in places.events if event.text == "Two is here.")
    assert places.heard_at(3, second.span.column + 1) == (second.start, second.end)
    assert places.heard_at(2, 1) is None
    assert places.heard_at(99, 1) is None
