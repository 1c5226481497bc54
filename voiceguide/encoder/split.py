"""A finished file in parts, one for each chapter, and the playlist that plays them in order.

Only what is lossless is encoded anew, so the parts of every kind of file have the whole's samples.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import soundfile

from voiceguide.atomic import atomic
from voiceguide.audio.stream import Samples
from voiceguide.encoder.format import Cut, Encoded, Format
from voiceguide.encoder.mp3 import Mp3
from voiceguide.encoder.mp3.cut import Mp3Cut
from voiceguide.encoder.mp4 import M4a, M4aCut
from voiceguide.encoder.opus import Opus, OpusCut
from voiceguide.encoder.tags import Tags
from voiceguide.errors import OutputError
from voiceguide.units import SAMPLE_RATE

_LONGEST_NAME = 60  # characters of a chapter's title in a file's name
_MOST_BYTES = 180  # of them
_BLOCK = SAMPLE_RATE  # frames


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a session as a file of its own: ``tags.frames`` frames from ``start`` on."""

    path: Path
    start: int
    tags: Tags


def parts(tags: Tags, folder: Path, suffix: str) -> tuple[Part, ...]:
    """The files that a session with these tags comes in, one for each chapter, together the whole of it.

    A session without chapters is one part. Each is named by its number and its chapter's title.
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
    """A title's letters and digits in small letters, with hyphens between its words: what every filesystem allows."""
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
    cut = _cut(whole, kind)
    for part in parts:
        with atomic(part.path) as place:
            encoded = cut.part(part.start, place, part.tags)
        yield part, encoded


def _cut(whole: Path, kind: Format) -> Cut:
    match kind:
        case Mp3():
            return Mp3Cut.of(whole, kind)
        case M4a():
            return M4aCut.of(whole, kind)
        case Opus():
            return OpusCut.of(whole)
        case _:
            return _LosslessCut(whole, kind)


@dataclass(frozen=True, slots=True)
class _LosslessCut:
    whole: Path
    kind: Format

    def part(self, start: int, place: Path, tags: Tags) -> Encoded:
        return self.kind.write(self._blocks(start, tags.frames), place, tags, None)

    def _blocks(self, start: int, frames: int) -> Iterator[Samples]:
        try:
            with soundfile.SoundFile(self.whole) as file:
                file.seek(start)
                while frames and len(block := file.read(min(frames, _BLOCK), dtype="float32", always_2d=True)):
                    yield block
                    frames -= len(block)
        except soundfile.LibsndfileError as error:
            raise OutputError(f"{self.whole} could not be read again. Please render it again.") from error
        if frames:
            raise OutputError(f"{self.whole} ends too early to be cut into parts. Please render it again.")
