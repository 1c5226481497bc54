"""Scripts in the styles that people publish: the script that comes out, the report, and that plan and check take it.

Each was written for these tests, with the oddities of its kind. ``python -m tests.importing.test_public_styles`` writes
what comes out now, to be read and judged before it is committed.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.documents.made import document
from tests.importing.cases import AROUND, FIXTURES, imported, parsed
from tests.importing.sweep import Document, faults
from tests.support.cases import plan
from voiceguide.checks import check
from voiceguide.documents import read_document
from voiceguide.errors import has_errors
from voiceguide.importing import Imported, translate
from voiceguide.routine import Pause


@dataclass(frozen=True)
class Style:
    """A text, the seconds of the longest pause that it asks for, and the rules of ``check`` that find a true error."""

    name: str
    longest: float
    errors: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        return FIXTURES / self.name

    def fixture(self, ending: str) -> Path:
        return FIXTURES / f"{self.name.partition('.')[0]}.{ending}"


STYLES = [
    Style("clinical-relaxation.txt", 30),
    Style("hypnosis-induction.markdown", 60),
    Style("yoga-nidra.txt", 90),
    Style("workout-timer.markdown", 30),
    Style("affirmations.txt", 5),
    Style("koerperreise.txt", 30),
    Style("escaneo-corporal.txt", 30),
    Style("chat-answer.markdown", 3),
    Style("loving-kindness.markdown", 60, ("silence-gap",)),
    Style("autogenes-training.txt", 60, ("silence-gap",)),
    Style("pmr-protocol.txt", 30),
    Style("sleep-story.markdown", 8),
    Style("eft-tapping.markdown", 10),
    Style("yoga-class.markdown", 300, ("silence-gap",)),
    Style("box-breathing.txt", 2),
    Style("pranayama.markdown", 90, ("breath-hold", "silence-gap")),  # a hold of 16 s
    Style("kids-mindfulness.txt", 45, ("silence-gap",)),
    Style("chakra.markdown", 120, ("silence-gap", "title-duration")),  # no music bridges its 20 min
    Style("sophrologie.txt", 60),
    Style("varredura-corporal.txt", 60),
    Style("scansione-corporea.txt", 30),
    Style("ademruimte.txt", 60),
    Style("guided-imagery.txt", 150, ("silence-gap",)),
    Style("obsidian-note.markdown", 20),
    Style("chat-emoji.markdown", 10),
    Style("interval-timer.txt", 40),
    Style("screenplay.txt", 1),
    Style("timed-lines.txt", 0),
    Style("voice-over-table.markdown", 0),
    Style("speech-tags.txt", 6),
    Style("no-stops.txt", 0),
    Style("mail-merge.markdown", 30),
    Style("transcript.txt", 0),
    Style("session-notes.txt", 3),
    Style("traumreise.markdown", 10),
    Style("respiracion.txt", 30),
    Style("spierontspanning.markdown", 15),
    Style("auto-hypnose.markdown", 90),
    Style("schlafgeschichte.txt", 10),
    Style("self-love.markdown", 0),
    Style("novel.txt", 0),
    Style("chat-code.markdown", 10),
    Style("gua-sha-blog.html", 30, ("missing-safety", "title-duration")),
    Style("night-rest.srt", 42.5),
    Style("morning-breath.vtt", 23.5),
    Style("group-handout.docx.markdown", 120, ("silence-gap",)),
]
_PANDOC = (".html", ".docx.markdown")
pytestmark = pytest.mark.skipif(importlib.util.find_spec("pypandoc") is None, reason="needs pandoc for two of them")


@cache
def made_of(style: Style) -> tuple[Imported, tuple[str, ...]]:
    """What comes out of a text, and what is said of the document that it was in."""
    if style.name.endswith((".txt", ".markdown")) and not style.name.endswith(_PANDOC):
        return imported(style.path.read_text("utf-8"), style.name), ()
    data = style.path.read_bytes()
    name = style.name.removesuffix(".markdown")
    read, problems = read_document(name, document("docx", data.decode()) if name != style.name else data)
    assert not has_errors(problems)
    made, wrong = translate(read.source, AROUND, "text")
    assert not wrong
    assert made is not None
    return made, tuple(problem.message for problem in problems)


def told(style: Style) -> list[str]:
    """The report of a text, a line for each row."""
    made, said = made_of(style)
    rows = [f"{row.line} {row.kind}: {row.what} → {row.into} x{row.times}" for row in made.report.rows]
    return [*(f"document: {message}" for message in said), *rows]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_published_script_is_heard_as_it_was_meant(style: Style) -> None:
    assert made_of(style)[0].script == style.fixture("md").read_text("utf-8")
    assert told(style) == style.fixture("rows").read_text("utf-8").splitlines()


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_published_script_is_planned_and_checked_without_a_false_error(style: Style) -> None:
    routine = parsed(made_of(style)[0])
    timeline, problems = plan(routine)
    assert not has_errors(problems)
    assert timeline is not None
    found = {finding.rule for finding in check(routine, timeline).findings if finding.severity == "error"}
    assert found == set(style.errors)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_no_pause_is_longer_than_its_mark(style: Style) -> None:
    pauses = [node.duration.natural for node in parsed(made_of(style)[0]).nodes() if isinstance(node, Pause)]
    assert float(max(pauses, default=0)) == style.longest


@pytest.mark.parametrize(
    "style", [style for style in STYLES if style.path.suffix in (".txt", ".markdown")], ids=lambda style: style.name
)
def test_no_word_is_lost_and_no_markup_is_spoken(style: Style) -> None:
    assert [fault.what for fault in faults(Document(style.name, style.path.read_text("utf-8")))] == []


def test_every_style_is_tried() -> None:
    texts = {path.name for path in FIXTURES.iterdir() if path.suffix not in (".md", ".rows", ".ssml", ".smd")}
    assert texts - {style.name for style in STYLES} == {"meditation.txt"}


if __name__ == "__main__":
    for style in STYLES:
        style.fixture("md").write_text(made_of(style)[0].script, "utf-8")
        style.fixture("rows").write_text("".join(f"{row}\n" for row in told(style)), "utf-8")
    for path in [*FIXTURES.glob("*.smd"), FIXTURES / "meditation.txt"]:
        made = imported(path.read_text("utf-8"), path.name)
        rows = [f"{row.line} {row.kind}: {row.what} → {row.into} x{row.times}" for row in made.report.rows]
        path.with_suffix(".md").write_text(made.script, "utf-8")
        path.with_suffix(".rows").write_text("\n".join(rows) + "\n", "utf-8")
