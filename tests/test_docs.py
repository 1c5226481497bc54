"""What the README and docs/ show works: every script parses, every command runs, every link leads somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.paths import ROOT
from voiceguide.cli import cli
from voiceguide.configuration import VARIABLE, Configuration, configuration
from voiceguide.errors import Source
from voiceguide.script import parse
from voiceguide.session.options import known_sounds

PAGES = sorted([ROOT / "README.md", ROOT / "sounds" / "README.md", *(ROOT / "docs").glob("*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _blocks(language: str) -> list[pytest.param]:  # type: ignore[valid-type]
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        for match in FENCE.finditer(text):
            if match[1] == language:
                line = text.count("\n", 0, match.start()) + 1
                found.append(pytest.param(match[2], id=f"{page.name}:{line}"))
    return found


@pytest.mark.parametrize("script", _blocks("markdown"))
def test_every_script_that_is_shown_has_no_findings(script: str) -> None:
    _, findings = parse(Source("shown.md", script), known_sounds())
    assert [finding.render() for finding in findings] == []


@pytest.mark.parametrize("commands", _blocks("sh"))
def test_every_command_that_is_shown_exists_with_its_options(commands: str) -> None:
    for row in commands.replace("\\\n", " ").splitlines():
        for part in row.split("&&"):
            words = shlex.split(part)
            if not words or Path(words[0]).name != "voiceguide":
                continue
            context = cli.make_context("voiceguide", ["--help"], resilient_parsing=True)
            command, arguments = cli, words[1:]
            while hasattr(command, "get_command") and arguments:
                found = command.get_command(context, arguments[0])
                if found is None:
                    break
                command, arguments = found, arguments[1:]
            assert command is not cli, part
            command.make_context("x", arguments)


@pytest.mark.parametrize("content", [block for block in _blocks("toml") if "[project" not in block.values[0]])
def test_every_configuration_that_is_shown_has_no_mistake(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text(content)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "config.toml"))
    found = configuration()
    assert found != Configuration()
    assert found.faults == {}


def test_the_first_script_of_the_readme_is_eight_lines_long() -> None:
    first = FENCE.search((ROOT / "README.md").read_text("utf-8"))
    assert first is not None
    assert (first[1], len(first[2].splitlines())) == ("markdown", 8)


def test_the_error_that_the_readme_shows_is_the_real_one() -> None:
    shown = next(b.values[0] for b in _blocks("text") if "unknown cue 'breath'" in str(b.values[0]))
    _, findings = parse(Source("quiet.md", "# Two quiet minutes\nSit.\n[breath 4-6 x4]\n"), known_sounds())
    assert findings[0].render() + "\n" == shown


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_the_pages_leads_somewhere(page: Path) -> None:
    prose = re.sub(r"`[^`\n]*`", "", FENCE.sub("", page.read_text("utf-8")))
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", prose):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_help_lists_every_command() -> None:
    result = CliRunner().invoke(cli, ["--help"])
    assert result.exit_code == 0
    for name in cli.list_commands(None):  # type: ignore[arg-type]
        assert name in result.output
        assert CliRunner().invoke(cli, [name, "--help"]).exit_code == 0
