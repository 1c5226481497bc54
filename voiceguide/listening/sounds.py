"""Which chimes, breath sounds and sound files are heard, when, and how loud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from voiceguide.listening.correlation import Match
from voiceguide.listening.expected import Expected
from voiceguide.listening.limits import ONSET, ONSET_BY_EAR, SOUND_LEVEL, SOUND_LIKE, SOUND_SHARE
from voiceguide.listening.placing import Shifts
from voiceguide.listening.result import Finding
from voiceguide.listening.working_copy import WorkingCopy, in_seconds
from voiceguide.progress import ReportStage
from voiceguide.speech.recognition import SAMPLE_RATE as RATE
from voiceguide.timeline import Event
from voiceguide.units import decibels

_REACH = 4 * RATE // 5  # samples around its place in which a sound is looked for
_REACH_BY_EAR = 5 * RATE // 2
_MANY = 6  # sounds of a kind that are missing, from which they are told together


@dataclass(frozen=True, slots=True)
class SoundPlace:
    """A planned sound in the file: its place in samples and how far that is beside the plan's, and its gain; None for
    all of them where it is missing."""

    event: Event
    at: int | None = None
    late: int = 0
    gain: float | None = None


@dataclass(frozen=True, slots=True)
class SoundSearch:
    """Looks for sounds in a file whose lines have these ``shifts``; ``gain`` is what mastering multiplied by (None:
    unknown). ``by_ear``: the lines are known by their words only."""

    copy: WorkingCopy
    expected: Expected
    shifts: Shifts
    gain: float | None
    by_ear: bool

    def find(self, event: Event) -> SoundPlace:
        template = self.expected.template(event)
        place = self.expected.place(event)
        if template.silent:
            return SoundPlace(event, place, 0, self.gain)
        best: tuple[Match, int] | None = None
        reach = _REACH_BY_EAR if self.by_ear else _REACH
        for shift in dict.fromkeys((self.shifts.before(event.start), self.shifts.after(event.start))):
            start = place + shift - reach
            match = template.strongest(self.copy.sound(start, place + shift + reach + len(template)))
            if match and self._there(match) and (best is None or match.gain > best[0].gain):
                best = match, start + match.at
        if best is None:
            return SoundPlace(event)
        return SoundPlace(event, best[1], self._late(event, place, best[1]), best[0].gain)

    def _there(self, match: Match) -> bool:
        """Whether a match is the sound itself."""
        if self.gain is None:
            return match.likeness > 4 * SOUND_LIKE
        return match.gain > SOUND_SHARE * self.gain and match.likeness > SOUND_LIKE

    def _late(self, event: Event, place: int, at: int) -> int:
        """By how much it is later than the lines around it, the nearer of the two."""
        both = (at - place - shift for shift in (self.shifts.before(event.start), self.shifts.after(event.start)))
        return min(both, key=abs)


def found_sounds(search: SoundSearch, progress: ReportStage) -> tuple[SoundPlace, ...]:
    """Every planned sound."""
    events = search.expected.sounds
    found: list[SoundPlace] = []
    for number, event in enumerate(events, 1):
        found.append(search.find(event))
        progress("Looking for sounds", number, len(events))
    gains = [place.gain for place in found if place.gain]
    if search.gain is None and gains:  # what the clear ones were multiplied by shows those under a voice
        again = replace(search, gain=float(np.median(gains)))
        return tuple(place if place.gain else again.find(place.event) for place in found)
    return tuple(found)


def level_of_sound(place: SoundPlace, gain: float | None) -> float | None:
    """dB by which a sound is louder than planned, where all was multiplied by ``gain``."""
    return None if place.gain is None or not gain else decibels(place.gain / gain)


def sound_findings(search: SoundSearch, places: Sequence[SoundPlace]) -> Iterator[Finding]:
    """What is wrong with the sounds."""
    for rule, what in (("breath", "breath sound"), ("chime", "sound")):
        own = [place for place in places if _rule(place.event) == rule]
        missing = [place for place in own if place.at is None]
        if len(missing) >= _MANY:
            first = missing[0].event
            message = f"Of {len(own)} planned {what}s, {len(own) - len(missing) or 'none'} can be heard."
            yield Finding(rule, "error", message, _planned(search, first), first.span)
        else:
            for place in missing:
                message = f"{named(place.event)} is not heard."
                yield Finding(rule, "error", message, _planned(search, place.event), place.event.span)
        for place in own:
            yield from _beside(search, place, rule)


def _planned(search: SoundSearch, event: Event) -> float:
    """The second at which a sound should be heard, as the line before it was."""
    return in_seconds(search.expected.place(event) + search.shifts.before(event.start))


def _beside(search: SoundSearch, place: SoundPlace, rule: str) -> Iterator[Finding]:
    """Where a sound is early or late, too loud or too soft."""
    if place.at is None:
        return
    late, at = in_seconds(place.late), in_seconds(place.at)
    if abs(late) > (ONSET_BY_EAR if search.by_ear else ONSET):
        when = f"{abs(late) * 1000:.0f} ms {'late' if late > 0 else 'early'}"
        yield Finding(rule, "error", f"{named(place.event)} comes {when}.", at, place.event.span)
    level = level_of_sound(place, search.gain)
    if level is not None and abs(level) > SOUND_LEVEL:
        how = f"{abs(level):.0f} dB {'louder' if level > 0 else 'softer'} than planned against the voice"
        yield Finding("sound-level", "error", f"{named(place.event)} is {how}.", at, place.event.span)


def _rule(event: Event) -> str:
    return "breath" if event.track == "breath" else "chime"


def named(event: Event) -> str:
    """A sound in words, for the beginning of a sentence."""
    if event.track == "breath":
        return f"The breath sound for “{event.phase}”" if event.phase else "The swell of a breath"
    return f"The sound “{event.text}”" if event.text else "A sound"
