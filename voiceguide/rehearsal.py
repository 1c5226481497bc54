"""A script read, spoken and planned: all that comes before its sound is made.

Stages give diagnostics; here the errors among them become a :class:`~voiceguide.errors.ScriptError`. Nothing that only
the making of files needs is loaded, so that a plan is there at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide import planner
from voiceguide.envelope import Envelope, envelope
from voiceguide.errors import Diagnostic, ScriptError, Span, SpeechError, VoiceguideError, has_errors
from voiceguide.reading import Read, SessionOptions, with_length
from voiceguide.routine import Routine, SoundRef
from voiceguide.sounds.files import SoundStore
from voiceguide.speech import FailedLinesError, Spoken, resolve, speak
from voiceguide.speech.cache import cache_folder
from voiceguide.timeline import ClipSource, Line, Swell, Timeline

if TYPE_CHECKING:
    from voiceguide.encoder.cover import Cover
    from voiceguide.loudness import Samples
    from voiceguide.mixer import BedSource, Mixer

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how much of it is done, and how much there is."""


def quiet(stage: str, done: int, total: int) -> None:
    pass


@dataclass(slots=True)
class Stopwatch:
    """Wall seconds by stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begin


@dataclass(frozen=True, slots=True)
class Session:
    """A planned session, with everything that is needed to hear it. Lives as long as :func:`planned`'s block."""

    routine: Routine
    cover: Cover | None
    timeline: Timeline
    spoken: Spoken
    sounds: SoundStore
    warnings: tuple[Diagnostic, ...]
    stopwatch: Stopwatch

    def clip(self, source: ClipSource) -> Samples:
        """The samples of a clip's source, ``(frames,)`` or ``(frames, 2)``."""
        match source:
            case Line():
                return self.spoken.samples(source)
            case Swell():
                from voiceguide.sounds.swells import swell

                return swell(source)
            case _:
                return self.sounds.samples(source)

    def envelope(self, source: ClipSource) -> Envelope:
        """The envelope of a clip's source, without its samples where it is kept."""
        if isinstance(source, Line):
            return self.spoken.envelope(source)
        return envelope(self.clip(source))

    def bed(self, ref: SoundRef) -> BedSource:
        from voiceguide.sounds.beds import bed

        return bed(ref, self.sounds)

    def mixer(self) -> Mixer:
        from voiceguide.mixer import Mixer

        settings = self.routine.settings
        return Mixer(self.timeline, self.clip, self.bed, settings.ducking, settings.levels)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A script that has been read and spoken, from which sessions of any length can be planned."""

    routine: Routine
    cover: Cover | None
    lengths: tuple[Fraction | None, ...]
    voices: Mapping[str, str]
    spoken: Spoken
    sounds: SoundStore
    findings: tuple[Diagnostic, ...]
    stopwatch: Stopwatch

    def sessions(self) -> tuple[Session, ...]:
        """A session for each length that was asked for, in that order; None stands for what the script asks.

        Raises ScriptError with everything that is wrong with any of them.
        """
        sessions: list[Session] = []
        problems: list[Diagnostic] = []
        for length in self.lengths:
            routine = self.routine if length is None else with_length(self.routine, length)
            watch = Stopwatch(dict(self.stopwatch.seconds) if not sessions else {})
            with watch.stage("plan"):
                timeline, found = planner.plan(routine, self.voices, _Lengths(self.spoken, self.sounds))
            problems += found
            spoken = self.spoken.again() if sessions else self.spoken
            warnings = (*self.findings, *found)
            sessions.append(Session(routine, self.cover, timeline, spoken, self.sounds, warnings, watch))
        if has_errors(problems):
            raise ScriptError(dict.fromkeys((*self.findings, *problems)))
        return tuple(sessions)

    def length_range(self) -> planner.Range:
        """The shortest, natural and longest length that a session can have."""
        return planner.length_range(self.routine, self.voices, _Lengths(self.spoken, self.sounds))


def _cast(routine: Routine, lines: Iterable[Line], fallback: str | None) -> tuple[dict[str, str], str | None]:
    """The full name of every voice the routine asks for, and of the one that says what a recorded voice lacks.

    ``lines`` carry the voices' names as written. Raises ScriptError where the script names a missing one.
    """
    texts: dict[str, list[str]] = {}
    for line in lines:
        texts.setdefault(line.voice, []).append(line.as_written)
    language = routine.settings.language
    found: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for name, place in planner.voice_names(routine).items():
        try:
            found[name] = resolve(name, language, partial(tuple, texts.get(name, ())))
        except SpeechError as error:
            place = place or routine.settings.places.get("language")
            if place is None:
                raise
            problems.append(Diagnostic(place, "error", str(error).rstrip(".")))
    if problems:
        raise ScriptError(problems)
    return found, fallback and resolve(fallback, language)


@dataclass(frozen=True, slots=True)
class Reading:
    """A script that has been read and cast, before a line of it is spoken.

    ``voices`` has the full name of every voice that it names, ``lines`` what they have to say with the first place
    that needs it, and ``fallback`` the full name of the voice that says what a recorded one lacks.
    """

    routine: Routine
    findings: tuple[Diagnostic, ...]
    voices: Mapping[str, str]
    lines: Mapping[Line, Span]
    fallback: str | None

    def failures(self, error: FailedLinesError) -> tuple[Diagnostic, ...]:
        """What of an error with spoken lines is about this script's."""
        return tuple(
            Diagnostic(
                self.lines[line],
                "error",
                f"the voice {line.voice} could not say “{line.as_written}”: it {why}",
                error.advice,
            )
            for line, why in error.failures
            if line in self.lines
        )


