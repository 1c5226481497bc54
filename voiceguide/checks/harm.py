"""Words that could lead somebody to do harm: too much force, no medicine, breaths that make dizzy, safety left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voiceguide.checks.subject import StepSentence, Subject, at, finding
from voiceguide.checks.words import number_of, said_duration
from voiceguide.errors import Diagnostic
from voiceguide.routine import Chapter
from voiceguide.rule_spec import Rule


def optional_safety(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    may_go = {chapter.span.position for chapter in _leavable(subject.routine.chapters)}
    said = [one for one in subject.written if subject.words.safety.search(one.text)]
    if said and all(one.heading.position in may_go for one in said):
        message = "this word on safety stands in a chapter that a length may leave out"
        yield finding("error", said[0].span, message, "take [optional] from its heading, or say it in another chapter")


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
    for said in subject.written:
        found = subject.words.force.search(said.text)
        if found and not _denied(said.text, found, subject):
            message = f"“{found[0]}” asks for more than does anybody good"
            yield finding("error", at(said, found[0]), message, "say “firmly, and never so that it hurts”, or less")


def medicine(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    for said in subject.written:
        found = subject.words.needless.search(said.text)
        if found and not _denied(said.text, found, subject):
            message = f"“{found[0]}” puts this session in the place of medicine"
            yield finding("error", at(said, found[0]), message, "leave it out; a session goes beside a treatment")


def unsafe_breath(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    for said in subject.written:
        found = _unsafe(said, subject, rule)
        if found and not _denied(said.text, found, subject):
            message = f"“{found[0]}” can make somebody faint"
            hint = "keep breaths slow and holds short, and say: “If you get dizzy, stop, and breathe as you like.”"
            yield finding("error", at(said, found[0]), message, hint)


def _unsafe(said: StepSentence, subject: Subject, rule: Rule) -> re.Match[str] | None:
    """The part of a sentence that is unsafe."""
    words, text = subject.words, said.text
    if found := words.breathless.search(text):
        return found
    if found := words.held_breath.search(text):
        lasts = said_duration(text, words)
        if lasts is not None and lasts[0] >= rule["held"]:
            return found
    if (found := words.fast_breaths.search(text)) and (number_of(found["number"], words) or 0) >= rule["fast"]:
        return found
    if words.dizzy.search(text) and (found := words.carry_on.search(text)):
        rest = text[: found.start()] + text[found.end() :]
        return None if words.relief.search(rest) else found
    return None


def _denied(text: str, found: re.Match[str], subject: Subject) -> bool:
    """Whether what was found is forbidden by the words before it."""
    return bool(subject.words.denial.search(text[: found.start()]))
