"""Scripts in the styles that people publish: the script that comes out, the report, and that plan and check take it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.cases import FIXTURES, imported, parsed
from tests.support.cases import plan
from voiceguide.checks import check
from voiceguide.errors import has_errors

STYLES = [
    "clinical-relaxation.txt",
    "hypnosis-induction.markdown",
    "yoga-nidra.txt",
    "workout-timer.markdown",
    "affirmations.txt",
    "koerperreise.txt",
    "escaneo-corporal.txt",
    "chat-answer.markdown",
]
TEXTS = [FIXTURES / name for name in STYLES]


def told(path: Path) -> list[str]:
    """The report of a file, a line for each row."""
    rows = imported(path.read_text("utf-8"), path.name).report.rows
    return [f"{row.line} {row.kind}: {row.what} → {row.into} x{row.times}" for row in rows]


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.name)
def test_a_published_script_is_heard_as_it_was_meant(text: Path) -> None:
    made = imported(text.read_text("utf-8"), text.name)
    assert made.script == text.with_suffix(".md").read_text("utf-8")
    assert told(text) == text.with_suffix(".rows").read_text("utf-8").splitlines()


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.name)
def test_a_published_script_is_planned_and_checked_without_an_error(text: Path) -> None:
    routine = parsed(imported(text.read_text("utf-8"), text.name))
    timeline, problems = plan(routine)
    assert not has_errors(problems)
    assert timeline is not None
    found = [finding.render() for finding in check(routine, timeline).findings if finding.severity == "error"]
    assert found == []


def test_pauses_are_no_longer_than_their_marks() -> None:
    """The longest silence of all these scripts is the longest that one of them asks for."""
    pauses = [
        node.duration.natural
        for path in TEXTS
        for node in parsed(imported(path.read_text("utf-8"), path.name)).nodes()
        if type(node).__name__ == "Pause"
    ]
    assert max(pauses) == 90  # [PAUSE 1–2 min]


if __name__ == "__main__":  # writes what comes out now, to be read and judged before it is committed
    for path in [*TEXTS, *FIXTURES.glob("*.smd"), FIXTURES / "meditation.txt"]:
        path.with_suffix(".md").write_text(imported(path.read_text("utf-8"), path.name).script, "utf-8")
        path.with_suffix(".rows").write_text("\n".join(told(path)) + "\n", "utf-8")
