"""Finds the constant gain that brings a whole mix to its target, with its true peaks limited to a ceiling.

Sparse speech cannot reach -16 LUFS by gain alone: its peaks would pass full scale, so a limiter reduces them, which in
turn costs loudness. :func:`solve` finds the gain that is right after limiting, by limiting the stream a few times;
:meth:`Master.apply` applies both. The gain is the same at every frame: pauses stay as quiet as they were mixed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from voiceguide.audio.stream import Stream
from voiceguide.mastering.limiter import Limited
from voiceguide.mastering.measurement import Measurement
from voiceguide.mastering.places import everywhere
from voiceguide.mastering.survey import Loss, Survey
from voiceguide.mastering.target import Target

MOST_GAIN = 40.0
"""dB; what is quieter than this allows stays below its target."""

MOST_LIMITING = 12.0
"""dB that the highest peak may be taken down; beyond, speech would sound crushed."""

_PASSES = 3  # with the limiter, at most, before the survey is enlarged or the gain taken as it is
_SMALL_STEP = 0.15  # dB; the effect of such a change of gain is predicted within 0.05 LU
_LOSS_AT_1_DB, _LOSS_POWER = 0.012, 2.8
"""Limiting takes about 0.012 * over**2.8 LU where the highest peak passes the ceiling by ``over`` dB, and never more
than half of it. Only the search begins there: on 32 mixes of the library (24 with the system's voice, eight with a
neural one), up to 4 dB over, the losses measured differ from this by 0.14 LU (rms)."""
_GROWTH = 2.7  # the power by which the loss measured at one gain is taken to grow; the fits to those mixes: 1.9 to 4.4
_FAR = 0.5  # dB by which peaks must pass the ceiling for the loss measured there to predict how it grows
_STEEPEST = 0.8  # LU lost for each dB of gain, at most, so that a step stays finite
_GAIN_DIGITS = 1
"""Gains are whole tenths of a dB, so that neither the last bits of a measurement nor a changed sentence change what is
far from it: parts of the session that were encoded before can then be taken again."""


@dataclass(frozen=True, slots=True)
class Master:
    """How a mix is mastered: a gain of ``gain_db`` dB, then a limiter at ``ceiling_dbtp``.

    ``mix`` is the measurement before, ``loudness_lufs`` the predicted loudness after (minus infinity when the mix is
    silent), and ``shortfall_lu`` by how much that misses the target because of :data:`MOST_GAIN` or
    :data:`MOST_LIMITING`; 0 when the target is met.
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


@dataclass(frozen=True, slots=True)
class _Gains:
    """The possible gains in dB for a mix and its target, and the limiter's ``ceiling`` in dBTP.

    ``plain`` would reach the target if limiting took no loudness, ``unlimited`` is the highest that gives the limiter
    nothing to do, and ``most`` the highest allowed.
    """

    plain: float
    unlimited: float
    most: float
    ceiling: float

    @classmethod
    def of(cls, mix: Measurement, target: Target) -> _Gains:
        unlimited = target.ceiling - mix.true_peak_dbtp
        tenths = 10**_GAIN_DIGITS
        most = math.floor(min(MOST_GAIN, unlimited + MOST_LIMITING) * tenths) / tenths
        return cls(target.loudness - mix.loudness_lufs, unlimited, most, target.ceiling)

    def allowed(self, gain_db: float) -> float:
        """The nearest gain that may be applied."""
        return min(round(gain_db, _GAIN_DIGITS), self.most)

    def first_guess(self) -> float:
        """Where the search for a gain with limiting begins."""
        over = max(0.0, self.plain - self.unlimited)
        return self.allowed(self.plain + min(_LOSS_AT_1_DB * over**_LOSS_POWER, over / 2))


def solve(stream: Stream, mix: Measurement, target: Target, places: Sequence[int] = ()) -> Master:
    """The master that brings the stream, which measures ``mix``, to its target: within 0.1 LU (0.15 LU from five
    minutes on, in 19 of 20 cases), under the ceiling.

    When it needs limiting, the stream is limited up to three times; of a long one as many excerpts as are needed to be
    confident, at the first of the ``places`` (:func:`~voiceguide.mastering.places.sounding`; else anywhere).
    """
    if mix.loudness_lufs == -math.inf:
        return Master(0.0, target.ceiling, -math.inf, 0.0, mix)
    gains = _Gains.of(mix, target)
    gain_db, lost = gains.allowed(gains.plain), 0.0
    if gain_db > gains.unlimited:
        survey = Survey.first(stream, mix.loudness_lufs, places or everywhere(stream.frames))
        gain_db, lost = _with_limiting(survey, gains)
    loudness = mix.loudness_lufs + gain_db - lost
    shortfall = target.loudness - loudness if gain_db == gains.most else 0.0
    return Master(gain_db, target.ceiling, loudness, max(0.0, shortfall), mix)


def _with_limiting(survey: Survey, gains: _Gains) -> tuple[float, float]:
    """The gain that reaches the target with the limiter, and the LU that limiting takes at it."""
    gain_db, loss = _settled(survey, gains, gains.first_guess())
    while larger := survey.larger(loss):
        survey = larger
        gain_db, loss = _settled(survey, gains, gain_db)
    return gain_db, loss.lu


def _settled(survey: Survey, gains: _Gains, gain_db: float) -> tuple[float, Loss]:
    """The gain that reaches the target by what this survey measures, searched from ``gain_db``, and the loss at it.

    A Newton step, then secant steps: each pass measures how many LU limiting takes at one gain, and the slope there
    predicts the gain that compensates for them. One pass is often enough.
    """
    before: tuple[float, float] | None = None
    for passes in range(1, _PASSES + 1):
        loss = survey.loss(gain_db, gains.ceiling)
        if before:
            slope = (loss.lu - before[1]) / (gain_db - before[0])
        else:
            slope = _GROWTH * loss.lu / max(gain_db - gains.unlimited, _FAR)
        slope = min(max(slope, 0.0), _STEEPEST)
        better = gains.allowed(gain_db + (gains.plain + loss.lu - gain_db) / (1 - slope))
        change = better - gain_db
        if abs(change) <= _SMALL_STEP or passes == _PASSES or survey.larger(loss):
            break
        before, gain_db = (gain_db, loss.lu), better
    return better, Loss(loss.lu + change * slope, loss.error)
