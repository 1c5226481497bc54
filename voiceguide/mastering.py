"""Brings a whole mix to its loudness with one constant gain, and holds its true peaks under a ceiling.

Sparse speech cannot reach -16 LUFS by gain alone: its peaks would pass full scale, so a limiter takes them down, and
that in turn costs loudness. :func:`solve` finds the gain that is right after limiting, by listening to the stream a
few times; :meth:`Master.apply` then makes it. Nothing here rides the level: pauses stay as quiet as they were mixed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from voiceguide.limiter import LATENCY, RUN_UP, Limiter
from voiceguide.loudness import STEP, integrated
from voiceguide.quick_loudness import QuickMeter
from voiceguide.stream import Excerpts, Samples, Stream
from voiceguide.true_peak import TruePeakMeter
from voiceguide.units import SAMPLE_RATE

Progress = Callable[[int], None]
"""Called with the number of frames measured so far in this pass."""

MOST_GAIN = 40.0
"""dB; what is quieter than this allows stays below its target."""

MOST_LIMITING = 12.0
"""dB that the highest peak may be taken down; beyond, speech would sound crushed."""

LONG = 45 * 60 * SAMPLE_RATE
"""Frames from which on a stream is long enough to be judged by :func:`excerpts`. What comes out wrong is made again,
which with a shorter one happens too often: to hear all of it costs less."""

_EXCERPT = 5 * SAMPLE_RATE  # frames
_HEARD_AT_LEAST, _HEARD_SHARE = 5 * 60 * SAMPLE_RATE, 0.125  # of a long stream: so many frames, and this share on top
_SAMPLED = 5 * 60 * SAMPLE_RATE  # frames from which on a sixth of a stream is asked what limiting takes from loudness
_SAMPLE_PERIOD = 6 * _EXCERPT
_MUCH = 0.4  # LU taken from which on all of the stream is asked: a sample is wrong by some tenths of what is taken
_UNLIKE = 3.0  # LU by which a sample may be softer than the whole and still count
_PASSES = 3  # at most, with the limiter, after the first without
_TRUSTED = 0.15  # dB; a change of gain whose effect the passes so far tell within 0.05 LU
_GAIN_DIGITS = 2  # gains are whole hundredths of a dB, so that the last bits of a measurement change no sample


@dataclass(frozen=True, slots=True)
class Measurement:
    """A stream's integrated loudness in LUFS and true peak in dBTP; both minus infinity for silence.

    ``steps`` are those of :meth:`Meter.steps`.
    """

    loudness_lufs: float
    true_peak_dbtp: float
    steps: Sequence[float] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Master:
    """What is done to a mix: ``gain_db`` dB, then a limiter at ``ceiling_dbtp``.

    ``mix`` is what was measured before it, ``loudness_lufs`` what will be measured after it (minus infinity when the
    mix is silent), and ``shortfall_lu`` by how much that misses the target because :data:`MOST_GAIN` or
    :data:`MOST_LIMITING` stood in the way; 0 when the target is met.
    """

    gain_db: float
    ceiling_dbtp: float
    loudness_lufs: float
    shortfall_lu: float
    mix: Measurement

    @property
    def limiting_db(self) -> float:
        """How far the highest peak is taken down; 0 when the limiter has nothing to do."""
        return max(0.0, self.mix.true_peak_dbtp + self.gain_db - self.ceiling_dbtp)

    def apply(self, stream: Stream) -> Mastered:
        """The mastered stream, as long as ``stream``."""
        return Mastered(stream, self.gain_db, self.ceiling_dbtp)


@dataclass(frozen=True, slots=True)
class Mastered:
    """A stream amplified by ``gain_db`` dB and held under ``ceiling_dbtp``."""

    source: Stream
    gain_db: float
    ceiling_dbtp: float

    @property
    def frames(self) -> int:
        return self.source.frames

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        """As :meth:`Stream.blocks`; blocks of other lengths than the source's."""
        stop = self.frames if stop is None else min(stop, self.frames)
        begin = Limiter.grid(max(0, start - RUN_UP))
        limiter, at = Limiter(self.ceiling_dbtp, self.gain_db), begin
        for block in self.source.blocks(begin, stop + LATENCY):
            at, ready = _between(limiter.process(block), at, start, stop)
            if len(ready):
                yield ready
        _, ready = _between(limiter.flush(), at, start, stop)
        if len(ready):
            yield ready


def _between(block: Samples, at: int, start: int, stop: int) -> tuple[int, Samples]:
    """What of a block from frame ``at`` on lies in the frames ``start`` up to ``stop``; and the frame after it."""
    return at + len(block), block[max(0, start - at) : max(0, stop - at)]


def excerpts(stream: Stream) -> Stream:
    """What is enough to hear of a stream so as to know its loudness within some 0.1 LU; all of it when it is short.

    The highest peak may lie elsewhere.
    """
    if stream.frames < LONG:
        return stream
    share = _HEARD_SHARE + _HEARD_AT_LEAST / stream.frames
    return Excerpts(stream, _EXCERPT, round(_EXCERPT / share))


