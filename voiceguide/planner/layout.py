"""Walks a routine from start to end and gives every event its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from voiceguide.errors import Diagnostic, Span
from voiceguide.planner import exercises
from voiceguide.planner.scene import Lengths, Scene, Speaker
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
    Routine,
    Sentence,
    SetPace,
    SetVoice,
    Template,
    Within,
    walk,
)
from voiceguide.timeline import ChapterRange, Clip, Event, Timeline
from voiceguide.units import LONGEST_SESSION, SAMPLE_RATE, Elastic, Whole, format_duration, frames

HEAD = SAMPLE_RATE
"""Frames of quiet at the start, in which the bed fades in."""

TAIL = 2 * SAMPLE_RATE
"""Frames after the last event."""

BED_LEVEL = -24.0
"""dB; how far the bed lies under the voice when nothing else is said (WCAG 1.4.7 asks for 20 at least)."""

_LONGEST = frames(LONGEST_SESSION)
_SHORTEST_BED_FADE = SAMPLE_RATE // 2  # a bed that breaks in or off would startle
_BED_CROSSFADE = 4 * SAMPLE_RATE
_BED_FADE_OUT = 10 * SAMPLE_RATE
_SLEEP_FADE_OUT = 90 * SAMPLE_RATE

_UNTIMED = Bed | SetVoice | SetPace | ChapterMark

Values = Mapping[str, str]


def filled(template: Template, values: Values) -> str:
    """The text of a template with its slots filled in."""
    return "".join(part if isinstance(part, str) else values[part.name] for part in template)


def _first_heard(body: tuple[Node, ...]) -> Node | None:
    """The first node, inside blocks too, that takes time."""
    for node in walk(body):
        untimed = isinstance(node, _UNTIMED) or (isinstance(node, PlaySound) and node.under)
        if not untimed and not (isinstance(node, Repeat | Each | Within) and node.body):
            return node
    return None


def _without_closing_chimes(chapters: tuple[Chapter, ...]) -> tuple[tuple[Chapter, ...], list[Chime]]:
    """The chapters less the chimes after which nothing but silence comes, and those chimes."""
    left_out: list[Chime] = []
    for place in range(len(chapters) - 1, -1, -1):
        chapter = chapters[place]
        kept = len(chapter.body)
        while kept and isinstance(chapter.body[kept - 1], _UNTIMED | Pause | Chime):
            kept -= 1
        chimes = [node for node in chapter.body[kept:] if isinstance(node, Chime)]
        left_out = chimes + left_out
        ending = tuple(node for node in chapter.body[kept:] if not isinstance(node, Chime))
        quiet = replace(chapter, body=chapter.body[:kept] + ending)
        chapters = (*chapters[:place], quiet, *chapters[place + 1 :])
        if kept:
            break
    return chapters, left_out


class Layout:
    """One walk. ``timeline()`` is called once."""

    def __init__(self, routine: Routine, voices: Mapping[str, str], lengths: Lengths) -> None:
        settings = routine.settings
        self._routine = routine
        self._voices = voices
        self._scene = Scene(settings, lengths, Speaker(voices[settings.voice], float(settings.pace), settings.language))
        self._clock = HEAD
        self._spoke_last = False
        self._chapters: list[ChapterRange] = []
        self._waiting_title: str | None = None
        self._bed: int | None = None  # the index of the bed event that is sounding
        self._too_long = False
        self._latest = routine.span  # the place of what was placed last

    @property
    def problems(self) -> list[Diagnostic]:
        return self._scene.problems

    def timeline(self) -> Timeline:
        settings = self._routine.settings
        self._change_bed(Bed(settings.bed, None, None, settings.places.get("bed")))
        for chapter in self._chapters_to_play():
            self._chapter(chapter)
        end = self._end()
        self._tell_if_too_long(end, self._latest)
        self._finish_bed(end)
        self._tell_of_length(end)
        return Timeline(
            settings.title,
            settings.language,
            self._voices[settings.voice],
            end,
            self._chapter_ranges(end),
            tuple(sorted(self._scene.events, key=lambda event: event.start)),
        )

    def _chapters_to_play(self) -> tuple[Chapter, ...]:
        if not self._routine.settings.sleep:
            return self._routine.chapters
        chapters, left_out = _without_closing_chimes(self._routine.chapters)
        for chime in left_out:
            message = "a session for sleep has no closing chime, so this one is left out"
            self._scene.warn(chime.span, message, "take sleep: true away to hear it")
        return chapters

    def _end(self) -> int:
        """Two seconds after the last event; a chime counts when it is struck, and may ring out later than that."""
        ends = [self._clock + TAIL]
        for event in self._scene.events:
            if event.kind == "sound":
                ends.append(event.end + TAIL)
            elif event.clip is not None:
                ends.append(event.start + event.clip.frames)
        return max(ends)

    def _tell_of_length(self, end: int) -> None:
        """Until sessions are fitted to a length, one that asks for another than its natural one is told so."""
        settings = self._routine.settings
        place = settings.places.get("length")
        if settings.length is not None and place is not None and frames(settings.length) != end:
            lasts = format_duration(round(end / SAMPLE_RATE, 1))
            message = f"this version cannot fit a session to a length yet; it lasts {lasts}"
            self._scene.warn(place, message, "change the pauses, or leave the length out")

    # -- chapters

    def _chapter(self, chapter: Chapter) -> None:
        if chapter.title is None:
            self._waiting_title = self._routine.settings.title
        else:
            self._waiting_title = chapter.title
        self._body(chapter.body, {})

    def _begin_waiting_chapter(self) -> None:
        """A chapter starts with its first event, so that a jump to it lands on its first word."""
        if self._waiting_title is not None:
            start = self._clock if self._chapters else 0
            self._chapters.append(ChapterRange(self._waiting_title, start, start))
            self._waiting_title = None

    def _chapter_ranges(self, end: int) -> tuple[ChapterRange, ...]:
        untitled = all(chapter.title is None for chapter in self._routine.chapters)
        if not self._chapters or (untitled and len(self._chapters) < 2):
            return ()
        ends = [*(chapter.start for chapter in self._chapters[1:]), end]
        return tuple(replace(chapter, end=e) for chapter, e in zip(self._chapters, ends, strict=True))

    # -- nodes

    def _body(self, body: tuple[Node, ...], values: Values) -> None:
        for node in body:
            self._node(node, values)
            self._latest = node.span or self._latest
            self._tell_if_too_long(self._clock, self._latest)

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
                rounds = self._number(node.rounds)
                for number in range(1, rounds + 1):
                    self._body(node.body, {**values, "n": str(number), "total": str(rounds)})
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

    def _duration(self, elastic: Elastic) -> int:
        return frames(elastic.natural)

    def _number(self, whole: Whole) -> int:
        return whole.natural

    def _gap(self, first: Sentence) -> int:
        """Frames of silence before a sentence: none where a timed cue stands instead."""
        if not self._spoke_last:
            return 0
        gaps = self._routine.settings.gaps
        return frames(gaps.paragraph if first.opens_paragraph or self._waiting_title else gaps.sentence)

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
                self._clock = exercises.breathe(self._scene, node, start, self._number(node.cycles))
            case Count():
                self._clock = exercises.count(self._scene, node, start)
        self._spoke_last = False

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
        length = self._duration(node.duration)
        self._body(node.body, values)
        content = self._clock - start
        if content > length:
            tenths = -(-content * 10 // SAMPLE_RATE)  # rounded up, so that it never reads as if it fitted
            given = format_duration(Fraction(length, SAMPLE_RATE))
            message = f"what this block holds takes {format_duration(tenths / 10)}, but it must last {given}"
            hint = f"make it [within {format_duration(-(-content // SAMPLE_RATE))}], or say less in it"
            self.problems.append(Diagnostic(node.span, "error", message, hint))
        elif content < length:
            self._begin_waiting_chapter()
            self._clock = start + length
            elastic = node.duration.elastic
            self._scene.add(Event("pause", "voice", start + content, self._clock, node.span, elastic=elastic))
        self._spoke_last = False

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
        fade_out = _SLEEP_FADE_OUT if self._routine.settings.sleep else _BED_FADE_OUT
        if self._bed is not None:
            start = self._scene.events[self._bed].start
            self._scene.amend(self._bed, end=end, fade_out=min(fade_out, (end - start) // 2))
        for index, event in enumerate(self._scene.events):
            if event.kind == "bed" and event.end > end:
                self._scene.amend(index, end=end, fade_out=event.fade_out - (event.end - end))
