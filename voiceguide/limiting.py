"""How much of a stream's loudness a limiter takes, told by as much of the stream as makes that sure.

What is taken differs from place to place by some tenths of itself, so a minute or two often tells it well enough; and
excerpts tell by how much they differ how far their mean may be wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from voiceguide.limiter import Limited
from voiceguide.loudness import STEP
from voiceguide.quick_loudness import QuickMeter
from voiceguide.stream import Excerpts, Samples, Stream
from voiceguide.units import SAMPLE_RATE

Progress = Callable[[int], None]
"""Called with the number of frames heard so far in this pass."""

_EXCERPT = 5 * SAMPLE_RATE  # frames
_SHORT = 5 * 60 * SAMPLE_RATE  # frames up to which a stream is heard whole
_FIRST = 2 * 60 * SAMPLE_RATE  # frames of the first sample
_LARGEST = 30 * 60 * SAMPLE_RATE  # frames of a sample
_SURE = 0.05  # LU; a standard error up to this is small enough
_NEARLY_ALL = 0.6  # a sample that would be a larger part than this is the whole
_RESERVE = 1.2  # how much more is heard than what should do
_UNLIKE = 3.0  # LU by which a sample may be softer than the whole and still count


@dataclass(frozen=True, slots=True)
class Loss:
    """LU that limiting takes, and the standard error of that; infinite where it was not told at all."""

    lu: float
    error: float


@dataclass(slots=True)
class Sample:
    """Some ``heard`` frames from all over ``stream``, or all of it, whose loudness is ``loudness_lufs``."""

    stream: Stream
    loudness_lufs: float
    heard: int
    _sound: Stream = field(init=False)
    _plain: QuickMeter | None = field(init=False, default=None)  # has heard the excerpts without limiting

    def __post_init__(self) -> None:
        self._sound = self.stream
        if self.heard < self.stream.frames:
            self._sound = Excerpts(self.stream, _EXCERPT, self.stream.frames * _EXCERPT // self.heard)

    @classmethod
    def first(cls, stream: Stream, loudness_lufs: float) -> Sample:
        """As much as is enough in most cases."""
        return cls(stream, loudness_lufs, _FIRST if stream.frames > _SHORT else stream.frames)

    def loss(self, gain_db: float, ceiling_dbtp: float, progress: Progress | None = None) -> Loss:
        """What is taken when the stream is amplified by ``gain_db`` dB and held under ``ceiling_dbtp``."""
        if self._sound is self.stream:
            limited = _metered(Limited(self._sound, gain_db, ceiling_dbtp), progress)
            return Loss(self.loudness_lufs + gain_db - limited.integrated(), 0.0)
        if self._plain is None:
            plain = QuickMeter()
            limited = _metered(Limited(_Overheard(self._sound, plain), gain_db, ceiling_dbtp), progress)
            self._plain = plain
        else:
            limited = _metered(Limited(self._sound, gain_db, ceiling_dbtp), progress)
        unlimited = self._plain.integrated()
        if unlimited < self.loudness_lufs - _UNLIKE:
            return Loss(0.0, math.inf)
        unheard = 1 - self._sound.frames / self.stream.frames
        error = _error(self._plain.steps(), limited.steps()) * math.sqrt(unheard)
        return Loss(unlimited + gain_db - limited.integrated(), error)

    def larger(self, loss: Loss) -> Sample | None:
        """What should be heard instead to be sure; None where it is sure, or no more can be heard."""
        most = min(self.stream.frames, _LARGEST)
        if loss.error <= _SURE or self.heard >= most:
            return None
        wanted = self.heard * (loss.error / _SURE) ** 2 * _RESERVE
        return Sample(self.stream, self.loudness_lufs, most if wanted > _NEARLY_ALL * most else round(wanted))


def _error(plain: Sequence[float], limited: Sequence[float]) -> float:
    """The standard error in LU of the ratio of two sums of power, from how it differs between excerpts (W. G. Cochran,
    Sampling Techniques, 3rd ed., equation 6.9)."""
    each = _EXCERPT // STEP
    count = len(plain) // each
    before, after = (np.array(steps)[: count * each].reshape(count, each).sum(axis=1) for steps in (plain, limited))
    ratio = float(after.sum() / before.sum())
    spread = float(np.square(after - ratio * before).sum()) * count / max(1, count - 1)
    return 10 / math.log(10) * math.sqrt(spread) / float(after.sum())


def _metered(stream: Stream, progress: Progress | None) -> QuickMeter:
    meter, heard = QuickMeter(), 0
    for block in stream.blocks():
        meter.feed(block)
        heard += len(block)
        if progress:
            progress(heard)
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
