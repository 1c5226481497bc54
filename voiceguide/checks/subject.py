"""What the rules judge: a routine, its plan when there is one, and the words of its language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from voiceguide.checks.actions import Action, actions
from voiceguide.checks.kinds import MASSAGE_WORDS, Judged, judged
from voiceguide.checks.steps import Step, Steps
from voiceguide.checks.understanding import Understanding
from voiceguide.checks.words import MissingWords, Words
from voiceguide.errors import Diagnostic, Severity, Span
from voiceguide.routine import Routine, Sentence, SoundRef
from voiceguide.rule_spec import Rule
from voiceguide.sounds.catalogue import sound_level
from voiceguide.spoken import SpokenForms
from voiceguide.timeline import Event, Line, Timeline
from voiceguide.units import SAMPLE_RATE

if TYPE_CHECKING:
    from voiceguide.checks.mixed import Mixed

_MOST_READ = 1000  # characters of a sentence; a longer one is reported for its length


@dataclass(frozen=True, slots=True)
class StepSentence:
    """A sentence, or the beginning of a very long one, in its place among the steps."""

    text: str
    span: Span
    heading: Span
    index: int


@dataclass(frozen=True, slots=True)
class TimedSentence:
    """A sentence in its place in the plan; ``start`` and ``end`` are seconds, ``event`` its index in the timeline.

    ``spoken`` is the text as the voice got it."""

    text: str
    spoken: str
    span: Span
    heading: Span
    start: float
    end: float
    event: int


class Subject:
    """One script as it is checked. ``plan`` raises LookupError without a timeline, ``words`` without a table.

    ``sound_level`` gives the LU of a sound's loudest 400 ms against the voice, ``speaking`` the seconds of a line's
    clip without the pauses in it; None where they are not known. ``spoken`` gives a text as a voice gets it.
    """

    def __init__(
        self,
        routine: Routine,
        words: Words | None,
        timeline: Timeline | None,
        sound_level: Callable[[SoundRef], float] = sound_level,
        speaking: Callable[[Line], float] | None = None,
        mixed: Mixed | None = None,
    ) -> None:
        self.sound_level = sound_level
        self.speaking = speaking
        self.routine = routine
        self.settings = routine.settings
        self._words = words
        self._timeline = timeline
        self._mixed = mixed
        self.spoken = SpokenForms.of(routine.settings)

    @property
    def words(self) -> Words:
        if self._words is None:
            raise MissingWords
        return self._words

    @property
    def readable(self) -> bool:
        return self._words is not None

    def can_read(self, *names: str) -> bool:
        """Whether the table of the script's language has all of these fields."""
        return self._words is not None and self._words.has(*names)

    @property
    def plan(self) -> Timeline:
        if self._timeline is None:
            raise LookupError("no plan")
        return self._timeline

    @property
    def mixed(self) -> Mixed:
        """What the mix measures. Raises LookupError where it was not measured."""
        if self._mixed is None:
            raise LookupError("no mix")
        return self._mixed

    @property
    def planned(self) -> bool:
        return self._timeline is not None

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return tuple(Steps(self.routine, self._timeline))

    @cached_property
    def sentences(self) -> tuple[StepSentence, ...]:
        """Every sentence, once for each word of an ``each`` block and once in a repeated one."""
        return tuple(
            StepSentence(step.text[:_MOST_READ], step.node.span, step.heading, index)
            for index, step in enumerate(self.steps)
            if isinstance(step.node, Sentence)
        )

    @cached_property
    def written(self) -> tuple[StepSentence, ...]:
        """Every sentence once for each place it is written at, with the text of its first time."""
        return tuple({said.span.position: said for said in reversed(self.sentences)}.values())[::-1]

    @cached_property
    def timed_sentences(self) -> tuple[TimedSentence, ...]:
        """Every sentence of the plan, in order. Numbers and the names of breath phases are none."""
        headings = {said.span.position: said.heading for said in self.sentences}
        return tuple(
            TimedSentence(
                event.text or "",
                event.spoken or event.text or "",
                event.span,
                headings[event.span.position],
                event.start / SAMPLE_RATE,
                event.end / SAMPLE_RATE,
                index,
            )
            for index, event in enumerate(self.plan.events)
            if event.kind == "speech" and event.span is not None and event.span.position in headings
        )

    @cached_property
    def guidance_end(self) -> float:
        """When the last pause or hold is over, in seconds; the session goes on for a moment."""
        return (
            max((event.end for event in self.plan.events if event.kind in ("speech", "pause", "hold")), default=0)
            / SAMPLE_RATE
        )

    @cached_property
    def judged(self) -> Judged:
        """The kind of the script, the same for every length of it."""
        return judged(self.settings, tuple(Steps(self.routine, None)), self._words)

    @property
    def massage(self) -> bool:
        return self.judged.kind == "massage"

    @property
    def tells_massage(self) -> bool:
        """Whether it is sure whether the script is a massage."""
        return self.judged.said or self.can_read(*MASSAGE_WORDS)

    @property
    def ends_in_sleep(self) -> bool:
        return self.settings.sleep or self.judged.kind == "sleep"

    @cached_property
    def _understood(self) -> Understanding:
        return Understanding(self.words)

    def denies(self, text: str) -> bool:
        """Whether a sentence says what not to do."""
        return self._understood.denies(text)

    def forbids(self, text: str, found: re.Match[str]) -> bool:
        """Whether the words before what was found in a sentence forbid it."""
        return bool(self.words.denial.search(text[: found.start()]))

    def commands(self, text: str) -> tuple[Action, ...]:
        """What a sentence would tell the hands to do in a massage."""
        return self._understood.commands(text)

    def actions(self, text: str) -> tuple[Action, ...]:
        """What a sentence tells the hands to do; nothing when it says what not to do, or what will come later."""
        text = text[:_MOST_READ]
        if self.denies(text) or self.words.overview.search(text):
            return ()
        return actions(text, self.words, massage=self.massage)

    def handled(self, text: str) -> tuple[Action, ...]:
        """The same without what other parts of the body do."""
        return tuple(action for action in self.actions(text) if action.kind != "stretch")

    def touches(self, text: str) -> bool:
        """Whether a sentence has the hands on the face, or anywhere where the script says that it is a massage."""
        if self._understood.brings_hands(text):
            return True
        anywhere = self.massage and self.judged.said
        handled = self.handled(text)
        return any(action.touches or (anywhere and action.kind in ("work", "place")) for action in handled)


Check = Callable[[Subject, Rule], Iterator[Diagnostic]]
"""What a rule finds; it takes its limits from its row."""


def finding(severity: Severity, span: Span, message: str, hint: str | None = None) -> Diagnostic:
    """A finding that does not know its rule yet."""
    return Diagnostic(span, severity, message, hint)


def at(said: StepSentence | TimedSentence, phrase: str) -> Span:
    """Where a phrase of a sentence stands; the sentence's place when it is not written like that."""
    span, room = said.span, len(said.text) + _SLACK
    column = span.column - 1
    for line in range(span.line, min(span.line + _MOST_LINES, len(span.source.lines) + 1)):
        row = span.source.lines[line - 1]
        found = row.find(phrase, column, column + room)
        if found >= 0:
            return Span(span.source, line, found + 1, max(1, len(phrase)))
        room -= len(row) - column
        column = 0
        if room <= 0:
            break
    return span


_SLACK = 64  # characters by which a sentence as written may be longer than as spoken
_MOST_LINES = 50


def seconds_of(event: Event) -> tuple[float, float]:
    return event.start / SAMPLE_RATE, event.end / SAMPLE_RATE
