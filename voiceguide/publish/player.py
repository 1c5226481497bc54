"""The player of a pack: one static page that works without a server and without a network.

Its parts are the files in ``assets``, into which this module puts the pack's texts and the hashes of its files. The
page's text is escaped; all other text is data in scripts that hold nothing else (``sessions.js``, and one file for each
session, loaded when it is opened), which also works from ``file://`` under a strict Content-Security-Policy.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from string import Template
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from voiceguide.encoder.origin import IPTC
from voiceguide.publish.calendar import practices
from voiceguide.publish.identity import identity
from voiceguide.publish.labels import voice_name
from voiceguide.publish.manifest import File, Manifest, PackSession, Role
from voiceguide.publish.steps import listening
from voiceguide.publish.text import one_line, paragraphs
from voiceguide.publish.timeline_document import Document
from voiceguide.publish.words import page_words, tongue

_ASSETS = Path(__file__).resolve().parent / "assets"
_SCRIPTS = (
    *("words", "dom", "memory", "steps", "tones", "loudness", "awake", "trouble", "playback", "headset", "offline"),
    *("parts", "mix", "living", "wishes"),
    *("strip", "breath", "list", "downloads", "plan", "view", "eyes", "main"),
)
"""The parts of ``player.js``, in order; each may use those before it."""

_LIVING: Mapping[str, Role] = MappingProxyType({"plans": "living", "opus": "living opus", "aac": "living aac"})
_ICONS = ("icon.svg", "icon-512.png")
_SILENCE = "silence.webm"
_FEED = "feed.xml"
_BESIDE: Mapping[str, str] = MappingProxyType({})
_PLAN_START = date(2001, 1, 1)  # any day: only what lies between it and a practice is told
_PRACTICE_TIME = time(20)


@dataclass(frozen=True, slots=True)
class BedChoice:
    """A background that listeners can choose in a living session: ``path`` of its file in the pack, and the seconds of
    its sound from ``end`` of which it goes on at ``begin``."""

    name: str
    path: str
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the page needs of a file that is written already: its size in bytes, and the start of its SHA-256."""

    size: int
    digest: str

    @classmethod
    def of(cls, content: bytes) -> Stamp:
        return cls(len(content), _short(content))


def steps_path(session: PackSession) -> str:
    """Where the session's steps lie in the pack."""
    return f"transcripts/{session.name}.js"


def player_files(
    manifest: Manifest,
    steps: Mapping[str, Stamp],
    beside: Mapping[str, str] = _BESIDE,
    extras: frozenset[str] = frozenset(),
    beds: Sequence[BedChoice] = (),
) -> Mapping[str, bytes]:
    """The files of the player by their paths in the pack's folder; the same bytes for the same pack.

    ``steps`` has a stamp of each session's :func:`steps_script` by the session's name; they lie at :func:`steps_path`.
    ``beside`` are files of the pack that the page links to at its end, by their labels; ``extras`` are paths of further
    files in the pack: a session ``x`` gets a link to its cue sheet if ``x.html`` is among them. ``beds`` are those that
    the listener can choose. Raises KeyError for a missing stamp.
    """
    carriers = {_routine(s): s for s in manifest.sessions if "living" in s.files}
    sessions = [_session(s, steps[s.name], extras, carriers.get(_routine(s))) for s in manifest.sessions]
    files = {
        "player.css": _style(),
        "player.js": _player_script(),
        "sessions.js": _pack_script(manifest, sessions, beside, beds),
        "manifest.webmanifest": _web_manifest(manifest),
        **{name: _asset(name) for name in _ICONS},
        **({_SILENCE: _asset(_SILENCE)} if carriers else {}),
    }
    files["index.html"] = _page(manifest, files, _FEED in beside.values())
    files["service-worker.js"] = _worker(files, sessions, beds)
    return files


def _asset(name: str) -> bytes:
    return (_ASSETS / name).read_bytes()


