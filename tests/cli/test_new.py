"""``voiceguide new``: the template, copies of routines, and what is left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.command_line import Run, report
from tests.support.paths import ROUTINES
from voiceguide import examples
from voiceguide.examples import TEMPLATE, belongings, routines
from voiceguide.script import parse_file
from voiceguide.session.options import known_sounds


def test_a_new_script_renders_as_it_is(voiceguide: Run, tmp_path: Path) -> None:
    result = voiceguide("new", "slow-evening")
    assert result.returncode == 0
    assert result.stderr == (
        "Wrote slow-evening.md. Open it in any editor; its notes say what is what.\n"
        "Now: voiceguide render slow-evening.md\n"
    )
    rendered = voiceguide("render", "slow-evening.md", "--voice", "system", "--report", "r.json", "-q")
    assert (rendered.returncode, rendered.stderr) == (0, "")
    made = report(tmp_path / "r.json")["timeline"]
    assert made["title"] == "Slow evening"
    assert 180 <= made["seconds"] <= 330


def test_the_template_teaches_the_language_and_has_no_findings() -> None:
    routine, findings = parse_file(TEMPLATE, known_sounds())
    assert findings == ()
    assert routine is not None
    text = TEMPLATE.read_text("utf-8")
    assert len(re.findall(r"^> ", text, re.MULTILINE)) >= 10
    used = set(re.findall(r"\[(\w+)", re.sub(r"^>.*$", "", text, flags=re.MULTILINE)))
    assert used >= {"pause", "hold", "breathe", "chime", "each", "repeat", "end"}


def test_the_length_that_the_template_names_can_be_had(voiceguide: Run) -> None:
    assert voiceguide("new", "a").returncode == 0
    length = re.search(r"--length (\w+)", TEMPLATE.read_text("utf-8"))
    assert length is not None
    result = voiceguide("plan", "a.md", "--voice", "system", "--length", length[1], "-q")
    assert result.returncode == 0, result.stderr


def test_a_copy_of_a_routine(voiceguide: Run, tmp_path: Path) -> None:
    assert voiceguide("new", "mine.md", "--from", "jaw-letting-go", "-o", "scripts").returncode == 0
    assert (tmp_path / "scripts" / "mine.md").read_bytes() == (ROUTINES / "jaw-letting-go.md").read_bytes()


def test_the_list_of_routines(voiceguide: Run) -> None:
    result = voiceguide("new", "--list")
    assert result.returncode == 0
    rows = [re.split(r"\s{2,}", row) for row in result.stdout.splitlines()]
    assert ["bedtime-unwind", "Bedtime unwind"] in rows
    assert [name for name, _ in rows] == sorted(routines())


@pytest.mark.parametrize("arguments", [("a",), ("a", "--from", "jaw-letting-go")])
def test_a_script_that_is_there_is_left_alone(arguments: tuple[str, ...], voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Mine.\n")
    result = voiceguide("new", *arguments)
    assert result.returncode == 1
    assert "a.md is there already, and was left alone." in result.stderr
    assert (tmp_path / "a.md").read_text() == "Mine.\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Please name the script"),
        (("a", "--from", "bedtime-unwnd"), "no routine 'bedtime-unwnd' (did you mean 'bedtime-unwind'?)"),
        ((".md",), "'.md' is no name for a script"),
        (("a/",), "'a/' is no name for a script"),
        (("..",), "'..' is no name for a script"),
    ],
)
def test_a_wrong_command_line(arguments: tuple[str, ...], message: str, voiceguide: Run, tmp_path: Path) -> None:
    result = voiceguide("new", *arguments)
    assert result.returncode == 2
    assert message in " ".join(result.stderr.split())
    assert list(tmp_path.iterdir()) == []


def test_what_a_routine_needs_goes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = tmp_path / "scripts" / "a" / "parts"
    parts.mkdir(parents=True)
    (parts.parent / "long.md").write_text("[include parts/settle.md]\n[sound parts/gong.flac]\nRest.\n")
    (parts / "settle.md").write_text("Settle.\n[include deep.md]\n")
    (parts / "deep.md").write_text("Deep.\n[include settle.md]\n")
    (parts / "gong.flac").write_bytes(b"sound")
    monkeypatch.setattr(examples, "data_folder", lambda name: tmp_path / name)
    assert list(routines()) == ["long"]
    found = belongings(routines()["long"])
    assert sorted(path.as_posix() for path in found) == ["parts/deep.md", "parts/settle.md"]  # a circle is no script
    (parts / "deep.md").write_text("Deep.\n")
    found = belongings(routines()["long"])
    assert sorted(path.as_posix() for path in found) == ["parts/deep.md", "parts/gong.flac", "parts/settle.md"]
