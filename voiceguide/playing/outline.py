"""What is heard at a frame of a timeline, for a display and for the keys."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from voiceguide.routine import PhaseKind
from voiceguide.timeline import ChapterRange, Event, Timeline
from voiceguide.units import SAMPLE_RATE

LEAD = SAMPLE_RATE // 5
"""Frames before a line at which a jump to it lands, so that its first sound is whole."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """A hold or a breathing exercise, from frame ``start`` up to ``end``; ``cycles`` are the frames at which its cycles
    begin, one for a hold."""

    start: int
    end: int
    cycles: tuple[int, ...]

    def cycle_at(self, frame: int) -> int:
        """The number of the cycle at a frame, from 1."""
        return max(1, bisect_right(self.cycles, frame))


@dataclass(frozen=True)
class Outline:
    """A timeline, to be asked what happens when."""

    timeline: Timeline

    def chapter_at(self, frame: int) -> int | None:
        """The index of the chapter that has begun last; None before the first."""
        index = bisect_right(self._chapter_starts, frame) - 1
        return index if index >= 0 else None

    def chapter(self, frame: int) -> ChapterRange | None:
        """The chapter that has begun last."""
        index = self.chapter_at(frame)
        return None if index is None else self.timeline.chapters[index]

    def line_at(self, frame: int) -> Event | None:
        """The spoken line that has begun last, not counting what is said to the beat of an exercise."""
        index = bisect_right(self._line_starts, frame) - 1
        return self.lines[index] if index >= 0 else None

    def exercise_at(self, frame: int) -> Exercise | None:
        """The hold or breathing exercise in which a frame lies."""
        index = bisect_right(self._exercise_starts, frame) - 1
        return self.exercises[index] if index >= 0 and frame < self.exercises[index].end else None

    def phase_at(self, frame: int) -> tuple[PhaseKind, float] | None:
        """The phase of a breath at a frame, and how much of it is over, 0 to 1."""
        index = bisect_right(self._phase_starts, frame) - 1
        if index < 0 or frame >= self._phases[index].end:
            return None
        event = self._phases[index]
        assert event.phase is not None
        return event.phase, (frame - event.start) / (event.end - event.start)

    @cached_property
    def lines(self) -> tuple[Event, ...]:
        """The lines that are spoken, without those that are said to the beat of a hold or a breath."""
        beats = {event.span.position for event in self.timeline.events if _keeps_time(event) and event.span}
        return tuple(
            event
            for event in self.timeline.events
            if event.kind == "speech" and (event.span is None or event.span.position not in beats)
        )

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """Every hold and breathing exercise, in order."""
        found: list[list[Event]] = []
        for event in self.timeline.events:
            if not _keeps_time(event):
                continue
            if found and event.kind == "breath" == found[-1][0].kind and _goes_on(found[-1][-1], event):
                found[-1].append(event)
            else:
                found.append([event])
        return tuple(_exercise(events) for events in found)

    @cached_property
    def _phases(self) -> tuple[Event, ...]:
        return tuple(event for event in self.timeline.events if event.kind == "breath")

    @cached_property
    def _chapter_starts(self) -> tuple[int, ...]:
        return tuple(chapter.start for chapter in self.timeline.chapters)

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        return tuple(event.start for event in self.lines)

    @cached_property
    def _exercise_starts(self) -> tuple[int, ...]:
        return tuple(exercise.start for exercise in self.exercises)

    @cached_property
    def _phase_starts(self) -> tuple[int, ...]:
        return tuple(event.start for event in self._phases)


def _keeps_time(event: Event) -> bool:
    return event.kind in ("hold", "breath")


def _goes_on(last: Event, event: Event) -> bool:
    """Whether a phase belongs to the exercise of the phase before it: a loop plays the same exercise again."""
    assert last.cycle is not None
    assert event.cycle is not None
    return event.span == last.span and event.start == last.end and 0 <= event.cycle - last.cycle <= 1


def _exercise(events: list[Event]) -> Exercise:
    firsts = {event.cycle: event.start for event in reversed(events)}
    return Exercise(events[0].start, events[-1].end, tuple(sorted(firsts.values())))
