"""What is to be said about the takes of a session's lines: what the gate found, and choices without effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from voiceguide.errors import Diagnostic, Span
from voiceguide.routine import Routine, Sentence
from voiceguide.speech import Spoken
from voiceguide.timeline import Line, Timeline


def gate_warnings(lines: Mapping[Line, Span], spoken: Spoken) -> Iterator[Diagnostic]:
    """A warning for each line that was kept although no take of it passed."""
    for line, span in lines.items():
        verdict = spoken.verdict(line)
        if verdict and verdict.kept.faults:
            message = f"the voice {line.voice} may not say “{line.as_written}” well: it {verdict.kept.reason}"
            hint = "listen to it with 'voiceguide voices takes', choose another reading, or put it in other words"
            yield Diagnostic(span, "warning", message, hint)


def choice_warnings(routine: Routine, timeline: Timeline, spoken: Spoken) -> Iterator[Diagnostic]:
    """A warning for each sentence whose take is chosen, but whose voice has no other."""
    chosen = {node.span: node.take for node in routine.nodes() if isinstance(node, Sentence) and node.take is not None}
    for event, clip in timeline.sounding() if chosen else ():
        if event.span in chosen and isinstance(clip.source, Line) and not spoken.varies(clip.source):
            message = (
                f"the voice {clip.source.voice} has one reading only, so [take {chosen[event.span]}] has no effect"
            )
            yield Diagnostic(event.span, "warning", message)


def gate_report(timeline: Timeline, spoken: Spoken) -> dict[str, Any]:
    """The report's entry about the gate: how many lines of the session were checked, and those of which a take was
    refused, each with its takes in the order in which they were spoken."""
    checked = 0
    rows: list[dict[str, Any]] = []
    seen: set[Line] = set()
    for event, clip in timeline.sounding():
        line = clip.source
        if not isinstance(line, Line) or line in seen:
            continue
        seen.add(line)
        verdict = spoken.verdict(line)
        checked += verdict is not None
        if verdict and (verdict.refused or verdict.kept.faults):
            row: dict[str, Any] = {"text": line.as_written, "voice": line.voice}
            if event.span is not None:
                row |= {"file": event.span.file, "line": event.span.line}
            refused = [{"take": one.take, "reason": one.reason} for one in verdict.refused]
            rows.append({**row, "kept": verdict.kept.take, "faults": verdict.kept.reason, "refused": refused})
    return {"checked": checked, "lines": rows}
