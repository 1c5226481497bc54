"""Steps of the player: which events of a timeline go together, and where a jump lands."""

from __future__ import annotations

from typing import Any

import pytest

from tests.publish.published import timeline
from voiceguide.publish.steps import LEAD, listening
from voiceguide.publish.timeline_document import Document
from voiceguide.timeline import SCHEMA

EVENING = """# Settle

Close your eyes. Let your shoulders sink. [pause 2s]

Warm your hands. [pause 2s]

# Brow

Press gently up against the bone. [hold 12s countdown]

Let go. [pause 2s]

# Breath

Breathe with the tones. [breathe 2-2 x2]

Good night.
"""


def event(kind: str, start: float, end: float, text: str | None = None, line: int = 1, **other: Any) -> dict[str, Any]:
    track = "breath" if kind == "breath" else "voice"
    words = {} if text is None else {"text": text}
    return {"kind": kind, "track": track, "start": start, "end": end, "file": "x.md", "line": line, **words, **other}


def heard(*events: dict[str, Any], chapters: tuple[float, ...] = ()) -> dict[str, Any]:
    rows = [{"title": "A", "start": start, "end": start + 9} for start in chapters]
    return listening(Document.of({"schema": SCHEMA, "seconds": 99.0, "chapters": rows, "events": list(events)}))


def steps(*events: dict[str, Any], chapters: tuple[float, ...] = ()) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = heard(*events, chapters=chapters)["steps"]
    return found


def lines(found: list[dict[str, Any]]) -> list[list[str]]:
    return [[line["text"] for line in step["lines"]] for step in found]


def test_a_step_is_a_spoken_line_with_what_follows() -> None:
    written = timeline(EVENING)
    found = listening(Document.of(written))
    assert lines(found["steps"]) == [
        ["Close your eyes.", "Let your shoulders sink."],
        ["Warm your hands."],
        ["Press gently up against the bone."],
        ["Let go."],
        ["Breathe with the tones."],
        ["Good night."],
    ]
    assert [step["chapter"] for step in found["steps"]] == [0, 0, 1, 1, 2, 2]
    assert [[item["kind"] for item in step["then"]] for step in found["steps"]] == [
        ["pause"],
        ["pause"],
        ["hold"],
        ["pause"],
        ["breath"],
        [],
    ]
    assert found["steps"][2]["counted"] == ["five", "four", "three", "two", "one"]
    assert found["steps"][4]["counted"] == ["Breathe in", "Breathe out"] * 2
    breathing = found["steps"][4]["then"][0]
    assert (breathing["times"], breathing["phases"]) == (
        2,
        [{"name": "in", "seconds": 2.0}, {"name": "out", "seconds": 2.0}],
    )
    hold, breath = (next(row for row in written["events"] if row["kind"] == kind) for kind in ("hold", "breath"))
    assert found["even"] == [[hold["start"], hold["end"]], [breath["start"], breathing["end"]]]
    assert found["steps"][0]["at"] == 0
    for step in found["steps"][1:]:
        assert step["at"] == pytest.approx(step["lines"][0]["start"] - LEAD, abs=0.002)
    assert found["lead"] == LEAD


def test_a_count_belongs_to_the_line_before_it() -> None:
    found = steps(
        event("speech", 1, 2, "Count with me."),
        event("speech", 2, 2.4, "one"), event("speech", 5, 5.4, "two"), event("speech", 8, 8.4, "three"),
        event("speech", 11, 12, "Good."),
    )  # fmt: skip
    assert lines(found) == [["Count with me."], ["Good."]]
    assert found[0]["counted"] == ["one", "two", "three"]
    assert heard(event("speech", 2, 2.4, "one"), event("speech", 5, 5.4, "two"))["even"] == [[2, 5.4]]


def test_words_without_a_full_stop_are_no_count_when_they_keep_no_time() -> None:
    words = (("to the left", 2), ("to the right", 3), ("and up", 4.5))
    found = steps(event("speech", 0, 1, "Stroke"), *(event("speech", at, at + 0.9, text) for text, at in words))
    assert lines(found)[-1][-1] == "and up"


def test_paragraphs_apart_are_steps_and_sentences_near_are_one() -> None:
    found = steps(event("speech", 1, 2, "A."), event("speech", 2.6, 3, "B."), event("speech", 4.2, 5, "C."))
    assert lines(found) == [["A.", "B."], ["C."]]
    assert found[1]["at"] == 4.0


def test_a_jump_never_lands_in_the_line_before() -> None:
    found = steps(event("speech", 1, 2, "A."), event("pause", 2, 2.1, elastic=False), event("speech", 2.1, 3, "B."))
    assert found[1]["at"] == 2


def test_a_chapter_begins_a_step_with_its_chime() -> None:
    found = steps(
        event("speech", 1, 2, "A."), event("chime", 3, 9, "bell"), event("speech", 5.5, 6, "B."), chapters=(0.0, 3.0)
    )  # fmt: skip
    assert lines(found) == [["A."], ["B."]]
    assert [(step["at"], step["chapter"]) for step in found] == [(0.0, 0), (2.8, 1)]


def test_two_exercises_side_by_side_are_told_apart() -> None:
    phases = [("in", 1), ("out", 1), ("in", 2), ("out", 2), ("in", 1), ("out", 1)]
    found = steps(*(event("breath", n, n + 1, phase=phase, cycle=cycle) for n, (phase, cycle) in enumerate(phases)))
    assert [(item["times"], item["end"]) for item in found[0]["then"]] == [(2, 4), (1, 6)]


def test_a_session_without_words_has_a_step() -> None:
    found = steps(event("breath", 1, 5, phase="in", cycle=1), event("breath", 5, 9, phase="out", cycle=1))
    assert [(step["at"], step["lines"]) for step in found] == [(0.0, [])]
    assert steps() == []
