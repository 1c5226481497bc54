"""What could harm, and what has to be said so that it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from voiceguide.checks.subject import Subject, at, finding
from voiceguide.checks.words import REMEMBERED, Pattern, Words
from voiceguide.errors import Diagnostic, Severity
from voiceguide.routine import Breathe, Hold
from voiceguide.rule_spec import Rule


def missing_safety(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    for said in subject.sentences:
        if subject.words.safety.search(said.text):
            return
        if subject.touches(said.text):
            break
    else:
        return
    severity: Severity = "error" if _presses_and_holds(subject) or _works_on_neck(subject) else "warning"
    message = "nothing before this first touch says when to leave the massage out, or when to stop"
    hint = "such as: “Leave it out if your skin is sore. Stop if anything hurts.”"
    yield finding(severity, said.span, message, hint)


def _presses_and_holds(subject: Subject) -> bool:
    pressed = False
    for step in subject.steps:
        if step.text:
            pressed = bool(subject.words.pressing.search(step.text))
        elif isinstance(step.node, Hold) and pressed:
            return True
    return False


def _works_on_neck(subject: Subject) -> bool:
    return any(subject.touches(said.text) and subject.words.neck.search(said.text) for said in subject.written)


def missing_preparation(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    early = [line for line in subject.timed_sentences if line.start < rule["within"]]
    if any(subject.words.preparation.search(line.text) for line in early):
        return
    touch = next((line for line in subject.timed_sentences if subject.touches(line.text)), None)
    if touch is not None:
        message = f"the first {rule['within']:g}s say nothing of clean hands, clean skin or oil"
        hint = "say it first, while the eyes are still open: “With clean hands, a clean face, and a little oil.”"
        yield finding("warning", touch.span, message, hint)


def neck_risk(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    words = subject.words
    for said in subject.written:
        if words.denial.search(said.text):
            continue
        both = _pressed(said.text, words.neck_both, words) if subject.can_read("neck_both") else None
        if both:
            message = (
                "pressure on both sides of the neck at once can make somebody faint: it stops the blood to the head"
            )
            hint = "stroke one side at a time, with no more than the hand's weight"
            yield finding("error", at(said, both[0]), message, hint)
        elif front := _pressed(said.text, words.neck_front, words):
            message = "pressure on the front of the neck can do harm"
            hint = "stroke there as light as a feather, or leave it out"
            yield finding("error", at(said, front[0]), message, hint)
        elif side := _pressed(said.text, words.neck_side, words):
            message = "pressure on the side of the neck can do harm: a large artery lies there"
            yield finding("warning", at(said, side[0]), message, "let the hand stroke it with no more than its weight")


@lru_cache(3 * REMEMBERED)  # a sentence is asked for three places
def _pressed(text: str, place: Pattern, words: Words) -> re.Match[str] | None:
    """The place in a sentence that presses on it: no other verb, such as 'let', comes between the two."""
    presses = list(islice(words.pressing.finditer(text), _MOST_PLACES))
    if words.has("firm"):
        presses += islice(words.firm.finditer(text), _MOST_PLACES)
    for found in islice(place.finditer(text), _MOST_PLACES):
        for press in presses:
            between = text[press.end() : found.start()] if press.start() < found.start() else text[found.end() :]
            if not words.letting.search(between):
                return found
    return None


_MOST_PLACES = 10  # in a sentence


def eye_risk(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    words = subject.words
    risks: tuple[tuple[Pattern, Severity, str], ...] = (
        (words.eye_press, "error", "pressure on the eyes can do harm"),
        (words.eye_rub, "warning", "rubbing presses on the eyes"),
    )
    for said in subject.written:
        if words.denial.search(said.text):
            continue
        for pattern, severity, message in risks:
            if found := pattern.search(said.text):
                hint = "stay on the bone around the eyes, or rest hollow palms over them"
                yield finding(severity, at(said, found[0]), message, hint)
                break


def breath_hands(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    for said in subject.written:
        if found := subject.words.nostril.search(said.text):
            message = f"“{found[0]}” needs a free and clean hand, which a massage leaves nobody"
            yield finding(
                "warning", at(said, found[0]), message, "breathe through both nostrils, or make it another session"
            )


def no_drive_note(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    words = subject.words
    texts = [said.text for said in subject.written]
    if any(words.driving.search(text) for text in texts):
        return
    if any(words.lying.search(text) for text in texts) and not any(words.sitting.search(text) for text in texts):
        return
    paced = held = 0.0
    for step in subject.steps:
        if isinstance(step.node, Breathe):
            seconds = float(sum(phase.seconds for phase in step.node.phases)) * step.number
            paced += seconds
            held += seconds if any(phase.kind in ("hold", "rest") for phase in step.node.phases) else 0
            if paced >= rule["paced"] or held >= rule["held"]:
                message = "paced breathing without a word on driving"
                hint = "say before it: “Never do this while driving.”"
                yield finding("warning", step.node.span, message, hint)
                return
