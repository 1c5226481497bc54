"""What is said about a text while it is being written: its own mistakes, and what would trouble a listener."""

from __future__ import annotations

from voiceguide.checks import check
from voiceguide.errors import Diagnostic, has_errors
from voiceguide.live.plan import LivePlan


def judged(findings: tuple[Diagnostic, ...], plan: LivePlan | None) -> tuple[Diagnostic, ...]:
    """The findings of a text that was planned, and where none of them is an error those of the rules; each once."""
    if plan is None or has_errors(findings):
        return findings
    found = check(plan.routine, plan.timeline, plan.clips.clips.sound_level).findings
    return tuple(dict.fromkeys((*findings, *found)))