def measure(stream: Stream, progress: Progress | None = None) -> Measurement:
    """Loudness and true peak of a stream."""
    loudness, peak = QuickMeter(), TruePeakMeter()
    for block in _told(stream, progress):
        loudness.feed(block)
        peak.feed(block)
    return Measurement(loudness.integrated(), peak.dbtp, loudness.steps())


def _loudness(stream: Stream, progress: Progress | None) -> float:
    meter = QuickMeter()
    for block in _told(stream, progress):
        meter.feed(block)
    return meter.integrated()


def _told(stream: Stream, progress: Progress | None) -> Iterator[Samples]:
    heard = 0
    for block in stream.blocks():
        yield block
        heard += len(block)
        if progress:
            progress(heard)


def solve(
    stream: Stream,
    target_lufs: float,
    ceiling_dbtp: float,
    mix: Measurement | None = None,
    progress: Progress | None = None,
) -> Master:
    """The master that brings the stream to ``target_lufs``, within 0.05 LU (0.1 LU from five minutes on), under
    ``ceiling_dbtp``.

    The stream is heard once to measure it (not when ``mix`` already tells, from a :class:`Master` found before). When
    it needs limiting, it is heard up to three times more; of a long one that needs little, a sixth.
    """
    mix = measure(stream, progress) if mix is None else mix
    if mix.loudness_lufs == -math.inf:
        return Master(0.0, ceiling_dbtp, -math.inf, 0.0, mix)
    plain = target_lufs - mix.loudness_lufs
    room = ceiling_dbtp - mix.true_peak_dbtp
    most = math.floor(min(MOST_GAIN, room + MOST_LIMITING) * 10**_GAIN_DIGITS) / 10**_GAIN_DIGITS
    gain_db = min(round(plain, _GAIN_DIGITS), most)
    loudness = mix.loudness_lufs + gain_db
    if gain_db > room:
        gain_db, loudness = _through_limiter(_Limiting(stream, mix, ceiling_dbtp, progress), plain, most, room)
    shortfall = target_lufs - loudness if gain_db == most else 0.0
    return Master(gain_db, ceiling_dbtp, loudness, max(0.0, shortfall), mix)


class _Limiting:
    """What limiting takes from a stream's loudness, told by a sample of it for as long as that is little.

    ``before`` has gains with the LU that were taken at them, all told by the same sound.
    """

    def __init__(self, stream: Stream, mix: Measurement, ceiling_dbtp: float, progress: Progress | None) -> None:
        self.mix = mix
        self.before: list[tuple[float, float]] = []
        self._stream, self._ceiling, self._progress = stream, ceiling_dbtp, progress
        self._asked, self._unlimited = _sample(stream, mix)

    def taken(self, gain_db: float) -> float:
        """LU that are taken when the stream is amplified by ``gain_db`` dB."""
        limited = _loudness(Mastered(self._asked, gain_db, self._ceiling), self._progress)
        taken = self._unlimited + gain_db - limited
        if taken <= _MUCH or self._asked is self._stream:
            return taken
        self._asked, self._unlimited = self._stream, self.mix.loudness_lufs
        self.before.clear()
        return self.taken(gain_db)


def _sample(stream: Stream, mix: Measurement) -> tuple[Stream, float]:
    """What is enough to hear of a stream so as to know how much limiting takes from its loudness, and how loud that is
    without. What is taken differs far less from place to place than loudness does."""
    if stream.frames < _SAMPLED:
        return stream, mix.loudness_lufs
    period, heard = _SAMPLE_PERIOD // STEP, _EXCERPT // STEP
    unlimited = integrated([power for step, power in enumerate(mix.steps) if step % period < heard])
    if unlimited < mix.loudness_lufs - _UNLIKE:
        return stream, mix.loudness_lufs
    return Excerpts(stream, _EXCERPT, _SAMPLE_PERIOD), unlimited


def _through_limiter(limiting: _Limiting, plain: float, most: float, room: float) -> tuple[float, float]:
    """The gain that, limited, has the effect that ``plain`` has without; at most ``most``. And its loudness, in LUFS.

    Up to the gain ``room`` there is nothing to limit. Each pass tells how many LU limiting takes at one gain; between
    gains that loss runs like a power of how far the peaks pass the ceiling, so that one pass is often enough to see the
    right gain from nearby.
    """
    over = plain - room
    gain_db = min(round(plain + min(0.012 * over**2.8, over / 2), _GAIN_DIGITS), most)
    passes = 0
    while True:
        loss = limiting.taken(gain_db)
        passes += 1
        slope = 2.7 * loss / (gain_db - room)
        if limiting.before:
            slope = (loss - limiting.before[-1][1]) / (gain_db - limiting.before[-1][0])
        limiting.before.append((gain_db, loss))
        share = 1 - min(max(slope, 0.0), 0.8)  # of a change of gain that is heard
        better = min(round(gain_db + (plain + loss - gain_db) / share, _GAIN_DIGITS), most)
        change = better - gain_db
        if abs(change) <= _TRUSTED or passes == _PASSES:
            return better, limiting.mix.loudness_lufs + gain_db - loss + change * share
        gain_db = better
