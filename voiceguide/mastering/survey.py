"""How much loudness a limiter takes from a stream, estimated from enough excerpts to be confident.

The loss varies over a session by some tenths of itself, so two minutes of excerpts are often enough; how much they
differ gives the estimate's standard error.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from voiceguide.audio.fast_loudness import QuickMeter
from voiceguide.audio.loudness import STEP
from voiceguide.audio.stream import Excerpts, Samples, Stream
from voiceguide.mastering.limiter import Limited
from voiceguide.units import SAMPLE_RATE

_EXCERPT = 5 * SAMPLE_RATE  # frames
_SHORT = 5 * 60 * SAMPLE_RATE  # frames up to which a stream is limited whole
_FIRST, _LARGEST = 24, 360  # excerpts
_CONFIDENT = 0.05  # LU; a standard error up to this is small enough
_NEARLY_ALL = 0.6  # if more than this share of the most excerpts is needed, all of them are taken
_RESERVE = 1.2  # the factor by which more excerpts are taken than should be enough
_UNLIKE = 1.5  # LU by which excerpts may differ from the whole and still represent it


@dataclass(frozen=True, slots=True)
class Loss:
    """LU that limiting takes, and the standard error of that; infinite where the excerpts do not represent the rest."""

    lu: float
    error: float


@dataclass(slots=True)
class Survey:
    """Measures the loss of loudness on ``excerpts`` excerpts spread over ``stream``, or (0) on all of it.

    ``loudness_lufs`` is the whole stream's integrated loudness.
    """

    stream: Stream
    loudness_lufs: float
    excerpts: int
    _plain: QuickMeter | None = field(init=False, default=None, compare=False)  # has measured the excerpts unlimited

    @classmethod
    def first(cls, stream: Stream, loudness_lufs: float) -> Survey:
        """As many excerpts as are enough in most cases."""
        return cls(stream, loudness_lufs, _FIRST if stream.frames > _SHORT else 0)

    def loss(self, gain_db: float, ceiling_dbtp: float) -> Loss:
        """What is lost when the stream is amplified by ``gain_db`` dB and limited to ``ceiling_dbtp`` dBTP."""
        limited = QuickMeter()
        if not self.excerpts:
            for block in Limited(self.stream, gain_db, ceiling_dbtp).blocks():
                limited.feed(block)
            return Loss(self.loudness_lufs + gain_db - limited.integrated(), 0.0)
        excerpts = Excerpts(self.stream, _EXCERPT, self.excerpts)
        plain = self._plain or QuickMeter()
        source: Stream = excerpts if self._plain else _Metered(excerpts, plain)
        for block in Limited(source, gain_db, ceiling_dbtp).blocks():
            limited.feed(block)
        self._plain = plain
        unlimited = plain.integrated()
        if not abs(unlimited - self.loudness_lufs) <= _UNLIKE:  # NaN for silence
            return Loss(0.0, math.inf)
        left_out = 1 - excerpts.frames / self.stream.frames
        error = _error(plain.steps(), limited.steps()) * math.sqrt(left_out)
        return Loss(unlimited + gain_db - limited.integrated(), error)

    def larger(self, loss: Loss) -> Survey | None:
        """The survey that would be confident, when this one found ``loss``; None when it is, or none is larger."""
        if loss.error <= _CONFIDENT:
            return None
        if self.excerpts >= _LARGEST:
            return replace(self, excerpts=0) if math.isinf(loss.error) else None
        most = min(self.stream.frames // _EXCERPT, _LARGEST)
        wanted = self.excerpts * (loss.error / _CONFIDENT) ** 2 * _RESERVE
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


@dataclass(frozen=True, slots=True)
class _Metered:
    """A stream whose blocks also go to a meter."""

    source: Stream
    meter: QuickMeter

    @property
    def frames(self) -> int:
        return self.source.frames

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        for block in self.source.blocks(start, stop):
            self.meter.feed(block)
            yield block
