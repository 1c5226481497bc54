"""Time: to hear it, to do it, and not so much that the listener wonders. Judges the plan."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from voiceguide.checks.actions import Action
from voiceguide.checks.subject import Heard, Subject, finding, seconds_of
from voiceguide.checks.wording import word_count
from voiceguide.checks.words import said_duration
from voiceguide.errors import Diagnostic, Severity, Span
from voiceguide.timeline import Event, Line
from voiceguide.units import SAMPLE_RATE, format_duration

_SILENCE, _LONG_SILENCE, _ANNOUNCED = 25.0, 45.0, 120.0  # seconds
_NEEDS = {"work": 2.0, "place": 4.0, "tool": 7.0, "oil": 10.0}  # seconds
_OTHER_SIDE = 7.0
_TOLERANCE = 0.15  # seconds; nobody is left behind by less
_DOING = {
    "work": "for this stroke",
    "place": "to move the hands",
    "tool": "to take up a tool",
    "oil": "to take oil",
}
_FEWEST_WORDS = 20  # a rate of fewer says nothing
_BREATH = 0.6  # seconds between two sentences; where rates are given for speech, such short rests are part of it
_SHORTEST_LINE = 4  # words; short lines are mostly lead-in and end
_SHORTEST_CHAPTER = 30.0  # seconds


def action_time(subject: Subject) -> Iterator[Diagnostic]:
    acting = [(line, subject.handled(line.text)) for line in subject.heard]
    acting = [(line, found) for line, found in acting if found and not subject.words.condition.search(line.text)]
    for (line, found), (following, _) in pairwise(acting):
        action = max(found, key=_need)
        needed, given = _need(action), following.start - line.end
        if given + _TOLERANCE < needed:
            message = f"there are {given:.1f}s {_DOING[action.kind]} before the next action; it takes about {needed:g}s"
            yield finding("warning", line.span, message, f"write [pause ~{needed:g}s] behind it")


def _need(action: Action) -> float:
    return _NEEDS[action.kind]


def silence_gap(subject: Subject) -> Iterator[Diagnostic]:
    reached = 0.0
    before: Event | None = None
    waits = [event for event in subject.plan.events if event.kind in ("pause", "hold")]
    for event in subject.plan.events:
        if event.kind in ("pause", "hold"):
            continue
        start, end = seconds_of(event)
        if start - reached > _SILENCE:
            yield from _gap(subject, reached, start, _longest(waits, reached, start) or before)
        if end > reached:
            reached, before = end, event
    total = subject.plan.frames / SAMPLE_RATE
    if total - reached > _SILENCE and not subject.settings.sleep:
        yield from _gap(subject, reached, total, _longest(waits, reached, total) or before)


def _longest(waits: list[Event], start: float, end: float) -> Event | None:
    """The pause or hold that makes most of a silence."""
    first = bisect_left(waits, start - _TOLERANCE, key=lambda event: event.start / SAMPLE_RATE)
    last = bisect_left(waits, end, key=lambda event: event.start / SAMPLE_RATE)
    return max(waits[max(0, first - 1) : last], key=lambda event: event.end - event.start, default=None)


def _gap(subject: Subject, start: float, end: float, place: Event | None) -> Iterator[Diagnostic]:
    length = end - start
    span = (place.span if place else None) or subject.routine.span
    said = format_duration(round(length, 1))
    if _announced(subject, start):
        if length > _ANNOUNCED:
            message = f"{said} of silence; even an announced one gets too long after {_ANNOUNCED:g}s"
            yield finding("warning", span, message, "let a bed play, or a chime mark the way: [chime bell -6dB]")
        return
    severity: Severity = "error" if length > _LONG_SILENCE else "warning"
    hint = "say how long it lasts or what ends it, or let a bed play: bed: brown"
    yield finding(severity, span, f"{said} of silence that nobody announced", hint)


def _announced(subject: Subject, time: float) -> bool:
    """Whether one of the last two sentences before a time says how long silence lasts, or what ends it."""
    if not subject.readable:
        return True  # nobody here can read it; only a very long silence is told of
    words = subject.words
    last = bisect_left(subject.heard, time + _TOLERANCE, key=lambda line: line.end)
    before = subject.heard[max(0, last - 2) : last]
    return any(said_duration(line.text, words) or words.announced.search(line.text) for line in before)


def speech_rate(subject: Subject) -> Iterator[Diagnostic]:
    words = subject.words
    spoken: dict[tuple[str, float], list[Heard]] = {}
    for line in subject.heard:
        clip = subject.plan.events[line.event].clip
        if clip and isinstance(clip.source, Line) and word_count(line.text) >= _SHORTEST_LINE:
            spoken.setdefault((clip.source.voice, clip.source.pace), []).append(line)
    for (_, pace), lines in spoken.items():
        count = sum(word_count(line.text) for line in lines)
        minutes = sum(line.end - line.start + _BREATH for line in lines) / 60
        rate = count / minutes if minutes else 0.0
        if count < _FEWEST_WORDS or words.slow <= rate <= words.fast:
            continue
        severity: Severity = "error" if rate > words.fastest else "warning"
        how = "fast" if rate > words.fast else "slowly"
        message = f"the voice speaks {rate:.0f} words a minute, too {how} to follow with ease"
        better = min(2.0, max(0.5, round(pace * (words.slow + words.fast) / 2 / rate, 2)))
        place = _pace_place(subject, pace, lines[0].span)
        yield finding(
            severity, place, message, f"write pace: {better:g} in the front matter, or [pace {better:g}] before it"
        )


def _pace_place(subject: Subject, pace: float, first: Span) -> Span:
    settings = subject.settings
    return settings.spans.get("pace", first) if float(settings.pace) == pace else first


def density(subject: Subject) -> Iterator[Diagnostic]:
    words = subject.words
    chapters = subject.plan.chapters
    bounds = [(c.start / SAMPLE_RATE, c.end / SAMPLE_RATE, c.title) for c in chapters]
    for start, end, title in bounds or [(0.0, subject.plan.frames / SAMPLE_RATE, subject.settings.title)]:
        first, last = (bisect_left(subject.heard, time, key=lambda line: line.start) for time in (start, end))
        lines = subject.heard[first:last]
        count = sum(word_count(line.text) for line in lines)
        if end - start < _SHORTEST_CHAPTER or count < _FEWEST_WORDS or _prepares(subject, lines):
            continue
        rate = count / (end - start) * 60
        if rate > words.dense:
            message = f"the chapter “{title}” has {rate:.0f} words a minute, pauses included"
            hint = f"leave more silence, or say less: up to {words.dense} leave time to follow"
            yield finding("warning", lines[0].heading, message, hint)


def _prepares(subject: Subject, lines: Sequence[Heard]) -> bool:
    """Whether a chapter makes ready: nobody has to do anything while it speaks of safety, oil and clean hands."""
    words = subject.words
    told = sum(bool(words.safety.search(line.text) or words.preparation.search(line.text)) for line in lines)
    return told >= 2 and not any(subject.touches(line.text) for line in lines)
