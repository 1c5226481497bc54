"""The cue sheet of a session: a page to print, read along with, and sign.

It is written with markupsafe, whose ``Markup.format`` escapes every value: text becomes markup only where the code
says so, never by omission.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from markupsafe import Markup

from voiceguide.publish.manifest import Manifest, PackSession
from voiceguide.publish.steps import counted_speech, is_swell, restarts
from voiceguide.publish.text import one_line
from voiceguide.publish.timeline_document import Chapter, Document, Event, Rounds
from voiceguide.reviews import Comment, Standing
from voiceguide.units import format_clock, format_duration

_SHORT = 12  # characters of a hash; enough to distinguish builds

STYLE = """
:root { color-scheme: light dark; --text: #1b1b1b; --faint: #565656; --page: #fff; --rule: #8a8a8a; --mark: #7a3b00; }
@media (prefers-color-scheme: dark) {
  :root { --text: #ececec; --faint: #b4b4b4; --page: #161616; --rule: #7d7d7d; --mark: #ffb86b; }
}
body { color: var(--text); background: var(--page); font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem;
  margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; color: var(--faint); padding-bottom: .4rem; }
th, td { text-align: start; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--rule); }
thead th { border-bottom-width: 2px; white-space: nowrap; }
thead .wide { width: 100%; }
.chapter th { padding-top: 1rem; font-size: 1.05rem; }
.time { font-variant-numeric: tabular-nums; white-space: nowrap; }
.cue { color: var(--faint); font-style: italic; }
.wait { white-space: nowrap; }
.mark { color: var(--mark); font-weight: 600; min-width: 6.5rem; overflow-wrap: normal; }
.facts th { width: 11rem; font-weight: 600; }
.sign { border: 2px solid var(--rule); padding: 0 1rem 1rem; margin-top: 2.5rem; break-inside: avoid; }
.sign th { width: 9rem; height: 2.6rem; vertical-align: bottom; font-weight: 400; }
.sign .notes th, .sign .notes td { height: 6rem; }
@media (max-width: 36rem) {
  thead th { white-space: normal; overflow-wrap: normal; }
  .mark { min-width: 0; overflow-wrap: anywhere; hyphens: auto; }
}
@media print {
  :root { color-scheme: light; --text: #000; --faint: #333; --page: #fff; --rule: #666; --mark: #000; }
  @page { margin: 12mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif; } }
  body { font-size: 8pt; line-height: 1.25; max-width: none; margin: 0; padding: 0; }
  h1 { font-size: 14pt; }
  h2 { font-size: 11pt; margin: 1rem 0 .3rem; }
  th, td { padding-block: .08rem; border-bottom-width: .5pt; }
  .chapter th { padding-top: .5rem; font-size: 9.5pt; }
  .facts tbody { columns: 2; display: block; }
  .facts tr { display: flex; }
  .facts td { border: 0; } .facts th { border: 0; width: 8rem; }
  th, td { padding-right: .3rem; } .mark { min-width: 4rem; }
  .sign { margin-top: 1rem; } .sign th { height: 1.7rem; } .sign .notes th, .sign .notes td { height: 3.5rem; }
  h2, .chapter { break-after: avoid; }
  tr { break-inside: avoid; }
}
"""
"""The page's style. No page size is set, so that the printer's paper is used, A4 or Letter."""

_PAGE = Markup("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}: cue sheet</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{heading}</h1>
<p>Cue sheet of a session of “{pack}”.</p>
<h2>The session</h2>
<table class="facts">
<tbody>
{facts}
</tbody>
</table>
{fitted}{warnings}{comments}{chapters}<h2>What is heard</h2>
<table>
<caption>{caption}</caption>
<thead>
<tr><th scope="col">Time</th><th scope="col" class="wide">What is heard</th>
<th scope="col">Lasts</th><th scope="col">Fitted</th></tr>
</thead>
{events}</table>
{sign_off}</main>
</body>
</html>
""")

