"""The tone of a voice: neither a telegram nor an order, and nothing that wakes or never comes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from voiceguide.checks.steps import Step
from voiceguide.checks.subject import Subject, at, finding
from voiceguide.checks.wording import word_count
from voiceguide.errors import Diagnostic
from voiceguide.routine import Breathe, Chime, Hold, PlaySound, Within
from voiceguide.rule_spec import Rule

_SHOUTED = re.compile(r"\b[A-ZÄÖÜ]{2,}(?: [A-ZÄÖÜ]{2,})+\b")
_LATE = 0.5  # of a session's sentences, after which nothing should wake
_BEFORE = 3  # steps in which a sound may have just been struck
_SOUNDS = (Hold, Chime, PlaySound)


def telegraphic(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    """Tells once of each run of sentences that are too short."""
    length, most = round(rule["of"]), round(rule["short"])
    said = subject.written
    words = subject.words
    short = [word_count(one.text) <= rule["few"] and not words.phase.fullmatch(one.text.strip(" .!…")) for one in said]
    reached = 0
    for first in range(len(said) - length + 1):
        if first >= reached and short[first] and sum(short[first : first + length]) >= most:
            message = f"{sum(short[first : first + length])} of these {length} sentences have hardly a word"
            yield finding("warning", said[first].span, message, "say whole sentences: who listens is no machine")
            reached = first + length


def commanding(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    words = subject.words
    for said in subject.written:
        text = said.text
        if words.condition.search(text) or words.safety.search(text):
            continue
        found = _SHOUTED.search(text) or words.commanding.search(text) or words.commanding_alone.search(text)
        if found:
            message = f"“{found[0].strip()}” orders the listener about"
            yield finding(
                "warning", at(said, found[0].strip()), message, "invite: “let”, “if you like”, “when you are ready”"
            )


def sleep_waking(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    if not subject.ends_in_sleep:
        return
    words, said = subject.words, subject.written
    settled = [n for n, one in enumerate(said) if words.eyes_close.search(one.text) or words.lying.search(one.text)]
    for number, one in enumerate(said):
        if number < len(said) * _LATE or number <= max(settled, default=-1):
            continue
        found = words.waking.search(one.text)
        if found and not words.sleeps_on.search(one.text):
            message = f"“{found[0]}” wakes somebody who is about to sleep"
            yield finding("warning", at(one, found[0]), message, "leave it out; end with “Sleep well.”")


def promised_sound(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    words = subject.words
    for said in subject.written:
        text = said.text
        if subject.denies(text) or words.not_promised.search(text):
            continue
        at_once = words.promised_sound.search(text)
        found = at_once or words.promised.search(text)
        if found is None:
            continue
        if at_once:
            comes = _comes(subject.steps[said.index + 1 :][:_FARTHEST], rule["near"])
        else:
            comes = any(map(_sounds, subject.steps[max(0, said.index - _BEFORE) :]))
        if not comes:
            message = f"“{found[0]}” promises a sound that does not come"
            hint = "write [hold 10s] behind it, which ends with a low chime, or [chime]"
            yield finding("warning", at(said, found[0]), message, hint)


_FARTHEST = 60  # steps that are looked at


def _sounds(step: Step) -> bool:
    node = step.node
    return isinstance(node, (*_SOUNDS, Breathe)) or (isinstance(node, Within) and (node.every or node.rest) is not None)


def _comes(following: Sequence[Step], near: float) -> bool:
    """Whether a sound is struck within the next sentences."""
    sentences = 0
    for step in following:
        if isinstance(step.node, _SOUNDS):
            return True
        sentences += bool(step.text)
        if sentences > near:
            return False
    return False
