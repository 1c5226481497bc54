"""A difference between two builds, as lines of text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from voiceguide.errors import printable
from voiceguide.publish.alignment import reworded
from voiceguide.publish.difference import (
    Changed,
    ChangedChapter,
    ChangedEvent,
    ChangedLine,
    ChangedSession,
    Difference,
)
from voiceguide.units import format_clock, format_duration

_QUOTED = 48  # characters of a line that say which one it is
_HASH = 12  # characters of a hash that tell two files apart


def described(found: Difference) -> Iterator[str]:
    """The difference line by line; a removed word stands as ``[-so-]``, an added one as ``{+so+}``.

    Rows begin with ``+`` for what came, ``-`` for what went, ``~`` for what moved or lasts longer or shorter.
    """
    if found.nothing:
        yield "Nothing changed."
        return
    for names, what in ((found.added, "Added"), (found.removed, "Removed")):
        for name in names:
            yield f"{what}: {printable(name)}"
    if found.pack:
        yield from _block("The pack", (_value(change) for change in found.pack))
    for session in found.changed:
        yield from _block(f"{printable(session.title)} ({printable(session.name)})", _session(session))
    if count := len(found.unchanged):
        yield f"Unchanged: {count} session{'' if count == 1 else 's'}."


def _block(head: str, rows: Iterable[str]) -> Iterator[str]:
    yield head
    for row in rows:
        yield f"  {row}"
    yield ""


def _session(session: ChangedSession) -> Iterator[str]:
    yield from map(_value, session.values)
    groups: tuple[tuple[str, list[str]], ...] = (
        ("Chapters", [_chapter(chapter) for chapter in session.chapters]),
        ("Words", [row for line in session.lines for row in _line(line)]),
        ("Times", [_event(event) for event in session.events]),
    )
    for name, rows in groups:
        if rows:
            yield f"{name}:"
            yield from (f"  {row}" for row in rows)
    if not session.values and not any(rows for _, rows in groups):
        yield "The sound differs; words and times do not."


def _value(change: Changed) -> str:
    return f"{change.what}: {_value_text(change, change.old)} → {_value_text(change, change.new)}"


def _value_text(change: Changed, value: str | float | None) -> str:
    if value is None:
        return "none"
    if isinstance(value, str):
        return value[:_HASH] if change.what == "cover" else printable(" ".join(value.split()))
    if change.what == "length":
        return format_clock(value)
    unit = "dBTP" if change.what == "true peak" else "LUFS"
    return f"{value:.1f} {unit}".replace("-", "\N{MINUS SIGN}")


def _chapter(chapter: ChangedChapter) -> str:
    title = f"“{printable(chapter.title)}”"
    if chapter.old_start is None:
        return f"+ {title} at {_clock(chapter.new_start)}"
    if chapter.new_start is None:
        return f"- {title} at {_clock(chapter.old_start)}"
    return f"~ {title} {_clock(chapter.old_start)} → {_clock(chapter.new_start)}"


def _line(line: ChangedLine) -> Iterator[str]:
    parts = reworded(line.old, line.new) if line.old is not None and line.new is not None else None
    if line.old is not None:
        marked = parts and "".join(f"[-{text}-]" if kind == "old" else text for kind, text in parts if kind != "new")
        yield f"- {_clock(line.old_start)}  {printable(marked or line.old)}"
    if line.new is not None:
        marked = parts and "".join(f"{{+{text}+}}" if kind == "new" else text for kind, text in parts if kind != "old")
        yield f"+ {_clock(line.new_start)}  {printable(marked or line.new)}"


def _event(event: ChangedEvent) -> str:
    place = f"after “{_quoted(event.after)}”" if event.after else "at the beginning"
    what = printable(event.what)
    if event.old_seconds is None:
        return f"+ {_clock(event.new_start)}  {what}, {_lasting(event.new_seconds)}, {place}"
    if event.new_seconds is None:
        return f"- {_clock(event.old_start)}  {what}, {_lasting(event.old_seconds)}, {place}"
    lengths = f"{_lasting(event.old_seconds)} → {_lasting(event.new_seconds)}"
    return f"~ {_clock(event.new_start)}  {what}, {lengths}, {place}"


def _quoted(text: str) -> str:
    return printable(text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1].rstrip()}…")


def _clock(seconds: float | None) -> str:
    return format_clock(seconds or 0.0)


def _lasting(seconds: float | None) -> str:
    return format_duration(round(seconds or 0.0, 1))
