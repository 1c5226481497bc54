"""Paced breathing within what a beginner can do. Knows no language."""

from __future__ import annotations

from collections.abc import Iterator

from voiceguide.checks.subject import Subject, finding
from voiceguide.errors import Diagnostic, Severity
from voiceguide.routine import Breathe
from voiceguide.vocabulary import PATTERNS

_LONG_HOLD, _TOO_LONG_HOLD = 7, 10  # seconds
_ROUNDS, _TOO_MANY_ROUNDS = 4, 8  # of 4-7-8
_FASTEST, _SLOWEST = 20, 3  # breaths a minute


def _exercises(subject: Subject) -> Iterator[tuple[Breathe, int]]:
    """Every exercise and its number of breaths."""
    for step in subject.steps:
        if isinstance(step.node, Breathe):
            yield step.node, step.number


def breath_hold(subject: Subject) -> Iterator[Diagnostic]:
    for node, cycles in _exercises(subject):
        held = max((phase.seconds for phase in node.phases if phase.kind in ("hold", "rest")), default=0)
        if held > _LONG_HOLD:
            message = f"the breath is held for {float(held):g}s; {_LONG_HOLD}s are as long as most people can with ease"
            hint = "shorten the hold, or leave it out: 4-6 calms as well"
            severity: Severity = "error" if held > _TOO_LONG_HOLD else "warning"
            yield finding(severity, node.span, message, hint)
        pattern = tuple((phase.kind, phase.seconds) for phase in node.phases)
        if pattern == PATTERNS["relaxing"] and cycles > _ROUNDS:
            message = f"{cycles} rounds of 4-7-8; beginners do {_ROUNDS} at most, and later {_TOO_MANY_ROUNDS}"
            severity = "error" if cycles > _TOO_MANY_ROUNDS else "warning"
            yield finding(severity, node.span, message, f"write x{_ROUNDS}")


def breath_rate(subject: Subject) -> Iterator[Diagnostic]:
    for node, cycles in _exercises(subject):
        seconds = sum(phase.seconds for phase in node.phases)
        rate = 60 / float(seconds) if seconds else 0.0
        if cycles > 1 and not _SLOWEST <= rate <= _FASTEST:
            message = f"this is {rate:.3g} breaths a minute"
            hint = f"stay between {_SLOWEST} and {_FASTEST}; 4 to 6 calm most people"
            yield finding("warning", node.span, message, hint)
