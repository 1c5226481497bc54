"""The reader of timeline documents: whole ones become values, damaged ones are refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.publish.published import timeline
from voiceguide.publish.timeline_document import Chapter, Document, Event

SCRIPT = "# Settle\n\nRest your hands. [pause ~4s]\n[breathe 4-6 x1 words none]\n"


def test_it_has_what_the_timeline_wrote() -> None:
    written = timeline(SCRIPT)
    document = Document.of(written)
    assert document.seconds == written["seconds"]
    assert document.chapters == (Chapter("Settle", 0.0, written["seconds"]),)
    speech, pause, inhale = document.events[:3]
    start, end = written["events"][0]["start"], written["events"][0]["end"]
    assert speech == Event("speech", "voice", start, end, "Rest your hands.", "", 0, False, ("x.md", 3))
    assert (pause.words, pause.seconds, pause.elastic, pause.position) == ("pause", pytest.approx(4), True, ("x.md", 3))
    assert (inhale.words, inhale.track, inhale.position) == ("breathe in, breath 1", "breath", ("x.md", 4))
    assert document.fit is None


def test_texts_are_on_one_line_and_turn_nothing_around() -> None:
    written = timeline(SCRIPT)
    written["events"][0]["text"] = " one\n\u202etwo\0"
    assert Document.of(written).events[0].text == "one two\ufffd"


@pytest.mark.parametrize(
    "damaged",
    [
        {},
        {"schema": "voiceguide.timeline/2"},
        {**timeline(SCRIPT), "events": [{}]},
        {**timeline(SCRIPT), "events": None},
        {**timeline(SCRIPT), "chapters": [{"title": "x"}]},
        {**timeline(SCRIPT), "seconds": "long"},
        {**timeline(SCRIPT), "fit": {"share": 0}},
        [],
    ],
)
def test_a_damaged_timeline_is_told(damaged: Any) -> None:
    with pytest.raises(ValueError, match=r"timeline is damaged|no timeline|could not convert"):
        Document.of(damaged)
