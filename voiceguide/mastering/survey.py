"""How much of a stream's loudness a limiter takes, told by as much of the stream as makes that sure.

What is taken differs from place to place by some tenths of itself, so a minute or two often tells it well enough; and
excerpts tell by how much they differ how far their mean may be wrong.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from voiceguide.audio.fast_loudness import QuickMeter
from voiceguide.audio.loudness import STEP
from voiceguide.audio.stream import Excerpts, FramesDone, Samples, Stream, with_progress
from voiceguide.mastering.limiter import Limited
from voiceguide.units import SAMPLE_RATE

_EXCERPT = 5 * SAMPLE_RATE  # frames
_SHORT = 5 * 60 * SAMPLE_RATE  # frames up to which a stream is heard whole
_FIRST, _LARGEST = 24, 360  # excerpts
_SURE = 0.05  # LU; a standard error up to this is small enough
_NEARLY_ALL = 0.6  # if more than this part of what may be heard is wanted, it is all of that
_RESERVE = 1.2  # how much more is heard than what should do
_UNLIKE = 1.5  # LU by which excerpts may differ from the whole and still speak for it


@dataclass(frozen=True, slots=True)
class Loss:
    """LU that limiting takes, and the standard error of that; infinite where the excerpts can't speak for the rest."""

    lu: float
    error: float


@dataclass(slots=True)
class Survey:
    """So many ``excerpts`` from all over ``stream``, or (0) all of it. The stream's loudness is ``loudness_lufs``."""

    stream: Stream
    loudness_lufs: float
    excerpts: int
    _plain: QuickMeter | None = field(init=False, default=None, compare=False)  # has heard the excerpts unlimited

    @classmethod
    def first(cls, stream: Stream, loudness_lufs: float) -> Survey:
        """As much as is enough in most cases."""
        return cls(stream, loudness_lufs, _FIRST if stream.frames > _SHORT else 0)

    def loss(self, gain_db: float, ceiling_dbtp: float, progress: FramesDone | None = None) -> Loss:
        """What is taken when the stream is amplified by ``gain_db`` dB and held under ``ceiling_dbtp``.

        ``progress`` is told as if all of the stream was heard.
        """
        if not self.excerpts:
            limited = _metered(with_progress(Limited(self.stream, gain_db, ceiling_dbtp), progress))
            return Loss(self.loudness_lufs + gain_db - limited.integrated(), 0.0)
        sound: Stream = Excerpts(self.stream, _EXCERPT, self.excerpts)
        plain = self._plain
        if plain is None:
            plain = QuickMeter()
            sound = _Overheard(sound, plain)
        limited = _metered(with_progress(Limited(sound, gain_db, ceiling_dbtp), progress, self.stream.frames))
        self._plain = plain
        unlimited = plain.integrated()
        if not abs(unlimited - self.loudness_lufs) <= _UNLIKE:  # false for silence
            return Loss(0.0, math.inf)
        unheard = 1 - sound.frames / self.stream.frames
        error = _error(plain.steps(), limited.steps()) * math.sqrt(unheard)
        return Loss(unlimited + gain_db - limited.integrated(), error)

    def larger(self, loss: Loss) -> Survey | None:
        """What should be heard to be sure, when this survey found ``loss``; None when it is, or as large as any."""
        if loss.error <= _SURE:
            return None
        if self.excerpts >= _LARGEST:
            return replace(self, excerpts=0) if math.isinf(loss.error) else None
        most = min(self.stream.frames // _EXCERPT, _LARGEST)
        wanted = self.excerpts * (loss.error / _SURE) ** 2 * _RESERVE
        if wanted <= _NEARLY_ALL * most:
            return replace(self, excerpts=math.ceil(wanted / _FIRST) * _FIRST)
        return replace(self, excerpts=most if most == _LARGEST else 0)


def _error(plain: Sequence[float], limited: Sequence[float]) -> float:
    """The standard error in LU of the ratio of two sums of power, from how it differs between excerpts (W. G. Cochran,
    Sampling Techniques, 3rd ed., equation 6.9)."""
    each = _EXCERPT // STEP
    count = len(plain) // each
    before, after = (np.array(steps)[: count * each].reshape(count, each).sum(axis=1) for steps in (plain, limited))
    ratio = float(after.sum() / before.sum())
    spread = float(np.square(after - ratio * before).sum()) * count / max(1, count - 1)
    return 10 / math.log(10) * math.sqrt(spread) / float(after.sum())


def _metered(blocks: Iterable[Samples]) -> QuickMeter:
    meter = QuickMeter()
    for block in blocks:
        meter.feed(block)
    return meter


@dataclass(frozen=True, slots=True)
class _Overheard:
    """A stream that a meter hears too."""

    source: Stream
    meter: QuickMeter

    @property
    def frames(self) -> int:
        return self.source.frames

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        for block in self.source.blocks(start, stop):
            self.meter.feed(block)
            yield block
