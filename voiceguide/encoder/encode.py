"""Writes a session's blocks as a finished, tagged file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from voiceguide.audio.measures import Measures
from voiceguide.audio.stream import FramesDone, Samples, Stream
from voiceguide.encoder.format import Encoded, Encoding, Format
from voiceguide.encoder.kinds import KINDS
from voiceguide.encoder.tags import Tags
from voiceguide.errors import OutputError, did_you_mean


def encode(
    blocks: Iterable[Samples], path: Path, kind: str | Format, tags: Tags, *, progress: FramesDone | None = None
) -> Encoded:
    """Writes a session's blocks, float32 ``(frames, 2)`` within ±1.0 at 44.1 kHz, as a finished file at ``path``
    (an MP3: within ±:attr:`Mp3.lame_scale`).

    ``kind`` is a name in :data:`KINDS`, or a writer with settings of its own such as ``Mp3(bitrate=192)``. ``path``
    is overwritten; :func:`voiceguide.atomic.atomic` gives a temporary one that becomes the output on success.
    Blocks may have any length and may be reused by their maker. Raises OutputError, also when the blocks are not as
    long as the tags say, since chapters and gapless length would then be wrong.
    """
    if isinstance(kind, str):
        if kind not in KINDS:
            raise OutputError(
                f"There is no output format '{kind}'{did_you_mean(kind, KINDS)}. Choose {', '.join(KINDS)}."
            )
        kind = KINDS[kind].format()
    _require_length(tags)
    return _with_planned_length(kind.write(blocks, path, tags, progress), tags)


def encode_and_measure(
    stream: Stream, path: Path, kind: Format, tags: Tags, how: Encoding | None = None
) -> tuple[Encoded, Measures]:
    """As :func:`encode`, and measures the decoded file.

    Some kinds are encoded in parts, ``jobs`` of them at the same time, and decoded while they are written. ``how``
    changes nothing in the file.
    """
    _require_length(tags)
    encoded, measures = kind.write_and_measure(stream, path, tags, how or Encoding())
    return _with_planned_length(encoded, tags), measures


def _require_length(tags: Tags) -> None:
    if tags.frames < 1:
        raise OutputError("The session has no length, so there is nothing to write.")


def _with_planned_length(encoded: Encoded, tags: Tags) -> Encoded:
    if encoded.frames != tags.frames:
        raise OutputError(
            f"The session came out {encoded.frames} frames long instead of {tags.frames}, so nothing was written. "
            "This is a fault in the program; please report it together with the script."
        )
    return encoded