def _dense(name: str) -> str:
    """A script or style sheet without indents, blank lines and lines that are comments: a third of its bytes."""
    text = re.sub(r"^\s*/\*.*?\*/[ \t]*$", "", _asset(name).decode(), flags=re.DOTALL | re.MULTILINE)
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def _style() -> bytes:
    return re.sub(r"\s*([{};,>]|:(?= ))\s*", r"\1", _dense("player.css")).replace(";}", "}").encode()


def _player_script() -> bytes:
    return "".join(['"use strict";\n{\n', *(_dense(f"player/{name}.js") for name in _SCRIPTS), "}\n"]).encode()


def _routine(session: PackSession) -> tuple[str, str, str]:
    """What the sessions of a script and voice have in common, at any length."""
    return session.script, session.title, session.voice


def _living(carrier: PackSession | None) -> dict[str, str] | None:
    """The addresses of what the page makes a session from at any length; ``carrier`` is the session that brings it."""
    if carrier is None:
        return None
    return {name: _versioned(carrier.files[role]) for name, role in _LIVING.items()}


def _session(session: PackSession, steps: Stamp, extras: frozenset[str], carrier: PackSession | None) -> dict[str, Any]:
    """What the list needs of a session. Addresses end in a hash, so that no cache serves an older file."""
    living = sum(carrier.files[role].size for role in ("living", "living opus")) if carrier else 0
    cover, sheet = session.files.get("cover"), f"{session.name}.html"
    audio, data_url = _versioned(session.audio), f"{_url(steps_path(session))}?{steps.digest}"
    return {
        "name": session.name,
        "routine": session.script,
        "title": one_line(session.title) or session.name,
        "description": paragraphs(session.description),
        "author": one_line(session.author),
        "language": session.language,
        "voice": voice_name(session.voice),
        "tags": [tag for tag in map(one_line, session.tags) if tag],
        "seconds": round(session.seconds, 3),
        "bytes": session.audio.size + steps.size + (cover.size if cover else 0) + living,
        "sound": session.audio.sha256[:12],
        "audio": audio,
        "data": data_url,
        "cover": {"url": _versioned(cover), "type": cover.media_type} if cover else None,
        "sheet": _url(sheet) if sheet in extras else None,
        "origin": {"voice": session.origin.voice} if session.origin else None,
        "living": _living(carrier),
    }


def _pack_script(
    manifest: Manifest, sessions: list[dict[str, Any]], beside: Mapping[str, str], beds: Sequence[BedChoice]
) -> bytes:
    pack = {
        "title": one_line(manifest.title),
        "author": one_line(manifest.author),
        "language": manifest.language,
        "sessions": sessions,
        "programme": _programme(manifest),
        "links": [[label, _url(path)] for label, path in beside.items()],
        "beds": [{"name": bed.name, "url": _url(bed.path), "loop": [bed.begin, bed.end]} for bed in beds],
    }
    own = {"words": dict(page_words(manifest.language)), "tongue": tongue(manifest.language)}
    told = f"pack: {_literal(pack)}, timelines: new Map(), ...{_literal(own)}"
    return f"globalThis.voiceguide = {{ {told} }};\n".encode()


