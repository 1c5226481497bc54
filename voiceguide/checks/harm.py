"""Words that could lead somebody to do harm: too much force, no medicine, breaths that make dizzy, safety left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

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
    return _told(subject, lambda said: _unsafe(said, subject, rule), "can make somebody faint", hint)


def _told(
    subject: Subject, search: Callable[[StepSentence], re.Match[str] | None], message: str, hint: str
) -> Iterator[Diagnostic]:
    """An error for each sentence in which something is found that its own words do not forbid."""
    for said in subject.written:
        found = search(said)
        if found and not _denied(said.text, found, subject):
            yield finding("error", at(said, found[0]), f"“{found[0]}” {message}", hint)


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
