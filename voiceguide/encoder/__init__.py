"""Blocks of sound into a finished, tagged file. One row in :data:`FORMATS` for each kind of file.

A new kind is one module with a frozen value that has the :class:`~voiceguide.encoder.format.Format` protocol, and
one row here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from voiceguide.audio.stream import FramesDone, Samples, Stream
from voiceguide.encoder.cover import Cover
from voiceguide.encoder.decoding import decode
from voiceguide.encoder.format import Encoded, Format
from voiceguide.encoder.mp3 import Mp3
from voiceguide.encoder.mp4 import M4a, M4b
from voiceguide.encoder.opus import Opus
from voiceguide.encoder.pcm import Flac, Wav
from voiceguide.encoder.tags import Tags
from voiceguide.errors import OutputError, did_you_mean

__all__ = [
    "FORMATS",
    "Cover",
    "Encoded",
    "Flac",
    "Format",
    "M4a",
    "M4b",
    "Mp3",
    "Opus",
    "Tags",
    "Wav",
    "encode",
    "encode_and_hear",
]

_ALL: tuple[Format, ...] = (Mp3(), M4b(), M4a(), Opus(), Flac(), Wav())

FORMATS: Mapping[str, Format] = MappingProxyType({kind.name: kind for kind in _ALL})
"""The kinds of file by name, each with its default settings."""


def encode(
    blocks: Iterable[Samples], place: Path, kind: str | Format, tags: Tags, *, progress: FramesDone | None = None
) -> Encoded:
    """Writes a session's blocks, float32 ``(frames, 2)`` within ±1.0 at 44.1 kHz, as a finished file at ``place``
    (an MP3: within ±:attr:`Mp3.lame_scale`).

    ``kind`` is a name in :data:`FORMATS`, or a value with settings of its own such as ``Mp3(bitrate=192)``. ``place``
    is written from its start; :func:`voiceguide.atomic.atomic` gives one that turns into the output when all is well.
    Blocks may have any length and may be reused by their maker. Raises OutputError, also when the blocks are not as
    long as the tags say, since chapters and gapless length would then be wrong.
    """
    if isinstance(kind, str):
        if kind not in FORMATS:
            raise OutputError(
                f"There is no output format '{kind}'{did_you_mean(kind, FORMATS)}. Choose {', '.join(FORMATS)}."
            )
        kind = FORMATS[kind]
    _require_length(tags)
    return _require_planned_length(kind.write(blocks, place, tags, progress), tags)


def encode_and_hear(
    stream: Stream,
    place: Path,
    kind: Format,
    tags: Tags,
    heard: Callable[[Samples], None],
    *,
    jobs: int = 1,
    progress: FramesDone | None = None,
) -> Encoded:
    """As :func:`encode`, and gives what a decoder gets from the file to ``heard``, block by block.

    An MP3 is made in parts, ``jobs`` of them at the same time (0: all in this thread), and decoded while it is written.
    How many that are changes nothing in the file.
    """
    _require_length(tags)
    if isinstance(kind, Mp3):
        encoded = kind.write_side_by_side(stream, place, tags, jobs, heard, progress)
        return _require_planned_length(encoded, tags)
    half = progress and partial(_half, progress, 0)
    encoded = _require_planned_length(kind.write(stream.blocks(), place, tags, half), tags)
    frames = 0
    for block in decode(place, suffix=kind.suffix):
        heard(block)
        frames += len(block)
        if progress:
            _half(progress, tags.frames, frames)
    return encoded


def _half(progress: FramesDone, before: int, done: int) -> None:
    progress((before + done) // 2)


def _require_length(tags: Tags) -> None:
    if tags.frames < 1:
        raise OutputError("The session has no length, so there is nothing to write.")


def _require_planned_length(encoded: Encoded, tags: Tags) -> Encoded:
    if encoded.frames != tags.frames:
        raise OutputError(
            f"The session came out {encoded.frames} frames long instead of {tags.frames}, so nothing was written. "
            "This is a fault in the program; please report it together with the script."
        )
    return encoded
