"""One mistake, one message: what the command line says of names, commands and files that are nearly right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.paths import ROUTINES
from voiceguide.cli import cli


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _write(name: str, text: str) -> None:
    Path(name).write_text(text, "utf-8")


# -- variables


def test_a_variable_without_a_value_is_one_error_wherever_it_stands() -> None:
    _write("x.md", "Hello {name}.\n\n" * 25 + "And {name}, {name}.\n")
    result = _run("render", "x.md")
    assert result.stderr == (
        "x.md:1:7: error: unknown variable 'name', in 27 places\n"
        "    Hello {name}.\n          ^^^^^^\n"
        "x.md:3:7: here too\n    Hello {name}.\n          ^^^^^^\n"
        "x.md:5:7: here too\n    Hello {name}.\n          ^^^^^^\n"
        "    and in lines 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, …\n"
        "    help: give it a value under variables: in the front matter, or with --set name=…\n"
        "x.md has 1 error; nothing was written for it.\n"
    )
    checked = _run("check", "--text-only", "x.md")
    assert checked.stderr == "1 error, no warnings in 1 script.\n"
    assert _run("check", "--text-only", "--all", "x.md").stdout.count("error: unknown variable") == 27


def test_json_keeps_each_place() -> None:
    _write("x.md", "Hello {name}.\n\n" * 60)
    (script,) = json.loads(_run("check", "--json", "--text-only", "x.md").stdout)["scripts"]
    assert [finding["line"] for finding in script["findings"]] == list(range(1, 120, 2))


@pytest.mark.parametrize(
    ("script", "given", "headlines", "helps"),
    [
        (
            "Hello {name}.\n",
            "nam=Anna",
            ["x.md:1:7: error: unknown variable 'name' (did you mean 'nam'?)"],
            ["write {nam} in the text, or give the value to this name: --set name=…"],
        ),
        (
            "---\nvariables: {name: friend}\n---\nHello {name}.\n",
            "nam=Anna",
            ["x.md:1:1: warning: the script never uses a variable 'nam' (did you mean 'name'?)"],
            [],
        ),
        (
            "---\nvariables: {name: friend}\n---\nHello {nam}.\n",
            None,
            ["x.md:4:7: error: unknown variable 'nam' (did you mean 'name'?)"],
            ["give it a value under variables: in the front matter, or with --set nam=…"],
        ),
        (
            "Hello {name}.\n",
            "colour=red",
            [
                "x.md:1:1: warning: the script never uses a variable 'colour'",
                "x.md:1:7: error: unknown variable 'name'",
            ],
            ["give it a value under variables: in the front matter, or with --set name=…"],
        ),
    ],
    ids=["the option", "the option, with a default", "the text", "nothing alike"],
)
def test_a_mistyped_name_is_one_finding_that_names_the_other(
    script: str, given: str | None, headlines: list[str], helps: list[str]
) -> None:
    _write("x.md", script)
    result = _run("check", "--text-only", "x.md", *(("--set", given) if given else ()))
    rows = result.stdout.splitlines()
    assert [row for row in rows if row.startswith("x.md:")] == headlines
    assert [row.strip().removeprefix("help: ") for row in rows if "help: " in row] == helps


# -- marks of another kind


def test_marks_of_another_kind_are_one_error_that_names_import() -> None:
    marks = ("[Pause 4 seconds]", "[pause for 10 seconds]", "[5 second pause]", "[Breathe in 4]", "[Soft music]")
    _write("x.md", "# Calm\n\n" + "".join(f"Sit down. {mark}\n" for mark in marks * 4))
    result = _run("check", "--text-only", "x.md")
    rows = result.stdout.splitlines()
    assert rows[:3] == [
        "x.md:3:11: error: marks like this one belong to another kind of script, in 20 places",
        "    Sit down. [Pause 4 seconds]",
        "              ^^^^^^^^^^^^^^^^^",
    ]
    assert rows[-1] == (
        "    help: 'voiceguide import x.md' makes a script of it; a script's own cues are like [pause 4s]"
    )
    assert result.stderr == "1 error, no warnings in 1 script.\n"
    assert _run("import", "x.md").exit_code == 0


def test_a_few_of_them_are_a_writers_own_mistakes() -> None:
    _write("x.md", "Sit down. [pause 4 seconds] Rest. [paws 5s] [paws 6s] [paws 7s] [paws 8s] [pause 5]\n")
    told = _run("check", "--text-only", "x.md").stdout
    assert "import" not in told
    assert "did you mean 'pause'?" in told


# -- many findings of a rule


def test_of_many_findings_of_a_rule_the_first_are_shown_and_the_lines_of_the_others() -> None:
    _write("x.md", "Press your fingertips here. [pause 2s]\n\n" * 20)
    result = _run("check", "--text-only", "x.md")
    assert result.stdout.count("names no place") == 3
    assert result.stdout.splitlines()[-1] == (
        "x.md: 17 more [vague-place], in lines 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, …"
    )
    assert result.stderr.splitlines()[-1] == "no errors, 20 warnings in 1 script."
    assert _run("check", "--text-only", "--all", "x.md").stdout.count("names no place") == 20


# -- scripts by name


def test_the_ending_of_a_script_can_be_left_out() -> None:
    _write("evening.md", "# Evening\n\nRest. [pause 2s]\n[chime]\n")
    result = _run("check", "--text-only", "evening")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[0] == "evening: this is the script evening.md."


def test_a_routine_that_new_lists_is_found_by_its_name() -> None:
    result = _run("check", "--text-only", "bedtime-unwind")
    routine = ROUTINES / "bedtime-unwind.md"
    assert result.exit_code == 0
    assert result.stderr.splitlines()[0] == (
        f"bedtime-unwind: this is the routine that comes with voiceguide, {routine.as_posix()}."
    )
    assert "bedtime-unwind" in _run("new", "--list").stdout


def test_a_script_of_ones_own_goes_before_a_routine_of_the_same_name() -> None:
    _write("bedtime-unwind.md", "[paws 5s]\n")
    assert (
        _run("plan", "bedtime-unwind").stderr.splitlines()[0] == "bedtime-unwind: this is the script bedtime-unwind.md."
    )


def test_a_mistyped_script_names_the_one_beside_it_or_the_routine() -> None:
    _write("evening.md", "Rest.\n")
    assert _run("plan", "evenin.md").stderr.splitlines()[0] == "evenin.md: did you mean 'evening.md'?"
    assert _run("record", "bedtime-unwnd").stderr.splitlines()[0] == "bedtime-unwnd: did you mean 'bedtime-unwind'?"
    assert "did you mean" not in _run("plan", "zzz.md").stderr


# -- commands


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rendr", "x.md"), "There is no command 'rendr'. Did you mean 'render'?"),
        (("x.md",), "There is no command 'x.md'. Did you mean: voiceguide render x.md"),
        (("my evening.md",), "There is no command 'my evening.md'. Did you mean: voiceguide render 'my evening.md'"),
        (("bedtime-unwind",), "There is no command 'bedtime-unwind'. Did you mean: voiceguide render bedtime-unwind"),
        (("talk.docx",), "There is no command 'talk.docx'. Did you mean: voiceguide import talk.docx"),
        (("pack.yaml",), "There is no command 'pack.yaml'. Did you mean: voiceguide pack build pack.yaml"),
        (("voices", "lst"), "There is no command 'lst'. Did you mean 'list'?"),
        (("qqqq",), "There is no command 'qqqq'. There are studio, language-server, new, import, render,"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_no_command_suggests_one(arguments: tuple[str, ...], said: str) -> None:
    result = _run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
