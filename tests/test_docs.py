"""What the README and docs/ show works: every script parses, every command runs, every link leads somewhere."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.paths import ROOT
from voiceguide.cli import cli
from voiceguide.configuration import VARIABLE, Configuration, configuration
from voiceguide.errors import Source
from voiceguide.script import parse
from voiceguide.session.options import known_sounds

DOCS = ROOT / "docs"
GLOSSARY = DOCS / "glossary.md"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "sounds" / "README.md", *DOCS.glob("*.md")])
READ = sorted([ROOT / "README.md", *(page for page in DOCS.glob("*.md") if page != GLOSSARY)])
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


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _links(page: Path) -> list[str]:
    prose = re.sub(r"`[^`\n]*`", "", FENCE.sub("", page.read_text("utf-8")))
    return [target for target in re.findall(r"\]\(([^)\s]+)\)", prose) if "://" not in target]


def _anchors(page: Path) -> set[str]:
    """What a link can name behind ``#``: the headings, as GitHub spells them."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_between_the_pages_leads_somewhere(page: Path) -> None:
    for target in _links(page):
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        assert file.exists(), target
        if anchor:
            assert anchor in _anchors(file), target


@pytest.mark.parametrize("page", READ, ids=_name)
def test_every_page_links_the_glossary_before_its_first_section(page: Path) -> None:
    top = page.read_text("utf-8").split("\n## ")[0]
    assert re.search(r"\]\((docs/)?glossary\.md\)", top)


def test_the_first_screen_of_the_readme_links_the_tutorial_importing_and_voices() -> None:
    top = (ROOT / "README.md").read_text("utf-8").split("```")[0]
    assert [page for page in ("tutorial", "importing", "voices") if f"(docs/{page}.md)" not in top] == []


def test_the_index_lists_every_page_once() -> None:
    index = DOCS / "README.md"
    numbered = re.findall(r"^\d+\. \[.+?\]\((\w[\w-]*\.md)\)", index.read_text("utf-8"), re.MULTILINE)
    assert sorted(numbered) == sorted(page.name for page in DOCS.glob("*.md") if page != index)


def test_the_glossary_is_in_order_and_explains_each_word_in_one_or_two_sentences() -> None:
    entries = re.findall(r"^- \*\*(.+?)\*\*: (.+(?:\n  .+)*)$", GLOSSARY.read_text("utf-8"), re.MULTILINE)
    words = [word.casefold() for word, _ in entries]
    assert len(words) > 50
    assert words == sorted(set(words))
    for word, text in entries:
        explained = re.sub(r"\s*\[[^\]]+\]\([^)]+\)\.$", "", text.replace("\n  ", " "))
        assert 1 <= len(re.findall(r"[.:](?=\s+[A-Z]|$)", explained)) <= 2, word


def test_the_language_page_opens_with_ten_things_that_its_first_script_shows() -> None:
    top = (DOCS / "language.md").read_text("utf-8").split("\n## ")[1]
    script = FENCE.search(top)
    assert script is not None
    things = re.findall(r"^\d+\. (.+)$", top, re.MULTILINE)
    assert len(things) == 10
    cues = [cue for thing in things for cue in re.findall(r"^\*\*`(\[[^`]+\])`", thing)]
    assert len(cues) == 6
    assert [cue for cue in cues if cue not in script[2]] == []


def test_the_program_that_reads_a_timeline_prints_its_lines(tmp_path: Path) -> None:
    (tmp_path / "quiet.md").write_text("---\nvoice: system\n---\nLet your eyes close. [pause 5s] Rest.\n")
    program = next(str(block.values[0]) for block in _blocks("python") if "plan = subprocess" in str(block.values[0]))
    (tmp_path / "voiceguide").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m voiceguide "$@"\n')
    (tmp_path / "voiceguide").chmod(0o755)
    paths = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program]
    shown = subprocess.run(command, cwd=tmp_path, env=os.environ | paths, capture_output=True, text=True, check=True)
    rows = [row.split(maxsplit=1) for row in shown.stdout.splitlines()]
    assert [text for _, text in rows] == ["Let your eyes close.", "Rest."]
    assert float(rows[0][0]) == 1.0
    assert float(rows[1][0]) > 6


def test_the_help_lists_every_command() -> None:
    result = CliRunner().invoke(cli, ["--help"])
    assert result.exit_code == 0
    for name in cli.list_commands(None):  # type: ignore[arg-type]
        assert name in result.output
        assert CliRunner().invoke(cli, [name, "--help"]).exit_code == 0
