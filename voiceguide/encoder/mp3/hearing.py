"""What a player will hear of an MP3 stream, told while it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import soundfile

from voiceguide.audio.stream import Samples
from voiceguide.encoder.mp3.info_frame import DECODER_DELAY, ENCODER_DELAY, FRAME, count_frame
from voiceguide.errors import OutputError

_BLOCK = 2**16  # samples decoded at a time
_BEFORE = 10
"""Frames after which a decoder has all it needs: the bit reservoir lies in eight at most (32 kbit/s), two overlap."""
_TURN = 4
"""Frames in which mpg123's synthesis goes round: begun at a multiple of these, it sums in the same order as ever."""


class Mp3Hearing:
    """Decodes a stream's frames as they come, of a session that is ``frames`` long: exactly as the whole would be."""

    def __init__(self, frames: int) -> None:
        self._left = frames
        self._late = ENCODER_DELAY + DECODER_DELAY  # samples before the session's first
        self._before: list[bytes] = []  # the last frames heard
        self._heard = 0  # frames so far

    def __call__(self, frames: Sequence[bytes]) -> Iterator[Samples]:
        """The session's next samples in blocks, ``(samples, 2)``. Raises OutputError when frames can't be decoded."""
        if not frames:
            return
        count = len(self._before) + len(frames)
        data = b"".join((count_frame(frames[0][:4], count), *self._before, *frames))
        left = count * FRAME - DECODER_DELAY  # the decoder leaves its own delay away
        skipped = len(self._before) * FRAME + self._late - DECODER_DELAY
        self._heard += len(frames)
        kept = min(self._heard, _BEFORE + (self._heard - _BEFORE) % _TURN)
        self._before = [*self._before, *frames][-kept:]
        self._late = max(0, self._late - len(frames) * FRAME)
        try:
            # From a file and not from memory: an interrupt that meets a decoder asking Python for bytes would be lost.
            with TemporaryDirectory(prefix="voiceguide-") as folder:
                place = Path(folder) / "heard.mp3"
                place.write_bytes(data)
                with soundfile.SoundFile(place) as file:
                    while len(block := file.read(_BLOCK, dtype="float32", always_2d=True)):
                        left -= len(block)
                        new: Samples = block[skipped:][: self._left]
                        skipped = max(0, skipped - len(block))
                        self._left -= len(new)
                        if len(new):
                            yield new
        except OSError as error:
            raise OutputError(
                f"A temporary file could not be written: {error.strerror or error}. Is the disk full?"
            ) from error
        except soundfile.LibsndfileError as error:
            raise OutputError("The MP3 can't be decoded, so nothing was written. Please report this.") from error
        if left:
            raise OutputError("The MP3 can't be decoded to its end, so nothing was written. Please report this.")