def read_and_cast(
    script: Path, options: SessionOptions, *, any_length: bool = False, known: Read | None = None
) -> Reading:
    """Reads a script, if it is not ``known`` already, and chooses its voices; ``any_length`` also finds the lines that
    only other lengths need.

    Raises ScriptError and SpeechError.
    """
    known = known or Read.of(script, options)
    routine, findings = known.routine, known.findings
    unnamed = {name: name for name in planner.voice_names(routine)}
    written, problems = planner.lines(routine, unnamed, any_length=any_length or bool(options.lengths))
    if problems:
        raise ScriptError(problems)
    if options.cast is None:
        voices, fallback = _cast(routine, written, options.fallback_voice)
    else:
        voices, fallback = dict(options.cast), None
    places: dict[Line, Span] = {}
    for line, place in written.items():
        places.setdefault(replace(line, voice=voices[line.voice]), place)
    return Reading(routine, findings, voices, places, fallback)


def _speak(reading: Reading, jobs: int, progress: Progress) -> Spoken:
    """Has every line spoken. Raises ScriptError with all lines that could not be."""
    try:
        return speak(
            reading.lines,
            jobs=jobs,
            fallback=reading.fallback,
            progress=lambda done, total: progress("Speaking", done, total),
        )
    except FailedLinesError as error:
        raise ScriptError(reading.failures(error)) from error


@dataclass(frozen=True, slots=True)
class _Lengths:
    spoken: Spoken
    sounds: SoundStore

    def line(self, line: Line) -> int:
        return self.spoken.frames(line)

    def sound(self, sound: SoundRef) -> int:
        return self.sounds.frames(sound)


def cover_of(routine: Routine) -> Cover | None:
    """The script's own cover. Raises ScriptError at its place, before any work is done."""
    settings = routine.settings
    if settings.cover is None:
        return None
    from voiceguide.encoder import cover

    try:
        return cover.load(settings.cover)
    except VoiceguideError as error:
        place = settings.places.get("cover", routine.span)
        raise ScriptError([Diagnostic(place, "error", str(error).rstrip("."))]) from error


def _sound_store() -> SoundStore:
    """Unpacks sound files in the user's cache folder: the system's place for temporary files may be memory."""
    return SoundStore(cache_folder().parent)


@contextmanager
def rehearsed(
    script: Path,
    options: SessionOptions,
    progress: Progress = quiet,
    *,
    any_length: bool = False,
    known: Read | None = None,
) -> Iterator[Rehearsal]:
    """Reads a script, if it is not ``known`` already, and has it spoken; ``any_length`` also what only other lengths
    need. Raises VoiceguideError."""
    watch = Stopwatch({"read": known.seconds} if known else {})
    with watch.stage("read"):
        reading = read_and_cast(script, options, any_length=any_length, known=known)
        picture = cover_of(reading.routine)
    with _sound_store() as sounds:
        with watch.stage("speak"):
            spoken = _speak(reading, options.jobs, progress)
        lengths = options.lengths or (None,)
        yield Rehearsal(reading.routine, picture, lengths, reading.voices, spoken, sounds, reading.findings, watch)


@contextmanager
def planned(script: Path, options: SessionOptions, progress: Progress = quiet) -> Iterator[Session]:
    """Reads, speaks and plans the one session of a script. Raises VoiceguideError."""
    with rehearsed(script, options, progress) as rehearsal:
        yield rehearsal.sessions()[0]
