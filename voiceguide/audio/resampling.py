"""Resamples stereo sound (libsoxr, quality HQ): blocks one after the other, or a stream that is read from anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import soxr

from voiceguide.audio.stream import Samples, Stream
from voiceguide.units import SAMPLE_RATE, samples_at

ALIGNED = 147
"""Frames that are a whole number of samples at each of :data:`~voiceguide.units.FILE_RATES` (160 at 48 kHz)."""

MARGIN = 10 * ALIGNED
"""Frames beside a sample on which it depends: libsoxr's filter is a tenth as long."""

_CELL = 300 * ALIGNED  # frames, 1 s, that are resampled at a time


def resampled_length(samples: int, rate: int, new_rate: int) -> int:
    """How many samples at ``new_rate`` Hz last as long as ``samples`` at ``rate`` Hz, to the nearest."""
    return (2 * samples * new_rate + rate) // (2 * rate)


def resampled(blocks: Iterable[Samples], rate: int, new_rate: int) -> Iterator[Samples]:
    """Blocks at ``rate`` Hz, float32 ``(samples, 2)``, at ``new_rate`` Hz; together :func:`resampled_length` long."""
    stream = soxr.ResampleStream(rate, new_rate, 2, dtype="float32", quality="HQ")
    taken, given = 0, 0
    for block in blocks:
        taken += len(block)
        piece = stream.resample_chunk(block)
        given += len(piece)
        yield piece
    rest = stream.resample_chunk(np.zeros((0, 2), np.float32), last=True)
    wanted = resampled_length(taken, rate, new_rate) - given
    yield _of_length(rest, wanted)


def resampled_whole(samples: Samples, rate: int, new_rate: int) -> Samples:
    """Sound at ``rate`` Hz, float32 ``(samples, 2)``, at ``new_rate`` Hz, :func:`resampled_length` long; around it is
    silence."""
    whole = soxr.resample(samples, rate, new_rate, quality="HQ")
    return _of_length(whole, resampled_length(len(samples), rate, new_rate))


def _of_length(samples: Samples, length: int) -> Samples:
    missing = np.zeros((max(0, length - len(samples)), 2), np.float32)
    return np.concatenate((samples, missing))[: max(0, length)]


@dataclass(frozen=True, slots=True)
class Resampled:
    """A stream at ``rate`` Hz, one of :data:`~voiceguide.units.FILE_RATES`; its frames are samples at that rate.

    It is resampled in cells of a fixed grid, each with its surroundings, so that it is the same from any frame on.
    """

    source: Stream
    rate: int

    @property
    def frames(self) -> int:
        return samples_at(self.rate, self.source.frames)

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        """As :meth:`~voiceguide.audio.stream.Stream.blocks`."""
        stop = self.frames if stop is None else min(stop, self.frames)
        if start >= stop:
            return
        cell = samples_at(self.rate, _CELL)
        first, after = start // cell, -(-stop // cell)
        margin = samples_at(self.rate, MARGIN)
        for number, surrounded in enumerate(self._cells(first, after), start=first):
            own = resampled_whole(surrounded, SAMPLE_RATE, self.rate)[margin : margin + cell]
            yield own[max(0, start - number * cell) : stop - number * cell]

    def _cells(self, first: int, after: int) -> Iterator[Samples]:
        """The source's cells from number ``first`` up to ``after``, each with :data:`MARGIN` frames on either side."""
        begin = first * _CELL - MARGIN
        held = np.zeros((max(0, -begin), 2), np.float32)
        blocks = self.source.blocks(max(0, begin), after * _CELL + MARGIN)
        for _ in range(first, after):
            while len(held) < _CELL + 2 * MARGIN:
                block = next(blocks, None)
                held = _of_length(held, _CELL + 2 * MARGIN) if block is None else np.concatenate((held, block))
            yield held[: _CELL + 2 * MARGIN]
            held = held[_CELL:]
