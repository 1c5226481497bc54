"""Decodes and measures an MP3 stream while it is being written, as the samples that a player will play.

It is done in windows of a fixed grid. What a window measures depends on some frames alone, so a window whose frames
have been measured before need not be decoded again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import soundfile

from voiceguide.audio.measures import LOOK_AHEAD, RUN_UP, Measures, StretchMeter
from voiceguide.audio.resampling import ALIGNED, MARGIN, resampled_whole
from voiceguide.audio.stream import PART, Samples
from voiceguide.encoder.decoding import Forward
from voiceguide.encoder.mp3.info_frame import DECODER_DELAY, ENCODER_DELAY, FRAME, count_frame
from voiceguide.encoder.mp3.stored import measures_key
from voiceguide.errors import OutputError
from voiceguide.kept import Kept
from voiceguide.scratch import scratch
from voiceguide.units import SAMPLE_RATE, samples_at

_BLOCK = 2**16  # samples decoded at a time
_LATE = ENCODER_DELAY + DECODER_DELAY  # samples by which what a decoder gives is later than the session
_BEFORE = 10
"""Frames of the past that a decoder needs: the bit reservoir spans eight at most (32 kbit/s), and two overlap."""
_TURN = 4
"""Frames after which mpg123's synthesis buffer repeats its order of summing: begun at a multiple of these, it rounds
alike."""


@dataclass(frozen=True, slots=True)
class Window:
    """A session's frames ``start`` up to ``stop``, of ``length``, in a file of ``rate`` Hz; and the MPEG frames that
    they are in."""

    start: int
    stop: int
    length: int
    rate: int = SAMPLE_RATE

    @property
    def before(self) -> int:
        """Frames of the session before them that are measured with them."""
        return min(self.start, RUN_UP)

    @property
    def heard(self) -> range:
        """The session's frames that are decoded."""
        return range(self.start - self.before, min(self.stop + LOOK_AHEAD, self.length))

    @property
    def _around(self) -> range:
        """The session's frames from which ``heard`` are resampled, whose first is a whole sample of the file."""
        if self.rate == SAMPLE_RATE:
            return self.heard
        first = max(0, self.heard.start - MARGIN)
        return range(first // ALIGNED * ALIGNED, min(self.heard.stop + MARGIN, self.length))

    @property
    def samples(self) -> range:
        """The file's samples that are decoded."""
        around = self._around
        return range(samples_at(self.rate, around.start), samples_at(self.rate, around.stop))

    @property
    def needed(self) -> range:
        """The numbers of the MPEG frames that are needed to decode them."""
        first = (self.samples.start + _LATE) // FRAME - _BEFORE
        return range(max(0, first // _TURN * _TURN), (self.samples.stop - 1 + _LATE) // FRAME + 1)

    def decoded(self, frames: Sequence[bytes]) -> Iterator[Samples]:
        """The session's frames ``heard``, in blocks, of the MPEG frames ``needed``. Raises OutputError."""
        if self.rate == SAMPLE_RATE:
            yield from self._in_file(frames)
            return
        around = resampled_whole(np.concatenate(list(self._in_file(frames))), self.rate, SAMPLE_RATE)
        first = self.heard.start - self._around.start
        yield around[first : first + len(self.heard)]

    def _in_file(self, frames: Sequence[bytes]) -> Iterator[Samples]:
        """The file's ``samples``, in blocks: bit for bit as the whole file decodes. Raises OutputError."""
        skipped = self.samples.start + ENCODER_DELAY - self.needed.start * FRAME  # the decoder removes its own delay
        left = len(self.samples)
        for block in _decoded(frames):
            new: Samples = block[skipped:][:left]
            skipped = max(0, skipped - len(block))
            left -= len(new)
            if len(new):
                yield new
        if left:
            raise OutputError("The MP3 can't be decoded to its end, so nothing was written. Please report this.")

    def measures(self, frames: Sequence[bytes], levels: bool) -> Measures:
        """Of the session's frames, decoded from the MPEG frames ``needed``. Raises OutputError."""
        last = self.stop == self.length
        meter = StretchMeter(self.before, self.stop - self.start, levels=levels, last=last)
        for block in self.decoded(frames):
            meter.feed(block)
        return meter.measures()

    def key(self, frames: Sequence[bytes], levels: bool) -> str:
        """The name under which its measures are kept: of its frames and of where in them it lies."""
        at = self.samples.start - self.needed.start * FRAME
        name = f"{at} {self.before} {self.stop - self.start} {len(self.heard)} {self.stop == self.length} {levels}"
        if self.rate != SAMPLE_RATE:
            name += f" {self.rate} {self.heard.start - self._around.start}"
        return measures_key(name, frames)


class Mp3Meter:
    """Measures the MPEG frames of a session, which has ``length`` frames and a file of ``rate`` Hz, as they come.
    ``levels`` asks for RMS as well. ``kept`` has the measures of windows that were measured before, and gets the
    others."""

    def __init__(self, length: int, levels: bool, kept: Kept | None = None, rate: int = SAMPLE_RATE) -> None:
        self._levels, self._kept = levels, kept
        starts = range(0, length, PART)
        self._windows = [Window(start, min(start + PART, length), length, rate) for start in starts]
        self._done: list[Measures] = []
        self._held: list[bytes] = []  # the frames from number _first on
        self._first = 0

    @property
    def done(self) -> int:
        """The session's frames that have been measured."""
        return self._windows[len(self._done) - 1].stop if self._done else 0

    def feed(self, frames: Sequence[bytes]) -> None:
        """Takes the session's next frames. Raises OutputError when they can't be decoded."""
        self._held += frames
        for window in islice(self._windows, len(self._done), None):
            needed = window.needed
            if needed.stop > self._first + len(self._held):
                return
            self._done.append(
                self._measured(window, self._held[needed.start - self._first : needed.stop - self._first])
            )
            following = min(len(self._done), len(self._windows) - 1)
            del self._held[: self._windows[following].needed.start - self._first]
            self._first = self._windows[following].needed.start

    def measures(self) -> Measures:
        """Of all frames. Raises OutputError when some are missing."""
        if len(self._done) < len(self._windows):
            raise OutputError("The MP3 can't be decoded to its end, so nothing was written. Please report this.")
        return Measures.joined(self._done)

    def _measured(self, window: Window, frames: Sequence[bytes]) -> Measures:
        if self._kept is None:
            return window.measures(frames, self._levels)
        key = window.key(frames, self._levels)
        content = self._kept.get(key)
        measures = Measures.from_bytes(content) if content else None
        if measures is None:
            measures = window.measures(frames, self._levels)
            self._kept.put(key, measures.to_bytes())
        return measures


def _decoded(frames: Sequence[bytes]) -> Iterator[Samples]:
    """What frames decode to, in blocks, without the decoder's delay. Raises OutputError."""
    data = b"".join((count_frame(frames[0][:4], len(frames)), *frames))
    left = len(frames) * FRAME - DECODER_DELAY
    try:
        # From a file and not from memory: an interrupt that meets a decoder asking Python for bytes would be lost.
        with scratch() as folder:
            path = folder / "frames.mp3"
            path.write_bytes(data)
            with Forward(path) as file:
                while len(block := file.read(_BLOCK, dtype="float32", always_2d=True)):
                    left -= len(block)
                    yield block
    except OSError as error:
        raise OutputError(
            f"A temporary file could not be written: {error.strerror or error}. Is the disk full?"
        ) from error
    except soundfile.LibsndfileError as error:
        raise OutputError("The MP3 can't be decoded, so nothing was written. Please report this.") from error
    if left:
        raise OutputError("The MP3 can't be decoded to its end, so nothing was written. Please report this.")
