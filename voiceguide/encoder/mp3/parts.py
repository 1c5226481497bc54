"""A long stream through LAME in parts, some of them side by side, so that every core has something to do."""

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

_LAME_HOLDS = 3  # MPEG frames fed to LAME that it may not have given back yet
_PIECE = 2 * SAMPLE_RATE  # samples handed to LAME at a time; its output does not depend on it
_BEGUN = 4  # pieces that a part is given before anything else is done
_ENOUGH = 20  # pieces that LAME has done when their MPEG frames are worth passing on
_LOW = 2  # pieces left to do for LAME when more should be made first, until there are
_TOO_MANY = 2 * _ENOUGH  # pieces done


class Parts:
    """``stream`` in parts that depend on its length alone. ``lame`` gives a new LAME, ``gain`` is put on the sound that
    it is fed, and ``peak`` is the largest magnitude (full scale 1.0, without the gain) of the sound so far.

    LAME works on ``jobs`` parts at a time, each in a thread of its own; with 0 on one, in this thread. All sound is
    made here, a piece for each in turn: Python gains nothing from making it in several threads. A part that LAME has
    done keeps its frames until all before it have been given, so there is at most one more part than jobs.
    """

    def __init__(self, stream: Stream, jobs: int, lame: Callable[[], Lame], gain: float) -> None:
        self._stream, self._jobs, self._lame, self._gain = stream, max(1, jobs), lame, gain
        self._background = jobs > 0
        self._coming = iter(parts(stream.frames, FRAME))
        self._begun: deque[_Part] = deque()  # in the order of the stream; the first one's frames are being given
        self.peak = 0.0

    def runs(self) -> Generator[Run, None, None]:
        """The parts' frames in pieces, in the order of the stream; where two parts meet, both have some. To be called
        once. Raises OutputError."""
        try:
            self._begin_parts()
            while self._begun:
                first = self._begun[0]
                yield from self._given(first)
                first.finish()
                self.peak = max(self.peak, first.peak)
                self._begun.popleft().lame.close()
                self._begin_parts()
        finally:
            for part in self._begun:
                part.lame.close()

    def _begin_parts(self) -> None:
        """Begins as many parts as LAME may work on, and gives each some sound."""
        while len(self._at_work()) < self._jobs and len(self._begun) <= self._jobs:
            span = next(self._coming, None)
            if span is None:
                return
            part = _Part(self._stream, span, self._lame(), self._gain)
            self._begun.append(part)
            for _ in range(_BEGUN):
                part.make()

    def _given(self, first: _Part) -> Iterator[Run]:
        """All frames of the first part that has begun. While LAME works on them, sound is made for every part."""
        while first.at_work or first.lame.done:
            neediest = self._neediest()
            if first.lame.done >= self._worth_giving(first, neediest):
                yield first.ready()
            elif neediest and not neediest.lame.full:
                neediest.make()
            else:
                Lame.wait_for_one([part.lame for part in self._at_work()])
            self._begin_parts()

    def _worth_giving(self, first: _Part, neediest: _Part | None) -> int:
        """The pieces that LAME must have done of the first part before they are passed on: few enough to keep memory
        flat, many enough to be worth it, and more while a LAME would soon have nothing to do."""
        if self._background and neediest and neediest.lame.backlog < _LOW:
            return _TOO_MANY
        return _ENOUGH if first.at_work else 0

    def _neediest(self) -> _Part | None:
        """Of the parts whose sound is not all made, the one whose LAME has the least to do."""
        return min((part for part in self._begun if not part.made), key=lambda part: part.lame.backlog, default=None)

    def _at_work(self) -> list[_Part]:
        return [part for part in self._begun if part.at_work]


class _Part:
    """A part of the stream on its way through LAME, with some more sound at either end."""

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
    def made(self) -> bool:
        """Whether LAME has been given all of the part's sound."""
        return self._pieces is None

    @property
    def at_work(self) -> bool:
        """Whether LAME has something to do for it, or will have."""
        return not self.made or self.lame.backlog > 0

    @property
    def peak(self) -> float:
        return self._quantise.peak

    def make(self) -> None:
        """Makes the part's next piece of sound and gives it to LAME; after the last one, does nothing."""
        if self._pieces is None:
            return
        piece = next(self._pieces, None)
        if piece is None:
            self._pieces = None
            self.lame.end()
        else:
            self.lame.feed(piece)

    def ready(self) -> Run:
        """The next frames that have come, of so many pieces at most that the others can wait. Raises OutputError."""
        first, frames = self._next, self._reader.feed(self.lame.ready(_ENOUGH))
        if self._after is not None:
            del frames[max(0, self._after - first) :]
        self._next += len(frames)
        return Run(first, frames)

    def finish(self) -> None:
        """To be called when all frames have been taken. Raises OutputError when some are missing."""
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
