"""Streams of audio that can be read from any frame on, their parts, excerpts and progress.

A stream is divided on a fixed grid, so that the result is the same however many parts are worked on at the same time,
and so that what lies before a change stays in the same parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voiceguide.units import SAMPLE_RATE

Samples = NDArray[np.float32]
"""Audio: float32, full scale ±1.0, at 44.1 kHz; ``(frames, 2)`` or, where both channels are alike, ``(frames,)``."""

FramesDone = Callable[[int], None]
"""Called with the number of frames done so far."""

UNIT = 282_240
"""Frames, 6.4 s: whole frames of an MP3 (245) and whole steps of a loudness meter (64)."""

PART = 6 * UNIT
"""Frames of a part, 38.4 s: long enough for what it costs to begin one, short enough to make few of them again after a
change."""

_EDGE = SAMPLE_RATE // 100  # frames of fade at either end of an excerpt
_RISE = (np.arange(_EDGE, dtype=np.float32) / _EDGE)[:, np.newaxis]


class Stream(Protocol):
    """Audio of ``frames`` frames, read in blocks of any length; several readers may be at different places of it."""

    @property
    def frames(self) -> int: ...

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        """Blocks ``(frames, 2)`` from frame ``start`` up to ``stop`` (the end): the same samples for any ``start``."""
        ...


@dataclass(frozen=True, slots=True)
class _Reporting:
    source: Stream
    progress: FramesDone

    @property
    def frames(self) -> int:
        return self.source.frames

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        for block in self.source.blocks(start, stop):
            yield block
            start += len(block)
            self.progress(start)


def with_progress(stream: Stream, progress: FramesDone) -> Stream:
    """The same stream; ``progress`` gets the frame that each reader has reached, also where it reads only excerpts."""
    return _Reporting(stream, progress)


def parts(length: int) -> list[tuple[int, int]]:
    """The parts of a ``length`` in frames, as start and end, each at a multiple of :data:`UNIT`.

    From the start on they are :data:`PART` frames long, whatever comes later: so those before a change stay. There is
    an even number of these, and what remains is parted in two, so that two workers have about the same to do. No part
    but a single one is shorter than half a unit.
    """
    whole = length // (2 * PART) * 2
    places = [number * PART for number in range(whole)]
    start = whole * PART
    rest = length - start
    if not whole or rest >= UNIT:
        places.append(start)
    if rest > 2 * UNIT:
        places.append(start + round(rest / (2 * UNIT)) * UNIT)
    return list(pairwise((*places, length)))


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Excerpts of a stream, one after the other, as a stream: ``excerpt`` frames each, from the source's frames
    ``places`` on. Their ends are faded, so that no jump between two of them makes a click."""

    source: Stream
    excerpt: int
    places: Sequence[int]

    @property
    def frames(self) -> int:
        return len(self.places) * self.excerpt

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        """As :meth:`Stream.blocks`."""
        stop = self.frames if stop is None else min(stop, self.frames)
        while start < stop:
            number, into = divmod(start, self.excerpt)
            taken = min(stop - start, self.excerpt - into)
            first = self.places[number] + into
            for block in self.source.blocks(first, first + taken):
                yield self._faded(block, start % self.excerpt)
                start += len(block)

    def _faded(self, block: Samples, into: int) -> Samples:
        """A block that begins ``into`` frames into its excerpt, under the fades at the excerpt's ends."""
        frames, falling = len(block), self.excerpt - _EDGE
        rise, fall = max(0, min(_EDGE - into, frames)), max(0, min(into + frames - falling, frames))
        if rise or fall:
            block = block.copy()
            block[:rise] *= _RISE[into : into + rise]
            at = into + frames - fall - falling
            block[frames - fall :] *= _RISE[::-1][at : at + fall]
        return block
