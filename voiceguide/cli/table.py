"""A timeline as a table for people."""

from __future__ import annotations

from collections.abc import Iterator

from voiceguide.errors import printable
from voiceguide.timeline import Event, Fit, Timeline
from voiceguide.units import format_clock, format_duration, seconds


def table(timeline: Timeline) -> Iterator[str]:
    """The timeline as lines of text: how it was fitted, then start, length, track and what is heard under chapters."""
    yield f"{printable(timeline.title)}: {_lasting(0, timeline.frames)}, voice {timeline.voice}"
    if timeline.fit is not None:
        yield from _fitted(timeline.fit)
    chapters = list(timeline.chapters)
    for event in timeline.events:
        while chapters and event.start >= chapters[0].start:
            chapter = chapters.pop(0)
            yield f"\n{printable(chapter.title)} ({_lasting(chapter.start, chapter.end)})"
        clock, lasting = format_clock(seconds(event.start)), _lasting(event.start, event.end)
        yield f"{clock:>10}  {lasting:>9}  {event.track:<6}  {_what(event)}".rstrip()


def _fitted(fit: Fit) -> Iterator[str]:
    """How the session came to its length, in sentences."""
    if fit.left_out:
        titles = ", ".join(f"“{printable(title)}”" for title, _ in fit.left_out)
        yield f"Left out to fit the length: {titles}."
    for rounds in fit.rounds:
        unit = "round" if rounds.cue == "repeat" else "breath"
        many = "" if rounds.chosen == 1 else "s"
        where = f"in line {rounds.span.line} of {printable(rounds.span.file)}"
        yield f"{rounds.chosen} {unit}{many} instead of {rounds.written} {where}."
    if not fit.share:
        yield "Elastic pauses and holds keep their natural length."
        return
    how, end = ("stretched", "longest") if fit.share > 0 else ("shortened", "shortest")
    percent = abs(fit.share) * 100
    far = f"{percent:.0f} %" if percent >= 1 else "less than 1 %"
    yield f"Elastic pauses and holds are {how}, {far} of the way to their {end}."


def _lasting(start: int, end: int) -> str:
    return format_duration(round(seconds(end - start), 1))


def _what(event: Event) -> str:
    match event.kind:
        case "speech":
            return f"“{printable(event.text or '')}”"
        case "breath":
            return f"breathe {event.phase}, cycle {event.cycle}"
        case "pause" | "hold":
            return f"{event.kind} (elastic)" if event.elastic else event.kind
        case _:
            return f"{event.kind} {printable(event.text or '')}"
