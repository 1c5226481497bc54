"""What a finished pack holds, as its ``manifest.json`` tells: one frozen value for all that is made from it.

Paths are relative to the pack's folder, with ``/``; lengths are seconds, loudness LUFS, true peaks dBTP.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from voiceguide.encoder.origin import Origin
from voiceguide.errors import OutputError

SCHEMA = "voiceguide.manifest/1"
NAME = "manifest.json"

Role = Literal[
    "audio",
    "captions",
    "chapters",
    "cover",
    "artwork",
    "timeline",
    "listening",
    "listening picture",
    "living",
    "living opus",
    "living aac",
]
"""What a session's file is: the audio; WebVTT; Podcasting 2.0 chapters; a picture for pages, and the same as large as
podcast directories ask for; the report with the timeline; what was heard of the audio, and a picture of that; the plans
from which a page makes the session at any length, and their sounds in Opus and in AAC."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a pack: its size in bytes, its hash and its IANA media type."""

    path: str
    size: int
    sha256: str
    media_type: str

    @classmethod
    def of(cls, path: str, data: bytes, media_type: str) -> File:
        """The file at ``path`` that holds ``data``."""
        return cls(path, len(data), hashlib.sha256(data).hexdigest(), media_type)


@dataclass(frozen=True, slots=True)
class PackSession:
    """A session of a pack. ``name`` is its own within the pack, and its files'; ``script`` is the script's name
    without ending; ``length`` is as it was asked for in the pack ("10m"), None for the script's own; ``voice`` is
    the voice's full name.

    ``fingerprint`` covers all that its files depend on, and ``inputs`` has the hashes of the files it was made from.
    ``origin`` is what made its voice, None where nothing is said; ``rms_db`` its RMS, which audiobook shops measure,
    and None with every other profile.
    """

    name: str
    title: str
    description: str
    author: str
    language: str
    script: str
    voice: str
    length: str | None
    seconds: float
    loudness_lufs: float | None
    true_peak_dbtp: float | None
    fingerprint: str
    inputs: Mapping[str, str]
    files: Mapping[Role, File]
    tags: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    origin: Origin | None = None
    rms_db: float | None = None

    @property
    def audio(self) -> File:
        return self.files["audio"]

    def __reduce__(self) -> tuple[Callable[[Mapping[str, Any]], PackSession], tuple[dict[str, Any]]]:
        """It goes to another process as its row of the manifest, since a mapping that is read-only can't be pickled."""
        return session_from_json, (session_to_json(self),)


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a practice plan: the names of sessions, and how many times in the week each is done."""

    title: str
    sessions: tuple[str, ...]
    times_per_week: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A finished pack. ``link`` is the address at which its folder will be served; ``published`` the day it counts
    from in a feed. ``pages`` are the files published beside the sessions, by path with their sizes in bytes, and
    ``pages_hash`` stands for all that they are made from; ``left_over`` are files that no session of the pack needs
    any more. ``earlier`` has the audio file of each session's last version, by the session's name: pages that are open,
    or that a browser has stored, still play it. ``artwork`` is the cover as large as podcast directories ask for,
    ``owner`` the name and address for their letters, ``category`` one of Apple's with its subcategory ("" for none).
    """

    title: str
    description: str
    author: str
    language: str
    link: str | None
    published: date | None
    sessions: tuple[PackSession, ...]
    programme: tuple[Week, ...] = ()
    cover: File | None = None
    version: str = ""
    pages: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    pages_hash: str = ""
    left_over: tuple[str, ...] = ()
    earlier: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    artwork: File | None = None
    owner: tuple[str, str] | None = None
    category: tuple[str, str] | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "voiceguide": self.version,
            "title": self.title,
            "description": self.description,
            "author": self.author,
            "language": self.language,
            "link": self.link,
            "published": self.published and self.published.isoformat(),
            "cover": self.cover and _file_json(self.cover),
            "sessions": [session_to_json(session) for session in self.sessions],
            "programme": [
                {"title": week.title, "sessions": list(week.sessions), "times_per_week": week.times_per_week}
                for week in self.programme
            ],
            "pages": dict(self.pages),
            "pages_hash": self.pages_hash,
            "left_over": list(self.left_over),
            "earlier": dict(self.earlier),
            "artwork": self.artwork and _file_json(self.artwork),
            "owner": self.owner and list(self.owner),
            "category": self.category and list(self.category),
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Manifest:
        """The manifest that such a document tells of. Raises ValueError when it is no manifest of this version."""
        if not isinstance(document, Mapping) or document.get("schema") != SCHEMA:
            raise ValueError(f"it is no manifest of the kind {SCHEMA}")
        try:
            published = document["published"]
            return cls(
                document["title"],
                document["description"],
                document["author"],
                document["language"],
                document["link"],
                date.fromisoformat(published) if published else None,
                tuple(session_from_json(row) for row in document["sessions"]),
                tuple(
                    Week(row["title"], tuple(row["sessions"]), row["times_per_week"]) for row in document["programme"]
                ),
                _file(document["cover"]) if document["cover"] else None,
                document["voiceguide"],
                MappingProxyType({inside(path): int(size) for path, size in document["pages"].items()}),
                document["pages_hash"],
                tuple(map(inside, document["left_over"])),
                MappingProxyType({name: inside(path) for name, path in document.get("earlier", {}).items()}),
                _file(document["artwork"]) if document.get("artwork") else None,
                _pair(document.get("owner")),
                _pair(document.get("category")),
            )
        except (KeyError, TypeError, AttributeError, OverflowError) as error:  # an infinite number overflows
            raise ValueError("it is damaged") from error


