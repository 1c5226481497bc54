"""Holds and counts: what is said is what is done, and something ends it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from voiceguide.checks.steps import Step
from voiceguide.checks.subject import StepSentence, Subject, at, finding
from voiceguide.checks.words import Words, number_of, said_duration
from voiceguide.errors import Diagnostic, Severity, Span
from voiceguide.routine import Breathe, Chime, Count, Hold, Pause, PlaySound, Repeat, Sentence
from voiceguide.rule_spec import Rule
from voiceguide.timeline import Event
from voiceguide.units import SAMPLE_RATE, format_duration

_FARTHEST = 60  # steps that are looked at


def hold_mismatch(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    words = subject.words
    for number, line in enumerate(subject.timed_sentences):
        spoken = said_duration(line.text, words)
        if spoken is None or not words.stay.search(line.text):
            continue
        if words.over.search(line.text) or words.condition.search(line.text) or words.denial.search(line.text):
            continue
        wanted, match = spoken
        around = _around(line.text, match)
        if words.bounded.search(around):
            continue
        event = _what_lasts(subject, number, round(rule["near"]))
        if event is None or wanted > rule["longest"]:
            continue
        done = (event.end - event.start) / SAMPLE_RATE
        off = abs(done - wanted)
        rough = bool(words.roughly.search(around))
        if off > max(rule["roughly" if rough else "off"] * wanted, rule["noticed"]):
            severity: Severity = "error" if off > rule["far_off"] * wanted and not rough else "warning"
            lasts = format_duration(round(done, 1))
            what = "hold" if event.kind == "hold" else "silence"
            message = f"“{match[0].strip()}” is said, but the {what} lasts {lasts}"
            yield finding(
                severity, at(line, match[0]), message, "make both the same, or say “until you hear a low chime”"
            )


def _around(text: str, match: re.Match[str]) -> str:
    """A match with the two words before it and the one behind it, which may make it mean something else."""
    before = re.split(r"[,;:.]", text[: match.start()])[-1].split()[-2:]
    behind = re.split(r"[,;:.]", text[match.end() :])[0].split()[:1]
    return " ".join([*before, match[0], *behind])


def _what_lasts(subject: Subject, number: int, near: int) -> Event | None:
    """The hold that a sentence speaks of, within ``near`` sentences after it, or the pause right after it, or None."""
    line = subject.timed_sentences[number]
    events = subject.plan.events
    later = subject.timed_sentences[number + 1 : number + 1 + near]
    end = later[-1].event if len(later) == near else len(events)
    own_end = later[0].event if later else len(events)
    words = subject.words
    for index in range(line.event + 1, end):
        event = events[index]
        if event.kind == "hold":
            return event
        if index > own_end and event.kind == "speech" and said_duration(event.text or "", words):
            break
        if event.kind == "breath":
            return None
    pauses = [events[index] for index in range(line.event + 1, own_end) if events[index].kind == "pause"]
    return pauses[0] if len(pauses) == 1 else None


def hold_no_release(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    words = subject.words
    near = rule["near"]
    reported: set[Span] = set()
    for said in subject.sentences:
        if said.span in reported or words.denial.search(said.text):
            continue
        following = subject.steps[said.index + 1 : said.index + 1 + _FARTHEST]
        if (
            words.hold.search(said.text)
            and not words.promised_sound.search(said.text)
            and not said_duration(said.text, words)
            and not _counts(said.text, words)
            and not _ends(subject, said, following, near)
        ):
            reported.add(said.span)
            message = "nothing tells the listener when to let go of this hold"
            yield finding(
                "warning", said.span, message, "write [hold 10s] in the place of the pause, or say “and let go”"
            )


def _ends(subject: Subject, said: StepSentence, following: Sequence[Step], near: float) -> bool:
    """Whether a hold is ended by a sound, a count, a word or the next action. One that lasts no time needs no end."""
    words, sentences = subject.words, 0
    lasted = False
    for step in following:
        if isinstance(step.node, Hold | Chime | PlaySound | Count | Breathe):
            return True
        lasted = lasted or isinstance(step.node, Pause)
        if isinstance(step.node, Sentence):
            sentences += 1
            if words.release.search(step.text) or subject.actions(step.text) or _counts(step.text, words, alone=True):
                return True
        if sentences >= near:
            break
    return not lasted


def _counts(text: str, words: Words, *, alone: bool = False) -> bool:
    """Whether a sentence counts aloud, as 'hold, two, three', or will; ``alone``: it is nothing but numbers."""
    parts = _PART.findall(text)
    numbers = [number_of(part, words) is not None for part in parts[:_MOST_PARTS]]
    if alone:
        return bool(numbers) and all(numbers)
    return any(both for both in map(all, pairwise(numbers))) or bool(words.count_to.search(text))


_PART = re.compile(r"\w+(?:-\w+)?")
_MOST_PARTS = 100


def count_mismatch(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    before: list[StepSentence] = []
    said_by_index = {said.index: said for said in subject.sentences}
    for index, step in enumerate(subject.steps):
        match step.node:
            case Sentence():
                before = [*before, said_by_index[index]][-round(rule["near"]) :]
            case Repeat() | Breathe() | Count():
                for said in before:
                    yield from _miscounted(subject, said, step)
                before = []
            case Hold() | Chime() | PlaySound():
                before = []


def _miscounted(subject: Subject, said: StepSentence, step: Step) -> Iterator[Diagnostic]:
    words, node = subject.words, step.node
    if isinstance(node, Count):
        if (match := words.count_to.search(said.text)) and (last := number_of(match["number"], words)) is not None:
            first = number_of(match["first"], words) if match["first"] else None
            if last not in (node.last, max(node.first, node.last)) or first not in (None, node.first):
                done = f"[count] goes from {node.first} to {node.last}"
                yield finding("warning", at(said, match[0]), f"“{match[0]}” is said, but the {done}")
        return
    if words.denial.search(said.text):
        return
    pattern = words.breaths if isinstance(node, Breathe) else words.times
    match = pattern.search(said.text)
    if match and words.counted.search(_around(said.text, match)):
        return
    number = number_of(match["number"], words) if match else None
    if match and number is not None and number != step.number:
        what = "breaths" if isinstance(node, Breathe) else "rounds"
        message = f"“{match[0]}” is said, but {step.number} {what} follow"
        hint = None if isinstance(node, Breathe) else "inside the block {total} is always the right number"
        yield finding("warning", at(said, match[0]), message, hint)
