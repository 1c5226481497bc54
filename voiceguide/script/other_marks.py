"""Marks of another kind of script, such as ``[Pause 4 seconds]``, reported as what they are and not as so many wrong
cues."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from voiceguide.errors import Diagnostic, Span

_FEWEST = 4  # marks in a file; fewer are a writer's own mistakes
_UNITS = (
    "seconds?|secs?|minutes?|mins?|sekunden?|sek|minuten?|segundos?|minutos?|secondes?|secondi|secondo|minuti|minuto"
    "|seconden|seconde|minuut"
)
_MARK = re.compile(
    rf"(?:.*[^\w])?(?:[0-9]+\s*-?\s*)?(?:{_UNITS})\b"
    r"|(?:pause|silence|wait|hold|breathe|breath|sound|music|sfx|voice)\s*:"
    r"|(?:long|short|brief|slight|small|full)?\s*(?:silence|beat|wait|breathe? (?:in|out)|inhale|exhale|stille|pausa"
    r"|silencio|silenzio|stilte)\b"
    r"|(?:long|short|brief|slight) pause\b",
    re.IGNORECASE,
)
_LONGEST = 200  # characters
_MESSAGE = "marks like this one belong to another kind of script"


def told_together(findings: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings, those about marks of another kind with one message for all: in a file with many of them also every
    unknown cue is one."""
    marks = [_is_mark(finding) for finding in findings]
    counts: dict[str, int] = {}
    for finding, mark in zip(findings, marks, strict=True):
        counts[finding.span.file] = counts.get(finding.span.file, 0) + mark
    foreign = {file for file, count in counts.items() if count >= _FEWEST}
    return tuple(
        _as_mark(finding) if finding.span.file in foreign and (mark or _unknown_cue(finding)) else finding
        for finding, mark in zip(findings, marks, strict=True)
    )


def _is_mark(finding: Diagnostic) -> bool:
    span = _in_brackets(finding.span) if finding.severity == "error" and finding.rule is None else None
    if span is None:
        return False
    inner = span.source.lines[span.line - 1][span.column : span.column + span.length - 2]
    return bool(_MARK.match(inner.strip()))


def _unknown_cue(finding: Diagnostic) -> bool:
    return finding.severity == "error" and finding.message.startswith("unknown cue ")


def _in_brackets(span: Span) -> Span | None:
    """The square brackets around a place of one line, or that begin there; None without them."""
    lines = span.source.lines
    row = lines[span.line - 1] if 1 <= span.line <= len(lines) else ""
    opening = row.rfind("[", max(0, span.column - _LONGEST), span.column)
    closing = row.find("]", max(opening, span.column - 1), span.column + _LONGEST)
    if not 0 <= opening < closing or "]" in row[opening : span.column - 1]:
        return None
    return Span(span.source, span.line, opening + 1, closing + 1 - opening)


def _as_mark(finding: Diagnostic) -> Diagnostic:
    name = finding.span.file
    hint = f"'voiceguide import {name}' makes a script of it; a script's own cues are like [pause 4s]"
    return replace(finding, span=_in_brackets(finding.span) or finding.span, message=_MESSAGE, hint=hint)