_SIGN_OFF = Markup("""\
<section class="sign" aria-labelledby="sign-off">
<h2 id="sign-off">Sign-off</h2>
<p>I have heard this session, and it is as this sheet says, but for the notes.</p>
<table>
<tbody>
<tr><th scope="row">Name</th><td></td></tr>
<tr><th scope="row">Date</th><td></td></tr>
<tr><th scope="row">Signature</th><td></td></tr>
<tr class="notes"><th scope="row">Notes</th><td></td></tr>
</tbody>
</table>
</section>
""")


def cue_sheet(manifest: Manifest, session: PackSession, document: Document, standing: Standing | None = None) -> bytes:
    """The page in UTF-8, self-contained and without scripts; the same arguments give the same bytes. ``standing`` is
    its script's, if that has been reviewed."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    title = one_line(session.title) or session.name
    page = _PAGE.format(
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        title=title,
        style=Markup(STYLE),
        heading=_said(title, session),
        pack=one_line(manifest.title),
        facts=_joined(_facts(session, document, standing)),
        fitted=_list("How it came to its length", _fitted(document)),
        warnings=_list("Warnings", session.warnings),
        comments=_list("Open comments", map(_commented, standing.comments if standing else ())),
        chapters=_chapters(document.chapters, session),
        caption="Times and lengths are minutes and seconds of the finished file.",
        events=_joined(_events(document, session)),
        sign_off=_SIGN_OFF,
    )
    return page.encode()


def _joined(rows: Iterable[Markup]) -> Markup:
    return Markup("\n").join(rows)


def _said(text: str, session: PackSession) -> Markup:
    """Text of the script, marked with its own language and direction, which may differ from the page's."""
    return Markup('<span lang="{}" dir="auto">{}</span>').format(one_line(session.language), text)


def _facts(session: PackSession, document: Document, standing: Standing | None) -> Iterator[Markup]:
    facts = [
        ("Length", format_clock(document.seconds)),
        ("Asked for", one_line(session.length or "")),
        ("Script", one_line(session.script)),
        ("State", _state(standing) if standing else ""),
        ("Author", one_line(session.author)),
        ("Language", one_line(session.language)),
        ("Voice", one_line(session.voice)),
        ("Loudness", _decibels(session.loudness_lufs, "LUFS")),
        ("RMS", "" if session.rms_db is None else _decibels(session.rms_db, "dB")),
        ("True peak", _decibels(session.true_peak_dbtp, "dBTP")),
        ("File", one_line(session.audio.path)),
        ("SHA-256 of the file", session.audio.sha256[:_SHORT]),
        ("Fingerprint", session.fingerprint[:_SHORT]),
    ]
    for name, value in facts:
        if value:
            yield Markup('<tr><th scope="row">{}</th><td>{}</td></tr>').format(name, value)


def _state(standing: Standing) -> str:
    """``approved by Ben on 2026-11-28``; the day is that of UTC."""
    day = datetime.fromtimestamp(standing.at, UTC).date().isoformat() if standing.at else ""
    by = f" by {one_line(standing.by)}" if standing.by else ""
    set_so = by + (f" on {day}" if day else "")
    return "draft; its text has been changed since its review" if standing.changed else f"{standing.state}{set_so}"


def _commented(comment: Comment) -> str:
    """A comment with its place, the words that stand there, and its author."""
    places = [] if comment.seconds is None else [f"at {format_clock(comment.seconds)}"]
    places += [] if comment.line is None else [f"line {comment.line}"]
    quote = f", “{one_line(comment.quote)}”" if comment.quote else ""
    by = f" ({one_line(comment.author)})" if comment.author else ""
    place = ", ".join(places) + quote
    return f"{place[:1].upper()}{place[1:]}: {one_line(comment.text)}{by}" if place else f"{one_line(comment.text)}{by}"


def _decibels(value: float | None, unit: str) -> str:
    return "not measured" if value is None else f"{value:.1f} {unit}".replace("-", "\N{MINUS SIGN}")


def _list(heading: str, rows: Iterable[str]) -> Markup:
    items = _joined(Markup("<li>{}</li>").format(one_line(row)) for row in rows)
    return Markup("<h2>{}</h2>\n<ul>\n{}\n</ul>\n").format(heading, items) if items else Markup()


