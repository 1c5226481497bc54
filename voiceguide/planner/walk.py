"""One walk through a routine, from start to end, in time. What is done on the way is the visitor's.

The walk knows the order of play: loops, gaps, who speaks, when a chapter begins, how long each thing takes. A
:class:`Visitor` gives the lengths that can be chosen, and gets every event: :mod:`~voiceguide.planner.layout` places
them, :mod:`~voiceguide.planner.measure` adds up their lengths, :mod:`~voiceguide.planner.lines` gathers what is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, assert_never

from voiceguide.errors import Diagnostic
from voiceguide.planner import exercises
from voiceguide.planner.choices import Material, State
from voiceguide.planner.scene import Scene, Speaker
from voiceguide.routine import (
    Bed,
    Breathe,
    Change,
    ChapterMark,
    Chime,
    Count,
    Each,
    Hold,
    Node,
    Pause,
    PlaySound,
    Repeat,
    Sentence,
    SetPace,
    SetVoice,
    Within,
    filled,
    walk,
)
from voiceguide.timeline import Clip, Event
from voiceguide.units import SAMPLE_RATE, Elastic, frames

HEAD = SAMPLE_RATE
"""Frames of quiet at the start, in which the bed fades in."""

TAIL = 2 * SAMPLE_RATE
"""Frames after the last event."""

Round = tuple[int, int]
"""The number of a round, from 1, and how many there are."""


class Visitor(Protocol):
    """What a walk asks, and what it hands over. Positions and lengths are frames of the session."""

    def add(self, event: Event) -> None:
        """Takes the next event."""

    def report(self, problem: Diagnostic) -> None:
        """Takes a problem that an exercise has found."""

    def chapter(self, title: str, start: int) -> None:
        """A chapter begins, with the event that comes next."""

    def bed(self, node: Bed, start: int) -> None:
        """The bed changes."""

    def duration(self, elastic: Elastic) -> int:
        """How long an elastic duration lasts."""

    def rounds(self, node: Repeat, *, in_block: bool) -> Iterable[Round]:
        """The rounds that are played; ``in_block``: inside a block of a given length."""

    def breathe(self, scene: Scene, node: Breathe, start: int, *, in_block: bool) -> int:
        """Lays out paced breathing; gives its end."""

    def open_block(self, node: Within) -> int:
        """How long a block lasts, before what it holds is known."""

    def close_block(self, node: Within, start: int, content: int, length: int) -> int:
        """The end of a block that holds ``content`` frames and was given ``length``."""

    def passed(self, node: Node, now: int) -> None:
        """A node, and everything in it, has been played."""


def rounds_of(total: int) -> Iterable[Round]:
    """All rounds of a block that is played ``total`` times."""
    return ((number, total) for number in range(1, total + 1))


def session_end(event: Event) -> int:
    """The frame before which a session with this event cannot end: 0 for one that makes no sound."""
    if event.kind == "sound":
        return event.end + TAIL
    return 0 if event.clip is None else event.start + event.clip.frames


class Walk:
    """Where a walk is, and who speaks. ``now`` is the frame that the next node begins at."""

    def __init__(self, material: Material, visitor: Visitor, state: State | None = None) -> None:
        state = state or material.opening
        self.now = HEAD
        self._material = material
        self._visitor = visitor
        self._speaker = Speaker(state.voice, state.pace, material.settings.language)
        self._scene = Scene(
            material.settings, material.lengths, material.pronounce, self._speaker, visitor.add, visitor.report
        )
        self._blocks = 0  # of a given length, that are open
        self._spoke_last = state.spoke_last
        self._waiting_title = "" if state.waits else None

    @property
    def state(self) -> State:
        """What is handed on to what comes next."""
        waits = self._waiting_title is not None
        return State(self._spoke_last, waits, self._speaker.voice, self._speaker.pace)

    def chapter(self, title: str, body: tuple[Node, ...]) -> None:
        self._waiting_title = title
        self.body(body)

    def body(self, body: tuple[Node, ...]) -> None:
        """Nodes outside every loop."""
        self._body(body, {})

    def _body(self, body: tuple[Node, ...], values: Mapping[str, str]) -> None:
        for node in body:
            self._node(node, values)

    def _node(self, node: Node, values: Mapping[str, str]) -> None:
        match node:
            case Sentence():
                self._sentence(node, values)
            case Repeat():
                for number, total in self._visitor.rounds(node, in_block=self._blocks > 0):
                    self._body(node.body, {**values, "n": str(number), "total": str(total)})
            case Each():
                for item in node.items:
                    self._body(node.body, {**values, node.name: item})
            case Within():
                self._within(node, values)
            case ChapterMark():
                self._waiting_title = filled(node.title, values)
            case SetVoice():
                self._speaker.voice = self._material.voices[node.name]
            case SetPace():
                self._speaker.pace = float(node.pace)
            case Bed():
                self._visitor.bed(node, self.now)
            case PlaySound():
                self._play(node)
            case Pause() | Hold() | Chime() | Breathe() | Count():
                self._begin_waiting_chapter()
                self.now = self._timed(node)
                self._spoke_last = False
            case _:
                assert_never(node)
        self._visitor.passed(node, self.now)

    def _begin_waiting_chapter(self) -> None:
        """A chapter starts with its first event, so that a jump to it lands on its first word."""
        if self._waiting_title is not None:
            self._visitor.chapter(self._waiting_title, self.now)
            self._waiting_title = None

    def _gap(self, first: Sentence) -> int:
        """Frames of silence before a sentence: none where a timed cue stands instead."""
        if not self._spoke_last:
            return 0
        gaps = self._material.settings.gaps
        return frames(gaps.paragraph if first.opens_paragraph or self._waiting_title is not None else gaps.sentence)

    def _sentence(self, node: Sentence, values: Mapping[str, str]) -> None:
        self.now += self._gap(node)
        self._begin_waiting_chapter()
        text = filled(node.text, values)
        self.now = self._scene.speak(text, self._scene.pronounce(text), self.now, node.span)
        self._spoke_last = True

    def _timed(self, node: Pause | Hold | Chime | Breathe | Count) -> int:
        match node:
            case Pause():
                end = self.now + self._duration(node.duration)
                self._scene.add(Event("pause", "voice", self.now, end, node.span, elastic=node.duration.elastic))
                return end
            case Hold():
                return exercises.hold(self._scene, node, self.now, self._duration(node.duration))
            case Chime():
                return exercises.chime(self._scene, node, self.now)
            case Breathe():
                return self._visitor.breathe(self._scene, node, self.now, in_block=self._blocks > 0)
            case Count():
                return exercises.count(self._scene, node, self.now)
            case _:
                assert_never(node)

    def _duration(self, elastic: Elastic) -> int:
        return self._visitor.duration(elastic) if elastic.elastic else frames(elastic.natural)

    def _play(self, node: PlaySound) -> None:
        self._begin_waiting_chapter()
        length = self._scene.lengths.sound(node.sound)
        clip = Clip(node.sound, length, node.level)
        end = self.now + length
        self._scene.add(Event("sound", "chimes", self.now, end, node.span, text=node.sound.name, clip=clip))
        if not node.under:
            self.now = end
            self._spoke_last = False

    def _within(self, node: Within, values: Mapping[str, str]) -> None:
        first = _first_heard(node.body)
        if isinstance(first, Sentence):
            self.now += self._gap(first)
        self._spoke_last = False
        start = self.now
        length = self._visitor.open_block(node)
        self._blocks += 1
        self._body(node.body, values)
        self._blocks -= 1
        content = self.now - start
        if content < length:
            self._begin_waiting_chapter()
        self.now = self._visitor.close_block(node, start, content, length)
        self._spoke_last = False


def _first_heard(body: tuple[Node, ...]) -> Node | None:
    """The first node, inside blocks too, that takes time."""
    for node in walk(body):
        untimed = isinstance(node, Change | ChapterMark) or (isinstance(node, PlaySound) and node.under)
        if not untimed and not (isinstance(node, Repeat | Each | Within) and node.body):
            return node
    return None
