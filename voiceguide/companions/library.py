"""A session laid into a library as Audiobookshelf scans it: a folder for the author, the collection and the title.

The folder holds the finished file, its cover, and ``metadata.json``, which goes before what the names of folders say.
"""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from pathlib import Path
from typing import Any

from voiceguide.atomic import Written, atomic, write_bytes, write_text
from voiceguide.encoder.tags import Tags
from voiceguide.units import seconds

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_LONGEST = 80  # characters of a folder's name


def lay_into(library: Path, audio: Path, tags: Tags, labels: tuple[str, ...]) -> tuple[Written, ...]:
    """Copies the finished ``audio`` into its folder of the library, with what says what it is; ``labels`` are the
    session's own tags. Raises OutputError."""
    folder = folder_of(library, tags)
    copy, description = folder / audio.name, folder / "metadata.json"
    with atomic(copy) as part:
        shutil.copyfile(audio, part)
    write_text(description, json.dumps(metadata(tags, labels), ensure_ascii=False, indent=2) + "\n")
    written = [Written.of("library", copy), Written.of("library", description)]
    if tags.cover is not None:
        cover = folder / f"cover{tags.cover.suffix}"
        write_bytes(cover, tags.cover.data)
        written.append(Written.of("library", cover))
    return tuple(written)


def folder_of(library: Path, tags: Tags) -> Path:
    """``library/author/collection/title``, without the levels that the session does not name."""
    series = tags.album if tags.album != tags.title and tags.artist else ""
    return library.joinpath(*(_safe(name) for name in (tags.artist, series, tags.title) if name))


def metadata(tags: Tags, labels: tuple[str, ...]) -> dict[str, Any]:
    """The document; times are seconds."""
    chapters = [
        {"id": number, "start": seconds(chapter.start), "end": seconds(chapter.end), "title": chapter.title}
        for number, chapter in enumerate(tags.chapters)
    ]
    return {
        "title": tags.title,
        "authors": [tags.artist] if tags.artist else [],
        "series": [tags.album] if tags.album and tags.album != tags.title else [],
        "genres": [tags.genre],
        "tags": list(labels),
        "publishedYear": tags.date[:4] or None,
        "publishedDate": tags.date or None,
        "description": tags.comment or None,
        "language": tags.language,
        "chapters": chapters,
    }


def _safe(name: str) -> str:
    """A name that a folder can have on every system."""
    plain = _UNSAFE.sub(" ", unicodedata.normalize("NFC", name))
    return " ".join(plain.split())[:_LONGEST].strip(" .") or "untitled"
