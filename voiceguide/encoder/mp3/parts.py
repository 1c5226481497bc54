"""Encodes a long stream with LAME in parts, several at the same time, so that every core is used."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator

from voiceguide.audio.stream import Stream, parts
from voiceguide.encoder.format import Integers, Quantiser
from voiceguide.encoder.mp3.frames import FrameReader, Run
from voiceguide.encoder.mp3.info_frame import FRAME
from voiceguide.encoder.mp3.join import EARLY, LATE
from voiceguide.encoder.mp3.lame import Lame
from voiceguide.errors import OutputError
from voiceguide.units import SAMPLE_RATE

_LAME_HOLDS = 3  # MPEG frames fed to LAME that it may not have returned yet
_PIECE = 2 * SAMPLE_RATE  # samples handed to LAME at a time; its output does not depend on it
_BEGUN = 4  # pieces that a part is fed when it begins
_ENOUGH = 20  # pieces that LAME has encoded before their MPEG frames are passed on together
_LOW = 2  # pieces waiting for LAME, at which more are mixed before anything is passed on
_TOO_MANY = 2 * _ENOUGH  # encoded pieces at which frames are passed on even so


class Parts:
    """``stream`` in parts that depend on its length alone. ``lame`` makes a new LAME, ``gain`` is applied to the
    samples that it is fed, and ``peak`` is their largest magnitude so far (full scale 1.0, without the gain).

    LAME encodes ``jobs`` parts at a time, each in a thread of its own; with 0 one part, in this thread. All samples are
    mixed in this thread, a piece for each part in turn: mixing in several threads is not faster in Python. An encoded
    part keeps its frames until all before it have been passed on, so there is at most one more part than jobs.
    """

    def __init__(self, stream: Stream, jobs: int, lame: Callable[[], Lame], gain: float) -> None:
        self._stream, self._jobs, self._lame, self._gain = stream, max(1, jobs), lame, gain
        self._background = jobs > 0
        self._spans = iter(parts(stream.frames, FRAME))
        self._begun: deque[_Part] = deque()  # in the order of the stream; the first one's frames are being given
        self.peak = 0.0

    def runs(self) -> Generator[Run, None, None]:
        """The parts' frames in pieces, in the order of the stream; neighbouring parts overlap. Call it once. Raises
        OutputError."""
        try:
            self._begin_parts()
            while self._begun:
                first = self._begun[0]
                yield from self._frames_of(first)
                first.finish()
                self.peak = max(self.peak, first.peak)
                self._begun.popleft().lame.close()
                self._begin_parts()
        finally:
            for part in self._begun:
                part.lame.close()

    def _begin_parts(self) -> None:
        """Begins as many parts as LAME may encode at a time, and feeds each its first pieces."""
        while len(self._active()) < self._jobs and len(self._begun) <= self._jobs:
            span = next(self._spans, None)
            if span is None:
                return
            part = _Part(self._stream, span, self._lame(), self._gain)
            self._begun.append(part)
            for _ in range(_BEGUN):
                part.feed_next()

    def _frames_of(self, first: _Part) -> Iterator[Run]:
        """All frames of the first part that has begun. While LAME encodes them, samples are mixed for every part."""
        while first.active or first.lame.done:
            emptiest = self._emptiest()
            if first.lame.done >= self._batch_size(first, emptiest):
                yield first.ready()
            elif emptiest and not emptiest.lame.full:
                emptiest.feed_next()
            else:
                Lame.wait_for_one([part.lame for part in self._active()])
            self._begin_parts()

    def _batch_size(self, first: _Part, emptiest: _Part | None) -> int:
        """The pieces that LAME must have encoded of the first part before they are passed on: few enough to keep memory
        flat, enough to be worth a switch, and more while another LAME is about to run out of samples."""
        if self._background and emptiest and emptiest.lame.backlog < _LOW:
            return _TOO_MANY
        return _ENOUGH if first.active else 0

    def _emptiest(self) -> _Part | None:
        """The part, of those not fed to their end, whose LAME has the fewest pieces waiting."""
        return min((part for part in self._begun if not part.fed), key=lambda part: part.lame.backlog, default=None)

    def _active(self) -> list[_Part]:
        return [part for part in self._begun if part.active]


class _Part:
    """A part of the stream and its LAME, with some more samples at either end."""

    def __init__(self, stream: Stream, span: tuple[int, int], lame: Lame, gain: float) -> None:
        start, end = span
        self._next = max(0, start // FRAME - EARLY)  # the number of the next frame to come
        self._after = None if end == stream.frames else end // FRAME + LATE
        last = stream.frames if self._after is None else min(stream.frames, (self._after + _LAME_HOLDS) * FRAME)
        self._length = last - self._next * FRAME
        self._quantise = Quantiser(16, gain=gain)
        blocks = (self._quantise(block) for block in stream.blocks(self._next * FRAME, last))
        self._pieces: Iterator[bytes] | None = in_pieces(blocks)
        self._reader = FrameReader()
        self.lame = lame

    @property
    def fed(self) -> bool:
        """Whether LAME has been fed all of the part's samples."""
        return self._pieces is None

    @property
    def active(self) -> bool:
        """Whether the part is not yet encoded to its end."""
        return not self.fed or self.lame.backlog > 0

    @property
    def peak(self) -> float:
        return self._quantise.peak

    def feed_next(self) -> None:
        """Mixes the part's next piece and feeds it to LAME; after the last one, does nothing."""
        if self._pieces is None:
            return
        piece = next(self._pieces, None)
        if piece is None:
            self._pieces = None
            self.lame.end()
        else:
            self.lame.feed(piece)

    def ready(self) -> Run:
        """The next encoded frames, of a bounded number of pieces so that other parts are fed too."""
        first, frames = self._next, self._reader.feed(self.lame.ready(_ENOUGH))
        if self._after is not None:
            del frames[max(0, self._after - first) :]
        self._next += len(frames)
        return Run(first, frames)

    def finish(self) -> None:
        """To be called after the last frame. Raises OutputError when frames are missing."""
        self._reader.end()
        if self._quantise.frames != self._length:
            raise OutputError("A part of the session came out too short, so nothing was written. Please report this.")


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
