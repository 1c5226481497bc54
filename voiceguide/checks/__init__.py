"""What would trouble a listener: a list of small functions from a routine, or its plan, to diagnostics.

Each rule of :mod:`voiceguide.rules` has a function of the same name here. What it needs to know about a script is in
:class:`~voiceguide.checks.subject.Subject`, what it needs to know about a language in
:class:`~voiceguide.checks.words.Words`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import cast

from voiceguide.checks import (
    breathing,
    ends,
    hands,
    harm,
    holds,
    loudness,
    mixed,
    pacing,
    repeats,
    safety,
    sides,
    tone,
    unspoken,
    wording,
)
from voiceguide.checks.kinds import Judged
from voiceguide.checks.mixed import Mixed
from voiceguide.checks.subject import Check, Subject
from voiceguide.checks.tables import words_of
from voiceguide.checks.words import MissingWords
from voiceguide.errors import Diagnostic
from voiceguide.routine import Routine, SoundRef
from voiceguide.rule_spec import Rule
from voiceguide.rules import RULES
from voiceguide.sounds.catalogue import sound_level
from voiceguide.timeline import Line, Timeline

__all__ = ["CHECKS", "Checked", "Judged", "check"]

_TOPICS = (
    breathing,
    ends,
    hands,
    harm,
    holds,
    loudness,
    mixed,
    pacing,
    repeats,
    safety,
    sides,
    tone,
    unspoken,
    wording,
)


def _check_of(rule: Rule) -> Check:
    """The function that has the rule's name, with underscores for hyphens."""
    name = rule.name.replace("-", "_")
    (function,) = [vars(topic)[name] for topic in _TOPICS if name in vars(topic)]
    return cast("Check", function)


CHECKS: Mapping[str, Check] = MappingProxyType({rule.name: _check_of(rule) for rule in RULES})
"""The function of each rule, by the rule's name."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, in the order of the files' lines; the kind that the script was judged as; and the rules that were
    not applied since the table of the script's language lacks words for them."""

    findings: tuple[Diagnostic, ...]
    judged: Judged
    unread: tuple[str, ...] = ()


def check(
    routine: Routine,
    timeline: Timeline | None = None,
    sound_level: Callable[[SoundRef], float] = sound_level,
    speaking: Callable[[Line], float] | None = None,
    mix: Mixed | None = None,
) -> Checked:
    """Applies every rule for the script's kind that it has not switched off; without a timeline those that need none.

    ``sound_level`` gives the LU of a sound's loudest 400 ms against the voice. When it is left out, a person's file
    counts as loud as it can be (:data:`~voiceguide.mix_levels.FILE_LEVEL`). ``speaking`` gives the seconds of a line
    without the pauses in it; when it is left out, its articulation is not judged. Without a
    ``mix`` the rules that need sound are left out, and without a recogniser's ears in it the rule ``misheard``.
    """
    subject = Subject(routine, words_of(routine.settings.language), timeline, sound_level, speaking, mix)
    levels = routine.settings.checks
    missing = {"plan": timeline is None, "sound": mix is None}
    unread: list[str] = []
    found: dict[tuple[object, ...], Diagnostic] = {}
    for rule in RULES:
        if levels.get(rule.name) == "off" or missing.get(rule.needs, False):
            continue
        findings = _applied(rule, subject)
        if findings is None:
            unread.append(rule.name)
            continue
        for finding in findings:
            span = finding.span
            key = (rule.name, span.file, span.line, span.column, span.length)
            if not any(waiver.rule == rule.name and waiver.covers(span) for waiver in routine.waivers):
                kept = found.get(key)
                if kept is None or (kept.severity, finding.severity) == ("warning", "error"):
                    found[key] = finding
    own = routine.span.file
    in_order = sorted(found.values(), key=lambda d: (d.span.file != own, d.span.file, d.span.line, d.span.column))
    return Checked(tuple(in_order), subject.judged, tuple(unread))


def _applied(rule: Rule, subject: Subject) -> list[Diagnostic] | None:
    """What a rule finds, as severe as the script wants it; None when the script's language lacks words for it."""
    if rule.words and not subject.readable:
        return None
    if subject.judged.kind not in rule.kinds:
        return None if "massage" in rule.kinds and not subject.tells_massage else []
    try:
        findings = list(CHECKS[rule.name](subject, rule))
    except MissingWords:
        return None
    level = subject.settings.checks.get(rule.name, "off")
    return [
        replace(finding, rule=rule.name, severity=finding.severity if level == "off" else level) for finding in findings
    ]
