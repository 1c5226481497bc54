"""``voiceguide translate-check`` as a person or a program meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from voiceguide.cli import cli

ENGLISH = "# Rest\n\nRest your hands. [pause 4s]\n[chime bell]\n"
GERMAN = "---\nlanguage: de\n---\n# Ruhe\n\nLass die Hände ruhen. [pause 4s]\n[chime bell]\n"


def _run(*arguments: str) -> tuple[int, str, str]:
    """Exit status, standard output and standard error."""
    result = CliRunner().invoke(cli, ["translate-check", *arguments], standalone_mode=False)
    failed = result.exception
    status = result.return_value if failed is None else getattr(failed, "exit_code", 1)
    return status, result.stdout, str(getattr(failed, "message", "")) or result.stderr


@pytest.fixture(autouse=True)
def _scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder, script in (("en", ENGLISH), ("de", GERMAN)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{folder}.md").write_text(script)
        _pack(folder, f"{{script: {folder}.md, lengths: [15s]}}")


def _pack(folder: str, *sessions: str, more: str = "") -> None:
    rows = "\n".join(f"  - {session}" for session in sessions)
    Path(folder, "pack.yaml").write_text(f"title: {folder}\nsessions:\n{rows}\n{more}")


def test_scripts_in_step_are_told_so() -> None:
    assert _run("en/en.md", "de/de.md") == (0, "", "The two scripts are in step.\n")
    assert _run("en/en.md", "de/de.md", "-q") == (0, "", "")


def test_a_difference_is_shown_like_a_compilers() -> None:
    Path("de/de.md").write_text(GERMAN.replace("4s", "6s"))
    status, shown, summary = _run("en/en.md", "de/de.md")
    assert status == 1
    assert shown == (
        "de/de.md:6:23: error: the original has '[pause 4s]' [cue-differs]\n"
        "    Lass die Hände ruhen. [pause 6s]\n"
        "                          ^^^^^^^^^^\n"
        "    help: it stands at en/en.md:3:18\n"
    )
    assert summary == "1 error, no warnings.\n"


def test_warnings_count_when_they_are_asked_to() -> None:
    Path("de/de.md").write_text(GERMAN.replace("Lass die Hände ruhen.", "Rest your hands."))
    assert _run("en/en.md", "de/de.md")[0] == 0
    assert _run("en/en.md", "de/de.md", "--strict")[0] == 1


def test_json_has_the_findings_of_each_pair() -> None:
    Path("de/de.md").write_text(GERMAN.replace("[chime bell]\n", ""))
    status, shown, _ = _run("en", "de", "--json")
    found = json.loads(shown)
    assert (status, found["schema"]) == (1, "voiceguide.translate-check/1")
    assert [(Path(pair["translation"]).name, pair["errors"], pair["warnings"]) for pair in found["pairs"]] == [
        ("de", 0, 0),
        ("de.md", 1, 0),
    ]
    assert found["pairs"][1]["findings"][0]["rule"] == "cue-missing"


def test_packs_in_step_are_told_so() -> None:
    assert _run("en/pack.yaml", "de") == (0, "", "The packs and their one pair of scripts are in step.\n")


def test_what_packs_say_differently_is_found() -> None:
    Path("en/two.md").write_text(ENGLISH)
    week = "programme: {weeks: [{title: One, sessions: [en], times_per_week: 2}]}\n"
    _pack("en", "{script: en.md, lengths: [15s, 20s]}", "two.md", more=week)
    rules = [f["rule"] for pair in json.loads(_run("en", "de", "--json")[1])["pairs"] for f in pair["findings"]]
    assert rules == ["script-missing", "programme-differs", "lengths-differ"]
    assert "script-added" in _run("de", "en")[1]


def test_a_script_with_mistakes_is_told_before_it_is_compared() -> None:
    Path("de/de.md").write_text("[puase 1s]\nSitz.\n")
    status, shown, _ = _run("en/en.md", "de/de.md")
    assert status == 1
    assert "unknown cue 'puase'" in shown
    assert "missing" not in shown
    assert _run("en/en.md", "nowhere.md")[0] == 1
    Path("de/pack.yaml").write_text("title: x\n")
    assert _run("en", "de")[0] == 1


def test_a_pack_and_a_script_are_a_wrong_command_line() -> None:
    status, _, told = _run("en", "de/de.md")
    assert status == 2
    assert "give two scripts or two packs" in told
