"""What kind of session a script is: as its front matter says, else as its text lets on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from voiceguide.checks.steps import Step
from voiceguide.checks.understanding import Understanding
from voiceguide.checks.words import Pattern, Words
from voiceguide.routine import Breathe, Hold, Pause, Sentence, Settings
from voiceguide.rule_spec import Kind

_FEWEST_TOUCHES = 2  # sentences that bring hands to the face, and that work there
_FEWEST_MOVES = 4  # sentences that move the body
_MOVES = 0.25  # of all sentences
_MOST_READ = 1000  # characters of a sentence
_LAST = 6  # sentences in which a session for sleep says good night
_BREATHING = 0.5  # of the time that cues take


MASSAGE_WORDS = (
    *("clause_break", "lead_in", "work", "place", "fetch", "take_up", "stretch", "no_action", "bare_place", "face"),
    *("hand", "tool", "oil", "topic", "body", "preparation", "safety", "denial", "attention", "them", "number_of"),
)
"""The fields of a table without which no massage is recognised."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a script is judged as, and why: the reason completes 'judged as movement, since …'."""

    kind: Kind
    reason: str
    said: bool = False


def judged(settings: Settings, steps: Sequence[Step], words: Words | None) -> Judged:
    """The kind of a script with these steps. Only ``kind`` and ``sleep`` are read where its language has no table."""
    if settings.kind is not None:
        return Judged(settings.kind, "its front matter says so", said=True)
    if words is not None and (found := _from_words(settings, steps, words)):
        return found
    if settings.sleep:
        return Judged("sleep", "it has 'sleep: true'")
    if _breathing_share(steps) >= _BREATHING:
        return Judged("breathing", "paced breathing takes most of its time")
    return Judged("meditation", "nothing in it says that it is anything else")


def _from_words(settings: Settings, steps: Sequence[Step], words: Words) -> Judged | None:
    written = {
        step.node.span.position: step.text[:_MOST_READ] for step in steps[::-1] if isinstance(step.node, Sentence)
    }
    spoken = tuple(written.values())[::-1]
    topics = (settings.title, settings.description, *settings.tags)
    if words.has(*MASSAGE_WORDS) and _massages(topics, spoken, words):
        return Judged("massage", "hands are brought to a face and work there")
    if words.has("exercise", "move"):
        if named := _first(words.exercise, topics):
            return Judged("movement", f"it calls itself “{named}”")
        moves = sum(bool(words.move.search(text) or words.exercise.search(text)) for text in spoken)
        if moves >= max(_FEWEST_MOVES, _MOVES * len(spoken)):
            return Judged("movement", f"{moves} of its {len(spoken)} sentences move the body")
    if words.has("night"):
        if named := _first(words.night, topics):
            return Judged("sleep", f"it calls itself “{named}”")
        if not settings.sleep and (named := _first(words.good_night, spoken[-_LAST:])):
            return Judged("sleep", f"it ends with “{named}”")
    if words.has("breathing") and not settings.sleep and (named := _first(words.breathing, topics)):
        return Judged("breathing", f"it calls itself “{named}”")
    return None


def _massages(topics: Iterable[str], spoken: Sequence[str], words: Words) -> bool:
    """Whether hands are brought to a face and work there. Once each is enough when it is called a massage."""
    understood = Understanding(words)
    fewest = 1 if any(words.topic.search(text) for text in (*topics, *spoken)) else _FEWEST_TOUCHES
    brought = sum(map(understood.brings_hands, spoken))
    if any(words.hand.search(text) or words.oil.search(text) for text in spoken):
        faces = (text for text in spoken if words.face.search(text))
        brought += _up_to(fewest - brought, map(understood.strokes, faces))
    return brought >= fewest and _up_to(fewest, map(understood.strokes, spoken)) >= fewest


def _up_to(most: int, found: Iterable[bool]) -> int:
    """How many are true, looking no further than ``most`` of them."""
    return sum(1 for _ in islice(filter(None, found), max(0, most)))


def _first(pattern: Pattern, texts: Iterable[str]) -> str | None:
    return next((match[0] for text in texts if (match := pattern.search(text))), None)


def _breathing_share(steps: Sequence[Step]) -> float:
    """How much of the time of all cues that take time is paced breathing."""
    paced = waited = 0.0
    for step in steps:
        match step.node:
            case Breathe():
                paced += float(sum(phase.seconds for phase in step.node.phases)) * step.number
            case Pause() | Hold():
                waited += float(step.node.duration.natural)
            case _:
                pass
    return paced / (paced + waited) if paced else 0.0
