"""Hears the sessions of a pack before they are taken into it, and shows a reviewer what was heard, on one page.

The page is no part of the pack: it lies beside the folder, and what is in the folder is as it was heard.
"""

from __future__ import annotations

import base64
import importlib.util
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from voiceguide.errors import OutputError, RecognitionError
from voiceguide.progress import ReportStage, quiet
from voiceguide.publish.manifest import File, PackSession, Role
from voiceguide.scratch import scratch
from voiceguide.session.session import Session
from voiceguide.speech.recognition import HINT, Recogniser, recogniser
from voiceguide.units import format_clock, format_duration

PAGE_SUFFIX = ".listening.html"
"""What the page is called, behind the folder's name."""

_MOST_TOLD = 3  # errors in a message


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard of a session: the document of docs/listening.md, and a picture (PNG; empty where none could be
    drawn). ``kept``: it is in the pack, perhaps since an earlier build."""

    name: str
    document: Mapping[str, Any] = field(repr=False)
    picture: bytes = field(default=b"", repr=False)
    audio: str | None = None

    @property
    def ok(self) -> bool:
        return bool(self.document["verdict"] == "as planned")

    @property
    def reason(self) -> str:
        """Why a session is not taken into the pack, as a message."""
        errors = [row for row in self.document["findings"] if row["severity"] == "error"]
        told = [f"  {_clock(row)}{row['message']}" for row in errors[:_MOST_TOLD]]
        more = [f"  and {len(errors) - _MOST_TOLD} more"] if len(errors) > _MOST_TOLD else []
        return "\n".join(["Heard back, it is not as planned:", *told, *more])


def _clock(row: Mapping[str, Any]) -> str:
    return f"{format_clock(max(0.0, row['at']))}: " if "at" in row else ""


def require_recogniser() -> None:
    """Raises RecognitionError where nothing can listen for words."""
    if importlib.util.find_spec("faster_whisper") is None:
        raise RecognitionError(f"The sessions of a pack are listened to with speech recognition. {HINT}")


def listened(name: str, session: Session, audio: Path, own: Mapping[str, str], progress: ReportStage = quiet) -> Heard:
    """Hears a finished file. ``own`` has the scripts' paths in the pack by those that are shown.

    Where no recogniser knows the language, its words are not listened to, and the document's ``note`` says so."""
    from voiceguide.listening import listen

    ear, note = _ear(session.timeline.language)
    result = listen(audio, session, ear, progress)
    document = result.to_json() | {"audio": audio.name}
    for row in (*document["findings"], *document["lines"], *document["sounds"]):
        if "file" in row:
            row["file"] = own.get(row["file"], row["file"])
    if note:
        document["note"] = note
    with scratch() as folder:
        picture = folder / "heard.png"
        try:
            from voiceguide.listening.picture import draw

            draw(result, picture, kind="png")
        except OutputError:  # nothing is there to draw with; the findings say it all
            return Heard(name, document)
        return Heard(name, document, picture.read_bytes())


def _ear(language: str) -> tuple[Recogniser | None, str]:
    try:
        return recogniser(language), ""
    except RecognitionError as error:
        return None, f"Nobody has listened for words. {error}"


def files_of(heard: Heard) -> Iterator[tuple[Role, str, str, bytes]]:
    """The files that keep what was heard beside a session: role, ending, media type, content."""
    document = json.dumps(heard.document, ensure_ascii=False, indent=1) + "\n"
    yield "listening", ".listening.json", "application/json", document.encode()
    if heard.picture:
        yield "listening picture", ".listening.png", "image/png", heard.picture


def heard_before(session: PackSession, read: Callable[[str], bytes]) -> Heard | None:
    """What was heard of a session that is in the pack; None when nobody has listened to it. ``read`` reads a file."""
    files: Mapping[Role, File] = session.files
    if "listening" not in files:
        return None
    picture = files.get("listening picture")
    document = json.loads(read(files["listening"].path))
    return Heard(session.name, document, read(picture.path) if picture else b"", session.audio.path)


def all_heard(
    names: Iterable[str],
    refused: Mapping[str, Heard],
    there: Mapping[str, PackSession],
    read: Callable[[str], bytes],
) -> Iterator[Heard]:
    """What was heard of each session: of the file that was refused, else of the one that is in the pack."""
    for name in names:
        session = there.get(name)
        found = refused.get(name) or (heard_before(session, read) if session else None)
        if found is not None:
            yield found


# -- the page

