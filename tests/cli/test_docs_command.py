"""``voiceguide docs``, and that help and pages speak of the same commands and options."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import mutagen
import pytest

from tests.support.audio import decoded
from tests.support.command_line import Run
from tests.support.paths import ROOT
from tests.support.waiting import HANGS
from voiceguide.cli import cli

PAGES = sorted(path for path in (ROOT / "docs").glob("*.md") if path.stem != "README")


def _commands(group: click.Group, path: str = "voiceguide") -> Iterator[tuple[str, click.Command]]:
    ctx = click.Context(group, info_name=path)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")


COMMANDS = dict(_commands(cli))


def test_every_page_is_listed_and_can_be_printed(voiceguide: Run) -> None:
    listed = voiceguide("docs")
    assert listed.returncode == 0
    names = [row.split()[0] for row in listed.stdout.splitlines()[1:]]
    assert names[:3] == ["installing", "tutorial", "language"]
    assert {path.stem for path in PAGES} | {"readme", "changelog"} == set(names)
    page = voiceguide("docs", "voices.md")
    assert page.stdout == (ROOT / "docs" / "voices.md").read_text("utf-8")
    assert voiceguide("docs", "voices", "--path").stdout.strip() == str(ROOT / "docs" / "voices.md")


def test_a_page_that_does_not_exist_is_told_with_the_nearest(voiceguide: Run) -> None:
    wrong = voiceguide("docs", "voises")
    assert wrong.returncode == 1
    assert wrong.stderr == "There is no page 'voises'. Did you mean 'voices'?\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_no_help_is_cut_off_and_every_page_it_names_is_there(name: str) -> None:
    command = COMMANDS[name]
    for width in (60, 80, 200):
        text = command.get_help(click.Context(command, info_name=name, terminal_width=width, max_content_width=width))
        body = text.partition("\n")[2]
        assert not re.search(r"\w\.\.\.(?:\s|$)", body), body
    assert not re.search(r"docs/[\w-]+\.md", text)
    for page in re.findall(r"voiceguide docs ([a-z-]+)", " ".join(text.split())):
        assert (ROOT / "docs" / f"{page}.md").is_file()
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def _options_named() -> Iterator[tuple[str, str, str]]:
    """Each command line of a page with an option: the page, the command and the option."""
    longest_first = sorted(COMMANDS, key=len, reverse=True)
    for page in (*PAGES, ROOT / "README.md"):
        for line in re.findall(r"^voiceguide .*$|`voiceguide [^`]*`", page.read_text("utf-8"), re.MULTILINE):
            line = line.strip("`").partition("#")[0]
            name = next((name for name in longest_first if re.match(rf"{name}(?:\s|$)", line)), None)
            for option in re.findall(r"(?<=\s)--[a-z][a-z-]+", line):
                yield page.name, name or line, option


def test_every_option_that_a_page_shows_exists() -> None:
    found = set(_options_named())
    assert len(found) > 50
    wrong = []
    for page, name, option in found:
        command = COMMANDS.get(name)
        known = {flag for param in command.params for flag in param.opts} if command else set()
        if option not in known | {"--help", "--version"}:
            wrong.append((page, name, option))
    assert wrong == []


def test_every_shell_understands_the_commands_that_are_shown() -> None:
    """The Command Prompt of Windows takes a single quotation mark for a part of the word."""
    pages = [*PAGES, ROOT / "README.md", *(ROOT / "voiceguide").rglob("*.py")]
    wrong = [page.name for page in pages if re.search(r"'(?:voiceguide|\.)\[[a-z{]", page.read_text("utf-8"))]
    assert wrong == []


def test_the_sample_is_its_script_in_half_a_minute(voiceguide: Run) -> None:
    sample = ROOT / "docs" / "sample" / "half-a-minute.mp3"
    assert sample.stat().st_size < 400_000
    assert len(decoded(sample)) == 30 * 44_100
    plan = json.loads(voiceguide("plan", str(sample.with_suffix(".md")), "--json", "--voice", "silent").stdout)
    assert plan["seconds"] == 30.0
    text = str(mutagen.File(sample).tags)
    assert all(event["text"] in text for event in plan["events"] if event["kind"] == "speech")


def test_a_wheel_carries_the_pages(tmp_path: Path) -> None:
    build = "from hatchling.build import build_wheel; import sys; print(build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=HANGS,
        check=False,
    )
    if "No module named 'hatchling'" in done.stderr:
        pytest.skip("hatchling is not installed")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    assert {f"voiceguide/_data/docs/{path.name}" for path in PAGES} | {"voiceguide/_data/README.md"} <= names
