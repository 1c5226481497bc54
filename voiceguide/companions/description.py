"""What is written below a video: its title and description, and the chapters as video pages read them."""

from __future__ import annotations

from voiceguide.encoder.tags import Tags
from voiceguide.units import SAMPLE_RATE


def description(tags: Tags) -> str:
    """The text of the file. A page makes chapters of rows that begin with a time, if the first is 0:00."""
    parts = [tags.title, tags.comment, tags.artist]
    if len(tags.chapters) > 1:
        parts.append("\n".join(_rows(tags)))
    if tags.origin is not None:
        parts.append(f"Voice: {tags.origin.voice}.")
    return "\n\n".join(filter(None, parts)) + "\n"


def _rows(tags: Tags) -> list[str]:
    """A row for each chapter, with the second in which it begins; the first begins with the video."""
    starts = [0, *(chapter.start // SAMPLE_RATE for chapter in tags.chapters[1:])]
    hours = starts[-1] >= 3600
    return [f"{_clock(start, hours)} {c.title}" for start, c in zip(starts, tags.chapters, strict=True)]


def _clock(second: int, hours: bool) -> str:
    minutes = f"{second // 60 % 60:02d}" if hours else str(second // 60)
    return f"{second // 3600}:{minutes}:{second % 60:02d}" if hours else f"{minutes}:{second % 60:02d}"
