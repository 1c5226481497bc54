"""What is said about a text that was planned."""

from __future__ import annotations

from dataclasses import replace

from tests.live.made import plan_of
from voiceguide.live.judgement import judged

LONG = "You " + "and you " * 30 + "rest."


def test_rules_are_applied_where_there_are_no_errors() -> None:
    plan = plan_of(f"# One\n\n{LONG}\n")
    found = judged((), plan)
    assert "long-sentence" in {one.rule for one in found}
    assert judged(found, plan) == found
    error = replace(found[0], severity="error")
    assert judged((error,), plan) == (error,)
    assert judged((), None) == ()
