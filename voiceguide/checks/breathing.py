"""Paced breathing within what a beginner can do. Knows no language."""

from __future__ import annotations

from collections.abc import Iterator

from voiceguide.checks.subject import Subject, finding
from voiceguide.errors import Diagnostic, Severity
from voiceguide.routine import Breathe
from voiceguide.rule_spec import Rule
from voiceguide.vocabulary import PATTERNS


def _exercises(subject: Subject) -> Iterator[tuple[Breathe, int]]:
    """Every exercise and its number of breaths."""
    for step in subject.steps:
        if isinstance(step.node, Breathe):
            yield step.node, step.number


def breath_hold(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    for node, cycles in _exercises(subject):
        held = max((phase.seconds for phase in node.phases if phase.kind in ("hold", "rest")), default=0)
        if held > rule["long"]:
            message = (
                f"the breath is held for {float(held):g}s; {rule['long']:g}s are as long as most people can with ease"
            )
            hint = "shorten the hold, or leave it out: 4-6 calms as well"
            severity: Severity = "error" if held > rule["too_long"] else "warning"
            yield finding(severity, node.span, message, hint)
        pattern = tuple((phase.kind, phase.seconds) for phase in node.phases)
        if pattern == PATTERNS["relaxing"] and cycles > rule["many"]:
            message = f"{cycles} rounds of 4-7-8; beginners do {rule['many']:g} at most, and later {rule['too_many']:g}"
            severity = "error" if cycles > rule["too_many"] else "warning"
            yield finding(severity, node.span, message, f"write x{rule['many']:g}")


def breath_rate(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    for node, cycles in _exercises(subject):
        seconds = sum(phase.seconds for phase in node.phases)
        rate = 60 / float(seconds) if seconds else 0.0
        if cycles > 1 and not rule["slowest"] <= rate <= rule["fastest"]:
            message = f"this is {rate:.3g} breaths a minute"
            hint = f"stay between {rule['slowest']:g} and {rule['fastest']:g}; 4 to 6 calm most people"
            yield finding("warning", node.span, message, hint)
