"""The cue sheet of a session: a page to print, read along with, and sign.

It is written with markupsafe, whose ``Markup.format`` escapes every value: text becomes markup only where the code
says so, never by omission.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import segno
from markupsafe import Markup

from voiceguide.publish.addresses import folder_address, session_address
from voiceguide.publish.cue_rows import heard, lasting, rounds_text, script_text
from voiceguide.publish.manifest import Manifest, PackSession
from voiceguide.publish.text import one_line
from voiceguide.publish.timeline_document import Chapter, Document
from voiceguide.publish.words import Wording, wording
from voiceguide.reviews import Comment, Standing
from voiceguide.units import format_clock

_SHORT = 12  # characters of a hash; enough to distinguish builds
_LONGEST_ADDRESS = 800  # characters; a square of more is too fine to be read from paper

STYLE = """
:root { color-scheme: light dark; --text: #1b1b1b; --faint: #565656; --page: #fff; --rule: #8a8a8a; --mark: #7a3b00; }
@media (prefers-color-scheme: dark) {
  :root { --text: #ececec; --faint: #b4b4b4; --page: #161616; --rule: #7d7d7d; --mark: #ffb86b; }
}
body { color: var(--text); background: var(--page); font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem;
  margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
.head { display: flex; justify-content: space-between; gap: 1.5rem; align-items: flex-start; }
.scan { flex: 0 0 8.5rem; margin: 0; font-size: .8rem; color: var(--faint); }
.scan svg { display: block; width: 100%; height: auto; margin-bottom: .3rem; }
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
  .scan { flex-basis: 26mm; font-size: 6.5pt; }
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
<html lang="{tongue}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<div class="head">
<div>
<h1>{heading}</h1>
<p>{of}</p>
</div>
{scan}</div>
<h2>{about}</h2>
<table class="facts">
<tbody>
{facts}
</tbody>
</table>
{fitted}{warnings}{comments}{chapters}{events}{sign_off}</main>
</body>
</html>
""")

_HEARD = Markup("""\
<h2>{heard}</h2>
<table>
<caption>{caption}</caption>
<thead>
<tr><th scope="col">{time}</th><th scope="col" class="wide">{heard}</th>
<th scope="col">{lasts}</th><th scope="col">{fitted}</th></tr>
</thead>
{rows}</table>
""")

_SIGN_OFF = Markup("""\
<section class="sign" aria-labelledby="sign-off">
<h2 id="sign-off">{heading}</h2>
<p>{text}</p>
<table>
<tbody>
<tr><th scope="row">{name}</th><td></td></tr>
<tr><th scope="row">{date}</th><td></td></tr>
<tr><th scope="row">{signature}</th><td></td></tr>
<tr class="notes"><th scope="row">{notes}</th><td></td></tr>
</tbody>
</table>
</section>
""")


def cue_sheet(manifest: Manifest, session: PackSession, document: Document, standing: Standing | None = None) -> bytes:
    """The page in UTF-8, in the pack's language, self-contained and without scripts; the same arguments give the same
    bytes. ``standing`` is its script's, if that has been reviewed. Raises ValueError if the pack's link is no
    address."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    title, own = one_line(session.title) or session.name, wording(manifest.language)
    page = _PAGE.format(
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        tongue=own.tongue,
        title=own.said("sheet", title=title),
        style=Markup(STYLE),
        heading=script_text(title, session),
        of=own.said("sheet_of", pack=one_line(manifest.title)),
        scan=_scan(manifest, session, own),
        about=own.said("sheet_session"),
        facts=_joined(_facts(session, document, standing, own)),
        fitted=_list(own.said("sheet_fitting"), _fitted(document, own)),
        warnings=_list(own.said("sheet_warnings"), session.warnings),
        comments=_list(
            own.said("sheet_comments"), (_commented(one, own) for one in (standing.comments if standing else ()))
        ),
        chapters=_chapters(document.chapters, session, own),
        events=_HEARD.format(
            heard=own.said("sheet_heard"),
            caption=own.said("sheet_units"),
            rows=_joined(heard(document, session, own)),
            **{name: own.said(f"sheet_{name}") for name in ("time", "lasts", "fitted")},
        ),
        sign_off=_SIGN_OFF.format(
            heading=own.said("sheet_sign_off"),
            text=own.said("sheet_heard_it"),
            **{name: own.said(f"sheet_{name}") for name in ("name", "date", "signature", "notes")},
        ),
    )
    return page.encode()


def _scan(manifest: Manifest, session: PackSession, own: Wording) -> Markup:
    """The session's address in the player as a QR code, dark on white in every theme, and in letters."""
    address = session_address(folder_address(manifest.link), session) if manifest.link else ""
    if not address or len(address) > _LONGEST_ADDRESS:
        return Markup()
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(omitsize=True, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None)
    figure = '<figure class="scan"><div role="img" aria-label="{}">{}</div><figcaption>{} {}</figcaption></figure>\n'
    return Markup(figure).format(own.said("sheet_square"), Markup(drawn), own.said("sheet_scan"), address)


def _joined(rows: Iterable[Markup]) -> Markup:
    return Markup("\n").join(rows)


def _facts(session: PackSession, document: Document, standing: Standing | None, own: Wording) -> Iterator[Markup]:
    facts = [
        ("sheet_length", own.figure(format_clock(document.seconds))),
        ("sheet_asked", own.figure(one_line(session.length or ""))),
        ("sheet_script", one_line(session.script)),
        ("sheet_state", _state(standing, own) if standing else ""),
        ("sheet_author", one_line(session.author)),
        ("sheet_language", one_line(session.language)),
        ("voice", one_line(session.voice)),
        ("sheet_loudness", _decibels(session.loudness_lufs, "LUFS", own)),
        ("sheet_rms", "" if session.rms_db is None else _decibels(session.rms_db, "dB", own)),
        ("sheet_peak", _decibels(session.true_peak_dbtp, "dBTP", own)),
        ("sheet_file", one_line(session.audio.path)),
        ("sheet_hash", session.audio.sha256[:_SHORT]),
        ("sheet_fingerprint", session.fingerprint[:_SHORT]),
    ]
    for key, value in facts:
        if value:
            yield Markup('<tr><th scope="row">{}</th><td>{}</td></tr>').format(own.said(key), value)


def _state(standing: Standing, own: Wording) -> str:
    """``approved by Ben on 2026-11-28``; the day is that of UTC."""
    if standing.changed:
        return own.said("sheet_changed")
    state = own.said(f"sheet_{standing.state.replace(' ', '_')}")
    if standing.by:
        state = own.said("sheet_by", state=state, name=one_line(standing.by))
    day = datetime.fromtimestamp(standing.at, UTC).date().isoformat() if standing.at else ""
    return own.said("sheet_on", state=state, day=day) if day else state


def _commented(comment: Comment, own: Wording) -> str:
    """A comment with its place, the words that stand there, and its author."""
    time = "" if comment.seconds is None else own.figure(format_clock(comment.seconds))
    line = "" if comment.line is None else str(comment.line)
    keys = {(True, True): "sheet_at_line", (True, False): "sheet_at", (False, True): "sheet_line"}
    key = keys.get((bool(time), bool(line)))
    places = [own.table[key].format(time=time, line=line)] if key else []
    places += [own.said("quoted", text=one_line(comment.quote))] if comment.quote else []
    by = f" ({one_line(comment.author)})" if comment.author else ""
    text = f"{one_line(comment.text)}{by}"
    return own.said("sheet_comment", place=", ".join(places), text=text) if places else text


def _decibels(value: float | None, unit: str, own: Wording) -> str:
    if value is None:
        return own.said("sheet_not_measured")
    return own.figure(f"{value:.1f} {unit}").replace("-", "\N{MINUS SIGN}")


def _list(heading: str, rows: Iterable[str]) -> Markup:
    items = _joined(Markup("<li>{}</li>").format(one_line(row)) for row in rows)
    return Markup("<h2>{}</h2>\n<ul>\n{}\n</ul>\n").format(heading, items) if items else Markup()


def _fitted(document: Document, own: Wording) -> Iterator[str]:
    fit = document.fit
    if fit is None:
        return
    if fit.left_out:
        yield own.said("sheet_left_out", titles=", ".join(own.said("quoted", text=title) for title in fit.left_out))
    for rounds in fit.rounds:
        file, line = rounds.position
        yield own.said("sheet_in_line", what=rounds_text(rounds, own), line=line, file=one_line(file))
    if fit.share:
        percent = abs(fit.share) * 100
        share = f"{percent:.0f}\N{NO-BREAK SPACE}%" if percent >= 1 else own.said("sheet_little")
        yield own.said("sheet_longer" if fit.share > 0 else "sheet_shorter", share=share)
    else:
        yield own.said("sheet_natural")


def _chapters(chapters: Iterable[Chapter], session: PackSession, own: Wording) -> Markup:
    row = Markup('<tr><td class="time">{}</td><td>{}</td><td class="time">{}</td></tr>')
    rows = _joined(
        row.format(own.figure(format_clock(c.start)), script_text(c.title, session), lasting(c.end - c.start, own))
        for c in chapters
    )
    head = Markup(
        "<h2>{}</h2>\n<table>\n<thead>\n"
        '<tr><th scope="col">{}</th><th scope="col" class="wide">{}</th><th scope="col">{}</th></tr>\n'
        "</thead>\n<tbody>\n{}\n</tbody>\n</table>\n"
    )
    keys = ("chapters", "sheet_time", "sheet_chapter", "sheet_lasts")
    return head.format(*map(own.said, keys), rows) if rows else rows