_STYLE = """
:root { color-scheme: light dark; --text: #1b1b1b; --faint: #565656; --page: #fff; --rule: #b9b9b9; --good: #1e6f57;
  --wrong: #a33025; --look: #8a5600; }
@media (prefers-color-scheme: dark) { :root { --text: #ececec; --faint: #b4b4b4; --page: #161616; --rule: #555;
  --good: #7fd0b4; --wrong: #ff9d92; --look: #ffc46b; } }
body { color: var(--text); background: var(--page); font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem;
  margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 0; }
section { border-top: 1px solid var(--rule); margin-top: 2rem; padding-top: 1.5rem; }
p { margin: .4rem 0; }
.facts, .note { color: var(--faint); }
.good { color: var(--good); font-weight: 600; }
.wrong, .error { color: var(--wrong); font-weight: 600; }
.warning { color: var(--look); font-weight: 600; }
table { border-collapse: collapse; width: 100%; margin: .8rem 0; }
th, td { text-align: start; vertical-align: top; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--rule); }
td:first-child, th:first-child { white-space: nowrap; font-variant-numeric: tabular-nums; }
img { width: 100%; height: auto; background: #fff; border-radius: 4px; margin-top: .6rem; }
audio { width: 100%; margin-top: .6rem; }
nav ul { padding-left: 1.2rem; }
"""

_PAGE = Markup(
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n'
    "<title>{title}: heard back</title>\n<style>{style}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{summary}</p>\n"
    '<nav aria-label="Sessions"><ul>{contents}</ul></nav>\n{sections}</body>\n</html>\n'
)
_SECTION = Markup(
    '<section id="{name}" aria-labelledby="{name}-title">\n<h2 id="{name}-title">{title}</h2>\n'
    '<p><span class="{mood}">{verdict}</span> <span class="facts">{facts}</span></p>\n{note}{findings}{picture}{audio}'
    "</section>\n"
)
_ROW = Markup(
    '<tr><td>{time}</td><td><span class="{severity}">{severity}</span></td><td>{message}</td><td>{place}</td></tr>\n'
)


def page(title: str, heard: Sequence[Heard], folder: str, refused: Iterable[str] = ()) -> str:
    """The reviewer's page. ``folder``: where the pack lies, seen from the page; ``refused``: the names of sessions that
    were heard and not taken."""
    refused = frozenset(refused)
    good = sum(one.ok for one in heard)
    summary = f"{good} of {len(heard)} sessions are as planned." if heard else "Nothing was heard."
    if refused:
        summary += " Those that are not were left out of the pack; an earlier version of them stays where there is one."
    contents = Markup("").join(
        Markup('<li><a href="#{0}">{1}</a> <span class="{2}">{3}</span></li>\n').format(
            one.name, one.name, _mood(one), one.document["verdict"]
        )
        for one in heard
    )
    sections = Markup("").join(_section(one, folder) for one in heard)
    return str(_PAGE.format(title=title, style=Markup(_STYLE), summary=summary, contents=contents, sections=sections))


def _mood(heard: Heard) -> str:
    return "good" if heard.ok else "wrong"


def _section(heard: Heard, folder: str) -> Markup:
    document = heard.document
    where = f"{folder}/{quote(heard.audio)}" if heard.audio else ""
    note, picture, audio = Markup(""), Markup(""), Markup("")
    if document.get("note"):
        note = Markup('<p class="note">{0}</p>\n').format(document["note"])
    if heard.picture:
        source = "data:image/png;base64," + base64.b64encode(heard.picture).decode()
        picture = Markup('<img src="{0}" alt="The plan and the file of {1}, one above the other.">\n').format(
            source, heard.name
        )
    if where:
        audio = Markup('<audio controls preload="none" src="{0}"></audio>\n').format(where)
    return _SECTION.format(
        name=heard.name,
        title=f"{document['title']} ({heard.name})",
        mood=_mood(heard),
        verdict=document["verdict"],
        facts=_facts(document),
        note=note,
        findings=_findings(document, where),
        picture=picture,
        audio=audio,
    )


def _facts(document: Mapping[str, Any]) -> str:
    facts = [format_duration(round(document["seconds"])), document["voice"]]
    if words := document["words"]:
        facts.append(f"{words['understood']} of {words['said']} words understood")
    if document["loudness_lufs"] is not None:
        facts.append(f"{document['loudness_lufs']:.1f} LUFS")
    if document["true_peak_dbtp"] is not None:
        facts.append(f"{document['true_peak_dbtp']:.1f} dBTP")
    return ", ".join(facts)


def _findings(document: Mapping[str, Any], where: str) -> Markup:
    if not document["findings"]:
        return Markup("<p>Nothing differs from the plan.</p>\n")
    rows = Markup("").join(
        _ROW.format(
            time=_time(row, where),
            severity=row["severity"],
            message=row["message"],
            place=f"{row['file']}:{row['line']}" if "file" in row else "",
        )
        for row in document["findings"]
    )
    head = Markup("<tr><th>at</th><th></th><th>what</th><th>in the script</th></tr>\n")
    return Markup("<table>\n<thead>{0}</thead>\n<tbody>{1}</tbody>\n</table>\n").format(head, rows)


def _time(row: Mapping[str, Any], where: str) -> Markup | str:
    """The time of a finding, from which a click plays."""
    if "at" not in row:
        return ""
    at = max(0.0, row["at"])
    clock = format_clock(at)
    return Markup('<a href="{0}#t={1:.1f}">{2}</a>').format(where, at, clock) if where else clock
