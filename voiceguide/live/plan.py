"""A plan that can be played while some of its lines are still missing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from voiceguide.audio.rooms import ROOMS
from voiceguide.errors import Diagnostic
from voiceguide.live.clips import LiveClips
from voiceguide.live.places import Places
from voiceguide.mastering.forecast import course
from voiceguide.mastering.measurement import Measurement
from voiceguide.mastering.mix import mix_for
from voiceguide.mastering.places import sounding
from voiceguide.mastering.profiles import PROFILES
from voiceguide.mastering.solve import Master, solve
from voiceguide.mastering.target import Requirement, Target
from voiceguide.mix_levels import VOICE_LOUDNESS, VOICE_OVER_TARGET
from voiceguide.mixing.mixer import Mixer
from voiceguide.planner import Fitting, fitting
from voiceguide.routine import Routine
from voiceguide.sound_settings import Levels
from voiceguide.timeline import Line, Timeline
from voiceguide.units import LONGEST_SESSION, frames

_VOICE_PEAK = -9.0  # dBTP of most lines
_ENDLESS = frames(2 * LONGEST_SESSION)


@dataclass(frozen=True, slots=True)
class Mastering:
    """What a whole session gets: one gain and ceiling, and ``bed_db`` dB on its beds where the profile asks for it."""

    master: Master
    bed_db: float = 0.0


@dataclass(frozen=True, slots=True)
class Balance:
    """A listener's own gains in dB, on top of the script's: on the voice, and on the beds."""

    voice: float = 0.0
    bed: float = 0.0


@dataclass(frozen=True)
class LivePlan:
    """A script as planned at one moment of its writing, with the findings about it.

    ``voices`` maps the names of voices as the script has them to their full names.
    The lines that are not spoken yet have estimated lengths: what comes after them may still move.
    """

    routine: Routine
    voices: Mapping[str, str]
    places: Places
    clips: LiveClips
    findings: tuple[Diagnostic, ...]

    @property
    def timeline(self) -> Timeline:
        return self.places.timeline

    @cached_property
    def missing(self) -> tuple[tuple[int, int, Line], ...]:
        """The start and end of each event whose line is not spoken yet, with the line, in order."""
        return tuple(
            (event.start, event.end, clip.source)
            for event, clip in self.timeline.sounding()
            if isinstance(clip.source, Line) and clip.source not in self.clips
        )

    def waits_at(self, frame: int) -> int | None:
        """The first frame, from this one on, at which a missing line begins; the session cannot be heard beyond."""
        index = bisect_left(self.missing, (frame,))
        return self.missing[index][0] if index < len(self.missing) else None

    def playable(self, frame: int) -> int:
        """The frame itself, or the start of the missing line in which it lies."""
        inside = [start for start, end, _ in self.missing if start <= frame < end]
        return min(inside, default=frame)

    @cached_property
    def fitting(self) -> Fitting:
        """What other lengths the session can have; to be asked in one thread at a time."""
        return fitting(self.routine, self.voices, self.clips)

    def loudness(self, mastering: Mastering) -> tuple[float, ...]:
        """The short-term loudness (LUFS) that the session will most likely have, second by second; minus infinity where
        nothing sounds."""
        known = replace(self, clips=self.clips.with_examples()) if self.missing else self
        return course(known.mixer(self.levels(mastering, Balance())), mastering.master.gain_db)

    def mastering(self) -> Mastering:
        """As a lossless file of the session would have it; takes up to some tenths of a second.

        While lines are missing, it is what the session will most likely need.
        """
        settings = self.routine.settings
        requirement = Requirement(PROFILES[settings.profile], settings.loudness)
        known = replace(self, clips=self.clips.with_examples()) if self.missing else self
        if self.missing and not known.clips.examples:
            return _unheard(Target.first(requirement, overshoot=0.0))
        mix = mix_for(known.mixer(settings.levels), requirement)
        measured = mix.measured()
        target = Target.first(mix.anchored(measured), overshoot=0.0)
        master = solve(mix.dry, measured, target, sounding(mix.mixer.arrangement))
        return Mastering(master, mix.mixer.levels.bed - settings.levels.bed)

    def levels(self, mastering: Mastering, balance: Balance) -> Levels:
        """The gains of the buses."""
        own = self.routine.settings.levels
        return replace(own, voice=own.voice + balance.voice, bed=own.bed + mastering.bed_db + balance.bed)

    def mixer(self, levels: Levels) -> Mixer:
        """The mix with these gains of its buses."""
        settings = self.routine.settings
        return Mixer(self.timeline, self.clips, settings.ducking, levels, ROOMS[settings.room])

    def waiting(self, mixer: Mixer, frame: int) -> Mixer:
        """The mix at a ``frame`` at which a line is missing: what sounds there rings out, and the bed goes on for
        ever."""
        begun = (event for event in self.timeline.events if event.start < frame)
        events = tuple(
            replace(event, end=_ENDLESS, fade_out=0) if event.bed is not None and event.end > frame else event
            for event in begun
        )
        return replace(mixer, timeline=replace(self.timeline, events=events, frames=_ENDLESS))


def _unheard(target: Target) -> Mastering:
    """For a session of which no line has been spoken yet: its voice alone is brought to the target."""
    gain_db = target.loudness + VOICE_OVER_TARGET - VOICE_LOUDNESS
    return Mastering(Master(gain_db, target.ceiling, target.loudness, 0.0, Measurement(VOICE_LOUDNESS, _VOICE_PEAK)))
