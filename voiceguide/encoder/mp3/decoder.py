"""Decodes an MP3 stream while it is being written, to the samples that a player will play."""

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
"""Frames of the past that a decoder needs: the bit reservoir spans eight at most (32 kbit/s), and two overlap."""
_TURN = 4
"""Frames after which mpg123's synthesis buffer repeats its order of summing: begun at a multiple of these, it rounds
alike."""


class Mp3Decoder:
    """Decodes the frames of a session of ``frames`` samples as they come, bit for bit as the whole file decodes."""

    def __init__(self, frames: int) -> None:
        self._left = frames
        self._late = ENCODER_DELAY + DECODER_DELAY  # samples before the session's first
        self._before: list[bytes] = []  # the last frames decoded
        self._decoded = 0  # frames so far

    def __call__(self, frames: Sequence[bytes]) -> Iterator[Samples]:
        """The session's next samples in blocks, ``(samples, 2)``. Raises OutputError when frames can't be decoded."""
        if not frames:
            return
        count = len(self._before) + len(frames)
        data = b"".join((count_frame(frames[0][:4], count), *self._before, *frames))
        left = count * FRAME - DECODER_DELAY  # the decoder removes its own delay
        skipped = len(self._before) * FRAME + self._late - DECODER_DELAY
        self._decoded += len(frames)
        kept = min(self._decoded, _BEFORE + (self._decoded - _BEFORE) % _TURN)
        self._before = [*self._before, *frames][-kept:]
        self._late = max(0, self._late - len(frames) * FRAME)
        try:
            # From a file and not from memory: an interrupt that meets a decoder asking Python for bytes would be lost.
            with TemporaryDirectory(prefix="voiceguide-") as folder:
                path = Path(folder) / "frames.mp3"
                path.write_bytes(data)
                with soundfile.SoundFile(path) as file:
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
