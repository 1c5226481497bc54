"""The levels required of a finished file, and the target of mastering that leads to them."""

from __future__ import annotations

from dataclasses import dataclass

from voiceguide.mastering.profiles import Profile

_CEILING_RESERVE = 0.1  # dB between an encoder's usual overshoot and the highest true peak


@dataclass(frozen=True, slots=True)
class Requirement:
    """What the decoded file must measure: a profile, with the integrated loudness in LUFS that the script asks for."""

    profile: Profile
    loudness: float


@dataclass(frozen=True, slots=True)
class Target:
    """The levels that mastering has to reach before the encoder: integrated loudness in LUFS, and the ceiling of true
    peaks in dBTP."""

    loudness: float
    ceiling: float

    @classmethod
    def first(cls, requirement: Requirement, overshoot: float) -> Target:
        """For the first encode; ``overshoot``: dB by which the encoder usually lets peaks pass the ceiling."""
        return cls(requirement.loudness, requirement.profile.true_peak - overshoot - _CEILING_RESERVE)
