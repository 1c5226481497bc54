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
from collections.abc import Mapping
from pathlib import Path
from string import Template
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from voiceguide.publish.manifest import File, Manifest, PackSession
from voiceguide.publish.steps import listening
from voiceguide.publish.timeline_document import Document

_ASSETS = Path(__file__).resolve().parent / "assets"
_SCRIPTS = (
    *("dom", "memory", "steps", "tones", "awake", "playback", "headset", "offline"),
    *("strip", "list", "view", "eyes", "main"),
)
"""The parts of ``player.js``, in order; each may use those before it."""

_ICONS = ("icon.svg", "icon-512.png")
_FEED = "feed.xml"
_BESIDE: Mapping[str, str] = MappingProxyType({})


def player_files(
    manifest: Manifest,
    timelines: Mapping[str, Document],
    beside: Mapping[str, str] = _BESIDE,
    extras: frozenset[str] = frozenset(),
) -> Mapping[str, bytes]:
    """The files of the player by their paths in the pack's folder; the same bytes for the same pack.

    ``timelines`` has each session's timeline by the session's name. ``beside`` are files of the pack
    that the page links to at its end, by their labels; ``extras`` are paths of further files in the pack: a session
    ``x`` gets a link to its cue sheet if ``x.html`` is among them. Raises KeyError for a missing timeline.
    """
    data = {f"transcripts/{s.name}.js": _data_script(s.name, listening(timelines[s.name])) for s in manifest.sessions}
    sessions = [_session(s, data[f"transcripts/{s.name}.js"], extras) for s in manifest.sessions]
    files = {
        "player.css": _style(),
        "player.js": _player_script(),
        "sessions.js": _pack_script(manifest, sessions, beside),
        "manifest.webmanifest": _web_manifest(manifest),
        **{name: _asset(name) for name in _ICONS},
    }
    files["index.html"] = _page(manifest, files, _FEED in beside.values())
    files["service-worker.js"] = _worker(files, sessions)
    return {**files, **data}


def _asset(name: str) -> bytes:
    return (_ASSETS / name).read_bytes()


def _dense(name: str) -> str:
    """A script or style sheet without indents, blank lines and lines that are comments: a third of its bytes."""
    lines = (line.strip() for line in _asset(name).decode().splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith(("//", "/*")))


def _style() -> bytes:
    return re.sub(r"\s*([{};,>]|:(?= ))\s*", r"\1", _dense("player.css")).replace(";}", "}").encode()


def _player_script() -> bytes:
    return "".join(['"use strict";\n{\n', *(_dense(f"player/{name}.js") for name in _SCRIPTS), "}\n"]).encode()


def _session(session: PackSession, data: bytes, extras: frozenset[str]) -> dict[str, Any]:
    """What the list needs of a session. Addresses end in a hash, so that no cache serves an older file."""
    cover, sheet = session.files.get("cover"), f"{session.name}.html"
    return {
        "name": session.name,
        "title": session.title,
        "description": session.description,
        "author": session.author,
        "language": session.language,
        "seconds": round(session.seconds, 3),
        "audio": _versioned(session.audio),
        "data": f"{_url(f'transcripts/{session.name}.js')}?{_short(data)}",
        "cover": {"url": _versioned(cover), "type": cover.media_type} if cover else None,
        "sheet": _url(sheet) if sheet in extras else None,
    }


def _pack_script(manifest: Manifest, sessions: list[dict[str, Any]], beside: Mapping[str, str]) -> bytes:
    pack = {
        "title": manifest.title,
        "author": manifest.author,
        "language": manifest.language,
        "sessions": sessions,
        "programme": [
            {"title": week.title, "sessions": list(week.sessions), "times": week.times_per_week}
            for week in manifest.programme
        ],
        "links": [[label, _url(path)] for label, path in beside.items()],
    }
    return f"globalThis.voiceguide = {{ pack: {_literal(pack)}, timelines: new Map() }};\n".encode()


def _data_script(name: str, data: Mapping[str, Any]) -> bytes:
    return f"voiceguide.timelines.set({_literal(name)}, {_literal(data)});\n".encode()


def _literal(value: Any) -> str:
    """JSON as a JavaScript expression: ASCII only, without characters of markup."""
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _page(manifest: Manifest, files: Mapping[str, bytes], has_feed: bool) -> bytes:
    feed = f'<link rel="alternate" type="application/rss+xml" href="{_FEED}">\n' if has_feed else ""
    return (
        Template(_asset("index.html").decode())
        .substitute(
            title=html.escape(manifest.title),
            description=html.escape(manifest.description),
            language=html.escape(manifest.language),
            feed=feed,
            css=_short(files["player.css"]),
            js=_short(files["player.js"]),
            sessions=_short(files["sessions.js"]),
        )
        .encode(errors="replace")
    )


def _web_manifest(manifest: Manifest) -> bytes:
    document = {
        "name": manifest.title,
        "short_name": manifest.title,
        "description": manifest.description,
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


def _worker(files: Mapping[str, bytes], sessions: list[dict[str, Any]]) -> bytes:
    """The service worker. Its version changes with anything that it stores, so that a new pack replaces the old
    one: the addresses of the sessions' files hold their hashes."""
    page = ["./", *(f"{name}?{_short(files[name])}" for name in ("player.css", "player.js", "sessions.js"))]
    page += ["manifest.webmanifest", *_ICONS]
    stored = [row["data"] for row in sessions] + [row["cover"]["url"] for row in sessions if row["cover"]]
    audio = [row["audio"] for row in sessions]
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
