"""One walk through a routine in the order of play, with a visitor.

The walk handles loops, gaps, the current voice, the start of chapters, and the length of each node. The visitor decides
the lengths that can be chosen, and gets every event: :mod:`~voiceguide.planner.layout` collects them,
:mod:`~voiceguide.planner.measure` adds up their lengths, :mod:`~voiceguide.planner.lines` gathers the lines to speak.
"""

from __future__ import annotations

from collections.abc import Mapping

from voiceguide.planner import exercises
from voiceguide.planner.choices import Material, State
from voiceguide.planner.scene import Scene, Speaker
from voiceguide.planner.takes import Takes
from voiceguide.planner.visitor import Visitor
from voiceguide.routine import (
    Bed,
    Change,
    ChapterMark,
    Chime,
    Each,
    Node,
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
from voiceguide.units import SAMPLE_RATE

HEAD = SAMPLE_RATE
"""Frames of quiet at the start, in which the bed fades in."""

TAIL = 2 * SAMPLE_RATE
"""Frames after the last event."""


def session_end(event: Event) -> int:
    """The frame before which a session with this event cannot end: 0 for one that makes no sound."""
    if event.kind == "sound":
        return event.end + TAIL
    return 0 if event.clip is None else event.start + event.clip.frames


class Walk:
    """A walk's position and current voice. ``now`` is the frame at which the next node begins."""

    def __init__(self, material: Material, visitor: Visitor, state: State | None = None) -> None:
        self._material = material
        self._visitor = visitor
        settings = material.settings
        phrasing = None if settings.phrasing is None else float(settings.phrasing)
        self._speaker = Speaker("", 1.0, settings.language, phrasing, settings.verify)
        self._takes = Takes(vary=settings.takes == "vary")
        self._scene = Scene(settings, material.lengths, material.spoken, self._speaker, visitor, self._takes)
        self._sentence_gap, self._paragraph_gap = material.gaps
        self.begin(material.opening if state is None else state)

    def begin(self, state: State) -> None:
        """Starts anew, with what is played after ``state``."""
        self.now = HEAD
        self._speaker.voice, self._speaker.pace = state.voice, state.pace
        self._spoke_last = state.spoke_last
        self._waiting_title = "" if state.waits else None

    @property
    def state(self) -> State:
        """The state for the part that follows."""
        waits = self._waiting_title is not None
        return State(self._spoke_last, waits, self._speaker.voice, self._speaker.pace)

    def chapter(self, title: str, body: tuple[Node, ...]) -> None:
        self._waiting_title = title
        self.body(body)

    def body(self, body: tuple[Node, ...]) -> None:
        """Nodes outside every loop."""
        for node in body:
            self._takes.begin(node)
            self._node(node, {})

    def _body(self, body: tuple[Node, ...], values: Mapping[str, str]) -> None:
        for node in body:
            self._node(node, values)

    def _node(self, node: Node, values: Mapping[str, str]) -> None:
        match node:
            case Sentence():
                self._sentence(node, values)
            case Repeat():
                for number, total in self._visitor.rounds(node, in_block=self._scene.in_block):
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
            case Chime() if node.under:
                self._begin_waiting_chapter()
                exercises.play(self._scene, node, self.now)
            case _:
                self._begin_waiting_chapter()
                self.now = exercises.play(self._scene, node, self.now)
                self._spoke_last = False
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
        return self._paragraph_gap if first.opens_paragraph or self._waiting_title is not None else self._sentence_gap

    def _sentence(self, node: Sentence, values: Mapping[str, str]) -> None:
        self.now += self._gap(node)
        self._begin_waiting_chapter()
        self.now = self._scene.speak(filled(node.text, values), self.now, node)
        self._spoke_last = True

    def _play(self, node: PlaySound) -> None:
        self._begin_waiting_chapter()
        length = self._scene.lengths.sound(node.sound)
        clip = Clip(node.sound, length, node.level)
        end = self.now + length
        self._visitor.add(Event("sound", "chimes", self.now, end, node.span, text=node.sound.name, clip=clip))
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
        outer, self._scene.in_block = self._scene.in_block, True
        self._body(node.body, values)
        self._scene.in_block = outer
        content = self.now - start
        if content < length:
            self._begin_waiting_chapter()
        end = self._visitor.close_block(node, start, content + exercises.room_at_end(node), length)
        exercises.fill(self._scene, node, start, content, end)
        self.now = end
        self._spoke_last = False


def _first_heard(body: tuple[Node, ...]) -> Node | None:
    """The first node, inside blocks too, that takes time."""
    for node in walk(body):
        untimed = isinstance(node, Change | ChapterMark) or (isinstance(node, PlaySound | Chime) and node.under)
        if not untimed and not (isinstance(node, Repeat | Each | Within) and node.body):
            return node
    return None