def _programme(manifest: Manifest) -> list[dict[str, Any]]:
    """The weeks of the plan with their practices: ``day`` counts from the plan's first, ``minutes`` from midnight."""
    rows: list[dict[str, Any]] = [
        {"title": one_line(week.title), "sessions": list(week.sessions), "times": week.times_per_week, "practices": []}
        for week in manifest.programme
    ]
    for practice in practices(manifest, _PLAN_START, _PRACTICE_TIME):
        since = practice.at - datetime.combine(_PLAN_START, time())
        uid = identity(manifest, "practice", practice.week, practice.number)
        row = {"name": practice.session.name, "uid": uid, "day": since.days, "minutes": since.seconds // 60}
        rows[practice.week - 1]["practices"].append(row)
    return rows


def steps_script(session: PackSession, timeline: Document) -> bytes:
    """The session's steps, with the hash of the sound that they belong to: a page that has other sound says so."""
    data = {"audio": session.audio.sha256[:12], **listening(timeline)}
    return f"voiceguide.timelines.set({_literal(session.name)}, {_literal(data)});\n".encode()


def _literal(value: Any) -> str:
    """JSON as a JavaScript expression: ASCII only, without characters of markup."""
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _page(manifest: Manifest, files: Mapping[str, bytes], has_feed: bool) -> bytes:
    feed = f'<link rel="alternate" type="application/rss+xml" href="{_FEED}">\n' if has_feed else ""
    return (
        Template(_asset("index.html").decode())
        .substitute(
            title=html.escape(one_line(manifest.title)),
            description=html.escape(paragraphs(manifest.description)),
            language=html.escape(manifest.language),
            tongue=tongue(manifest.language),
            feed=feed,
            data=_linked_data(manifest),
            **{f"w_{key}": html.escape(text) for key, text in page_words(manifest.language).items()},
            css=_short(files["player.css"]),
            js=_short(files["player.js"]),
            sessions=_short(files["sessions.js"]),
        )
        .encode(errors="replace")
    )


def _linked_data(manifest: Manifest) -> str:
    """What machines read of the sessions (schema.org), with what made their voices (IPTC's digital source type)."""
    items = [
        {
            "@type": "AudioObject",
            "name": one_line(session.title) or session.name,
            "contentUrl": _url(session.audio.path),
            "encodingFormat": session.audio.media_type,
            "contentSize": str(session.audio.size),
            "duration": f"PT{max(1, round(session.seconds))}S",
            "inLanguage": session.language,
            **({"digitalSourceType": IPTC + session.origin.source_type} if session.origin else {}),
        }
        for session in manifest.sessions
    ]
    return _literal(
        {"@context": "https://schema.org", "@type": "Collection", "name": one_line(manifest.title), "hasPart": items}
    )


def _web_manifest(manifest: Manifest) -> bytes:
    document = {
        "name": one_line(manifest.title),
        "short_name": one_line(manifest.title),
        "description": paragraphs(manifest.description),
        "lang": manifest.language,
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#17120f",
        "theme_color": "#17120f",
        "icons": [
            {"src": "icon.svg", "sizes": "any", "type": "image/svg+xml"},
            {"src": "icon-512.png", "sizes": "512x512", "type": "image/png", "purpose": "any"},
            {"src": "icon-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        ],
    }
    return f"{json.dumps(document, indent=1)}\n".encode()


def _worker(files: Mapping[str, bytes], sessions: list[dict[str, Any]], beds: Sequence[BedChoice]) -> bytes:
    """The service worker. Its version changes with anything that it stores, so that a new pack replaces the old
    one: the addresses of the sessions' files hold their hashes."""
    page = ["./", *(f"{name}?{_short(files[name])}" for name in ("player.css", "player.js", "sessions.js"))]
    page += ["manifest.webmanifest", *_ICONS, *([_SILENCE] if _SILENCE in files else [])]
    stored = [row["data"] for row in sessions] + [row["cover"]["url"] for row in sessions if row["cover"]]
    stored += [_url(bed.path) for bed in beds]
    audio = [row["audio"] for row in sessions]
    audio += [url for row in sessions if row["living"] for url in row["living"].values()]
    text = _dense("service-worker.js")
    version = hashlib.sha256()
    for part in (text.encode(), *(f"{name}\n".encode() + content for name, content in sorted(files.items()))):
        version.update(hashlib.sha256(part).digest())
    for name, value in (
        ("version", version.hexdigest()[:16]),
        ("page", page),
        ("files", sorted(set(stored))),
        ("audio", sorted(set(audio))),
    ):
        text = text.replace(f'"${name}"', _literal(value))
    return text.encode()


def _versioned(file: File) -> str:
    return f"{_url(file.path)}?{file.sha256[:12]}"


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _url(path: str) -> str:
    """A path in the pack's folder as a relative address; no part of it can be read as a scheme, query or fragment."""
    return "/".join(quote(part, safe="") for part in path.split("/"))
