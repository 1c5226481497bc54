"""How often something is to be done, and the time that there is for it."""

from __future__ import annotations

from collections.abc import Iterator

from voiceguide.checks.subject import Subject, at, finding
from voiceguide.checks.words import number_of
from voiceguide.errors import Diagnostic, Position
from voiceguide.routine import Breathe, Count, Repeat, Sentence
from voiceguide.rule_spec import Rule

_MOST = 200  # a higher number is no number of times


def repeat_time(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    words, counted = subject.words, _with_cue(subject)
    for index, line in enumerate(subject.timed_sentences):
        text = line.text
        if line.span.position in counted or _said_aside(subject, text):
            continue
        breaths = words.breath_times.search(text)
        found = breaths or words.times.search(text)
        number = next((number_of(part, words) for part in found.groups() if part), None) if found else None
        if found is None or number is None or not 1 < number <= _MOST:
            continue
        each = rule["breath" if breaths else "tap" if words.tapping.search(text) else "stroke"]
        given = _end(subject, index, breathing=breaths is not None) - line.end
        if given + rule["noticed"] < number * each:
            message = f"“{found[0].strip()}” takes about {number * each:.0f}s; there are {given:.1f}s"
            hint = "leave more time, write [repeat] or [breathe] around it, or say a smaller number"
            yield finding("warning", at(line, found[0].strip()), message, hint)


def _said_aside(subject: Subject, text: str) -> bool:
    """Whether a sentence with a number does not ask for it to be done now."""
    words = subject.words
    aside = (words.overview, words.condition, words.not_now)
    return subject.denies(text) or any(pattern.search(text) for pattern in aside)


def _with_cue(subject: Subject) -> frozenset[Position]:
    """Where the sentences stand whose number a cue keeps time for: the last one before it."""
    found: set[Position] = set()
    last: Sentence | None = None
    for step in subject.steps:
        if isinstance(step.node, Sentence):
            last = step.node
        elif isinstance(step.node, Repeat | Breathe | Count) and last is not None:
            found.add(last.span.position)
    return frozenset(found)


def _end(subject: Subject, index: int, *, breathing: bool) -> float:
    """When the time for it is over, in seconds: breaths end with the next sentence, strokes with the
    next action or number."""
    words = subject.words
    for later in subject.timed_sentences[index + 1 :]:
        counts = words.times.search(later.text) or words.breath_times.search(later.text)
        if breathing or counts or subject.actions(later.text) or words.release.search(later.text):
            return later.start
    return subject.guidance_end
