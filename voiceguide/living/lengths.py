"""The plans of a script at every half minute, and how loud each is against the one that was rendered."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from voiceguide import planner
from voiceguide.errors import has_errors
from voiceguide.mastering.forecast import forecasts
from voiceguide.mastering.measurement import Measurement
from voiceguide.mastering.mix import Mix
from voiceguide.mixing.mixer import Mixer
from voiceguide.mixing.placing import Arrangement
from voiceguide.session.session import Session, SpokenScript
from voiceguide.timeline import Timeline
from voiceguide.units import SAMPLE_RATE

STEP = 30
"""Seconds from one length to the next."""


@dataclass(frozen=True, slots=True)
class LengthPlan:
    """A plan, arranged for mixing; ``gain_db`` is what mastering would give it more than the rendered session."""

    timeline: Timeline
    arrangement: Arrangement
    gain_db: float


def length_plans(spoken: SpokenScript, session: Session, own: Collection[Fraction | None]) -> tuple[LengthPlan, ...]:
    """A plan for every half minute that is possible, and for the ``own`` lengths of a pack's sessions (None: as the
    script has it), from the shortest to the longest. ``session`` is the one that was rendered."""
    routine, step = spoken.routine, STEP * SAMPLE_RATE
    span = spoken.length_range()
    lengths = {Fraction(STEP * number) for number in range(-(-span.shortest // step), span.longest // step + 1)}
    wanted = sorted(lengths | {length for length in own if length is not None})
    found = {timeline.frames: timeline for _, timeline in planner.plans(routine, spoken.voices, spoken.clips, wanted)}
    if None in own:
        timeline, problems = planner.plan(routine, spoken.voices, spoken.clips)
        if not has_errors(problems):
            found.setdefault(timeline.frames, timeline)
    found[session.timeline.frames] = session.timeline
    timelines = [found[frames] for frames in sorted(found)]
    return _loud(session.mix, timelines, timelines.index(session.timeline))


def _loud(mix: Mix, timelines: Sequence[Timeline], rendered: int) -> tuple[LengthPlan, ...]:
    """The plans with the gain that each needs, limiting set aside, less that of the plan ``rendered``. All have the
    same where a bed counts too much for a forecast, or nothing sounds."""
    mixers = [replace(mix.mixer, timeline=timeline) for timeline in timelines]
    gains = [_gain(mix, mixer, measured) for mixer, measured in zip(mixers, forecasts(mixers), strict=True)]
    base = gains[rendered]
    return tuple(
        LengthPlan(mixer.timeline, mixer.arrangement, 0.0 if gain is None or base is None else round(gain - base, 2))
        for mixer, gain in zip(mixers, gains, strict=True)
    )


def _gain(mix: Mix, mixer: Mixer, measured: Measurement | None) -> float | None:
    if measured is None or not math.isfinite(measured.loudness_lufs):
        return None
    return replace(mix, mixer=mixer).anchored(measured).loudness - measured.loudness_lufs
