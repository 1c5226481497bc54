"""Brings a whole mix to its loudness with one constant gain, and holds its true peaks under a ceiling.

Sparse speech cannot reach -16 LUFS by gain alone: its peaks would pass full scale, so a limiter takes them down, and
that in turn costs loudness. :func:`solve` finds the gain that is right after limiting, by listening to the stream a
few times; :meth:`Master.apply` then makes it. Nothing here rides the level: pauses stay as quiet as they were mixed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from voiceguide.audio.stream import FramesDone, Stream
from voiceguide.mastering.limiter import Limited
from voiceguide.mastering.measurement import Measurement, measure
from voiceguide.mastering.survey import Loss, Survey

MOST_GAIN = 40.0
"""dB; what is quieter than this allows stays below its target."""

MOST_LIMITING = 12.0
"""dB that the highest peak may be taken down; beyond, speech would sound crushed."""

_PASSES = 3  # with the limiter, at most, before more is heard or the gain taken as it is
_TRUSTED = 0.15  # dB; a change of gain whose effect the passes so far tell within 0.05 LU
_FAR = 0.5  # dB above what needs no limiting, from where a loss tells how it grows
_GAIN_DIGITS = 2  # gains are whole hundredths of a dB, so that the last bits of a measurement change no sample


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

    def apply(self, stream: Stream) -> Limited:
        """The mastered stream, as long as ``stream``."""
        return Limited(stream, self.gain_db, self.ceiling_dbtp)


def solve(
    stream: Stream,
    target_lufs: float,
    ceiling_dbtp: float,
    mix: Measurement | None = None,
    progress: FramesDone | None = None,
) -> Master:
    """The master that brings the stream to ``target_lufs``, within 0.05 LU (0.1 LU from five minutes on, in 19 of 20
    cases), under ``ceiling_dbtp``.

    The stream is heard once to measure it, but not when ``mix`` already tells. When it needs limiting, it is heard up
    to three times more; of a long one as many excerpts as make that sure.
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
        over = max(0.0, plain - room)
        gain_db = min(round(plain + min(0.012 * over**2.8, over / 2), _GAIN_DIGITS), most)
        survey: Survey | None = Survey.first(stream, mix.loudness_lufs)
        while survey:
            gain_db, loss = _settled(survey, gain_db, plain, room, most, ceiling_dbtp, progress)
            loudness = mix.loudness_lufs + gain_db - loss.lu
            survey = survey.larger(loss)
    shortfall = target_lufs - loudness if gain_db == most else 0.0
    return Master(gain_db, ceiling_dbtp, loudness, max(0.0, shortfall), mix)


def _settled(
    survey: Survey,
    gain_db: float,
    plain: float,
    room: float,
    most: float,
    ceiling_dbtp: float,
    progress: FramesDone | None,
) -> tuple[float, Loss]:
    """The gain, at most ``most``, that has with the limiter the effect that ``plain`` has without; looked for from
    ``gain_db`` on. And what is taken at it.

    Up to the gain ``room`` there is nothing to limit. Each pass tells how many LU limiting takes at one gain; between
    gains that loss runs like a power of how far the peaks pass the ceiling, so that one pass is often enough to see the
    right gain from nearby.
    """
    before: tuple[float, float] | None = None
    for passes in range(1, _PASSES + 1):
        loss = survey.loss(gain_db, ceiling_dbtp, progress)
        slope = (loss.lu - before[1]) / (gain_db - before[0]) if before else 2.7 * loss.lu / max(gain_db - room, _FAR)
        slope = min(max(slope, 0.0), 0.8)
        better = min(round(gain_db + (plain + loss.lu - gain_db) / (1 - slope), _GAIN_DIGITS), most)
        change = better - gain_db
        if abs(change) <= _TRUSTED or passes == _PASSES or survey.larger(loss):
            break
        before, gain_db = (gain_db, loss.lu), better
    return better, Loss(loss.lu + change * slope, loss.error)
