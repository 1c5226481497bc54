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
from voiceguide.audio.steps import STEP
from voiceguide.audio.stream import Excerpts, Samples, Stream
from voiceguide.mastering.limiter import Limited
from voiceguide.mastering.places import EXCERPT
from voiceguide.units import SAMPLE_RATE

_SHORT = 5 * 60 * SAMPLE_RATE  # frames up to which a stream is limited whole
_FIRST, _LARGEST = 24, 384  # excerpts
_CONFIDENT = 0.05  # LU; a standard error up to this is small enough
_UNLIKE = 1.5  # LU by which excerpts may differ from the whole and still represent it


@dataclass(frozen=True, slots=True)
class Loss:
    """LU that limiting takes, and the standard error of that; infinite where the excerpts do not represent the rest."""

    lu: float
    error: float


@dataclass(slots=True)
class Survey:
    """Measures the loss of loudness on ``excerpts`` excerpts of ``stream``, or (0) on all of it.

    ``loudness_lufs`` is the whole stream's integrated loudness, ``places`` the frames at which excerpts begin, the
    first to be taken first.
    """

    stream: Stream
    loudness_lufs: float
    places: Sequence[int]
    excerpts: int
    _plain: QuickMeter | None = field(init=False, default=None, compare=False)  # has measured the excerpts unlimited

    @classmethod
    def first(cls, stream: Stream, loudness_lufs: float, places: Sequence[int]) -> Survey:
        """As many excerpts as are enough in most cases."""
        return cls(stream, loudness_lufs, places, min(_FIRST, len(places)) if stream.frames > _SHORT else 0)

    def loss(self, gain_db: float, ceiling_dbtp: float) -> Loss:
        """What is lost when the stream is amplified by ``gain_db`` dB and limited to ``ceiling_dbtp`` dBTP."""
        limited = QuickMeter()
        if not self.excerpts:
            for block in Limited(self.stream, gain_db, ceiling_dbtp).blocks():
                limited.feed(block)
            return Loss(self.loudness_lufs + gain_db - limited.integrated(), 0.0)
        excerpts = Excerpts(self.stream, EXCERPT, sorted(self.places[: self.excerpts]))
        plain = self._plain or QuickMeter()
        source: Stream = excerpts if self._plain else _Metered(excerpts, plain)
        for block in Limited(source, gain_db, ceiling_dbtp).blocks():
            limited.feed(block)
        self._plain = plain
        unlimited = plain.integrated()
        if not abs(unlimited - self.loudness_lufs) <= _UNLIKE:  # NaN for silence
            return Loss(0.0, math.inf)
        left_out = 1 - self.excerpts / len(self.places)
        error = _error(plain.steps(), limited.steps()) * math.sqrt(left_out)
        return Loss(unlimited + gain_db - limited.integrated(), error)

    def larger(self, loss: Loss) -> Survey | None:
        """The survey that would be confident, when this one found ``loss``; None when it is, or none is larger."""
        if loss.error <= _CONFIDENT:
            return None
        most = min(len(self.places), _LARGEST)
        unlike = math.isinf(loss.error)
        if self.excerpts >= most or (unlike and most < _LARGEST):
            return replace(self, excerpts=0) if unlike else None
        wanted = self.excerpts * (loss.error / _CONFIDENT) ** 2
        count = self.excerpts
        while count < min(wanted, most):
            count *= 2
        return replace(self, excerpts=min(count, most))


def _error(plain: Sequence[float], limited: Sequence[float]) -> float:
    """The standard error in LU of the ratio of two sums of power, from how it differs between excerpts (W. G. Cochran,
    Sampling Techniques, 3rd ed., equation 6.9)."""
    each = EXCERPT // STEP
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
