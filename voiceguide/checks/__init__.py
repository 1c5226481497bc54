"""What would trouble a listener: a list of small functions from a routine, or its plan, to diagnostics.

Each rule of :mod:`voiceguide.rules` has a function of the same name here. What it needs to know about a script is in
:class:`~voiceguide.checks.subject.Subject`, what it needs to know about a language in
:class:`~voiceguide.checks.words.Words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from voiceguide.checks import breathing, ends, holds, loudness, pacing, safety, sides, wording
from voiceguide.checks.subject import Check, Subject
from voiceguide.checks.tables import words_of
from voiceguide.errors import Diagnostic
from voiceguide.routine import Routine
from voiceguide.rules import RULES, Rule
from voiceguide.timeline import Timeline

__all__ = ["CHECKS", "Checked", "check"]

_FUNCTIONS: tuple[Check, ...] = (
    wording.stacked_actions,
    wording.long_sentence,
    wording.visual_reference,
    wording.device_reference,
    wording.vague_place,
    wording.health_claim,
    safety.missing_safety,
    safety.neck_risk,
    safety.eye_risk,
    safety.breath_hands,
    safety.no_drive_note,
    safety.missing_preparation,
    breathing.breath_hold,
    breathing.breath_rate,
    sides.side_missing,
    sides.side_unannounced,
    holds.hold_mismatch,
    holds.hold_no_release,
    holds.count_mismatch,
    pacing.action_time,
    pacing.silence_gap,
    pacing.speech_rate,
    pacing.density,
    ends.no_return,
    ends.sleep_ending,
    ends.title_duration,
    ends.edges,
    loudness.bed_too_loud,
    loudness.chime_too_loud,
)

CHECKS: Mapping[str, Check] = MappingProxyType(
    {function.__name__.replace("_", "-"): function for function in _FUNCTIONS}
)
"""The function of each rule, by the rule's name."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, in the order of the files' lines, and the rules that the script's language kept from being
    applied."""

    findings: tuple[Diagnostic, ...]
    unread: tuple[str, ...] = ()


def check(routine: Routine, timeline: Timeline | None = None) -> Checked:
    """Applies every rule that the script has not switched off; without a timeline those that need none."""
    subject = Subject(routine, words_of(routine.settings.language), timeline)
    levels = routine.settings.checks
    wanted = [rule for rule in RULES if levels.get(rule.name) != "off" and (rule.needs == "text" or timeline)]
    readable = [rule for rule in wanted if subject.readable or not rule.words]
    found: dict[tuple[object, ...], Diagnostic] = {}
    for rule in readable:
        for diagnostic in CHECKS[rule.name](subject):
            finding = _as_wished(diagnostic, rule, routine)
            span = finding.span
            key = (rule.name, span.file, span.line, span.column, span.length)
            if not any(waiver.rule == rule.name and waiver.covers(span) for waiver in routine.waivers):
                kept = found.get(key)
                if kept is None or (kept.severity, finding.severity) == ("warning", "error"):
                    found[key] = finding
    own = routine.span.file
    in_order = sorted(found.values(), key=lambda d: (d.span.file != own, d.span.file, d.span.line, d.span.column))
    return Checked(tuple(in_order), tuple(rule.name for rule in wanted if rule not in readable))


def _as_wished(diagnostic: Diagnostic, rule: Rule, routine: Routine) -> Diagnostic:
    """The finding with its rule's name, and the severity that the script gives that rule."""
    level = routine.settings.checks.get(rule.name)
    severity = diagnostic.severity if level is None or level == "off" else level
    return replace(diagnostic, severity=severity, rule=rule.name)
