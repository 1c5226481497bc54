"""What a page is told: ranges in its own units, and the timeline."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from tests.live.made import plan_of
from voiceguide.errors import Diagnostic, Source, Span
from voiceguide.studio import messages

TEXTS = st.text(alphabet="ab😀é\n", max_size=40)


@given(TEXTS, st.data())
def test_offsets_are_counted_as_a_page_counts_them(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    units = messages.units(text, offset)
    assert units == len(text[:offset].encode("utf-16-le")) // 2
    assert messages.characters(text, units) == offset


def test_findings_have_their_range_and_those_of_other_files_their_name() -> None:
    source = Source("x.md", "😀 One.\n[puase 3s]\n")
    own = Diagnostic(Span(source, 2, 2, 5), "error", "unknown cue 'puase' (did you mean 'pause'?)")
    foreign = Diagnostic(Span(Source("y.md", "z"), 1, 1), "warning", "odd")
    assert messages.told((own,), "x.md", source.text, 3)["number"] == 3
    assert messages.told((own,), "x.md", "another text", 3)["number"] is None
    rows = messages.findings((own, foreign), "x.md")
    text = source.text.encode("utf-16-le")
    assert text[2 * rows[0]["from"] : 2 * rows[0]["to"]].decode("utf-16-le") == "puase"
    assert rows[0]["mend"] == {"from": rows[0]["from"], "to": rows[0]["to"], "insert": "pause"}
    assert (rows[0]["where"], rows[1]["where"]) == (None, "y.md:1:1")
    assert "mend" not in rows[1]


def test_chapters_have_their_line_and_whether_they_may_be_left_out() -> None:
    told = messages.timeline(plan_of("# A\n\nOne here.\n\n# B [optional 2]\n\nTwo.\n\n# A\n\nThree.\n"))
    assert [(one["title"], one["line"], one["optional"]) for one in told["chapters"]] == [
        ("A", 1, None),
        ("B", 5, 2),
        ("A", 9, None),
    ]
    assert told["left_out"] == []


def test_silence_has_no_loudness() -> None:
    assert messages.loudness((-20.04, float("-inf")))["course"] == [-20.0, None]


def test_the_timeline_can_be_sent_and_says_what_is_missing() -> None:
    plan = plan_of("# A\n\nOne here. [pause ~2s] Two here. [chime bowl -3dB]\n", missing=("Two here.",))
    told = json.loads(json.dumps(messages.timeline(plan)))
    speech = [event for event in told["events"] if event["kind"] == "speech"]
    assert [event.get("missing", False) for event in speech] == [False, True]
    assert [event["level"] for event in told["events"] if event["kind"] == "chime"] == [-3.0]
    assert all({"line", "column", "start", "end"} <= event.keys() for event in told["events"] if event["kind"] != "bed")
