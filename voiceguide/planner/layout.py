"""Walks a routine from start to end and gives every event its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from voiceguide.errors import Diagnostic, Span
from voiceguide.mix_levels import BED_LEVEL
from voiceguide.planner import exercises
from voiceguide.planner.choices import WRITTEN, Choices, Material, Place, State
from voiceguide.planner.scene import Scene, Speaker
from voiceguide.routine import (
    Bed,
    Breathe,
    Chapter,
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
    Template,
    Within,
    walk,
)
from voiceguide.timeline import ChapterRange, Clip, Event, Line, Timeline
from voiceguide.units import LONGEST_SESSION, SAMPLE_RATE, Elastic, Whole, format_duration, frames

HEAD = SAMPLE_RATE
"""Frames of quiet at the start, in which the bed fades in."""

TAIL = 2 * SAMPLE_RATE
"""Frames after the last event."""

_LONGEST = frames(LONGEST_SESSION)
_SHORTEST_BED_FADE = SAMPLE_RATE // 2  # a bed that breaks in or off would startle
_BED_CROSSFADE = 4 * SAMPLE_RATE
_BED_FADE_OUT = 10 * SAMPLE_RATE
_SLEEP_FADE_OUT = 90 * SAMPLE_RATE

UNTIMED = Bed | SetVoice | SetPace | ChapterMark

Values = Mapping[str, str]


def filled(template: Template, values: Values) -> str:
    """The text of a template with its slots filled in."""
    return "".join(part if isinstance(part, str) else values[part.name] for part in template)


def _first_heard(body: tuple[Node, ...]) -> Node | None:
    """The first node, inside blocks too, that takes time."""
    for node in walk(body):
        untimed = isinstance(node, UNTIMED) or (isinstance(node, PlaySound) and node.under)
        if not untimed and not (isinstance(node, Repeat | Each | Within) and node.body):
            return node
    return None


def place_of(node: Repeat | Breathe) -> Place:
    return (node.span.file, node.span.line, node.span.column)


def whole_of(node: Repeat | Breathe) -> Whole:
    return node.rounds if isinstance(node, Repeat) else node.cycles


def session_end(event: Event) -> int:
    """The frame before which a session with this event cannot end: 0 for one that makes no sound."""
    if event.kind == "sound":
        return event.end + TAIL
    return 0 if event.clip is None else event.start + event.clip.frames


class Layout:
    """One walk. ``timeline()`` is called once."""

    def __init__(self, material: Material, choices: Choices = WRITTEN, state: State | None = None) -> None:
        settings = material.settings
        state = state or material.opening
        speaker = Speaker(state.voice, state.pace, settings.language)
        self._settings = settings
        self._voices = material.voices
        self._scene = Scene(settings, material.lengths, material.pronounce, speaker)
        self._choices = choices
        self._rooms = 0  # how many elastic durations and blocks there have been
        self._block: int | None = None  # the room of the innermost open block
        self._clock = HEAD
        self._spoke_last = state.spoke_last
        self._chapters: list[ChapterRange] = []
        self._waiting_title = "" if state.waits else None
        self._bed: int | None = None  # the index of the bed event that is sounding
        self._too_long = False
        self._latest: Span | None = None  # the place of what was placed last

    @property
    def problems(self) -> list[Diagnostic]:
        return self._scene.problems

    def tell_lines(self, found: dict[Line, Span]) -> None:
        """Adds the lines that have been placed, with the places that need them, to those found before."""
        for event in self._scene.events:
            if event.clip is not None and isinstance(event.clip.source, Line) and event.span is not None:
                found.setdefault(event.clip.source, event.span)

    def timeline(self, chapters: Sequence[Chapter]) -> Timeline:
        settings = self._settings
        self._change_bed(Bed(settings.bed, None, None, settings.places.get("bed")))
        for chapter in chapters:
            self._waiting_title = settings.title if chapter.title is None else chapter.title
            self._body(chapter.body, {})
        end = self._end()
        if self._latest is not None:
            self._tell_if_too_long(end, self._latest)
        self._finish_bed(end)
        untitled = all(chapter.title is None for chapter in chapters)
        return Timeline(
            settings.title,
            settings.language,
            self._voices[settings.voice],
            end,
            self._chapter_ranges(end, untitled),
            tuple(sorted(self._scene.events, key=lambda event: event.start)),
        )

    def _end(self) -> int:
        """Two seconds after the last event; a chime counts when it is struck, and may ring out later than that."""
        return max([self._clock + TAIL, *(session_end(event) for event in self._scene.events)])

    # -- chapters

    def _begin_waiting_chapter(self) -> None:
        """A chapter starts with its first event, so that a jump to it lands on its first word."""
        if self._waiting_title is not None:
            start = self._clock if self._chapters else 0
            self._chapters.append(ChapterRange(self._waiting_title, start, start))
            self._waiting_title = None

    def _chapter_ranges(self, end: int, untitled: bool) -> tuple[ChapterRange, ...]:
        if not self._chapters or (untitled and len(self._chapters) < 2):
            return ()
        ends = [*(chapter.start for chapter in self._chapters[1:]), end]
        return tuple(replace(chapter, end=e) for chapter, e in zip(self._chapters, ends, strict=True))

    # -- nodes

    def _body(self, body: tuple[Node, ...], values: Values) -> None:
        for node in body:
            self._node(node, values)
            if node.span is not None:
                self._latest = node.span
                self._tell_if_too_long(self._clock, node.span)

    def _tell_if_too_long(self, end: int, span: Span) -> None:
        if end > _LONGEST and not self._too_long:
            self._too_long = True
            message = "up to here the session lasts longer than 12 hours, the most it may"
            self.problems.append(Diagnostic(span, "error", message))

    def _node(self, node: Node, values: Values) -> None:
        match node:
            case Sentence():
                self._sentence(node, values)
            case Repeat():
                self._repeat(node, values, self._number(node))
            case Each():
                for item in node.items:
                    self._body(node.body, {**values, node.name: item})
            case Within():
                self._within(node, values)
            case ChapterMark():
                self._waiting_title = filled(node.title, values)
            case SetVoice():
                self._scene.speaker.voice = self._voices[node.name]
            case SetPace():
                self._scene.speaker.pace = float(node.pace)
            case Bed():
                self._change_bed(node)
            case PlaySound():
                self._play(node)
            case _:
                self._timed(node)

    def _repeat(self, node: Repeat, values: Values, rounds: int) -> None:
        for number in range(1, rounds + 1):
            self._body(node.body, {**values, "n": str(number), "total": str(rounds)})

    def _duration(self, elastic: Elastic) -> int:
        return self._room(elastic) if elastic.elastic else frames(elastic.natural)

    def _room(self, elastic: Elastic) -> int:
        """The frames that the next elastic duration or block has been given."""
        self._rooms += 1
        durations = self._choices.durations
        return frames(elastic.natural) if durations is None else durations[self._rooms - 1]

    def _number(self, node: Repeat | Breathe) -> int:
        """How many rounds or cycles; a block of a given length keeps what is written."""
        whole = whole_of(node)
        chosen = self._choices.numbers if self._block is None else WRITTEN.numbers
        return chosen.get(place_of(node), whole.natural) if whole.elastic else whole.natural

    def _gap(self, first: Sentence) -> int:
        """Frames of silence before a sentence: none where a timed cue stands instead."""
        if not self._spoke_last:
            return 0
        gaps = self._settings.gaps
        return frames(gaps.paragraph if first.opens_paragraph or self._waiting_title is not None else gaps.sentence)

    def _sentence(self, node: Sentence, values: Values) -> None:
        self._clock += self._gap(node)
        self._begin_waiting_chapter()
        text = filled(node.text, values)
        self._clock = self._scene.speak(text, self._scene.pronounce(text), self._clock, node.span)
        self._spoke_last = True

    def _timed(self, node: Pause | Hold | Chime | Breathe | Count) -> None:
        self._begin_waiting_chapter()
        start = self._clock
        match node:
            case Pause():
                self._clock += self._duration(node.duration)
                self._scene.add(Event("pause", "voice", start, self._clock, node.span, elastic=node.duration.elastic))
            case Hold():
                self._clock = exercises.hold(self._scene, node, start, self._duration(node.duration))
            case Chime():
                self._clock = exercises.chime(self._scene, node, start)
            case Breathe():
                self._clock = self._breathe(node, start, self._number(node))
            case Count():
                self._clock = exercises.count(self._scene, node, start)
        self._spoke_last = False

    def _breathe(self, node: Breathe, start: int, cycles: int) -> int:
        return exercises.breathe(self._scene, node, start, cycles)

    def _play(self, node: PlaySound) -> None:
        self._begin_waiting_chapter()
        length = self._scene.lengths.sound(node.sound)
        clip = Clip(node.sound, length, node.level)
        start = self._clock
        self._tell_if_too_long(start + length + TAIL, node.span)
        self._scene.add(Event("sound", "chimes", start, start + length, node.span, text=node.sound.name, clip=clip))
        if not node.under:
            self._clock += length
            self._spoke_last = False

    def _within(self, node: Within, values: Values) -> None:
        first = _first_heard(node.body)
        if isinstance(first, Sentence):
            self._clock += self._gap(first)
        self._spoke_last = False
        start = self._clock
        length = self._room(node.duration)
        outer, self._block = self._block, self._rooms - 1
        self._body(node.body, values)
        self._block = outer
        self._fill(node, start, self._clock - start, length)
        self._spoke_last = False

    def _fill(self, node: Within, start: int, content: int, length: int) -> None:
        """Silence up to a block's end, or an error when it holds too much."""
        if content < length:
            self._begin_waiting_chapter()
            self._clock = start + length
            elastic = node.duration.elastic
            self._scene.add(Event("pause", "voice", start + content, self._clock, node.span, elastic=elastic))
        if content <= length:
            return
        tenths = -(-content * 10 // SAMPLE_RATE)  # rounded up, so that it never reads as if it fitted
        given = format_duration(Fraction(length, SAMPLE_RATE))
        message = f"what this block holds takes {format_duration(tenths / 10)}, but it must last {given}"
        hint = f"make it [within {format_duration(-(-content // SAMPLE_RATE))}], or say less in it"
        self.problems.append(Diagnostic(node.span, "error", message, hint))

    # -- the bed

    def _change_bed(self, node: Bed) -> None:
        """Ends the sounding bed and starts the next, crossfaded; before the first event it starts with the session."""
        opening = self._clock == HEAD
        fade = _BED_CROSSFADE if node.fade is None else max(_SHORTEST_BED_FADE, frames(node.fade))
        if opening and node.fade is None:
            fade = HEAD
        start = 0 if opening else self._clock
        if self._bed is not None:
            if opening:
                del self._scene.events[self._bed]
            else:
                self._scene.amend(self._bed, end=start + fade, fade_out=fade)
            self._bed = None
        if node.sound is not None:
            level = BED_LEVEL if node.level is None else node.level
            self._bed = len(self._scene.events)
            event = Event("bed", "bed", start, start, node.span, text=node.sound.name, bed=node.sound)
            self._scene.add(replace(event, level=level, fade_in=fade))

    def _finish_bed(self, end: int) -> None:
        fade_out = _SLEEP_FADE_OUT if self._settings.sleep else _BED_FADE_OUT
        if self._bed is not None:
            start = self._scene.events[self._bed].start
            self._scene.amend(self._bed, end=end, fade_out=min(fade_out, (end - start) // 2))
        for index, event in enumerate(self._scene.events):
            if event.kind == "bed" and event.end > end:
                self._scene.amend(index, end=end, fade_out=event.fade_out - (event.end - end))