def _fitted(document: Document) -> Iterator[str]:
    fit = document.fit
    if fit is None:
        return
    if fit.left_out:
        yield "Left out: " + ", ".join(f"“{title}”" for title in fit.left_out) + "."
    for rounds in fit.rounds:
        file, line = rounds.position
        yield f"{rounds.words}, in line {line} of {one_line(file)}."
    if fit.share:
        how, end = ("stretched", "longest") if fit.share > 0 else ("shortened", "shortest")
        percent = abs(fit.share) * 100
        far = f"{percent:.0f} %" if percent >= 1 else "less than 1 %"
        yield f"Elastic pauses and holds are {how}, {far} of the way to their {end}."
    else:
        yield "Elastic pauses and holds keep their natural length."


def _chapters(chapters: Iterable[Chapter], session: PackSession) -> Markup:
    row = Markup('<tr><td class="time">{}</td><td>{}</td><td class="time">{}</td></tr>')
    rows = _joined(
        row.format(format_clock(c.start), _said(c.title, session), _lasting(c.end - c.start)) for c in chapters
    )
    head = Markup(
        "<h2>Chapters</h2>\n<table>\n<thead>\n"
        '<tr><th scope="col">Time</th><th scope="col" class="wide">Chapter</th><th scope="col">Lasts</th></tr>\n'
        "</thead>\n<tbody>\n{}\n</tbody>\n</table>\n"
    )
    return head.format(rows) if rows else rows


def _events(document: Document, session: PackSession) -> Iterator[Markup]:
    """A table body for each chapter, so that a screen reader says which chapter a row belongs to."""
    marks = _Marks(document)
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
        title = head.format(_said(chapter.title, session)) if chapter.title else Markup()
        rows = _joined(_row(entry, marks, session) for entry in inside)
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

    @property
    def words(self) -> str:
        """What is heard, for all but single spoken lines: ``breathe in 4, hold 4, out 4, rest 4: 6 times``."""
        first = self.events[0]
        if first.kind == "speech":
            return f"count: {', '.join(self.spoken)}"
        spoken = ", ".join(dict.fromkeys(self.spoken))
        said = f" (said: {spoken})" if spoken else ""
        if first.kind != "breath":
            return first.words + said
        phases = (f"{one.phase} {round(one.seconds, 2):g}" for one in self.events if one.cycle == first.cycle)
        times = len({one.cycle for one in self.events})
        return f"breathe {', '.join(phases)}{f': {times} times' if times > 1 else ''}{said}"


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


def _row(entry: _Entry, marks: _Marks, session: PackSession) -> Markup:
    row = Markup('<tr><td class="time">{}</td><td{}>{}</td><td class="time">{}</td><td class="mark">{}</td></tr>')
    what: str | Markup = _line(entry.events, session) if entry.is_line else entry.words
    kind = Markup() if entry.is_line else Markup(' class="cue"')
    mark = ", ".join(dict.fromkeys(filter(None, map(marks.of, entry.events))))
    return row.format(format_clock(entry.start), kind, what, _lasting(entry.seconds), mark)


def _line(events: Sequence[Event], session: PackSession) -> Markup:
    """A spoken line as written, with the pause after it; and below it how the voice got it, where that differs."""
    event, *pauses = events
    said = _said(event.text, session)
    for pause in pauses:
        said += Markup(' <span class="cue wait">pause {}</span>').format(_lasting(pause.seconds))
    if not event.spoken:
        return said
    return said + Markup('<br><span class="cue">spoken: {}</span>').format(_said(event.spoken, session))


def _lasting(seconds: float) -> str:
    return format_duration(round(seconds, 1))


class _Marks:
    """The entries of the column "Fitted": whether an elastic event was stretched or shortened, and changed numbers of
    rounds or breaths, at their first event."""

    def __init__(self, document: Document) -> None:
        fit = document.fit
        share = fit.share if fit else 0.0
        self._elastic = "" if not share else "stretched" if share > 0 else "shortened"
        self._rounds: list[Rounds] = list(fit.rounds) if fit else []

    def of(self, event: Event) -> str:
        marks = [self._elastic] if event.elastic and self._elastic else []
        for rounds in [rounds for rounds in self._rounds if self._begins(rounds, event)]:
            self._rounds.remove(rounds)
            marks.append(rounds.words)
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
