"""How loud voice, background and sounds are against each other in the file, line by line.

The plan tells the power of each track in each 100 ms; what the file has more or less is found where one of them sounds
alone: the background where nobody speaks, the voice in its lines after the background is taken away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio.steps import STEP
from voiceguide.listening.expected import Expected
from voiceguide.listening.limits import BED_HEARD, BED_LOUD, BED_SOFT
from voiceguide.listening.placing import Placement, Placements, Shifts
from voiceguide.listening.result import Finding
from voiceguide.listening.working_copy import WorkingCopy
from voiceguide.speech.recognition import SAMPLE_RATE as RATE
from voiceguide.timeline import Event
from voiceguide.units import power, power_decibels

_STEP = RATE // 10  # samples of a step
_QUIET = 3  # steps around speech in which its end may still sound
_ALONE = 0.8  # share of the planned power from which the bed sounds alone
_AROUND = 300  # steps beside a line in which the bed is measured
_ENOUGH = 5  # steps in which it must sound alone there
_NOTHING = 1e-14  # power


@dataclass(frozen=True, slots=True)
class Balance:
    """LU by which a line lies above the background and above other sounds during it; None where there are none."""

    over_bed: float | None
    over_sounds: float | None


@dataclass(frozen=True)
class LevelsInFile:
    """What the tracks measure in a file whose lines are ``placed``."""

    copy: WorkingCopy
    expected: Expected
    placed: Placements

    @cached_property
    def voice_gain(self) -> float | None:
        """dB by which the lines are louder than in the plan, in the middle; None without lines known by samples."""
        gains = [gain for index, one in self.placed.items() if (gain := self._line_gain(index, one)) is not None]
        return float(np.median(gains)) if gains else None

    @cached_property
    def bed_gain(self) -> float | None:
        """dB by which the background is louder than in the plan; None where there is none to judge."""
        return float(np.median(self._bed_ratios[1])) if len(self._bed_ratios[1]) >= _ENOUGH else None

    @property
    def bed_level(self) -> float | None:
        """dB by which the background is louder than planned against the voice."""
        if self.bed_gain is None or self.voice_gain is None:
            return None
        return self.bed_gain - self.voice_gain

    def balance(self, index: int, one: Placement) -> Balance:
        """That of a line that was found."""
        event = self.expected.lines[index]
        voice, bed, sounds = self._powers_of(event)
        gain = self._line_gain(index, one)
        if gain is None or voice <= _NOTHING:
            return Balance(None, None)
        heard = power_decibels(voice) + gain
        bed_gain = self._bed_gain_near(event)
        over_bed = heard - power_decibels(bed) - bed_gain if bed_gain is not None and bed > _NOTHING else None
        other = (self.bed_gain if self.voice_gain is None else self.voice_gain) or 0.0
        over_sounds = heard - power_decibels(sounds) - other if sounds > _NOTHING else None
        return Balance(over_bed, over_sounds)

    def _powers_of(self, event: Event) -> tuple[float, float, float]:
        """The planned power of voice, bed, and other sounds during a line."""
        steps = slice(event.start // STEP, max(event.start // STEP + 1, self.expected.end(event) // STEP))
        powers = self.expected.powers
        sounds = powers["chimes"][steps] + powers["breath"][steps]
        return _mean(powers["voice"][steps]), _mean(powers["bed"][steps]), _mean(sounds)

    def _line_gain(self, index: int, one: Placement) -> float | None:
        """dB by which a line is louder than in the plan, after all else is taken away from it."""
        if one.known != "sample":
            return None
        voice, bed, sounds = self._powers_of(self.expected.lines[index])
        first = round(one.start / _STEP)
        heard = _mean(np.asarray(self.copy.powers[first : max(first + 1, one.end // _STEP)], np.float64))
        others = (bed * power(self.bed_gain) if self.bed_gain is not None else 0.0) + sounds * one.gain**2
        rest = heard - others
        return power_decibels(rest / voice) if voice > _NOTHING and rest > heard / 20 else None

    def _bed_gain_near(self, event: Event) -> float | None:
        steps, ratios = self._bed_ratios
        middle = (event.start + event.end) // 2 // STEP
        first, last = np.searchsorted(steps, (middle - _AROUND, middle + _AROUND))
        return float(np.median(ratios[first:last])) if last - first >= _ENOUGH else self.bed_gain

    @cached_property
    def _bed_ratios(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The planned steps in which the bed sounds alone, and how much louder it is in the file there (dB)."""
        powers, shifts = self.expected.powers, Shifts(self.placed, self.expected)
        bed, voice = powers["bed"], powers["voice"]
        speech = np.convolve(voice > _NOTHING, np.ones(2 * _QUIET + 1), mode="same") > 0.5 if len(voice) else voice > 0
        loudest = (
            power_decibels(max(_NOTHING, float(np.median(voice[voice > _NOTHING]))))
            if np.any(voice > _NOTHING)
            else 0.0
        )
        others = powers["chimes"] + powers["breath"]
        alone = ~speech & (bed > _ALONE * (bed + others)) & (bed > power(loudest - BED_HEARD))
        steps: list[int] = []
        ratios: list[float] = []
        for step in np.flatnonzero(alone).tolist():
            before, after = shifts.before(step * STEP), shifts.after(step * STEP)
            at = step + round(before / _STEP)
            if abs(before - after) < _STEP and 0 <= at < len(self.copy.powers):
                steps.append(step)
                ratios.append(power_decibels(max(self.copy.powers[at], _NOTHING) / float(bed[step])))
        return np.array(steps, np.int64), np.array(ratios, np.float64)


def _mean(powers: NDArray[np.float64]) -> float:
    return float(powers.mean()) if len(powers) else 0.0


def bed_findings(levels: LevelsInFile, over_bed: Sequence[float]) -> Iterator[Finding]:
    """Whether the background is too loud or missing; ``over_bed``: the LU of all lines above it."""
    level = levels.bed_level
    if level is None:
        return
    above = f"; the voice lies {np.median(over_bed):.0f} LU above it" if over_bed else ""
    if level > BED_LOUD:
        yield Finding("bed", "error", f"The background is {level:.0f} dB louder than planned against the voice{above}.")
    elif level < -BED_SOFT:
        yield Finding("bed", "warning", f"The background is {-level:.0f} dB softer than planned, or missing{above}.")
