"""What the page is told, as JSON: findings with their ranges in the text, and the timeline as it draws it."""

from __future__ import annotations

import bisect
import math
import re
from functools import lru_cache
from typing import Any

from voiceguide.editing.edits import Edit
from voiceguide.editing.mends import mend
from voiceguide.errors import Diagnostic, ScriptError, Span, as_sentences
from voiceguide.live.plan import LivePlan
from voiceguide.script.text import LineIndex
from voiceguide.timeline import Event
from voiceguide.units import SAMPLE_RATE, seconds

_PAIR = re.compile("[\U00010000-\U0010ffff]")


def findings(diagnostics: tuple[Diagnostic, ...], file: str) -> list[dict[str, Any]]:
    """Each with its range ``from``-``to`` in the text, in UTF-16 units as a page counts them, and the edit that mends
    it where there is no doubt; those of other files (included ones) at the start, with the place there, ``where``."""
    rows = []
    for finding in diagnostics:
        start, end = _range(finding.span) if finding.span.file == file else (0, 0)
        where = None if finding.span.file == file else str(finding.span)
        row: dict[str, Any] = {
            "from": start,
            "to": end,
            "severity": finding.severity,
            "message": finding.message,
            "where": where,
        }
        row |= {"line": finding.span.line, "hint": finding.hint, "rule": finding.rule}
        edit = mend(finding) if finding.span.file == file else None
        rows.append(row | ({"mend": edit_row(finding.span.source.text, edit)} if edit else {}))
    return rows


def told(diagnostics: tuple[Diagnostic, ...], file: str, text: str, number: int) -> dict[str, Any]:
    """The findings, with the ``number`` of the ``text`` that they are about; None when they are about an older one, to
    which no edit of theirs fits."""
    current = all(each.span.source.text == text for each in diagnostics if each.span.file == file)
    return {"findings": findings(diagnostics, file), "number": number if current else None}


def edit_row(text: str, edit: Edit) -> dict[str, Any]:
    """An edit as a page does it: offsets in UTF-16 units."""
    return {"from": units(text, edit.start), "to": units(text, edit.end), "insert": edit.new}


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
    return as_sentences(f"{line}{finding.message}", finding.hint)


def drawn(plan: LivePlan, text: str, number: int) -> dict[str, Any]:
    """The timeline, with the ``number`` of the ``text`` that it is of; None when it is of an older one."""
    current = plan.routine.span.source.text == text
    return {"timeline": timeline(plan), "number": number if current else None}


def timeline(plan: LivePlan) -> dict[str, Any]:
    """The events in order of start, with places in the text (line and column from 1) and times in seconds."""
    known = plan.timeline
    missing = {start for start, _, _ in plan.missing}
    return {
        "title": known.title,
        "seconds": seconds(known.frames),
        "rate": SAMPLE_RATE,
        "chapters": _chapters(plan),
        "left_out": [title for title, _ in known.fit.left_out] if known.fit else [],
        "events": [_event(plan, event, event.start in missing and event.kind == "speech") for event in known.events],
    }


def loudness(course: tuple[float, ...]) -> dict[str, Any]:
    """The loudness that is to be expected, LUFS second by second; null for silence."""
    return {"op": "loudness", "course": [round(each, 1) if math.isfinite(each) else None for each in course]}


def _chapters(plan: LivePlan) -> list[dict[str, Any]]:
    """Those that are played; the script's own with the line of their heading, and whether they may, or never can, be
    left out."""
    fit = plan.timeline.fit
    left_out = {span.position for _, span in fit.left_out} if fit else set()
    waiting = [chapter for chapter in plan.routine.chapters if chapter.span.position not in left_out]
    rows = []
    for chapter in plan.timeline.chapters:
        row: dict[str, Any] = chapter.to_json()
        index = next((index for index, one in enumerate(waiting) if one.title == chapter.title), None)
        if index is not None:
            written = waiting[index]
            del waiting[: index + 1]
            if written.span.file == plan.routine.span.file:
                row |= {"line": written.span.line, "optional": written.optional, "required": written.required}
        rows.append(row)
    return rows


def _event(plan: LivePlan, event: Event, missing: bool) -> dict[str, Any]:
    row = event.to_json()
    if event.span is not None:
        row["column"] = event.span.column
    if event.kind == "bed":
        own = plan.routine.settings.spans.get("bed")
        first = event.span is None or (own is not None and event.span.position == own.position)
        level = event.level + (plan.routine.settings.levels.bed if first else 0.0)
        row |= {"first": first, "level": level, "fade_in": seconds(event.fade_in), "fade_out": seconds(event.fade_out)}
    elif event.clip is not None and event.clip.level:
        row["level"] = event.clip.level
    return row | ({"missing": True} if missing else {})


def _range(span: Span) -> tuple[int, int]:
    start, end = LineIndex.of(span.source).offsets(span)
    return units(span.source.text, start), units(span.source.text, end)


def units(text: str, offset: int) -> int:
    """An offset in characters as one in UTF-16 units, in which a page counts."""
    return offset + bisect.bisect_left(_pairs(text), offset)


@lru_cache(maxsize=4)
def _pairs(text: str) -> tuple[int, ...]:
    """Where the characters stand that take two units."""
    return tuple(match.start() for match in _PAIR.finditer(text))


def characters(text: str, offset: int) -> int:
    """An offset in UTF-16 units as one in characters; one inside a character means its start."""
    count = 0
    for index, char in enumerate(text):
        if count >= offset:
            return index
        count += 2 if char > "\uffff" else 1
    return len(text)
