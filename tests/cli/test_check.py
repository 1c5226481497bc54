"""``voiceguide check`` as a person or a script meets it, and what ``render`` says of the same findings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.paths import ROOT, ROUTINES
from voiceguide.cli import cli
from voiceguide.rules import RULES

FINE = "# Calm\n\nRest your hands. [pause 2s]\n[chime bell]\n"
VAGUE = "# Calm\n\nPress your fingertips here. [pause 2s]\n"
MIRROR = "# Calm\n\nStroke as you know it from the picture, in the mirror. [pause 46s] Good.\n"


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


@pytest.fixture(autouse=True)
def _scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, script in {"fine": FINE, "vague": VAGUE, "mirror": MIRROR, "bad": "[paws 5s]\n"}.items():
        (tmp_path / f"{name}.md").write_text(script)


SHOWN = """\
vague.md:3:23: warning: “here” names no place that closed eyes can find [vague-place]
    Press your fingertips here. [pause 2s]
                          ^^^^
    help: name a landmark: “below the cheekbone”, “a thumb's width in front of the earlobe”
"""


def test_findings_are_shown_like_a_compilers_and_counted() -> None:
    result = _run("check", "--text-only", "vague.md")
    assert result.stdout == SHOWN
    assert result.stderr == (
        "vague.md: judged as meditation, since nothing in it says that it is anything else.\n"
        "no errors, 1 warning in 1 script.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("fine.md",), 0),
        (("fine.md", "--strict"), 0),
        (("vague.md",), 0),
        (("vague.md", "--strict"), 1),
        (("mirror.md",), 1),
        (("fine.md", "mirror.md"), 1),
        (("bad.md",), 1),
        (("gone.md",), 1),
        ((), 2),
        (("fine.md", "--length", "soon"), 2),
        (("fine.md", "--loud"), 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_exit_statuses(arguments: tuple[str, ...], status: int) -> None:
    result = CliRunner().invoke(cli, ["check", "--text-only", *arguments], standalone_mode=False)
    found = result.return_value if result.exception is None else getattr(result.exception, "exit_code", None)
    assert found == status


def test_mistakes_of_the_language_are_told_as_usual() -> None:
    result = _run("check", "bad.md", "--text-only")
    assert result.stdout == (
        "bad.md:1:2: error: unknown cue 'paws' (did you mean 'pause'?)\n    [paws 5s]\n     ^^^^\n"
    )


def test_json_has_every_finding_with_its_place() -> None:
    result = _run("check", "--json", "--text-only", "-q", "fine.md", "vague.md")
    assert result.stderr == ""
    document = json.loads(result.stdout)
    assert document["schema"] == "voiceguide.check/1"
    fine, vague = document["scripts"]
    assert fine == {
        "file": "fine.md",
        "errors": 0,
        "warnings": 0,
        "kind": "meditation",
        "kind_reason": "nothing in it says that it is anything else",
        "not_applied": [],
        "failed": None,
        "notes": [],
        "findings": [],
    }
    assert vague["findings"] == [
        {
            "rule": "vague-place",
            "severity": "warning",
            "message": "“here” names no place that closed eyes can find",
            "help": "name a landmark: “below the cheekbone”, “a thumb's width in front of the earlobe”",
            "file": "vague.md",
            "line": 3,
            "column": 23,
            "length": 4,
        }
    ]


def test_rules_about_time_use_the_lengths_of_a_real_voice() -> None:
    result = _run("check", "mirror.md", "--voice", "system")
    heads = [row for row in result.stdout.splitlines() if row.startswith("mirror.md")]
    assert heads == [
        "mirror.md:3:41: error: “in the mirror” asks closed eyes to look [visual-reference]",
        "mirror.md:3:56: error: 46s of silence that nobody announced [silence-gap]",
    ]
    assert "silence-gap" not in _run("check", "mirror.md", "--voice", "system", "--bed", "brown").stdout


def test_without_the_voice_the_rules_of_the_text_are_still_told() -> None:
    result = CliRunner().invoke(cli, ["check", "vague.md", "--voice", "nobody"], standalone_mode=False)
    assert result.return_value == 1
    assert result.stdout == SHOWN
    assert "There is no voice 'nobody'." in result.stderr


def test_each_length_is_checked_and_a_finding_of_both_is_told_once() -> None:
    script = "# Two minutes\n\nPress here. [pause 20s..9m] Stop, and open your eyes.\n"
    Path("long.md").write_text(f"---\nbed: brown\n---\n{script}")
    result = _run("check", "long.md", "--voice", "system", "--length", "2m", "--length", "3m", "--json")
    findings = json.loads(result.stdout)["scripts"][0]["findings"]
    assert [finding["rule"] for finding in findings] == ["title-duration", "vague-place"]


def test_a_language_without_a_table_is_told_in_one_note() -> None:
    Path("dutch.md").write_text("---\nlanguage: nl\n---\n# Rust\n\nLeg je handen in je schoot.\n")
    result = _run("check", "dutch.md", "--text-only")
    assert result.stdout == ""
    unread = sum(rule.words and rule.needs == "text" for rule in RULES)
    assert result.stderr == (
        "dutch.md: judged as meditation, since nothing in it says that it is anything else.\n"
        f"dutch.md: note: {unread} rules that read words were not applied; they do not know the language 'nl' yet\n"
        "no errors, no warnings in 1 script.\n"
    )


def test_the_list_of_rules_names_them_all() -> None:
    listed = _run("check", "--rules").stdout
    assert [row.split(",")[0] for row in listed.splitlines() if not row.startswith(" ")] == [r.name for r in RULES]
    assert all(rule.reason in listed for rule in RULES)


def test_routines_have_no_findings_with_a_real_voice() -> None:
    names = ("bedtime-unwind", "jaw-letting-go", "three-minute-wake")
    scripts = [str(ROUTINES / f"{name}.md") for name in names]
    result = _run("check", "--strict", "--voice", "system", *scripts)
    assert result.stdout == ""
    assert "no errors, no warnings in 3 scripts." in result.stderr


def test_the_first_script_of_the_readme_has_no_findings() -> None:
    script = (ROOT / "README.md").read_text("utf-8").split("```markdown\n")[1].split("```")[0]
    Path("quiet.md").write_text(script)
    assert _run("check", "--strict", "-q", "--voice", "system", "quiet.md").stdout == ""


def test_render_tells_the_findings_as_warnings_in_a_line_each() -> None:
    result = _run("render", "mirror.md", "--voice", "system", "-o", "out.wav")
    assert result.exit_code == 0
    rows = result.stderr.splitlines()
    told = [row for row in rows if row.startswith(("mirror.md", "voiceguide"))]
    assert told == [
        "mirror.md:3:41: warning: “in the mirror” asks closed eyes to look [visual-reference]",
        "mirror.md:3:56: warning: 46s of silence that nobody announced [silence-gap]",
        "voiceguide check mirror.md tells what to do.",
    ]
    assert rows[-1].startswith("Wrote out.wav")
    assert "mirror" not in _run("render", "mirror.md", "--voice", "system", "-o", "out.wav", "-q").stderr


def test_sound_and_text_only_exclude_each_other() -> None:
    result = _run("check", "--sound", "--text-only", "fine.md")
    assert result.exit_code == 2
    assert "Give one of them." in result.stderr


def test_the_list_of_rules_says_which_need_the_mix() -> None:
    assert "phone-lost, needs the mix (--sound)\n" in _run("check", "--rules").stdout
