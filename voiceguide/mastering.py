"""Brings a whole mix to its loudness with one constant gain, and holds its true peaks under a ceiling.

Sparse speech cannot reach -16 LUFS by gain alone: its peaks would pass full scale, so a limiter takes them down, and
that in turn costs loudness. :func:`solve` finds the gain that is right after limiting, by listening to the stream a
few times; :meth:`Master.apply` then makes it. Nothing here rides the level: pauses stay as quiet as they were mixed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voiceguide.limiter import Limiter
from voiceguide.quick_loudness import QuickMeter
from voiceguide.true_peak import TruePeakMeter
from voiceguide.units import gain

Samples = NDArray[np.float32]

MOST_GAIN = 40.0
"""dB; what is quieter than this allows stays below its target."""

MOST_LIMITING = 12.0
"""dB that the highest peak may be taken down; beyond, speech would sound crushed."""

_PASSES = 3  # at most, with the limiter, after the first without
_TRUSTED = 0.25  # dB; a change of gain whose effect the passes so far tell within 0.05 LU
_GAIN_DIGITS = 2  # gains are whole hundredths of a dB, so that the last bits of a measurement change no sample


@dataclass(frozen=True, slots=True)
class Measurement:
    """A stream's integrated loudness in LUFS and true peak in dBTP; both minus infinity for silence."""

    loudness_lufs: float
    true_peak_dbtp: float


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

    def apply(self, blocks: Iterable[Samples]) -> Iterator[Samples]:
        """The mastered stream: as many frames as ``blocks`` hold, in blocks of other lengths."""
        if not self.limiting_db:
            factor = np.float32(gain(self.gain_db))
            yield from (block * factor for block in blocks)
            return
        yield from _limited(blocks, self.gain_db, self.ceiling_dbtp)


def _limited(blocks: Iterable[Samples], gain_db: float, ceiling_dbtp: float) -> Iterator[Samples]:
    limiter = Limiter(ceiling_dbtp, gain_db)
    for block in blocks:
        ready = limiter.process(block)
        if len(ready):
            yield ready
    yield limiter.flush()


def measure(blocks: Iterable[Samples]) -> Measurement:
    """Loudness and true peak of a stream of ``(frames, 2)`` float32 blocks."""
    loudness, true_peak = QuickMeter(), TruePeakMeter()
    for block in blocks:
        loudness.feed(block)
        true_peak.feed(block)
    return Measurement(loudness.integrated(), true_peak.dbtp)


def solve(
    blocks: Callable[[], Iterable[Samples]],
    target_lufs: float,
    ceiling_dbtp: float,
    mix: Measurement | None = None,
) -> Master:
    """The master that brings the stream to ``target_lufs``, within 0.05 LU, under ``ceiling_dbtp``.

    ``blocks`` starts the same stream anew each time it is called: once to measure it (not when ``mix`` already tells,
    from a :class:`Master` found before), and up to three times more when it needs limiting.
    """
    mix = measure(blocks()) if mix is None else mix
    if mix.loudness_lufs == -math.inf:
        return Master(0.0, ceiling_dbtp, -math.inf, 0.0, mix)
    plain = target_lufs - mix.loudness_lufs
    room = ceiling_dbtp - mix.true_peak_dbtp
    most = math.floor(min(MOST_GAIN, room + MOST_LIMITING) * 10**_GAIN_DIGITS) / 10**_GAIN_DIGITS
    gain_db = min(round(plain, _GAIN_DIGITS), most)
    loudness = mix.loudness_lufs + gain_db
    if gain_db > room:
        gain_db, loudness = _through_limiter(blocks, plain, most, ceiling_dbtp, mix)
    shortfall = target_lufs - loudness if gain_db == most else 0.0
    return Master(gain_db, ceiling_dbtp, loudness, max(0.0, shortfall), mix)


def _through_limiter(
    blocks: Callable[[], Iterable[Samples]], plain: float, most: float, ceiling_dbtp: float, mix: Measurement
) -> tuple[float, float]:
    """The gain that, limited, has the effect that ``plain`` has without; at most ``most``. And its loudness, in LUFS.

    Each pass tells how many LU limiting takes at one gain; between gains that loss runs like a power of how far the
    peaks pass the ceiling, so that one pass is often enough to see the right gain from nearby.
    """
    room = ceiling_dbtp - mix.true_peak_dbtp
    over = plain - room
    gain_db = min(round(plain + min(0.012 * over**2.8, over / 2), _GAIN_DIGITS), most)
    heard: list[tuple[float, float]] = []
    while True:
        loudness = _loudness(_limited(blocks(), gain_db, ceiling_dbtp))
        loss = mix.loudness_lufs + gain_db - loudness
        slope = 2.7 * loss / (gain_db - room)
        if heard:
            slope = (loss - heard[-1][1]) / (gain_db - heard[-1][0])
        heard.append((gain_db, loss))
        share = 1 - min(max(slope, 0.0), 0.8)  # of a change of gain that is heard
        better = min(round(gain_db + (plain + loss - gain_db) / share, _GAIN_DIGITS), most)
        change = better - gain_db
        if abs(change) <= _TRUSTED or len(heard) == _PASSES:
            return better, loudness + change * share
        gain_db = better


def _loudness(blocks: Iterable[Samples]) -> float:
    meter = QuickMeter()
    for block in blocks:
        meter.feed(block)
    return meter.integrated()
