"""Where a play head goes on when the plan changes under it: at the same place of the text, not at the same second."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voiceguide.editing.changes import TextChange
from voiceguide.live.places import Mark, Places
from voiceguide.timeline import Event


@dataclass(frozen=True, slots=True)
class Switch:
    """From frame ``at`` of the old plan, playing goes on at frame ``to`` of the new one."""

    at: int
    to: int


def follow(old: Places, new: Places, frame: int) -> Switch:
    """The switch between two plans for a play head at ``frame`` of the old one.

    What is heard at the moment goes on where it is, as far into it as it was; a sentence that was changed or removed
    while it is spoken is heard to its end. Then comes what the new text has there: nothing that was written ahead of
    the play head is skipped, and nothing behind it is heard again.
    """
    index = old.index_at(frame)
    if index < 0:
        return Switch(frame, min(frame, new.events[0].start if new.events else new.timeline.frames))
    moved = _Moved.between(old, new)
    event = old.events[index]
    same = moved.index(index)
    if same is not None and _sounds_alike(event, new.events[same]):
        return Switch(frame, _as_far_into(event, new.events[same], frame, _next_start(new, same)))
    at = max(frame, event.end) if event.kind == "speech" else frame
    if same is not None:
        return Switch(at, _after(new, same) if at > frame or frame >= event.end else new.events[same].start)
    before = next((found for found in map(moved.index, range(index - 1, -1, -1)) if found is not None), None)
    if before is not None:
        return Switch(at, _after(new, before))
    return Switch(at, new.events[0].start if new.events else new.timeline.frames)


@dataclass(frozen=True)
class _Moved:
    """The events of an old plan in a new one."""

    old: Places
    new: Places
    change: TextChange

    @classmethod
    def between(cls, old: Places, new: Places) -> _Moved:
        return cls(old, new, TextChange.between(old.source.text, new.source.text))

    def index(self, index: int) -> int | None:
        """The index in the new plan of an event of the old one; None when its place in the text was removed."""
        (file, line, column), kind, number = self.old.marks[index]
        if file == self.old.source.name:
            moved = self.change.moved(self.old.offset(line, column))
            if moved is None:
                return None
            line, column = self.new.line_and_column(moved)
        for mark in _last_first((file, line, column), kind, number):
            if (found := self.new.by_mark.get(mark)) is not None:
                return found
        return None


def _last_first(position: tuple[str, int, int], kind: str, number: int) -> Iterator[Mark]:
    """The event of that number, else the nearest one before it: a loop may have fewer rounds now."""
    return ((position, kind, earlier) for earlier in range(number, -1, -1))


def _sounds_alike(event: Event, other: Event) -> bool:
    if event.clip is None or other.clip is None:
        return event.clip is other.clip
    return event.clip.source == other.clip.source


def _as_far_into(event: Event, other: Event, frame: int, following: int) -> int:
    """The frame of ``other`` that corresponds to ``frame`` of ``event`` or of the silence after it; ``following``
    begins next."""
    into = frame - event.start
    length, its_length = event.end - event.start, other.end - other.start
    if into < length:
        return other.start + min(into, its_length)
    return min(other.end + into - length, following)


def _after(places: Places, index: int) -> int:
    """The end of an event, or the start of the next if that comes first."""
    return min(places.events[index].end, _next_start(places, index))


def _next_start(places: Places, index: int) -> int:
    start = places.events[index].start
    later = (event.start for event in places.events[index + 1 :] if event.start > start)
    return next(later, places.timeline.frames)