def load(folder: Path) -> Manifest | None:
    """The manifest of the pack in ``folder``; None when there is none. Raises OutputError when it can't be read."""
    path = folder / NAME
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, error) from error
    return manifest_of(data, path)


def manifest_of(data: bytes, name: Path | str) -> Manifest:
    """The manifest that a file holds; ``name`` stands for it in the message. Raises OutputError."""
    try:
        return Manifest.from_json(json.loads(data))
    except (ValueError, RecursionError) as error:
        raise _unreadable(name, error) from error


def _unreadable(name: Path | str, error: Exception) -> OutputError:
    return OutputError(f"{name} can't be read: {error}. Remove it, and the pack will be made anew.")


def load_timeline(folder: Path, session: PackSession) -> dict[str, Any]:
    """The document of ``plan --json`` (docs/timeline.md) of a session in ``folder``. Raises OutputError."""
    path = folder / session.files["timeline"].path
    try:
        return timeline_of(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise OutputError(f"{path} can't be read. Build the pack again.") from error


def timeline_of(report: bytes) -> dict[str, Any]:
    """The timeline in a session's report. Raises ValueError, KeyError or TypeError when it holds none."""
    timeline: dict[str, Any] = json.loads(report)["timeline"]
    return timeline


def _file_json(file: File) -> dict[str, Any]:
    return {"path": file.path, "bytes": file.size, "sha256": file.sha256, "media_type": file.media_type}


def _file(row: Mapping[str, Any]) -> File:
    size, digest, media_type = row["bytes"], row["sha256"], row["media_type"]
    if not (isinstance(size, int) and isinstance(digest, str) and isinstance(media_type, str)):
        raise TypeError("file")
    return File(inside(row["path"]), size, digest, media_type)


def inside(path: Any) -> str:
    """A path that a manifest may name: of a file in the pack's folder or below it. Raises ValueError.

    Packs travel, and what they bring along must lead nowhere else.
    """
    if not isinstance(path, str) or not path or any(ord(c) < 32 for c in path) or set(path) & set("\\:"):
        raise ValueError("it names a file that no pack can have")
    parts = path.split("/")
    if any(part in ("", ".", "..") or part.startswith(".") for part in parts):
        raise ValueError(f"it names a file outside the pack: {path}")
    return path


def _pair(row: Any) -> tuple[str, str] | None:
    """Two texts; None where there are none, as in manifests of older builds."""
    if row is None:
        return None
    one, other = row
    return _text(one), _text(other)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return value


_PLAIN: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("name", "title", "description", "author", "language", "script", "voice"), (str,)),
    "length": (str, type(None)),
    "seconds": (int, float),
    "loudness_lufs": (int, float, type(None)),
    "true_peak_dbtp": (int, float, type(None)),
    "fingerprint": (str,),
}
"""What a session has besides its files, tags and warnings, with the types that JSON gives."""


def session_to_json(session: PackSession) -> dict[str, Any]:
    return {
        **{name: getattr(session, name) for name in _PLAIN},
        "inputs": dict(session.inputs),
        "files": {role: _file_json(file) for role, file in session.files.items()},
        "tags": list(session.tags),
        "warnings": list(session.warnings),
        "origin": session.origin and _origin_json(session.origin),
        **({} if session.rms_db is None else {"rms_db": session.rms_db}),
    }


def session_from_json(row: Mapping[str, Any]) -> PackSession:
    """Raises KeyError, TypeError or AttributeError when it is damaged."""
    files = {role: _file(file) for role, file in row["files"].items()}
    if not {"audio", "timeline"} <= set(files) <= set(get_args(Role)):
        raise KeyError("files")
    for name, types in _PLAIN.items():
        if not isinstance(row[name], types) or isinstance(row[name], bool):
            raise TypeError(name)
    return PackSession(
        **{name: row[name] for name in _PLAIN},
        inputs=MappingProxyType(dict(row["inputs"])),
        files=MappingProxyType(files),
        tags=tuple(map(_text, row["tags"])),
        warnings=tuple(map(_text, row["warnings"])),
        origin=_origin(row.get("origin")),
        rms_db=None if row.get("rms_db") is None else float(row["rms_db"]),
    )


def _origin_json(origin: Origin) -> dict[str, Any]:
    return {"voice": origin.voice, "source_type": origin.source_type, "engines": list(origin.engines)}


def _origin(row: Any) -> Origin | None:
    """None too for a session of an older build, whose manifest did not tell."""
    return None if row is None else Origin(row["voice"], row["source_type"], tuple(map(_text, row["engines"])))
