"""The voice decides how loud a session is: its lines sound alike in every session of a library.

Integrated loudness alone would not give that. Long quiet sounds count in it, so that a session with many chimes or
breath sounds would be turned up, voice and all. The rule: the median of the voice lines lies
:data:`~voiceguide.mix_levels.VOICE_OVER_TARGET` above the loudness asked for. It moves by up to
:data:`~voiceguide.mix_levels.VOICE_GIVES_WAY` where that brings the integrated loudness nearer to within
:data:`INTEGRATED_WITHIN` of it; then the integrated loudness gives way.
"""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import median

from voiceguide.mastering.measurement import Measurement
from voiceguide.mastering.target import Requirement
from voiceguide.mix_levels import VOICE_GIVES_WAY, VOICE_LOUDNESS, VOICE_OVER_TARGET
from voiceguide.mixing.placing import Arrangement
from voiceguide.timeline import Line

INTEGRATED_WITHIN = 1.0
"""LU between a session's integrated loudness and the one asked for, up to which the voice need not give way."""

_TENTHS = 10  # of LUFS are rounded to, so that a small change of the script changes no gain


def voice_loudness(arrangement: Arrangement) -> float | None:
    """The median loudness of a mix's spoken lines in LUFS; None without any. Every line is levelled on its own."""
    levels = [placed.clip.level for placed in arrangement.clips if isinstance(placed.clip.source, Line)]
    return VOICE_LOUDNESS + median(levels) if levels else None


def anchored(requirement: Requirement, arrangement: Arrangement, mix: Measurement) -> Requirement:
    """The requirement with the integrated loudness that a mix, which measures ``mix``, has when its voice is right.

    As it is for a shop, which decides by RMS; for a profile whose integrated loudness is exact; for a session without a
    voice; and for silence.
    """
    voice = voice_loudness(arrangement)
    if (
        requirement.profile.shop is not None
        or requirement.profile.exact
        or voice is None
        or not math.isfinite(mix.loudness_lufs)
    ):
        return requirement
    gain = requirement.loudness + VOICE_OVER_TARGET - voice
    beside = mix.loudness_lufs + gain - requirement.loudness
    too_far = beside - min(max(beside, -INTEGRATED_WITHIN), INTEGRATED_WITHIN)
    gain -= min(max(too_far, -VOICE_GIVES_WAY), VOICE_GIVES_WAY)
    return replace(requirement, loudness=round((mix.loudness_lufs + gain) * _TENTHS) / _TENTHS)
