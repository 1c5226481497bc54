"""What a player will hear of an MP3 stream, told while it is written."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Sequence

import soundfile

from voiceguide.encoder.format import Samples
from voiceguide.encoder.info_frame import DECODER_DELAY, ENCODER_DELAY, FRAME, count_frame
from voiceguide.errors import OutputError

_BEFORE = 10
"""Frames from which on a decoder has all it needs: the bit reservoir lies in three at most, two overlap."""


class Mp3Hearing:
    """Decodes a stream's frames as they come, of a session that is ``frames`` long: exactly as the whole would be."""

    def __init__(self, frames: int) -> None:
        self._left = frames
        self._late = ENCODER_DELAY + DECODER_DELAY  # samples before the session's first
        self._before: deque[bytes] = deque(maxlen=_BEFORE)

    def __call__(self, frames: Sequence[bytes]) -> Samples:
        """The session's next samples, ``(samples, 2)``. Raises OutputError when the frames can't be decoded."""
        count = len(self._before) + len(frames)
        data = b"".join((count_frame(frames[0][:4], count), *self._before, *frames))
        self._before.extend(frames)
        try:
            samples, _ = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
        except soundfile.LibsndfileError as error:
            raise OutputError("The MP3 can't be decoded, so nothing was written. Please report this.") from error
        if len(samples) != count * FRAME - DECODER_DELAY:  # the decoder leaves its own delay away
            raise OutputError("The MP3 can't be decoded to its end, so nothing was written. Please report this.")
        first = (count - len(frames)) * FRAME + self._late - DECODER_DELAY
        new: Samples = samples[first:][: self._left]
        self._late = max(0, self._late - len(frames) * FRAME)
        self._left -= len(new)
        return new
