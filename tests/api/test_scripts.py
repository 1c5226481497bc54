from __future__ import annotations

from pathlib import Path

import pytest

import voiceguide
from tests.api.scripts import QUIET
from voiceguide import ScriptError


def test_a_file_and_its_text_are_the_same_script(tmp_path: Path) -> None:
    path = tmp_path / "quiet.md"
    path.write_text(QUIET)
    file, text = voiceguide.read(path), voiceguide.read_text(QUIET)
    assert file.routine is not None
    assert text.routine is not None
    assert file.routine.chapters == text.routine.chapters or file.text == text.text
    for script in (file, text):
        assert (script.title, script.chapters, script.findings, script.ok) == (
            "A quiet moment",
            ("Arrive", "Breathe"),
            (),
            True,
        )
    assert (file.path, text.path, text.name) == (path, None, "script.md")


def test_mistakes_are_values_and_an_exception_only_when_asked_for() -> None:
    script = voiceguide.read_text("Sit.\n[puase 5s]\n{who}\n", name="x.md")
    assert [(d.span.file, d.span.line, d.span.column, d.severity) for d in script.findings] == [
        ("x.md", 2, 2, "error"), ("x.md", 3, 1, "error"),
    ]  # fmt: skip
    assert script.findings[0].render().splitlines()[0] == "x.md:2:2: error: unknown cue 'puase' (did you mean 'pause'?)"
    with pytest.raises(ScriptError) as raised:
        script.raise_for_errors()
    with pytest.raises(ScriptError) as planned:
        voiceguide.plan(script)
    assert raised.value.diagnostics == planned.value.diagnostics == script.findings


def test_a_file_that_cannot_be_read_is_a_finding_too(tmp_path: Path) -> None:
    script = voiceguide.read(tmp_path / "no.md")
    assert (script.ok, script.routine, script.title, script.chapters) == (False, None, "no", ())
    assert script.findings[0].message == "there is no such file"
    with pytest.raises(ScriptError, match="no such file"):
        voiceguide.plan(script)
    assert voiceguide.check(tmp_path / "no.md").findings == script.findings


@pytest.mark.parametrize(
    ("text", "message"), [("x" * 2**20 + "y", "larger than 1 MiB"), ("Sit \ud800.", "half a character")]
)
def test_a_text_that_no_file_could_hold_is_a_finding(text: str, message: str) -> None:
    script = voiceguide.read_text(text)
    assert message in script.findings[0].message
    assert not script.ok


def test_a_text_names_files_in_its_folder_only(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "end.md").write_text("Open your eyes.\n")
    (tmp_path / "out.md").write_text("Out.\n")
    text = "Sit.\n[include end.md]\n"
    assert voiceguide.read_text(text, folder=tmp_path / "inner").ok
    assert not voiceguide.read_text(text).ok
    assert not voiceguide.read_text("[include ../out.md]\n", folder=tmp_path / "inner").ok


def test_variables_stay_with_the_script_and_can_be_replaced() -> None:
    script = voiceguide.read_text("---\nvoice: silent\n---\nHello {name}.\n", variables={"name": "Anna"})
    said = [
        [event.text for event in session.timeline.events]
        for session in (voiceguide.plan(script), voiceguide.plan(script, variables={"name": "Ben"}))
    ]
    assert said == [["Hello Anna."], ["Hello Ben."]]
