"""Holds a finished file to its word: hears it back, and says how to master it again when it misses its profile.

Encoders move levels: what is lossy bends the wave, so that peaks pass the limiter's ceiling, and leaves out what
nobody hears, so that hiss loses loudness. How much depends on the sound, so the file itself is measured; one that
misses is made again with another gain and another ceiling. The gain is one and constant in any case.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from voiceguide.audio.fast_loudness import QuickMeter
from voiceguide.audio.loudness import integrated, short_term
from voiceguide.audio.rms import LevelMeter
from voiceguide.audio.stream import Samples
from voiceguide.audio.true_peak import TruePeakMeter
from voiceguide.mastering.profiles import Profile, Shop
from voiceguide.mixing.mixer import Mixer

LOUDNESS_TOLERANCE = 0.3
"""LU by which a file may miss its loudness without a word."""

_TRUSTED = 0.15  # LU; what is nearer is not made again: other meters differ by as much
_DIGITS = 2  # aims are whole hundredths, so that the last bits of a measurement change no sample
_CEILING_RESERVE = 0.1  # dB between an encoder's usual overshoot and the highest true peak
_AGAIN_RESERVE = 0.2  # dB more than the overshoot that was measured: another sound overshoots elsewhere
_RMS_ABOVE_LEAST = 1.0  # dB into a shop's range: the quiet end of it needs the least limiting
_RMS_RESERVE = 0.3  # dB within a shop's range that other meters are left
_FLOOR_RESERVE = 4.0  # dB: limiting has to be made good by a gain that raises the bed too


@dataclass(frozen=True, slots=True)
class Ends:
    """Levels of a file as a shop measures them: RMS and the quietest half second in dB, and seconds of quiet at
    either end."""

    rms: float
    floor: float
    head: float
    tail: float

    @classmethod
    def of(cls, meter: LevelMeter, shop: Shop) -> Ends:
        return cls(meter.rms(), meter.quietest(), *meter.edges(shop.floor))


@dataclass(frozen=True, slots=True)
class FileMeasurement:
    """What a file measures as decoded: LUFS, dBTP, and what the profile's shop asks, if it has one.

    ``curve``: seconds and short-term loudness (LUFS, windows of 3 s, at their middle), one a second.
    """

    curve: tuple[tuple[float, float], ...]
    loudness: float
    true_peak: float
    ends: Ends | None


class FileMeter:
    """Takes in what a decoder gives of a finished file, block by block, and tells what the file measures."""

    def __init__(self, shop: Shop | None) -> None:
        self._shop = shop
        self._loudness, self._peaks, self._levels = QuickMeter(), TruePeakMeter(), LevelMeter()

    def __call__(self, block: Samples) -> None:
        """Hears the next block, ``(frames, 2)``, of any length."""
        self._loudness.feed(block)
        self._peaks.feed(block)
        if self._shop:
            self._levels.feed(block)

    def measurement(self) -> FileMeasurement:
        """What all blocks so far measure."""
        steps = self._loudness.steps()
        curve = tuple((second + 1.5, lufs) for second, lufs in enumerate(short_term(steps, every=10)))
        ends = Ends.of(self._levels, self._shop) if self._shop else None
        return FileMeasurement(curve, integrated(steps), self._peaks.dbtp, ends)


@dataclass(frozen=True, slots=True)
class Goal:
    """A profile, with the loudness in LUFS that the script asks for."""

    profile: Profile
    loudness: float

    def missed_by(self, heard: FileMeasurement) -> float:
        """The LU or dB that the file lacks; 0 for silence, and within the range of a shop."""
        if self.profile.shop is not None and heard.ends is not None:
            least, most = self.profile.shop.rms
            if least + _RMS_RESERVE <= heard.ends.rms <= most - _RMS_RESERVE:
                return 0.0
            lacking = least + _RMS_ABOVE_LEAST - heard.ends.rms
        else:
            lacking = self.loudness - heard.loudness
        return lacking if math.isfinite(lacking) else 0.0


@dataclass(frozen=True, slots=True)
class Aim:
    """What the mastering is asked for, before the encoder: integrated loudness in LUFS, the ceiling in dBTP."""

    loudness: float
    ceiling: float

    @classmethod
    def first(cls, goal: Goal, overshoot: float) -> Aim:
        """``overshoot``: dB by which the encoder usually lets peaks pass the ceiling."""
        return cls(goal.loudness, goal.profile.true_peak - overshoot - _CEILING_RESERVE)

    def after(self, goal: Goal, heard: FileMeasurement, shortfall: float) -> Aim | None:
        """What to aim at instead, now that the file has been heard; None when it is as it shall be.

        ``shortfall``: LU that the mastering itself had to leave away, which asking for more does not bring back.
        """
        over = heard.true_peak - goal.profile.true_peak
        lacking = goal.missed_by(heard)
        if lacking > 0 and shortfall:
            lacking = 0.0
        if over <= 0 and abs(lacking) <= _TRUSTED:
            return None
        ceiling = self.ceiling - over - _AGAIN_RESERVE if over > 0 else self.ceiling
        return Aim(round(self.loudness + lacking, _DIGITS), round(ceiling, _DIGITS))


@dataclass(frozen=True, slots=True)
class Mix:
    """A session before mastering, and what is to come of it."""

    mixer: Mixer
    goal: Goal


def mix_for(mixer: Mixer, goal: Goal) -> Mix:
    """The mix as the goal's profile asks for it.

    For a shop its beds are as low as the shop wants them, and the goal is the loudness that brings it the right RMS.
    The beds keep their courses; all of them are turned down by the same.
    """
    shop = goal.profile.shop
    if shop is None:
        return Mix(mixer, goal)
    beds = LevelMeter()
    for block in mixer.blocks(bus="bed"):
        beds.feed(block)
    meter, levels = QuickMeter(), LevelMeter()
    for block in mixer.blocks():
        meter.feed(block)
        levels.feed(block)
    if math.isinf(meter.integrated()):
        return Mix(mixer, goal)
    gain = shop.rms[0] + _RMS_ABOVE_LEAST - levels.rms()
    over = round(beds.loudest() + gain - (shop.floor - _FLOOR_RESERVE), 2) if not math.isinf(beds.loudest()) else 0.0
    if over > 0:
        mixer = _with_lower_beds(mixer, over)
    return Mix(mixer, replace(goal, loudness=round(meter.integrated() + gain, 2)))


def _with_lower_beds(mixer: Mixer, by: float) -> Mixer:
    timeline = mixer.timeline
    events = (event if event.bed is None else replace(event, level=event.level - by) for event in timeline.events)
    return replace(mixer, timeline=replace(timeline, events=tuple(events)))


def notes(goal: Goal, heard: FileMeasurement, shortfall: float) -> tuple[str, ...]:
    """What a person should know about a file that is not quite as its profile has it."""
    if heard.loudness == -math.inf:
        return ("The session is silent: nothing in it can be heard.",)
    if goal.profile.shop is not None and heard.ends is not None:
        return tuple(_shop_notes(goal.profile.shop, heard.ends))
    if abs(heard.loudness - goal.loudness) <= LOUDNESS_TOLERANCE:
        return ()
    why = " because its peaks allow no more" if shortfall else ""
    return (f"The session's loudness is {heard.loudness:.1f} LUFS instead of {goal.loudness:.1f}{why}.",)


def _shop_notes(shop: Shop, ends: Ends) -> Iterable[str]:
    least, most = shop.rms
    if not least <= ends.rms <= most:
        yield (
            f"The session's level is {ends.rms:.1f} dB RMS; audiobook shops ask for {least:.0f} to {most:.0f} dB. "
            "Shorter pauses bring it up."
        )
    if ends.floor > shop.floor:
        yield (
            f"The quietest half second has {ends.floor:.1f} dB RMS; audiobook shops ask for at most {shop.floor:.0f} "
            "dB. A moment without chimes and other sounds helps."
        )
    for name, found, (shortest, longest) in (("begins", ends.head, shop.head), ("ends", ends.tail, shop.tail)):
        if not shortest - 0.05 <= found <= longest + 0.05:
            asked = f"{shortest:g} to {longest:g} s"
            yield f"The session {name} with {found:.1f} s of quiet; audiobook shops ask for {asked}."
