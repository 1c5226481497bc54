"""How a sentence is put: for ears alone, hands busy, eyes closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from voiceguide.checks.subject import StepSentence, Subject, at, finding
from voiceguide.checks.words import REMEMBERED, Pattern
from voiceguide.errors import Diagnostic, Severity, Span
from voiceguide.rule_spec import Rule

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_LETTERS = 0.7  # of a text's characters, white space aside
_NAMED = 3  # actions that are named
_VISIBLE = 60  # characters of a quoted phrase


@lru_cache(REMEMBERED)
def word_count(text: str) -> int:
    """The words of a text as they are said: 'close-by' and 'don't' are one each."""
    return sum(1 for _ in _WORD.finditer(text))


@lru_cache(REMEMBERED)
def mostly_letters(text: str) -> bool:
    """Whether counting words says how much of a text is spoken; of a line of signs or figures it does not."""
    signs = sum(not char.isspace() for char in text)
    return sum(char.isalpha() for char in text) >= _LETTERS * signs


def stacked_actions(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    for said in subject.written:
        found = subject.handled(said.text)
        if len(found) > 1:
            *verbs, last = [f"'{action.verb.casefold()}'" for action in found[:_NAMED]]
            message = f"this sentence has {len(found)} actions of the hands, such as {', '.join(verbs)} and {last}"
            if len(found) <= _NAMED:
                message = message.replace(", such as", ":")
            yield finding("warning", said.span, message, "say one, leave time for it, then say the next")


def long_sentence(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    for said in subject.written:
        count = word_count(subject.spoken(subject.steps[said.index].text))
        if count > rule["long"]:
            severity: Severity = "error" if count > rule["too_long"] else "warning"
            message = f"this sentence has {count} words; {rule['long']:g} are about what a listener can take in"
            yield finding(severity, said.span, message, "make two sentences of it")


def _with_closed_eyes(subject: Subject) -> Iterator[StepSentence]:
    """The sentences between the closing and the opening of the eyes.

    When the eyes are never closed, all of them, unless the body moves: then eyes are open.
    """
    words = subject.words
    closes = any(words.eyes_close.search(said.text) for said in subject.sentences)
    closed = not closes and subject.judged.kind != "movement"
    seen = set()
    for said in subject.sentences:
        opens = words.eyes_open.search(said.text)
        if words.eyes_close.search(said.text):
            closed = True
        elif opens:
            closed = False
        elif closed and said.span not in seen:
            seen.add(said.span)
            yield said


def _in_scenes(subject: Subject) -> frozenset[int]:
    """The sentences of imagined scenes, by their index: each goes on to the next heading or action of the hands."""
    words = subject.words
    found: set[int] = set()
    heading: Span | None = None
    for said in subject.sentences:
        if words.scene.search(said.text):
            heading = said.heading
        elif said.heading != heading or subject.handled(said.text):
            heading = None
        if heading is not None:
            found.add(said.index)
    return frozenset(found)


def visual_reference(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    words = subject.words
    hint = "say what can be felt: a landmark of the body, a direction, a width in fingers"
    scenes = _in_scenes(subject) if subject.can_read("scene") else frozenset()
    for said in _with_closed_eyes(subject):
        if subject.denies(said.text):
            continue
        inner = said.index in scenes or words.inner_looking.search(said.text)
        if shown := words.picture.search(said.text):
            message = f"“{shown[0]}” asks closed eyes to look"
            yield finding("error", at(said, shown[0]), message, hint)
        elif (seen := words.looking.search(said.text)) and not inner:
            message = f"“{seen[0]}” asks closed eyes to look"
            yield finding("warning", at(said, seen[0]), message, hint)


def device_reference(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    words = subject.words
    for said in subject.written:
        if subject.denies(said.text):
            continue
        if touch := words.device_touch.search(said.text):
            message = f"“{touch[0]}” asks for a hand on the device"
            yield finding("error", at(said, touch[0]), message, "leave a pause or a hold instead")
        elif use := words.device_use.search(said.text):
            message = f"“{use[0]}” asks the listener to use the device"
            yield finding("warning", at(said, use[0]), message, "leave a pause or a hold instead")


def vague_place(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    words = subject.words
    for said in subject.written:
        if subject.denies(said.text):
            continue
        handled = any(action.kind != "stretch" for action in subject.commands(said.text))
        if handled and (vague := _found(said, words.vague)):
            message = f"“{vague}” names no place that closed eyes can find"
            hint = "name a landmark: “below the cheekbone”, “a thumb's width in front of the earlobe”"
            yield finding("warning", at(said, vague), message, hint)


def health_claim(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    for said in subject.written:
        found = subject.words.claims.search(said.text)
        modest = subject.can_read("modest") and subject.words.modest.search(said.text)
        if found and not modest and not subject.denies(f"{said.text[: found.start()]} {said.text[found.end() :]}"):
            claim = found[0][:_VISIBLE]
            message = f"“{claim}” promises more than a routine can keep"
            yield finding("warning", at(said, claim), message, "leave it out, or say “may” or “many people find”")


def _found(said: StepSentence, pattern: Pattern) -> str | None:
    match = pattern.search(said.text)
    return match[0][:_VISIBLE] if match else None
