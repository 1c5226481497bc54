"""Time: to hear it, to do it, and not so much that the listener wonders. Judges the plan."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

from voiceguide.checks.actions import Kind
from voiceguide.checks.sides import side_changes
from voiceguide.checks.subject import Subject, TimedSentence, finding, seconds_of
from voiceguide.checks.wording import mostly_letters, word_count
from voiceguide.checks.words import said_duration
from voiceguide.errors import Diagnostic, Severity, Span
from voiceguide.rule_spec import Rule
from voiceguide.syllables import syllables
from voiceguide.timeline import Event, Line
from voiceguide.units import SAMPLE_RATE, format_duration

_SAME_TIME = 0.15  # seconds by which the planner's roundings may part what belongs together
_PREPARING = 2  # sentences that make a chapter one that makes ready

Task = Literal["stroke", "hands", "side", "tool", "oil"]
"""What a listener has to carry out; each is a limit of ``action-time``."""

_TASKS: Mapping[Kind, Task] = MappingProxyType({"work": "stroke", "place": "hands", "tool": "tool", "oil": "oil"})
_DOING: Mapping[Task, str] = MappingProxyType(
    {
        "stroke": "for this stroke",
        "hands": "to move the hands",
        "side": "to change sides",
        "tool": "to take up a tool",
        "oil": "to take oil",
    }
)


def action_time(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    acting = [(line, subject.handled(line.text)) for line in subject.timed_sentences]
    acting = [(line, found) for line, found in acting if found and not subject.words.condition.search(line.text)]
    begun = _side_changes_begun(subject)
    for (line, found), (following, _) in pairwise(acting):
        tasks = {_TASKS[action.kind]: line.end for action in found if action.kind in _TASKS}
        if line.event in begun:
            tasks["side"] = begun[line.event]
        task = max(tasks, key=lambda task: rule[task] - (following.start - tasks[task]))
        needed, given = rule[task], following.start - tasks[task]
        if given + rule["noticed"] < needed:
            message = f"there are {given:.1f}s {_DOING[task]} before the next action; it takes about {needed:g}s"
            wait = math.ceil(needed - (line.end - tasks[task]))
            yield finding("warning", line.span, message, f"write [pause ~{wait}s] behind it")


def _side_changes_begun(subject: Subject) -> Mapping[int, float]:
    """When each change of side begins, in seconds: at the end of its announcement, else of the sentence that makes it.

    By the event of that sentence. Only from one side straight to the other: with both hands free it is a move like any.
    """
    if not subject.massage:
        return {}
    changes = (change for change in side_changes(subject) if change.direct)
    return {change.line.event: (change.announcement or change.line).end for change in changes}


def silence_gap(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    reached = 0.0
    before: Event | None = None
    waits = [event for event in subject.plan.events if event.kind in ("pause", "hold")]
    for event in subject.plan.events:
        if event.kind in ("pause", "hold"):
            continue
        start, end = seconds_of(event)
        if start - reached > rule["long"]:
            yield from _gap(subject, rule, reached, start, _longest(waits, reached, start) or before)
        if end > reached:
            reached, before = end, event
    total = subject.plan.frames / SAMPLE_RATE
    if total - reached > rule["long"] and not subject.ends_in_sleep:
        yield from _gap(subject, rule, reached, total, _longest(waits, reached, total) or before)


def _longest(waits: list[Event], start: float, end: float) -> Event | None:
    """The pause or hold that makes most of a silence."""
    first = bisect_left(waits, start - _SAME_TIME, key=lambda event: event.start / SAMPLE_RATE)
    last = bisect_left(waits, end, key=lambda event: event.start / SAMPLE_RATE)
    return max(waits[max(0, first - 1) : last], key=lambda event: event.end - event.start, default=None)


def _gap(subject: Subject, rule: Rule, start: float, end: float, event: Event | None) -> Iterator[Diagnostic]:
    length = end - start
    span = (event.span if event else None) or subject.routine.span
    said = format_duration(round(length, 1))
    if _announced(subject, start, round(rule["near"])):
        if length > rule["announced"]:
            message = f"{said} of silence; even an announced one gets too long after {rule['announced']:g}s"
            yield finding("warning", span, message, "let a bed play, or a chime mark the way: [chime bell -6dB]")
        return
    severity: Severity = "error" if length > rule["too_long"] else "warning"
    hint = "say how long it lasts or what ends it, or let a bed play: bed: brown"
    yield finding(severity, span, f"{said} of silence that nobody announced", hint)


def _announced(subject: Subject, time: float, near: int) -> bool:
    """Whether one of the ``near`` last sentences before a time says how long silence lasts, or what ends it."""
    if not subject.can_read("announced", "duration", "numbers", "units"):
        return True  # only a very long silence is reported then
    words = subject.words
    last = bisect_left(subject.timed_sentences, time + _SAME_TIME, key=lambda line: line.end)
    before = subject.timed_sentences[max(0, last - near) : last]
    return any(said_duration(line.text, words) or words.announced.search(line.text) for line in before)


def speech_rate(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    slow, fast, too_fast = (rule[name] * subject.words.word_rate for name in ("slow", "fast", "too_fast"))
    for said in _by_voice(subject, rule):
        minutes = sum(line.end - line.start + rule["rest"] for line in said.lines) / 60
        rate = said.words / minutes if minutes else 0.0
        if not slow <= rate <= fast:
            severity: Severity = "error" if rate > too_fast else "warning"
            how = "fast" if rate > fast else "slowly"
            message = f"the voice speaks {rate:.0f} words a minute, too {how} to follow with ease"
            yield finding(severity, said.place, message, said.hint((slow + fast) / 2 / rate))


def articulation(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    speaking, language = subject.speaking, subject.settings.language
    if speaking is None:
        return
    for said in _by_voice(subject, rule):
        seconds = sum(map(speaking, said.spoken))
        rate = sum(syllables(line.text, language) for line in said.lines) / seconds if seconds else 0.0
        if not rule["slow"] <= rate <= rule["fast"]:
            severity: Severity = "error" if rate > rule["too_fast"] else "warning"
            how = "fast" if rate > rule["fast"] else "slowly"
            message = f"the voice says {rate:.1f} syllables a second, too {how} to follow with ease"
            yield finding(severity, said.place, message, said.hint((rule["calm"] + rule["calmest"]) / 2 / rate))


@dataclass(frozen=True, slots=True)
class _Said:
    """What one voice says at one pace: its sentences as lines of the plan and of the voice, their words, and the place
    that sets the pace."""

    voice: str
    pace: float
    lines: Sequence[TimedSentence]
    spoken: Sequence[Line]
    words: int
    place: Span

    def hint(self, factor: float) -> str:
        """How to speak so many times as fast."""
        if self.voice.startswith("recorded:"):
            return f"read it more {'slowly' if factor < 1 else 'fluently'} and record it again"
        better = min(2.0, max(0.5, round(self.pace * factor, 2)))
        return f"write pace: {better:g} in the front matter, or [pace {better:g}] before it"


def _by_voice(subject: Subject, rule: Rule) -> Iterator[_Said]:
    """For each voice and pace its sentences of ``shortest`` words and more, if they have ``fewest`` together."""
    found: dict[tuple[str, float], list[tuple[TimedSentence, Line]]] = {}
    for line in subject.timed_sentences:
        clip = subject.plan.events[line.event].clip
        if not (clip and isinstance(clip.source, Line) and mostly_letters(line.text)):
            continue
        if word_count(line.spoken) >= rule["shortest"]:
            found.setdefault((clip.source.voice, clip.source.pace), []).append((line, clip.source))
    for (voice, pace), pairs in found.items():
        lines, spoken = zip(*pairs, strict=True)
        words = sum(word_count(line.spoken) for line in lines)
        if words >= rule["fewest"]:
            yield _Said(voice, pace, lines, spoken, words, _pace_place(subject, pace, lines[0].span))


def _pace_place(subject: Subject, pace: float, first: Span) -> Span:
    settings = subject.settings
    return settings.spans.get("pace", first) if pace == float(settings.pace.first) else first


def density(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    most = rule["dense"] * subject.words.word_rate
    chapters = subject.plan.chapters
    bounds = [(c.start / SAMPLE_RATE, c.end / SAMPLE_RATE, c.title) for c in chapters]
    for start, end, title in bounds or [(0.0, subject.plan.frames / SAMPLE_RATE, subject.settings.title)]:
        first, last = (bisect_left(subject.timed_sentences, time, key=lambda line: line.start) for time in (start, end))
        lines = subject.timed_sentences[first:last]
        count = sum(word_count(line.spoken) for line in lines)
        if end - start < rule["shortest"] or count < rule["fewest"] or _prepares(subject, lines):
            continue
        rate = count / (end - start) * 60
        if rate > most:
            message = f"the chapter “{title}” has {rate:.0f} words a minute, pauses included"
            hint = f"leave more silence, or say less: up to {most:.0f} leave time to follow"
            yield finding("warning", lines[0].heading, message, hint)


def _prepares(subject: Subject, lines: Sequence[TimedSentence]) -> bool:
    """Whether a chapter makes ready: nobody has to do anything while it speaks of safety, oil and clean hands."""
    words = subject.words
    preparing = sum(bool(words.safety.search(line.text) or words.preparation.search(line.text)) for line in lines)
    return preparing >= _PREPARING and not any(subject.touches(line.text) for line in lines)
