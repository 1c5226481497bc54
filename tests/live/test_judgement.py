"""What is said about a text that was planned."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from voiceguide.errors import Source
from voiceguide.live.judgement import judged
from voiceguide.live.planning import LivePlanner
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import ScriptText
from voiceguide.sounds.files import SoundStore
from voiceguide.speech import Studio

LONG = "You " + "and you " * 30 + "rest."


def test_rules_are_applied_where_there_are_no_errors(tmp_path: Path) -> None:
    with SoundStore(tmp_path) as sounds:
        script = ScriptText(Source("x.md", f"# One\n\n{LONG}\n"))
        planned = LivePlanner(SessionOptions(), Studio(), sounds).plan(script)
        found = judged(planned.findings, planned.plan)
        assert "long-sentence" in {one.rule for one in found}
        assert judged(found, planned.plan) == tuple(found)
        error = replace(found[0], severity="error")
        assert judged((error,), planned.plan) == (error,)
        assert judged((), None) == ()
