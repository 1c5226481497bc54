"""Words that could lead somebody to do harm: too much force, no medicine, breaths that make dizzy, safety left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from itertools import pairwise, takewhile

from voiceguide.checks.hands import with_tools
from voiceguide.checks.subject import StepSentence, Subject, at, finding
from voiceguide.checks.words import number_of, said_duration
from voiceguide.errors import Diagnostic, Position
from voiceguide.routine import Chapter, Hold, Pause
from voiceguide.rule_spec import Rule


def optional_safety(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    may_go = {chapter.span.position for chapter in _leavable(subject.routine.chapters)}
    hint = "take [optional] from its heading, or say it in another chapter"
    said = [one for one in subject.written if subject.words.safety.search(one.text)]
    if said and all(one.heading.position in may_go for one in said):
        message = "this word on safety stands in a chapter that a length may leave out"
        yield finding("error", said[0].span, message, hint)
    angles, stays = _angles(subject, may_go)
    if angles and stays and all(one.heading.position in may_go for one in angles):
        message = "how flat the tool lies stands in a chapter that a length may leave out"
        yield finding("error", angles[0].span, message, hint)


def _angles(subject: Subject, may_go: Container[Position]) -> tuple[list[StepSentence], bool]:
    """The sentences on the angle of a tool, and whether it works in a chapter that stays."""
    words = subject.words
    angles, stays = [], False
    for said, inside in with_tools(subject):
        if (
            inside
            and words.flat.search(said.text)
            and (words.skin_tool.search(said.text) or subject.actions(said.text))
        ):
            angles.append(said)
        works = any(action.kind == "work" for action in subject.actions(said.text))
        stays = stays or (inside and works and said.heading.position not in may_go)
    return angles, stays


def _leavable(chapters: tuple[Chapter, ...]) -> Iterator[Chapter]:
    """The chapters that a length may leave out: optional ones, and what goes with them."""
    above: int | None = None  # the level of the optional chapter that we are in
    for chapter in chapters:
        if above is not None and chapter.level <= above:
            above = None
        if chapter.optional is not None and above is None:
            above = chapter.level
        if (above is not None and not chapter.required) or chapter.optional is not None:
            yield chapter


def force(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    hint = "say “firmly, and never so that it hurts”, or less"
    return _told(
        subject, lambda said: subject.words.force.search(said.text), "asks for more than does anybody good", hint
    )


def medicine(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    hint = "leave it out; a session goes beside a treatment"
    message = "puts this session in the place of medicine"
    return _told(subject, lambda said: subject.words.needless.search(said.text), message, hint)


def unsafe_breath(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    hint = "keep breaths slow and holds short, and say: “If you get dizzy, stop, and breathe as you like.”"
    asked = {said.index: before.text for before, said in pairwise(subject.written) if before.text.endswith("?")}
    return _told(
        subject,
        lambda said: _unsafe(said, subject, rule) or _goes_on(said, asked.get(said.index, ""), subject),
        "can make somebody faint",
        hint,
    )


def _told(
    subject: Subject, search: Callable[[StepSentence], re.Match[str] | None], message: str, hint: str
) -> Iterator[Diagnostic]:
    """An error for each sentence in which something is found that its own words do not forbid."""
    for said in subject.written:
        found = search(said)
        if found and not subject.forbids(said.text, found):
            yield finding("error", at(said, found[0]), f"“{found[0]}” {message}", hint)


def _held_after(said: StepSentence, subject: Subject) -> float:
    """Seconds of the holds and pauses between a sentence and the next one."""
    waits = takewhile(lambda step: not step.text, subject.steps[said.index + 1 :])
    return float(sum(step.node.duration.natural for step in waits if isinstance(step.node, Hold | Pause)))


def _unsafe(said: StepSentence, subject: Subject, rule: Rule) -> re.Match[str] | None:
    """The part of a sentence that is unsafe."""
    words, text = subject.words, said.text
    if found := words.breathless.search(text):
        return found
    if found := words.held_breath.search(text):
        lasts = said_duration(text, words)
        seconds = lasts[0] if lasts is not None else _held_after(said, subject)
        if seconds >= rule["held"] and not words.still_breathing.search(text):
            return found
    if (found := words.fast_breaths.search(text)) and (number_of(found["number"], words) or 0) >= rule["fast"]:
        return found
    often = words.times.search(text) if words.breathing.search(text) and words.fast.search(text) else None
    return often if often and (number_of(often["number"], words) or 0) >= rule["fast"] else None


def _goes_on(said: StepSentence, asked: str, subject: Subject) -> re.Match[str] | None:
    """What in a sentence has somebody go on who is dizzy: as it says, or as the question before it ``asked``."""
    words, text = subject.words, said.text
    found = words.carry_on.search(text)
    if found is None or not words.dizzy.search(f"{asked} {text}"):
        return None
    return None if words.relief.search(text[: found.start()] + text[found.end() :]) else found
