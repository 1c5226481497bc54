from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import voiceguide
from tests.support.command_line import Run
from voiceguide import Cancelled

RISKY = "---\nvoice: silent\n---\n# Neck\nRoll your head in full circles and look at the picture.\n[pause 40s]\nDone.\n"


def test_it_finds_what_the_command_line_finds(tmp_path: Path, voiceguide: Run) -> None:
    (tmp_path / "x.md").write_text(RISKY)
    told = json.loads(voiceguide("check", "x.md", "--json").stdout)["scripts"][0]
    assert told.pop("file") == "x.md"
    found = _check(tmp_path / "x.md")
    assert len(found["findings"]) == 2
    for finding in [*told["findings"], *found["findings"]]:
        finding["file"] = Path(finding["file"]).name
    assert found == told


def _check(path: Path) -> dict[str, Any]:
    return voiceguide.check(path).to_json()


def test_rules_about_time_need_the_lines_and_others_do_not() -> None:
    script = voiceguide.read_text(RISKY)
    text, all_of_it = voiceguide.check(script, text_only=True), voiceguide.check(script)
    assert set(text.findings) < set(all_of_it.findings)
    assert text.failed is all_of_it.failed is None


def test_a_missing_voice_leaves_the_findings_of_the_text() -> None:
    script = voiceguide.read_text(RISKY)
    result = voiceguide.check(script, voice="nobody")
    assert "There is no voice 'nobody'" in str(result.failed)
    assert not result.ok
    assert set(result.findings) == set(voiceguide.check(script, text_only=True).findings)


def test_errors_of_the_script_are_findings() -> None:
    result = voiceguide.check(voiceguide.read_text("[puase 1s]\nSit.\n"))
    assert (result.count("error"), result.ok) == (1, False)


def test_a_session_of_any_timeline_can_be_checked() -> None:
    with voiceguide.plan(voiceguide.read_text(RISKY)) as session:
        assert {finding.rule for finding in session.check()} >= {"silence-gap"}
        pause = next(event for event in session.timeline.events if event.kind == "pause")
        shorter = session.with_timeline(session.timeline.with_room(pause.end, -38 * voiceguide.SAMPLE_RATE))
        assert "silence-gap" not in {finding.rule for finding in shorter.check()}


def test_it_can_be_called_off() -> None:
    with pytest.raises(Cancelled):
        voiceguide.check(voiceguide.read_text(RISKY), cancelled=lambda: True)
