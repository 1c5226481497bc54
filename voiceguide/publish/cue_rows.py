"""The rows of a cue sheet: everything that is heard, with its time and length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from voiceguide.publish.manifest import PackSession
from voiceguide.publish.steps import counted_speech, is_swell, restarts
from voiceguide.publish.text import one_line
from voiceguide.publish.timeline_document import Chapter, Document, Event, Rounds
from voiceguide.publish.words import Wording
from voiceguide.units import format_clock, format_duration

_NAMED = ("bed", "chime", "sound")
"""Kinds of events that have a name of their own."""


def script_text(text: str, session: PackSession) -> Markup:
    """Text of the script, marked with its own language and direction, which may differ from the page's."""
    return Markup('<span lang="{}" dir="auto">{}</span>').format(one_line(session.language), text)


def lasting(seconds: float, own: Wording) -> str:
    """A length in the notation of scripts, with a tenth of a second: ``5.6s``."""
    return own.figure(format_duration(round(seconds, 1)))


def rounds_text(rounds: Rounds, own: Wording) -> str:
    """``2 rounds instead of 3``."""
    unit = "rounds" if rounds.cue == "repeat" else "breaths"
    return own.counted(f"sheet_{unit}", rounds.chosen, written=rounds.written)


def heard(document: Document, session: PackSession, own: Wording) -> Iterator[Markup]:
    """A table body for each chapter, so that a screen reader says which chapter a row belongs to."""
    marks = _Marks(document, own)
    entries = tuple(_entries(document.events))
    chapters = document.chapters
    for index, chapter in enumerate(chapters or (Chapter("", 0.0, document.seconds),)):
        last = index + 1 >= len(chapters)
        inside = [
            entry
            for entry in entries
            if (index == 0 or entry.start >= chapter.start) and (last or entry.start < chapters[index + 1].start)
        ]
        head = Markup('<tr class="chapter"><th scope="rowgroup" colspan="4">{}</th></tr>\n')
        title = head.format(script_text(chapter.title, session)) if chapter.title else Markup()
        rows = Markup("\n").join(_row(entry, marks, session, own) for entry in inside)
        yield Markup("<tbody>\n{}{}\n</tbody>\n").format(title, rows)


@dataclass(slots=True)
class _Entry:
    """A row while it is being filled: one event, a spoken line with the pause after it, all phases of a breathing
    exercise, or the numbers of a count. ``spoken``: the words that are spoken to its beat."""

    events: list[Event]
    spoken: list[str] = field(default_factory=list)

    def takes(self, event: Event, is_counted: bool) -> bool:
        """Whether the next event belongs to this row; then it is in it."""
        first = self.events[0]
        if is_counted and (first.kind in ("breath", "hold") or self.spoken):
            if first.kind == "speech":
                self.events.append(event)
            self.spoken.append(event.text)
            return True
        if event.kind == "pause" and self.is_line and len(self.events) == 1:
            self.events.append(event)
            return True
        if event.kind == "breath" and first.kind == "breath" and not restarts(self.events[-1], event):
            self.events.append(event)
            return True
        return False

    @property
    def is_line(self) -> bool:
        return self.events[0].kind == "speech" and not self.spoken

    @property
    def start(self) -> float:
        return self.events[0].start

    @property
    def seconds(self) -> float:
        return self.events[-1].end - self.start

    def words(self, own: Wording) -> str:
        """What is heard, for all but single spoken lines: ``breathe in 4, hold 4, out 4, rest 4: 6 times``."""
        first, spoken = self.events[0], ", ".join(dict.fromkeys(self.spoken))
        if first.kind == "speech":
            return own.said("sheet_count", words=", ".join(self.spoken))
        what = self._breaths(own) if first.kind == "breath" else _named(first, own)
        return own.said("sheet_said", what=what, words=spoken) if spoken else what

    def _breaths(self, own: Wording) -> str:
        cycles = {one.cycle for one in self.events}
        first = (one for one in self.events if one.cycle == self.events[0].cycle)
        phases = (f"{own.said(f'phase_{one.phase}')} {own.figure(f'{round(one.seconds, 2):g}')}" for one in first)
        what = own.said("wait_breath", phases=", ".join(phases))
        return own.said("sheet_times", what=what, n=len(cycles)) if len(cycles) > 1 else what


def _named(event: Event, own: Wording) -> str:
    """An event that is neither spoken nor breathed."""
    if event.kind in _NAMED and event.text:
        return own.said(f"sheet_{event.kind}", name=event.text)
    keys = {"pause": "sheet_pause", "hold": "phase_held", "chime": "wait_chime", "sound": "wait_sound"}
    return own.said(keys[event.kind]) if event.kind in keys else event.words


def _entries(events: Iterable[Event]) -> Iterator[_Entry]:
    """The rows, in the order of time; what is spoken to a beat comes after the beat."""
    heard = sorted(
        (event for event in events if not is_swell(event)), key=lambda one: (one.start, one.kind == "speech")
    )
    counted = counted_speech(heard)
    entry: _Entry | None = None
    for index, event in enumerate(heard):
        if entry is not None and entry.takes(event, index in counted):
            continue
        if entry is not None:
            yield entry
        entry = _Entry([event], [event.text] if index in counted else [])
    if entry is not None:
        yield entry


def _row(entry: _Entry, marks: _Marks, session: PackSession, own: Wording) -> Markup:
    row = Markup('<tr><td class="time">{}</td><td{}>{}</td><td class="time">{}</td><td class="mark">{}</td></tr>')
    what: str | Markup = _line(entry.events, session, own) if entry.is_line else entry.words(own)
    kind = Markup() if entry.is_line else Markup(' class="cue"')
    mark = ", ".join(dict.fromkeys(filter(None, map(marks.of, entry.events))))
    return row.format(own.figure(format_clock(entry.start)), kind, what, lasting(entry.seconds, own), mark)


def _line(events: Sequence[Event], session: PackSession, own: Wording) -> Markup:
    """A spoken line as written, with the pause after it; and below it how the voice got it, where that differs."""
    event, *pauses = events
    line = script_text(event.text, session)
    for pause in pauses:
        wait = own.said("wait_pause", seconds=lasting(pause.seconds, own))
        line += Markup(' <span class="cue wait">{}</span>').format(wait)
    if not event.spoken:
        return line
    spoken = script_text(event.spoken, session)
    return line + Markup('<br><span class="cue">{} {}</span>').format(own.said("sheet_spoken"), spoken)


class _Marks:
    """The entries of the column "Fitted": whether an elastic event was stretched or shortened, and changed numbers of
    rounds or breaths, at their first event."""

    def __init__(self, document: Document, own: Wording) -> None:
        fit = document.fit
        share = fit.share if fit else 0.0
        self._own = own
        self._elastic = own.said("sheet_stretched" if share > 0 else "sheet_shortened") if share else ""
        self._rounds: list[Rounds] = list(fit.rounds) if fit else []

    def of(self, event: Event) -> str:
        marks = [self._elastic] if event.elastic and self._elastic else []
        for rounds in [rounds for rounds in self._rounds if self._begins(rounds, event)]:
            self._rounds.remove(rounds)
            marks.append(rounds_text(rounds, self._own))
        return ", ".join(marks)

    @staticmethod
    def _begins(rounds: Rounds, event: Event) -> bool:
        if event.position is None or event.position[0] != rounds.position[0]:
            return False
        line = rounds.position[1]
        return (
            event.position[1] >= line
            if rounds.cue == "repeat"
            else event.kind == "breath" and event.position[1] == line
        )
