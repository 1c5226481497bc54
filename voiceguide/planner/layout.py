"""Gives every event of a routine its start and end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from voiceguide.errors import Diagnostic, Span
from voiceguide.mix_levels import BED_LEVEL
from voiceguide.planner.choices import WRITTEN, Choices, Material
from voiceguide.planner.visitor import Round, rounds_of
from voiceguide.planner.walk import HEAD, TAIL, Walk, session_end
from voiceguide.routine import Bed, Breathe, Chapter, Node, Repeat, SoundRef, Within
from voiceguide.timeline import ChapterRange, Event, Timeline
from voiceguide.units import LONGEST_SESSION, SAMPLE_RATE, Elastic, format_duration, frames

_LONGEST = frames(LONGEST_SESSION)
_SHORTEST_BED_FADE = SAMPLE_RATE // 2  # a bed that breaks in or off would startle
_BED_CROSSFADE = 4 * SAMPLE_RATE
_BED_FADE_OUT = 10 * SAMPLE_RATE
_SLEEP_FADE_OUT = 90 * SAMPLE_RATE


class Layout:
    """A visitor that collects every event. ``timeline()`` is called once.

    ``measured`` False: the lengths of lines are not known yet, so no block is reported as too full.
    """

    wants_breaths = True

    def __init__(self, material: Material, choices: Choices = WRITTEN, *, measured: bool = True) -> None:
        self.events: list[Event] = []
        self.problems: list[Diagnostic] = []
        self._material = material
        self._choices = choices
        self._measured = measured
        self._durations = iter(choices.durations or ())
        self._chapters: list[ChapterRange] = []
        self._bed: int | None = None  # the index of the bed event that is sounding
        self._too_long = False
        self._latest: Span | None = None  # of the node that was passed last

    def timeline(self, chapters: Sequence[Chapter]) -> Timeline:
        settings = self._material.settings
        walk = Walk(self._material, self)
        opening = settings.bed
        self.bed(Bed(opening.sound, opening.level, opening.fade, settings.spans.get("bed")), walk.now)
        for chapter in chapters:
            walk.chapter(settings.title if chapter.title is None else chapter.title, chapter.body)
        # A chime counts when it is struck, and may ring out later than two seconds after.
        end = max([walk.now + TAIL, *map(session_end, self.events)])
        if self._latest is not None:
            self._check_length(end, self._latest)
        self._finish_bed(end)
        untitled = all(chapter.title is None for chapter in chapters)
        return Timeline(
            settings.title,
            settings.language,
            self._material.voices[settings.voice],
            end,
            self._chapter_ranges(end, untitled),
            tuple(sorted(self.events, key=lambda event: event.start)),
            sample_rate=settings.sample_rate or SAMPLE_RATE,
        )

    def _chapter_ranges(self, end: int, untitled: bool) -> tuple[ChapterRange, ...]:
        if not self._chapters or (untitled and len(self._chapters) < 2):
            return ()
        ends = [*(chapter.start for chapter in self._chapters[1:]), end]
        return tuple(replace(chapter, end=e) for chapter, e in zip(self._chapters, ends, strict=True))

    def _check_length(self, end: int, span: Span) -> None:
        if end > _LONGEST and not self._too_long:
            self._too_long = True
            message = f"up to here the session lasts longer than {LONGEST_SESSION / 3600} hours, the most it may"
            self.problems.append(Diagnostic(span, "error", message))

    # -- the visitor

    def add(self, event: Event) -> None:
        self.events.append(event)
        if event.clip is not None and event.kind == "sound" and isinstance(event.clip.source, SoundRef) and event.span:
            self._check_length(session_end(event), event.span)

    def report(self, problem: Diagnostic) -> None:
        self.problems.append(problem)

    def chapter(self, title: str, start: int) -> None:
        start = start if self._chapters else 0
        self._chapters.append(ChapterRange(title, start, start))

    def duration(self, elastic: Elastic) -> int:
        return frames(elastic.natural) if self._choices.durations is None else next(self._durations)

    def rounds(self, node: Repeat, *, in_block: bool) -> Iterable[Round]:
        return rounds_of(self._choices.number(node, in_block=in_block))

    def cycles(self, node: Breathe, *, in_block: bool) -> int:
        return self._choices.number(node, in_block=in_block)

    def open_block(self, node: Within) -> int:
        return self.duration(node.duration)

    def close_block(self, node: Within, start: int, content: int, length: int) -> int:
        """The block's end, and an error when it holds too much."""
        if content > length and self._measured:
            tenths = -(-content * 10 // SAMPLE_RATE)  # rounded up, so that it never reads as if it fitted
            given = format_duration(Fraction(length, SAMPLE_RATE))
            with_end = " with its countdown" if node.countdown else " with its [hold rest]" if node.rest else ""
            message = f"what this block holds takes {format_duration(tenths / 10)}{with_end}, but it must last {given}"
            hint = f"make it [within {format_duration(-(-content // SAMPLE_RATE))}], or say less in it"
            self.problems.append(Diagnostic(node.span, "error", message, hint))
        return start + max(content, length)

    def passed(self, node: Node, now: int) -> None:
        if node.span is not None:
            self._latest = node.span
            self._check_length(now, node.span)

    def bed(self, node: Bed, start: int) -> None:
        """Ends the sounding bed and starts the next, crossfaded; before the first event it starts with the session."""
        opening = start == HEAD
        fade = _BED_CROSSFADE if node.fade is None else max(_SHORTEST_BED_FADE, frames(node.fade))
        if opening:
            start = 0
            fade = HEAD if node.fade is None else fade
        if self._bed is not None:
            if opening:
                del self.events[self._bed]
            else:
                self._amend(self._bed, end=start + fade, fade_out=fade)
            self._bed = None
        if node.sound is not None:
            level = BED_LEVEL if node.level is None else node.level
            self._bed = len(self.events)
            event = Event("bed", "bed", start, start, node.span, text=node.sound.name, bed=node.sound)
            self.events.append(replace(event, level=level, fade_in=fade))

    def _finish_bed(self, end: int) -> None:
        fade_out = _SLEEP_FADE_OUT if self._material.settings.sleep else _BED_FADE_OUT
        if self._bed is not None:
            start = self.events[self._bed].start
            self._amend(self._bed, end=end, fade_out=min(fade_out, (end - start) // 2))
        for index, event in enumerate(self.events):
            if event.kind == "bed" and event.end > end:
                self._amend(index, end=end, fade_out=event.fade_out - (event.end - end))

    def _amend(self, index: int, *, end: int, fade_out: int) -> None:
        self.events[index] = replace(self.events[index], end=end, fade_out=fade_out)
