"""Encodes a long stream with LAME in parts, several at the same time, so that every core is used, and keeps them, so
that a part that has been encoded before is not encoded again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from threading import Event

from voiceguide.audio.stream import Stream, parts
from voiceguide.encoder.format import Integers, Quantiser
from voiceguide.encoder.mp3.frames import FrameReader, Run
from voiceguide.encoder.mp3.info_frame import FRAME
from voiceguide.encoder.mp3.join import EARLY, LATE
from voiceguide.encoder.mp3.lame import Lame, workers
from voiceguide.encoder.mp3.stored import part_key
from voiceguide.errors import OutputError
from voiceguide.kept import Kept
from voiceguide.units import SAMPLE_RATE

_LAME_HOLDS = 3  # MPEG frames fed to LAME that it may not have returned yet
_SAMPLE = 4  # bytes of a stereo sample
_PIECE = 2 * SAMPLE_RATE  # samples handed to LAME at a time; its output does not depend on it


@dataclass(frozen=True, slots=True)
class _Part:
    """Samples for LAME, and which of its frames are wanted: from frame ``first`` of the stream on so many, or all."""

    first: int
    frames: int | None
    samples: bytes

    @classmethod
    def mixed(cls, stream: Stream, span: tuple[int, int], quantise: Quantiser) -> _Part:
        """The part of a span, with some more samples at either end. Raises OutputError when samples are missing."""
        start, end = span
        first = max(0, start // FRAME - EARLY)
        after = None if end == stream.frames else end // FRAME + LATE
        last = stream.frames if after is None else min(stream.frames, (after + _LAME_HOLDS) * FRAME)
        before = quantise.frames
        samples = b"".join(in_pieces(quantise(block) for block in stream.blocks(first * FRAME, last)))
        if quantise.frames - before != last - first * FRAME:
            raise OutputError("A part of the session came out too short, so nothing was written. Please report this.")
        return cls(first, None if after is None else after - first, samples)

    def wanted(self, encoded: bytes) -> list[bytes]:
        """The frames that are wanted, of LAME's output. Raises OutputError when some are missing."""
        reader = FrameReader()
        frames = reader.feed(encoded)
        reader.end()
        fewest = -(-len(self.samples) // (_SAMPLE * FRAME)) if self.frames is None else self.frames
        if len(frames) < fewest:
            raise OutputError("The MP3 encoder left out the end of a part, so nothing was written. Please report this.")
        return frames if self.frames is None else frames[: self.frames]


class Parts:
    """``stream`` in parts. ``lame`` makes a new LAME, ``settings`` names all that decides what it does, ``gain`` is
    applied to the samples that it is fed, and ``peak`` is their largest magnitude so far (full scale 1.0, without the
    gain). ``kept`` has the parts that were encoded before, and gets the others.

    LAME encodes ``jobs`` parts at a time, each in a thread of its own; with 0 one part, in this thread. All samples are
    mixed in this thread, and a part's before LAME begins with it, for they decide whether it must: mixing is far
    faster, and in several threads not faster still in Python. There are at most two more parts than jobs at a time.
    """

    def __init__(
        self, stream: Stream, jobs: int, lame: Callable[[], Lame], settings: str, gain: float, kept: Kept | None = None
    ) -> None:
        self._stream, self._jobs, self._lame, self._settings, self._kept = stream, jobs, lame, settings, kept
        self._quantise = Quantiser(16, gain=gain)
        self._stopped = Event()

    @property
    def peak(self) -> float:
        return self._quantise.peak

    def runs(self) -> Generator[Run, None, None]:
        """The parts' frames, in the order of the stream; neighbouring parts overlap. Call it once. Raises
        OutputError."""
        ahead = self._jobs and self._jobs + 1
        begun: deque[tuple[int, Future[list[bytes]]]] = deque()
        pool = workers(self._jobs)
        try:
            for span in parts(self._stream.frames):
                part = _Part.mixed(self._stream, span, self._quantise)
                begun.append((part.first, pool.submit(self._frames_of, part)))
                del part
                while len(begun) > ahead:
                    yield _run(*begun.popleft())
            while begun:
                yield _run(*begun.popleft())
        finally:
            self._stopped.set()
            pool.shutdown(cancel_futures=True)

    def _frames_of(self, part: _Part) -> list[bytes]:
        """The part's frames, as they were kept or anew. Raises OutputError; CancelledError when nobody waits for it
        any more, so that half of a part is never kept."""
        if not self._kept:
            return part.wanted(self._encoded(part.samples))
        key = part_key(self._settings, part.frames, part.samples)
        if data := self._kept.get(key):
            return part.wanted(data)
        frames = part.wanted(self._encoded(part.samples))
        self._kept.put(key, b"".join(frames))
        return frames

    def _encoded(self, samples: bytes) -> bytes:
        lame, done = self._lame(), []
        for at in range(0, len(samples), _SAMPLE * _PIECE):
            if self._stopped.is_set():
                raise CancelledError
            lame.feed(samples[at : at + _SAMPLE * _PIECE])
            done.append(lame.ready())
        lame.end()
        return b"".join((*done, lame.rest()))


def _run(first: int, frames: Future[list[bytes]]) -> Run:
    return Run(first, frames.result())


def in_pieces(blocks: Iterable[Integers]) -> Iterator[bytes]:
    """Interleaved little-endian samples, some seconds at a time, so that small blocks cost no thread switches."""
    held: list[memoryview] = []
    frames = 0
    for block in blocks:
        held.append(block.astype("<i2", copy=False).data)
        frames += len(block)
        if frames >= _PIECE:
            yield b"".join(held)
            held, frames = [], 0
    if held:
        yield b"".join(held)
