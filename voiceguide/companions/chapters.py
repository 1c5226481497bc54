"""Chapters as a file beside a session: JSON as podcast apps read it (Podcasting 2.0, JSON Chapters 1.2.0)."""

from __future__ import annotations

from typing import Any

from voiceguide.encoder.tags import Tags
from voiceguide.units import seconds

VERSION = "1.2.0"


def podcast_chapters(tags: Tags) -> dict[str, Any]:
    """The document; times are seconds. A session without chapters is one."""
    chapters = [(chapter.title, chapter.start, chapter.end) for chapter in tags.chapters]
    document: dict[str, Any] = {"version": VERSION, "title": tags.title}
    if tags.artist:
        document["author"] = tags.artist
    document["chapters"] = [
        {"startTime": seconds(start), "endTime": seconds(end), "title": title}
        for title, start, end in chapters or [(tags.title, 0, tags.frames)]
    ]
    return document
