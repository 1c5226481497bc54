"""An MP3 stream as what it is made of: frames, each a header and the bytes that follow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voiceguide.encoder.mp3.info_frame import HEADER, frame_length
from voiceguide.errors import OutputError


@dataclass(frozen=True, slots=True)
class Run:
    """Frames that follow on one another, of which the first is frame ``first`` of the whole stream."""

    first: int
    frames: Sequence[bytes]

    @property
    def after(self) -> int:
        """The number of the frame after the last."""
        return self.first + len(self.frames)


class FrameReader:
    """Finds the frames of a stream that comes in pieces, which may end anywhere."""

    def __init__(self) -> None:
        self._rest = b""  # the beginning of a frame that is not whole yet

    def feed(self, data: bytes) -> list[bytes]:
        """The frames that are whole with this piece. Raises OutputError when the stream is damaged."""
        data = self._rest + data if self._rest else data
        frames, at, end = [], 0, len(data)
        try:
            while at + HEADER <= end and (after := at + frame_length(data, at)) <= end:
                frames.append(data[at:after])
                at = after
        except ValueError as error:
            raise _damaged() from error
        self._rest = data[at:]
        return frames

    def end(self) -> None:
        """Raises OutputError when the stream ends within a frame."""
        if self._rest:
            raise _damaged()


def _damaged() -> OutputError:
    return OutputError("The MP3 encoder gave a damaged stream, so nothing was written.")
