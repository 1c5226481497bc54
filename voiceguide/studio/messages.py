"""What the page is told, as JSON: findings with their ranges in the text, and the timeline as it draws it."""

from __future__ import annotations

from typing import Any

from voiceguide.errors import Diagnostic, ScriptError, Span
from voiceguide.live.plan import LivePlan
from voiceguide.script.text import LineIndex
from voiceguide.timeline import Event
from voiceguide.units import SAMPLE_RATE, seconds


def findings(diagnostics: tuple[Diagnostic, ...], file: str) -> list[dict[str, Any]]:
    """Each with its range ``from``-``to`` in the text, in UTF-16 units as a page counts them; those of other files
    (included ones) at the start, with the file's name."""
    rows = []
    for finding in diagnostics:
        start, end = _range(finding.span) if finding.span.file == file else (0, 0)
        where = "" if finding.span.file == file else f"{finding.span}: "
        row: dict[str, Any] = {
            "from": start,
            "to": end,
            "severity": finding.severity,
            "message": f"{where}{finding.message}",
        }
        row |= {"line": finding.span.line, "hint": finding.hint, "rule": finding.rule}
        rows.append(row)
    return rows


def failure(error: Exception) -> str:
    """Why something could not be done, in sentences; of a script's mistakes the first three, each with its line."""
    if not isinstance(error, ScriptError):
        return str(error)
    wrong = [one for one in error.diagnostics if one.severity == "error"]
    rows = [sentences(one) for one in wrong[:3]]
    if len(wrong) > 3:
        rows.append(f"There are {len(wrong) - 3} more.")
    return " ".join(rows)


def sentences(finding: Diagnostic) -> str:
    """A finding with its line and its advice, as sentences."""
    line = f"Line {finding.span.line}: " if finding.span.line else ""
    texts = (f"{line}{finding.message}", finding.hint or "")
    return " ".join(f"{text[:1].upper()}{text[1:].rstrip('.')}." for text in texts if text)


def timeline(plan: LivePlan) -> dict[str, Any]:
    """The events in order of start, with places in the text (line and column from 1) and times in seconds."""
    known = plan.timeline
    missing = {start for start, _, _ in plan.missing}
    return {
        "title": known.title,
        "seconds": seconds(known.frames),
        "rate": SAMPLE_RATE,
        "chapters": [chapter.to_json() for chapter in known.chapters],
        "events": [_event(event, event.start in missing and event.kind == "speech") for event in known.events],
    }


def _event(event: Event, missing: bool) -> dict[str, Any]:
    row = event.to_json()
    if event.span is not None:
        row["column"] = event.span.column
    if event.kind == "bed":
        row |= {"level": event.level, "fade_in": seconds(event.fade_in), "fade_out": seconds(event.fade_out)}
    elif event.clip is not None and event.clip.level:
        row["level"] = event.clip.level
    return row | ({"missing": True} if missing else {})


def _range(span: Span) -> tuple[int, int]:
    text = span.source.text
    if not span.line:
        return 0, 0
    start = LineIndex.of(span.source).starts[span.line - 1] + span.column - 1
    return units(text, start), units(text, min(start + span.length, len(text)))


def units(text: str, offset: int) -> int:
    """An offset in characters as one in UTF-16 units, in which a page counts."""
    return offset + sum(char > "\uffff" for char in text[:offset])


def characters(text: str, offset: int) -> int:
    """An offset in UTF-16 units as one in characters; one inside a character means its start."""
    count = 0
    for index, char in enumerate(text):
        if count >= offset:
            return index
        count += 2 if char > "\uffff" else 1
    return len(text)
