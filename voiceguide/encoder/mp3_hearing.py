"""What a player will hear of an MP3 stream, told while it is written."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterator, Sequence

import soundfile

from voiceguide.encoder.format import Samples
from voiceguide.encoder.info_frame import DECODER_DELAY, ENCODER_DELAY, FRAME, count_frame
from voiceguide.errors import OutputError

_BLOCK = 2**16  # samples decoded at a time
_BEFORE = 10
"""Frames from which on a decoder has all it needs: the bit reservoir lies in three at most, two overlap."""


class Mp3Hearing:
    """Decodes a stream's frames as they come, of a session that is ``frames`` long: exactly as the whole would be."""

    def __init__(self, frames: int) -> None:
        self._left = frames
        self._late = ENCODER_DELAY + DECODER_DELAY  # samples before the session's first
        self._before: deque[bytes] = deque(maxlen=_BEFORE)

    def __call__(self, frames: Sequence[bytes]) -> Iterator[Samples]:
        """The session's next samples in blocks, ``(samples, 2)``. Raises OutputError when frames can't be decoded."""
        if not frames:
            return
        count = len(self._before) + len(frames)
        data = b"".join((count_frame(frames[0][:4], count), *self._before, *frames))
        left = count * FRAME - DECODER_DELAY  # the decoder leaves its own delay away
        skipped = len(self._before) * FRAME + self._late - DECODER_DELAY
        self._before.extend(frames)
        self._late = max(0, self._late - len(frames) * FRAME)
        try:
            with soundfile.SoundFile(io.BytesIO(data)) as file:
                while len(block := file.read(_BLOCK, dtype="float32", always_2d=True)):
                    left -= len(block)
                    new: Samples = block[skipped:][: self._left]
                    skipped = max(0, skipped - len(block))
                    self._left -= len(new)
                    if len(new):
                        yield new
        except soundfile.LibsndfileError as error:
            raise OutputError("The MP3 can't be decoded, so nothing was written. Please report this.") from error
        if left:
            raise OutputError("The MP3 can't be decoded to its end, so nothing was written. Please report this.")
