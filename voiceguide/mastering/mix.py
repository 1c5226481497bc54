"""A session's mix adapted to its profile: for audiobook shops, with lower beds and the right RMS."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from voiceguide.audio.fast_loudness import QuickMeter
from voiceguide.audio.rms import LevelMeter
from voiceguide.audio.stream import Stream
from voiceguide.mastering.anchor import anchored
from voiceguide.mastering.forecast import forecast
from voiceguide.mastering.measurement import Measurement, measure
from voiceguide.mastering.profiles import RMS_ABOVE_LEAST
from voiceguide.mastering.target import Requirement
from voiceguide.mixing.mixer import Mixer

_TENTHS = 10  # of dB and LUFS are rounded to, so that a small change of the script changes no level
_FLOOR_RESERVE = 4.0  # dB: limiting has to be made good by a gain that raises the beds too


@dataclass(frozen=True, slots=True)
class Mix:
    """A session before mastering, and what the finished file has to measure."""

    mixer: Mixer
    requirement: Requirement

    @property
    def dry(self) -> Mixer:
        """The mix without the voice's room, to be measured: faster to mix, and 0.05 LU softer at most."""
        return replace(self.mixer, room=None)

    def measured(self, counted: Stream | None = None) -> Measurement:
        """What the mix measures, forecast where it can be; else ``counted`` is read: :attr:`dry` with its progress
        told."""
        return forecast(self.mixer) or measure(counted or self.dry)

    def anchored(self, measured: Measurement) -> Requirement:
        """The requirement at which the voice is as loud as it shall be; ``measured`` is :meth:`measured`."""
        return anchored(self.requirement, self.mixer.arrangement, measured)


@dataclass(frozen=True, slots=True)
class _Levels:
    """What a mix measures: integrated loudness in LUFS, RMS in dB, and the RMS of its beds' loudest half second."""

    loudness: float
    rms: float
    loudest_beds: float

    @classmethod
    def of(cls, mixer: Mixer) -> _Levels:
        beds, whole, loudness = LevelMeter(), LevelMeter(), QuickMeter()
        for block in mixer.blocks(bus="bed"):
            beds.feed(block)
        for block in mixer.blocks():
            whole.feed(block)
            loudness.feed(block)
        return cls(loudness.integrated(), whole.levels().rms(), beds.levels().loudest())


def mix_for(mixer: Mixer, requirement: Requirement) -> Mix:
    """The mix as the requirement's profile asks for it.

    For a shop the bed bus is turned down as far as the shop's noise floor wants it, and the loudness required is the
    one that comes with the right RMS.
    """
    shop = requirement.profile.shop
    if shop is None:
        return Mix(mixer, requirement)
    levels = _Levels.of(mixer)
    if math.isinf(levels.loudness):
        return Mix(mixer, requirement)
    gain = shop.rms[0] + RMS_ABOVE_LEAST - levels.rms
    if not math.isinf(levels.loudest_beds):
        too_loud = math.ceil((levels.loudest_beds + gain - (shop.floor - _FLOOR_RESERVE)) * _TENTHS) / _TENTHS
        if too_loud > 0:
            mixer = replace(mixer, levels=replace(mixer.levels, bed=mixer.levels.bed - too_loud))
    return Mix(mixer, replace(requirement, loudness=round((levels.loudness + gain) * _TENTHS) / _TENTHS))
