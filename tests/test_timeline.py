"""The timeline as a document for other programs."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.support.cases import NAMES, plan
from voiceguide.errors import Source
from voiceguide.script import parse
from voiceguide.timeline import SCHEMA, Timeline
from voiceguide.units import SAMPLE_RATE

SCRIPT = """---
title: Calm
language: en-GB
bed: brown
---
# One
Abcd. [pause ~2s] [hold 3s] [breathe sigh x1 words 1 swell]
# Two
[chime bell] [sound tick] [count 1]
"""


def _timeline(script: str) -> Timeline:
    routine, findings = parse(Source("x.md", script), NAMES)
    assert findings == ()
    timeline, problems = plan(routine)
    assert problems == ()
    assert isinstance(timeline, Timeline)
    return timeline


def test_the_document_has_the_promised_keys() -> None:
    timeline = _timeline(SCRIPT)
    document = json.loads(json.dumps(timeline.to_json()))
    assert list(document) == [
        "schema", "title", "language", "voice", "sample_rate", "frames", "seconds", "chapters", "events",
    ]  # fmt: skip
    assert document["schema"] == SCHEMA == "voiceguide.timeline/1"
    assert (document["title"], document["language"], document["voice"]) == ("Calm", "en-GB", "full-auto")
    assert document["sample_rate"] == SAMPLE_RATE == 44_100
    assert document["frames"] == timeline.frames
    assert document["seconds"] == round(timeline.frames / SAMPLE_RATE, 6)
    assert document["chapters"] == [
        {"title": "One", "start": 0.0, "end": 15.5},
        {"title": "Two", "start": 15.5, "end": document["seconds"]},
    ]


def test_each_event_carries_what_belongs_to_its_kind() -> None:
    rows = {row["kind"]: row for row in reversed(_timeline(SCRIPT).to_json()["events"])}
    assert set(rows) == {"speech", "pause", "hold", "breath", "chime", "sound", "bed"}
    assert rows["speech"] == {
        "kind": "speech", "track": "voice", "start": 1.0, "end": 1.5, "text": "Abcd.", "file": "x.md", "line": 7,
    }  # fmt: skip
    assert rows["pause"] == {
        "kind": "pause", "track": "voice", "start": 1.5, "end": 3.5, "elastic": True, "file": "x.md", "line": 7,
    }  # fmt: skip
    assert rows["hold"]["elastic"] is False
    assert (rows["breath"]["phase"], rows["breath"]["cycle"], rows["breath"]["track"]) == ("in", 1, "breath")
    assert (rows["chime"]["text"], rows["chime"]["track"]) == ("release", "chimes")
    assert rows["bed"] == {
        "kind": "bed", "track": "bed", "start": 0.0, "end": rows["bed"]["end"], "text": "brown", "file": "x.md", "line": 4,
    }  # fmt: skip
    breaths = [row for row in _timeline(SCRIPT).to_json()["events"] if row["kind"] == "breath"]
    assert [row["phase"] for row in breaths] == ["in", "in", "out"]
    assert all("elastic" not in row for row in breaths)
    assert all("cycle" not in row for row in rows.values() if row["kind"] != "breath")


def test_times_are_of_the_finished_file_and_name_one_frame_each() -> None:
    timeline = _timeline("[breathe 5.55-5.77 x200 words none]")
    rows = timeline.to_json()["events"]
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)
    assert [round(row["start"] * SAMPLE_RATE) for row in rows] == [event.start for event in timeline.events]
    assert all(row["end"] <= timeline.frames / SAMPLE_RATE for row in rows)


def test_a_file_of_48_khz_has_its_own_frames_and_the_same_times() -> None:
    timeline = _timeline("---\nsample_rate: 48 kHz\n---\n[breathe 5.55-5.77 x200 words none]")
    document, plain = timeline.to_json(), replace(timeline, sample_rate=SAMPLE_RATE).to_json()
    assert (document["sample_rate"], plain["sample_rate"]) == (48_000, SAMPLE_RATE)
    assert document["frames"] == round(timeline.frames * 160 / 147)
    assert document["seconds"] == round(document["frames"] / 48_000, 6)
    for row, other in zip(document["events"], plain["events"], strict=True):
        assert row["start"] == round(round(row["start"] * 48_000) / 48_000, 6)
        assert row["start"] == pytest.approx(other["start"], abs=0.5 / 48_000 + 1e-6)


def test_a_script_without_headings_has_no_chapters() -> None:
    assert _timeline("Hi.\n").to_json()["chapters"] == []


def test_what_sounds_is_given_in_order_with_its_clips() -> None:
    timeline = _timeline(SCRIPT)
    sounding = list(timeline.sounding())
    assert [event for event, _ in sounding] == [e for e in timeline.events if e.kind not in ("pause", "hold", "bed")]
    assert all(clip is event.clip for event, clip in sounding)
