"""What changed between two builds of a pack: sessions, words, times, chapters, silences.

Sessions are the same when their names in the pack are. Spoken lines are compared first; other events are
then compared between two lines that correspond, so that a changed pause is reported after the line it follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from voiceguide.publish.alignment import Pair, aligned
from voiceguide.publish.manifest import Manifest, PackSession
from voiceguide.publish.timeline_document import Chapter, Document, Event

Timelines = Callable[[Literal["old", "new"], PackSession], Document]
"""Gives a session's timeline in one of the two builds."""

SCHEMA = "voiceguide.difference/1"
_NOTICEABLE = 0.05  # seconds: a listener does not notice a smaller shift
_LOUDER = 0.1  # LU
_ROUNDING = 1e-9  # of values that were written in decimals


@dataclass(frozen=True, slots=True)
class Changed:
    """A changed value: text, a length in seconds, or a loudness in LUFS."""

    what: str
    old: str | float | None
    new: str | float | None


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A spoken line: ``old`` is None for an added one, ``new`` for a removed one. Starts are seconds."""

    old: str | None
    new: str | None
    old_start: float | None
    new_start: float | None


@dataclass(frozen=True, slots=True)
class ChangedEvent:
    """Another changed event: a pause, hold or breath of another length, or an added or removed cue.

    ``after`` is the line before it in the new build (in the old one for a removed event). Lengths and starts are
    seconds.
    """

    what: str
    after: str
    old_start: float | None
    new_start: float | None
    old_seconds: float | None
    new_seconds: float | None


@dataclass(frozen=True, slots=True)
class ChangedChapter:
    """A chapter that was added, removed or moved; seconds."""

    title: str
    old_start: float | None
    new_start: float | None


@dataclass(frozen=True, slots=True)
class ChangedSession:
    """All changes of a session. ``audio``: whether the bytes of its file differ, perhaps with no other change."""

    name: str
    title: str
    values: tuple[Changed, ...]
    lines: tuple[ChangedLine, ...]
    events: tuple[ChangedEvent, ...]
    chapters: tuple[ChangedChapter, ...]
    audio: bool

    @property
    def nothing(self) -> bool:
        return not (self.values or self.audio)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two builds compared. ``added``, ``removed`` and ``unchanged`` are names of sessions, each in its pack's order."""

    pack: tuple[Changed, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    changed: tuple[ChangedSession, ...]

    @property
    def nothing(self) -> bool:
        return not (self.pack or self.added or self.removed or self.changed)

    def to_json(self) -> dict[str, Any]:
        return {"schema": SCHEMA, **asdict(self)}


def difference(old: Manifest, new: Manifest, timelines: Timelines) -> Difference:
    """Compares two built packs. ``timelines`` is called only for sessions that are in both and whose audio differs."""
    before = {session.name: session for session in old.sessions}
    after = {session.name: session for session in new.sessions}
    both = [_session(before[name], session, timelines) for name, session in after.items() if name in before]
    return Difference(
        (
            *_values(old, new, ("title", "description", "author", "language", "link")),
            *_changed("published", _day(old), _day(new)),
            *_changed("cover", old.cover.sha256 if old.cover else None, new.cover.sha256 if new.cover else None),
        ),
        tuple(name for name in after if name not in before),
        tuple(name for name in before if name not in after),
        tuple(session.name for session in both if session.nothing),
        tuple(session for session in both if not session.nothing),
    )


def _day(manifest: Manifest) -> str | None:
    return manifest.published.isoformat() if manifest.published else None


def _session(old: PackSession, new: PackSession, timelines: Timelines) -> ChangedSession:
    covers = [session.files["cover"].sha256 if "cover" in session.files else None for session in (old, new)]
    values = (
        *_values(old, new, ("title", "description", "author", "language", "script", "voice")),
        *_changed("length asked for", old.length, new.length),
        *(_changed("length", old.seconds, new.seconds) if _differ(old.seconds, new.seconds) else ()),
        *_louder("loudness", old.loudness_lufs, new.loudness_lufs),
        *_louder("true peak", old.true_peak_dbtp, new.true_peak_dbtp),
        *_changed("cover", *covers),
        *_changed("tags", ", ".join(old.tags) or None, ", ".join(new.tags) or None),
    )
    if old.audio.sha256 == new.audio.sha256:
        return ChangedSession(new.name, new.title, values, (), (), (), audio=False)
    before, after = timelines("old", old), timelines("new", new)
    lines, events = _changes(before, after)
    chapters = tuple(_chapters(before.chapters, after.chapters))
    return ChangedSession(new.name, new.title, values, lines, events, chapters, audio=True)


def _values(old: Any, new: Any, names: tuple[str, ...]) -> tuple[Changed, ...]:
    return tuple(
        change for name in names for change in _changed(name, getattr(old, name) or None, getattr(new, name) or None)
    )


def _changed(what: str, old: str | float | None, new: str | float | None) -> tuple[Changed, ...]:
    return () if old == new else (Changed(what, old, new),)


def _louder(what: str, old: float | None, new: float | None) -> tuple[Changed, ...]:
    if old is not None and new is not None and abs(old - new) <= _LOUDER + _ROUNDING:
        return ()
    return _changed(what, old, new)


def _differ(old: float, new: float) -> bool:
    return abs(old - new) >= _NOTICEABLE


def _chapters(old: tuple[Chapter, ...], new: tuple[Chapter, ...]) -> Iterator[ChangedChapter]:
    for before, after in aligned(old, new, lambda chapter: chapter.title):
        if before is None or after is None or _differ(before.start, after.start):
            either = after or before
            if either is not None:
                yield ChangedChapter(either.title, _start(before), _start(after))


@dataclass(frozen=True, slots=True)
class _Passage:
    """A spoken line with all events until the next one; ``line`` is None for the events before the first."""

    line: Event | None
    events: tuple[Event, ...]

    @property
    def text(self) -> str:
        return self.line.text if self.line else ""


def _passages(document: Document) -> list[_Passage]:
    lines: list[Event | None] = [None]
    events: list[list[Event]] = [[]]
    for event in document.events:
        if event.kind == "speech":
            lines.append(event)
            events.append([])
        else:
            events[-1].append(event)
    return [_Passage(line, tuple(found)) for line, found in zip(lines, events, strict=True)]


def _changes(old: Document, new: Document) -> tuple[tuple[ChangedLine, ...], tuple[ChangedEvent, ...]]:
    """The changed lines and other events. The events before the first line always correspond."""
    before, after = _passages(old), _passages(new)
    pairs: list[Pair[_Passage]] = [
        (before[0], after[0]),
        *aligned(before[1:], after[1:], lambda each: each.text, near=True),
    ]
    lines = [_line(*pair) for pair in pairs if _text(pair[0]) != _text(pair[1])]
    return tuple(lines), tuple(event for stretch in _stretches(pairs) for event in _events(*stretch))


def _text(passage: _Passage | None) -> str | None:
    return passage.text if passage else None


_After = tuple[Event, str]
"""An event, and the line before it."""


def _stretches(pairs: list[Pair[_Passage]]) -> Iterator[tuple[list[_After], list[_After]]]:
    """The events of each build from one pair of corresponding lines to the next.

    So a pause stays the same one if a line before it is added or removed.
    """
    old: list[_After] = []
    new: list[_After] = []
    for before, after in pairs:
        if before and after:
            yield old, new
            old, new = [], []
        old += [(event, before.text) for event in before.events] if before else []
        new += [(event, after.text) for event in after.events] if after else []
    yield old, new


def _line(old: _Passage | None, new: _Passage | None) -> ChangedLine:
    before, after = old.line if old else None, new.line if new else None
    return ChangedLine(before.text if before else None, after.text if after else None, _start(before), _start(after))


def _start(found: Event | Chapter | None) -> float | None:
    return found.start if found else None


def _events(old: list[_After], new: list[_After]) -> Iterator[ChangedEvent]:
    for earlier, later in aligned(old, new, lambda each: each[0].words):
        either = later or earlier
        before, after = earlier[0] if earlier else None, later[0] if later else None
        if either is None or (before and after and not _other_length(before, after)):
            continue
        lengths = (round(event.seconds, 6) if event else None for event in (before, after))
        yield ChangedEvent(either[0].words, either[1], _start(before), _start(after), *lengths)


def _other_length(old: Event, new: Event) -> bool:
    """Whether a silence or breath has another length. The lengths of sounds and beds follow from other changes."""
    return new.kind in ("pause", "hold", "breath") and _differ(old.seconds, new.seconds)
