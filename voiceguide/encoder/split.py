"""A finished file in parts, one for each chapter, and the playlist that plays them in order.

Only lossless files are encoded again, so the parts of every kind of file decode to the whole's samples.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from voiceguide.atomic import atomic
from voiceguide.encoder.format import Encoded, Format
from voiceguide.encoder.tags import Tags
from voiceguide.units import SAMPLE_RATE

_LONGEST_NAME = 60  # characters of a chapter's title in a file's name
_MOST_BYTES = 180  # of them


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a session as a file of its own: ``tags.frames`` frames from ``start`` on."""

    path: Path
    start: int
    tags: Tags


def parts(tags: Tags, folder: Path, suffix: str) -> tuple[Part, ...]:
    """The parts of a session with these tags, one for each chapter; together they are the whole session.

    A session without chapters is one part. A part's file name has its number and its chapter's title.
    """
    starts = [0, *(chapter.start for chapter in tags.chapters[1:]), tags.frames]
    titles = [chapter.title for chapter in tags.chapters] or [tags.title]
    spans = [(title, *span) for title, span in zip(titles, pairwise(starts), strict=True) if span[0] < span[1]]
    digits = max(2, len(str(len(spans))))
    return tuple(
        Part(
            folder / f"{f'{number:0{digits}d}-{_file_name(title)}'.rstrip('-')}{suffix}",
            start,
            replace(
                tags,
                title=title,
                frames=end - start,
                album=tags.album or tags.title,
                track=(number, len(spans)),
                chapters=(),
                text=tuple((at - start, line) for at, line in tags.text if start <= at < end),
            ),
        )
        for number, (title, start, end) in enumerate(spans, start=1)
    )


def _file_name(title: str) -> str:
    """A title's letters and digits in lower case, with hyphens between its words, which every filesystem allows."""
    kept = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in title if c not in "'’")
    name = "-".join(unicodedata.normalize("NFC", kept).lower().split())[:_LONGEST_NAME]
    return name.encode()[:_MOST_BYTES].decode("utf-8", "ignore").strip("-")


def playlist(title: str, parts: Sequence[Part], folder: Path) -> str:
    """An extended M3U in UTF-8 that stands in ``folder``: each part's length in seconds, title and path."""
    rows = ["#EXTM3U", f"#PLAYLIST:{title}"]
    for part in parts:
        rows.append(f"#EXTINF:{part.tags.frames / SAMPLE_RATE:.3f},{part.tags.title}")
        path = part.path.relative_to(folder).as_posix()
        rows.append(f"./{path}" if path.startswith("#") else path)  # else it would be a comment
    return "\n".join(rows) + "\n"


def split(whole: Path, kind: Format, parts: Iterable[Part]) -> Iterator[tuple[Part, Encoded]]:
    """Writes each part of the finished file ``whole``, which ``kind`` has written. Raises OutputError."""
    cut = kind.cut(whole)
    for part in parts:
        with atomic(part.path) as path:
            encoded = cut.part(part.start, path, part.tags)
        yield part, encoded
