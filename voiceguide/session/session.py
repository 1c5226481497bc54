"""A script read, spoken and planned: everything before it is mixed.

::

    script ─read─▶ ReadScript ─cast─▶ CastScript ─speak─▶ SpokenScript ─plan─▶ Session ─render─▶ Report

Stages return diagnostics; this package turns the errors among them into a :class:`~voiceguide.errors.ScriptError`.
Nothing that only rendering needs is imported here, so that planning starts at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide import planner
from voiceguide.errors import Diagnostic, ScriptError, VoiceguideError, has_errors
from voiceguide.mastering.profiles import PROFILES
from voiceguide.progress import ReportStage, Stopwatch, quiet
from voiceguide.routine import Routine
from voiceguide.session.casting import CastScript, cast_script
from voiceguide.session.clips import Clips
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import ReadScript, with_length
from voiceguide.session.takes import choice_warnings, gate_warnings
from voiceguide.sounds.files import SoundStore
from voiceguide.speech import FailedLinesError, Spoken, speak
from voiceguide.speech.cache import cache_folder
from voiceguide.timeline import Timeline

if TYPE_CHECKING:
    from voiceguide.encoder.cover import Cover
    from voiceguide.mastering.mix import Mix
    from voiceguide.mixing.mixer import Mixer


@dataclass(frozen=True)
class Session:
    """A planned session, with everything that rendering needs. Valid inside the block of :func:`planned`."""

    routine: Routine
    cover: Cover | None
    timeline: Timeline
    clips: Clips
    warnings: tuple[Diagnostic, ...]
    stopwatch: Stopwatch

    @property
    def spoken(self) -> Spoken:
        """The session's lines, and how many of them came from the cache."""
        return self.clips.spoken

    @cached_property
    def mix(self) -> Mix:
        """The mix as the session's profile asks for it, and what the finished file has to measure."""
        from voiceguide.mastering.mix import mix_for
        from voiceguide.mastering.target import Requirement

        settings = self.routine.settings
        with self.stopwatch.stage("measure"):
            return mix_for(self.mixer(), Requirement(PROFILES[settings.profile], settings.loudness))

    def mixer(self) -> Mixer:
        """The mix as the script has it, whatever the profile."""
        from voiceguide.audio.rooms import ROOMS
        from voiceguide.mixing.mixer import Mixer

        settings = self.routine.settings
        return Mixer(self.timeline, self.clips, settings.ducking, settings.levels, ROOMS[settings.room])


@dataclass(frozen=True, slots=True)
class SpokenScript:
    """A script that has been read, cast and spoken, from which sessions of any length can be planned."""

    routine: Routine
    cover: Cover | None
    lengths: tuple[Fraction | None, ...]
    voices: Mapping[str, str]
    clips: Clips
    findings: tuple[Diagnostic, ...]
    stopwatch: Stopwatch

    def sessions(self) -> tuple[Session, ...]:
        """A session for each length that was asked for, in that order; one as the script has it if none was.

        Raises ScriptError with everything that is wrong with any of them.
        """
        sessions: list[Session] = []
        problems: list[Diagnostic] = []
        for length in self.lengths:
            routine = self.routine if length is None else with_length(self.routine, length)
            watch = Stopwatch(dict(self.stopwatch.seconds) if not sessions else {})
            with watch.stage("plan"):
                timeline, found = planner.plan(routine, self.voices, self.clips)
            found = (*found, *choice_warnings(routine, timeline, self.clips.spoken))
            problems += found
            clips = Clips(self.clips.spoken.again(), self.clips.sounds) if sessions else self.clips
            sessions.append(Session(routine, self.cover, timeline, clips, (*self.findings, *found), watch))
        if has_errors(problems):
            raise ScriptError(dict.fromkeys((*self.findings, *problems)))
        return tuple(sessions)

    def length_range(self) -> planner.Range:
        """The shortest, natural and longest length that a session can have."""
        return planner.length_range(self.routine, self.voices, self.clips)


def cover_of(routine: Routine) -> Cover | None:
    """The script's own cover. Raises ScriptError, with the span of the setting, before any work is done."""
    settings = routine.settings
    if settings.cover is None:
        return None
    from voiceguide.encoder import cover

    try:
        return cover.load(settings.cover)
    except VoiceguideError as error:
        span = settings.spans.get("cover", routine.span)
        raise ScriptError([Diagnostic(span, "error", str(error).rstrip("."))]) from error


@contextmanager
def speak_script(
    script: Path | ReadScript, options: SessionOptions, progress: ReportStage = quiet, *, any_length: bool = False
) -> Iterator[SpokenScript]:
    """Has a script spoken, reading it first if need be; ``any_length`` also what only other lengths need. Raises
    VoiceguideError."""
    watch = Stopwatch({} if isinstance(script, Path) else {"read": script.seconds})
    with watch.stage("read"):
        cast = cast_script(script, options, any_length=any_length)
        picture = cover_of(cast.routine)
    with _sound_store() as sounds:
        with watch.stage("speak"):
            spoken = _speak(cast, options.jobs, progress)
        lengths = options.lengths or (None,)
        findings = tuple(dict.fromkeys((*cast.findings, *gate_warnings(cast.lines, spoken))))
        yield SpokenScript(cast.routine, picture, lengths, cast.voices, Clips(spoken, sounds), findings, watch)


@contextmanager
def planned(script: Path, options: SessionOptions, progress: ReportStage = quiet) -> Iterator[Session]:
    """Reads, speaks and plans the one session of a script. Raises VoiceguideError."""
    with speak_script(script, options, progress) as spoken:
        yield spoken.sessions()[0]


def _speak(cast: CastScript, jobs: int, progress: ReportStage) -> Spoken:
    """Has every line spoken. Raises ScriptError with all lines that could not be."""
    try:
        return speak(cast.lines, jobs=jobs, fallback=cast.fallback, progress=progress)
    except FailedLinesError as error:
        raise ScriptError(cast.failures(error)) from error


def _sound_store() -> SoundStore:
    """Unpacks sound files in the user's cache folder: the system's folder for temporary files may be in memory."""
    return SoundStore(cache_folder().parent)
