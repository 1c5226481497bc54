"""The places of a session's events in its text: from a moment to a place, and back."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from voiceguide.errors import Position, Source, Span
from voiceguide.script.text import LineIndex
from voiceguide.timeline import Event, Timeline

Mark = tuple[Position, str, int]
"""An event's identity in its text: where it is written, its kind, and which of the events of that place it is."""


@dataclass(frozen=True)
class Places:
    """The events of a timeline that a listener hears one after another, with their places in the text ``source``.

    Beds and what is played under the rest are no such events: they last on while others begin.
    """

    source: Source
    timeline: Timeline

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """In order of start; of two that start together, the one that is written later comes last."""
        return tuple(event for event in self.timeline.events if event.bed is None and event.span is not None)

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The identity of each event."""
        seen: Counter[tuple[Position, str]] = Counter()
        marks = []
        for event in self.events:
            assert event.span is not None
            where = event.span.position, event.kind
            marks.append((*where, seen[where]))
            seen[where] += 1
        return tuple(marks)

    @cached_property
    def by_mark(self) -> Mapping[Mark, int]:
        """The index of each event."""
        return {mark: index for index, mark in enumerate(self.marks)}

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(event.start for event in self.events)

    def offset(self, line: int, column: int) -> int:
        """The offset in the text of a line and column, both from 1."""
        return self._line_starts[line - 1] + column - 1

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """The line and column, both from 1, of an offset in the text."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        return LineIndex.of(self.source).starts

    def index_at(self, frame: int) -> int:
        """The index of the last event that has begun at a frame; -1 before the first."""
        return bisect_right(self._starts, frame) - 1

    def span_at(self, frame: int) -> Span | None:
        """The place in the text of what is heard at a frame: of the event that began last; None before the first."""
        index = self.index_at(frame)
        return self.events[index].span if index >= 0 else None

    def frame_at(self, line: int, column: int = 1, *, near: int = 0, file: str | None = None) -> int | None:
        """The start of what is written at a line and column (from 1): of the event whose place is the last one up to
        there on that line (a sentence may have begun on the lines above), else of the next place after it.

        What is played several times (a loop) has several starts: the one nearest to the frame ``near`` is given. None
        when nothing is written there or later. ``file`` is the script's own when left out.
        """
        file = self.source.name if file is None else file
        starts: dict[tuple[int, int], list[int]] = {}
        for event, mark in self._begun():
            if mark[0] == file:
                starts.setdefault(mark[1:], []).append(event.start)
        first = self._first_line(line)
        before = [place for place in starts if (first, 1) <= place <= (line, column)]
        after = [place for place in starts if place > (line, column)]
        place = max(before) if before else min(after, default=None)
        return None if place is None else min(starts[place], key=lambda start: (abs(start - near), start))

    def heard_at(self, line: int, column: int, *, near: int = 0) -> tuple[int, int] | None:
        """The frames at which what is written there begins and ends; None where that line has nothing to be heard."""
        frame = self.frame_at(line, column, near=near)
        index = -1 if frame is None else self.index_at(frame)
        if index < 0:
            return None
        event = self.events[index]
        return (event.start, event.end) if event.span is not None and event.span.line == line else None

    def _first_line(self, line: int) -> int:
        """The line on which the paragraph begins that goes on in a line."""
        rows = self.source.lines
        while 1 < line <= len(rows) and _is_text(rows[line - 1]) and _is_text(rows[line - 2]):
            line -= 1
        return line

    def _begun(self) -> Iterator[tuple[Event, Position]]:
        """The first event of each time that something written is played: a breathing exercise has many events."""
        last: tuple[Position, Event] | None = None
        for (position, _, _), event in zip(self.marks, self.events, strict=True):
            said_again = last is not None and event.kind == "speech" == last[1].kind and event.text == last[1].text
            if last is None or position != last[0] or said_again:
                yield event, position
            last = position, event


def _is_text(row: str) -> bool:
    """Whether a row of a script is plain text, so that it may go on a sentence of the row above."""
    return bool(row.strip()) and row.lstrip()[0] not in "#[>-<"
