"""A text that is planned again after a change, against the same text planned for the first time."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.paths import ROOT
from voiceguide import planner
from voiceguide.errors import Source, has_errors
from voiceguide.live.planning import LivePlanner
from voiceguide.planner.memory import Memory as Chapters
from voiceguide.routine import SoundRef
from voiceguide.script import parse
from voiceguide.script.files import Folder
from voiceguide.script.memory import Memory as Paragraphs
from voiceguide.session.options import SessionOptions, known_sounds
from voiceguide.session.reading import ScriptText
from voiceguide.sounds.files import SoundStore
from voiceguide.speech import Studio
from voiceguide.timeline import Line

EVERYTHING = """---
title: Everything
length: 6m
bed: brown
variables: {place: jaw}
---
# Settle

Sit down. [pause ~4s] Rest on the {place}. [pause ~4s]
Rest on the {place}. Breathe *softly*; it is
easy <!-- so it is --> to do. [pause 2s..9s]

> A note.

- The hands rest. [chime bell]
- [take 2] The hands rest.

## Wave [optional 2]

[repeat 2..6]
Wave {n} of {total}. [pause ~3s]

[each side: left, right]
The {side} side. [hold ~6s countdown]
[end]
[end]

# Breathe

[breathe 4-6 x2..9] [within ~30s] Rest. [pause ~2s] [end]

[pace 0.9] Slowly now. [voice ana] Another voice. [count 3] [sound bowl under]

# End [optional]

[bed none] Thank you. [pause ~5s] Open your eyes.
"""
SCRIPTS = (
    EVERYTHING,
    *((ROOT / "scripts" / name).read_text() for name in ("breathing/box.md", "stretching/long-back.md")),
)
FOLDERS = (None, Folder(ROOT / "scripts/breathing"), Folder(ROOT / "scripts/stretching"))

SNIPPETS = (
    *("", "a", " ", ".", "\n", "\n\n", "[", "]", "{", "*", "`", "```\n", "---\n", "> ", "- ", "<!--", "-->", "<b>"),
    *(
        "word ",
        "Another sentence. ",
        "[pause ~4s]",
        "[hold 5s]",
        "[end]\n",
        "\n\n# New\n\n",
        "\n## Deeper [optional]\n",
    ),
    *("\n[repeat 2..3]\n", "{n}", "{place}", "{unknown}", "[bed pink]", "[sound wood]", "[include parts/end.md]\n"),
    *(
        "[voice ben]",
        "[pace 1.1]",
        "[breathe box x2]",
        "[pase 4s]",
        "[take 3]",
        "\nlength: 8m\n",
        "[label]: /somewhere\n",
    ),
)
EDITS = st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(SNIPPETS))


def edited(text: str, where: float, removed: int, snippet: str) -> str:
    at = round(where * len(text))
    return text[:at] + snippet + text[at + removed * (removed > 15) :]


class UnevenLengths:
    """Lengths that are no round numbers, the same for the same line."""

    def line(self, line: Line) -> int:
        return 3_000 + zlib.crc32(repr(line).encode()) % 90_001

    def sound(self, sound: SoundRef) -> int:
        return 1_000 + zlib.crc32(sound.name.encode()) % 700_001


def planned(
    text: str, folder: Folder | None, paragraphs: Paragraphs | None = None, chapters: Chapters | None = None
) -> tuple[Any, ...]:
    """Everything that becomes of a text: the routine, what is said about it, the lines in order, and the plan."""
    routine, findings = parse(Source("x.md", text), known_sounds(), {"given": "yes"}, folder, memory=paragraphs)
    if has_errors(findings):
        return routine, findings
    voices = {name: name for name in planner.voice_names(routine)}
    lines, problems = planner.lines(routine, voices, memory=chapters)
    told = tuple((line, line.as_written, span) for line, span in lines.items())
    if problems:
        return routine, findings, told, problems
    return routine, findings, told, planner.plan(routine, voices, UnevenLengths(), chapters)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(SCRIPTS) - 1), st.lists(EDITS, min_size=1, max_size=8))
def test_after_any_edits_everything_is_as_if_planned_for_the_first_time(
    script: int, edits: list[tuple[float, int, str]]
) -> None:
    text, folder = SCRIPTS[script], FOLDERS[script]
    paragraphs, chapters = Paragraphs(), Chapters()
    planned(text, folder, paragraphs, chapters)
    for edit in edits:
        broken = edited(text, *edit)
        for now in (broken, text, broken):  # an edit, undone, and done again
            assert planned(now, folder, paragraphs, chapters) == planned(now, folder)
        text = broken


@pytest.fixture
def sounds(tmp_path: Path) -> Any:
    with SoundStore(tmp_path) as store:
        yield store


def test_lines_that_are_spoken_meanwhile_have_their_lengths_in_the_next_plan(sounds: SoundStore) -> None:
    text = "---\nvoice: silent\nlength: 1m\n---\n# One\n\nOne. [pause ~9s]\n\n# Two\n\nTwo, longer. [pause 1s..40s]\n"
    options, studio = SessionOptions(), Studio()
    lasting = LivePlanner(options, studio, sounds)
    lengths = set()
    for now in (text, text.replace("One", "Three"), text):
        script = ScriptText(Source("x.md", now))
        before = lasting.plan(script)
        studio.keep(before.parts.values(), jobs=1)
        again, fresh = lasting.plan(script), LivePlanner(options, studio, sounds).plan(script)
        assert again.plan is not None
        assert fresh.plan is not None
        assert again.plan.timeline == fresh.plan.timeline
        assert (again.findings, again.parts, again.places) == (fresh.findings, {}, fresh.places)
        assert before.plan is not None
        lengths |= {before.plan.timeline.chapters, again.plan.timeline.chapters}
    assert len(lengths) == 4, "estimates were replaced by lengths, for either text"
