"""Sound that can be heard from any frame on, and its parts.

How a stream is parted depends on its length alone, so that the outcome is the same however many parts are worked on at
the same time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voiceguide.units import SAMPLE_RATE

Samples = NDArray[np.float32]
"""Audio: float32, full scale ±1.0, at 44.1 kHz; ``(frames, 2)`` or, where both channels are alike, ``(frames,)``."""

FramesDone = Callable[[int], None]
"""Called with the number of frames that are done so far."""

_PART = 60 * SAMPLE_RATE  # frames
_LONGEST_PART = 3 * _PART // 2
_EDGE = SAMPLE_RATE // 100  # frames of fade at either end of an excerpt
_GOLDEN = 40_503  # the golden section of 2^16
_RISE = (np.arange(_EDGE, dtype=np.float32) / _EDGE)[:, np.newaxis]


class Stream(Protocol):
    """``frames`` long, in blocks of any length. Several may listen to different places of it in turn."""

    @property
    def frames(self) -> int: ...

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        """The sound from frame ``start`` up to ``stop`` (the end): the same samples wherever it is begun."""
        ...


def with_progress(stream: Stream, progress: FramesDone | None, whole: int | None = None) -> Iterator[Samples]:
    """A stream's blocks; ``progress`` is told of each that was heard, as if there were ``whole`` frames in all."""
    heard = 0
    for block in stream.blocks():
        yield block
        heard += len(block)
        if progress:
            progress(heard * (whole or stream.frames) // stream.frames)


def parts(length: int, unit: int, longest: int | None = None) -> list[tuple[int, int]]:
    """Equal parts of a ``length`` in frames, as start and end; each starts at a multiple of ``unit`` frames.

    None is longer than ``longest``: a minute, and up to one and a half in a long stream. An even number of them, unless
    there is one only, so that two workers have the same to do.
    """
    longest = longest or max(_PART, min(-(-length // 6), _LONGEST_PART))
    count = -(-length // (2 * longest)) * 2 if length > longest else 1
    places = dict.fromkeys(number * length // count // unit * unit for number in range(count))
    return list(pairwise((*places, length)))


@dataclass(frozen=True, slots=True)
class Excerpts:
    """``count`` excerpts of a stream, ``excerpt`` frames each, one after the other, as a stream.

    There is one in each of as many equal stretches of the source, which may not be shorter than the excerpts; its place
    in there goes on by the golden section, so that no rhythm of the source keeps time with them. Their ends are faded,
    so that no jump between two of them is heard as a click.
    """

    source: Stream
    excerpt: int
    count: int

    @property
    def frames(self) -> int:
        return self.count * self.excerpt

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        """As :meth:`Stream.blocks`."""
        stop = self.frames if stop is None else min(stop, self.frames)
        while start < stop:
            number, into = divmod(start, self.excerpt)
            taken = min(stop - start, self.excerpt - into)
            first = self._place(number) + into
            for block in self.source.blocks(first, first + taken):
                yield self._faded(block, start % self.excerpt)
                start += len(block)

    def _place(self, number: int) -> int:
        """The frame of the source at which an excerpt begins."""
        begin, end = (n * self.source.frames // self.count for n in (number, number + 1))
        return begin + number * _GOLDEN % 2**16 * (end - begin - self.excerpt) // 2**16

    def _faded(self, block: Samples, into: int) -> Samples:
        """A block that begins ``into`` frames into its excerpt, as it is far from the ends."""
        frames, falling = len(block), self.excerpt - _EDGE
        rise, fall = max(0, min(_EDGE - into, frames)), max(0, min(into + frames - falling, frames))
        if rise or fall:
            block = block.copy()
            block[:rise] *= _RISE[into : into + rise]
            at = into + frames - fall - falling
            block[frames - fall :] *= _RISE[::-1][at : at + fall]
        return block
