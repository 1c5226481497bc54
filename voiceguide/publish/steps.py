"""A timeline as the player moves through it: steps, each a spoken line with all that follows until the next one.

Takes a session's timeline document and gives values for JSON; times are seconds of the finished file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from voiceguide.publish.timeline_document import Document, Event

LEAD = 0.2
"""Seconds before a line at which a jump to it lands, so that its first sound is whole. The page gets it as data."""

_APART = 1.0  # seconds between two lines; a longer gap begins a new step, as between paragraphs
_EVEN_APART = 4.0  # seconds; between two numbers of a slow count the speed stays as it is
_OPENING = 10.0  # seconds; a chapter's chime this long or less before its first line is one step with it
_SAME = 1e-4  # seconds; times are rounded to the microsecond, and a beat to whole frames
_SENTENCE_ENDS = tuple(".!?…:;。！？：；।؟")
_PHASES = ("in", "hold", "out", "rest")  # in the order of a breath


@dataclass(slots=True)
class _Step:
    """A step while it is being filled. ``then`` holds what follows its lines: one event, or the phases of one breathing
    exercise."""

    at: float
    chapter: int
    lines: list[Event] = field(default_factory=list)
    then: list[list[Event]] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        lines = [{"start": line.start, "end": line.end, "text": line.text} for line in self.lines]
        then = [_following(events) for events in self.then]
        return {"at": self.at, "chapter": self.chapter, "lines": lines, "then": then, "counted": self.counted}


def listening(timeline: Document) -> dict[str, Any]:
    """What the player needs of a session, in the words of JSON.

    ``lead``: :data:`LEAD`. ``chapters``: title, start, end. ``steps``: ``at``, where a jump to the step lands;
    ``chapter``, its index; ``lines`` with start, end and text; ``then``, what follows them (``kind``, ``start``,
    ``end``; for breathing ``phases`` in seconds, ``times``, and the ``starts`` of all phases; ``text`` for sounds);
    ``counted``, the words spoken during that. ``even``: intervals in which a listener breathes or counts along, so that
    the speed must stay 1.
    """
    chapters = [{"title": row.title, "start": row.start, "end": row.end} for row in timeline.chapters]
    events = [event for event in timeline.events if event.kind != "bed" and not is_swell(event)]
    counted = counted_speech(events)
    steps = [step.to_json() for step in _steps(events, counted, [chapter.start for chapter in timeline.chapters])]
    timed = ((event.start, event.end) for event in events if event.kind in ("hold", "breath"))
    spoken = ((events[index].start, events[index].end) for index in counted)
    return {"lead": LEAD, "chapters": chapters, "steps": steps, "even": _merged(sorted((*timed, *spoken)))}


def is_swell(event: Event) -> bool:
    """Whether it is the noise of a breath's ``swell`` or a held tone, which are part of the breath."""
    return event.kind == "sound" and event.track == "breath"


def counted_speech(events: Sequence[Event]) -> set[int]:
    """The indices of what is spoken to a beat, numbers and names during holds and breaths, and counts.

    The events are in the order of time.
    """
    timed = [event for event in events if event.kind in ("hold", "breath")]
    starts = [event.start for event in timed]
    found = set()
    for index, event in enumerate(events):
        if event.kind == "speech":
            before = bisect_right(starts, event.end - _SAME) - 1
            if before >= 0 and event.start < timed[before].end - _SAME:
                found.add(index)
    return found | _counts(events, found)


def _counts(events: Sequence[Event], known: set[int]) -> set[int]:
    """The indices of numbers of a count: words on one source line, no sentences, that begin at equal distances.

    Two words have only one distance, so these must be single words.
    """
    found: set[int] = set()
    run: list[int] = []
    for index, event in enumerate(events):
        is_word = event.kind == "speech" and index not in known and not event.text.endswith(_SENTENCE_ENDS)
        if run and (not is_word or not _continues(events, run, event)):
            found.update(_count(events, run))
            run = []
        if is_word:
            run.append(index)
    return found | _count(events, run)


def _count(events: Sequence[Event], run: Sequence[int]) -> set[int]:
    is_count = len(run) > 2 or (len(run) == 2 and all(" " not in events[index].text for index in run))
    return set(run) if is_count else set()


def _continues(events: Sequence[Event], run: Sequence[int], event: Event) -> bool:
    """Whether the event is the next number of the run."""
    if event.position != events[run[-1]].position:
        return False
    starts = [*(events[index].start for index in run[-2:]), event.start]
    gaps = [b - a for a, b in pairwise(starts)]
    return max(gaps) - min(gaps) < _SAME


def _steps(events: Sequence[Event], counted: set[int], chapter_starts: Sequence[float]) -> list[_Step]:
    steps: list[_Step] = []
    spoken_until = 0.0
    for index, event in enumerate(events):
        chapter = max(0, bisect_right(chapter_starts, event.start + _SAME) - 1)
        is_line = event.kind == "speech" and index not in counted
        if not steps or steps[-1].chapter != chapter or (is_line and _begins_step(steps[-1], event)):
            at = round(max(spoken_until, event.start - LEAD, 0.0), 3) if steps else 0.0
            steps.append(_Step(at, chapter))
        if is_line:
            steps[-1].lines.append(event)
        elif event.kind == "speech":
            steps[-1].counted.append(event.text)
        else:
            _append(steps[-1].then, event)
        if event.kind == "speech":
            spoken_until = max(spoken_until, event.end)
    return steps


def _begins_step(step: _Step, line: Event) -> bool:
    """Whether a line begins a step of its own, instead of continuing the one before."""
    if not step.lines:
        only_sounds = all(events[0].kind in ("chime", "sound") for events in step.then)
        return not only_sounds or bool(step.counted) or line.start - step.at > _OPENING
    followed = any(events[0].start >= step.lines[-1].start for events in step.then)
    return followed or bool(step.counted) or line.start - step.lines[-1].end > _APART


def _append(then: list[list[Event]], event: Event) -> None:
    """Adds an event to what follows a step's lines. The phases of one exercise are kept together; the chimes of a hold
    belong to the hold and are left out."""
    is_of_hold = any(events[0].kind == "hold" and events[0].position == event.position for events in then)
    if event.kind == "chime" and is_of_hold:
        return
    if event.kind == "breath" and then and then[-1][0].kind == "breath" and not restarts(then[-1][-1], event):
        then[-1].append(event)
    else:
        then.append([event])


def restarts(last: Event, event: Event) -> bool:
    """Whether a phase begins another exercise: its cycle is the first again."""
    earlier_phase = _PHASES.index(event.phase) < _PHASES.index(last.phase)
    return event.cycle < last.cycle or (event.cycle == last.cycle and earlier_phase)


def _following(events: Sequence[Event]) -> dict[str, Any]:
    first = events[0]
    row: dict[str, Any] = {"kind": first.kind, "start": first.start, "end": events[-1].end}
    if first.kind == "breath":
        phases = [event for event in events if event.cycle == first.cycle]
        row["phases"] = [{"name": event.phase, "seconds": round(event.seconds, 2)} for event in phases]
        row["times"] = len({event.cycle for event in events})
        row["starts"] = [round(event.start, 4) for event in events]
    elif first.kind not in ("pause", "hold"):
        row["text"] = first.text
    return row


def _merged(intervals: Sequence[tuple[float, float]]) -> list[list[float]]:
    """Sorted intervals, with those that are less than ``_EVEN_APART`` apart made one."""
    merged: list[list[float]] = []
    for start, end in intervals:
        if merged and start <= merged[-1][1] + _EVEN_APART:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return merged
