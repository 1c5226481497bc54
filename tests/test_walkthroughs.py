"""The worked examples of docs/architecture.md, followed word by word in a copy of the project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.walkthrough import Checkout, walkthrough


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout.at(tmp_path)


def _judged(checkout: Checkout, script: str) -> dict[str, Any]:
    """What ``check --text-only --json`` says of a script."""
    (checkout.root / "x.md").write_text(script, "utf-8")
    code = f"import sys; from voiceguide.cli import main; sys.argv = {['voiceguide', 'check', '--text-only', '--json', '-q', 'x.md']!r}; main()"
    (result,) = json.loads(checkout.run("-c", code))["scripts"]
    return dict(result)


def _rules_of(checkout: Checkout, script: str) -> list[str]:
    return [finding["rule"] for finding in _judged(checkout, script)["findings"]]


def _pytest(checkout: Checkout, *arguments: str) -> None:
    said = checkout.run("-m", "pytest", "-p", "no:cacheprovider", *arguments)
    assert " passed" in said
    assert "no tests ran" not in said


def test_a_new_cue_touches_three_files_and_a_printed_page_and_works_everywhere(checkout: Checkout) -> None:
    walk = walkthrough("A new cue")
    assert len(walk.files) == 3
    checkout.follow(walk)
    assert "`[pulse 30s]`" in (checkout.root / "docs" / "language.md").read_text("utf-8")
    assert "[pulse 30s]" in checkout.run("-m", "voiceguide", "render", "--help")
    (checkout.root / "x.md").write_text("Step. [pulse 6s every 2s] Rest.\n", "utf-8")
    document = json.loads(checkout.run("-m", "voiceguide", "plan", "x.md", "--json", "-q", "--voice", "silent"))
    ticks = [event["start"] for event in document["events"] if event["kind"] == "chime"]
    assert [round(tick - ticks[0], 6) for tick in ticks] == [0, 2, 4]
    _pytest(checkout, "tests/test_cues.py", "tests/editing", "-k", "pulse")


def test_a_new_sound_touches_two_files_and_works_everywhere(checkout: Checkout) -> None:
    walk = walkthrough("A new sound")
    assert len(walk.files) == 2
    checkout.follow(walk)
    assert (checkout.root / "sounds" / "triangle.flac").stat().st_size > 10_000
    assert "triangle" in checkout.run("-m", "voiceguide", "sounds")
    assert "`triangle`" in (checkout.root / "docs" / "sounds.md").read_text("utf-8")
    assert _rules_of(checkout, "[chime triangle] Rest.\n") == []
    _pytest(checkout, "tests/sounds/test_sound_recipes.py", "tests/sounds/test_library.py", "-k", "triangle or pages")
    _pytest(checkout, "tests/sounds/test_catalogue.py")
    level = "from voiceguide.sounds.catalogue import *; print(sound_level(SoundRef('triangle')), sound_level(SoundRef('gong')))"
    assert len(set(checkout.run("-c", level).split())) == 1


def test_a_new_rule_touches_three_files_and_works_everywhere(checkout: Checkout) -> None:
    walk = walkthrough("A new rule")
    assert len(walk.files) == 3
    title = "# All of the things that we do today\nRest.\n"
    assert _rules_of(checkout, title) == []
    checkout.follow(walk)
    assert _rules_of(checkout, title) == ["long-title"]
    assert _rules_of(checkout, f"---\nchecks: {{long-title: off}}\n---\n{title}") == []
    assert _rules_of(checkout, f"<!-- check: off long-title -->\n{title}") == []
    assert "finds a chapter's title of more than 6 words" in checkout.run("-m", "voiceguide", "check", "--rules")
    assert "### long-title\n\nFinds a chapter's title of more than 6 words." in (
        checkout.root / "docs" / "checks.md"
    ).read_text("utf-8")
    _pytest(checkout, "tests/checks/test_checks.py", "-k", "long-title or every_rule or page")


def test_a_new_language_for_checks_is_one_file(checkout: Checkout) -> None:
    walk = walkthrough("A new language for checks")
    assert len(walk.files) == 1
    script = "---\nlanguage: nl-BE\n---\nSluit je ogen. Dit ontgift je gezicht. Kijk naar je hand. Kijk naar je adem.\n"
    before = _judged(checkout, script)
    assert before["findings"] == []
    checkout.follow(walk)
    after = _judged(checkout, script)
    assert [finding["rule"] for finding in after["findings"]] == ["health-claim", "visual-reference"]
    assert set(before["not_applied"]) - set(after["not_applied"]) >= {"health-claim", "visual-reference"}
    assert "vague-place" in after["not_applied"]
