"""One script to one session: the imperative shell around the stages, and the only place where they meet.

::

    script ─read─▶ Routine ─speak, plan─▶ Timeline ─mix─▶ blocks ─master─▶ blocks ─encode─▶ file ─hear back─▶ Report

Stages give diagnostics; here the errors among them become a :class:`~voiceguide.errors.ScriptError`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from voiceguide import encoder, planner
from voiceguide.delivery import Aim, Goal, Heard, Hearing, for_shop, notes
from voiceguide.encoder import Cover, Encoded, Format, Tags, cover
from voiceguide.errors import Diagnostic, OutputError, ScriptError, Span, SpeechError, VoiceguideError, has_errors
from voiceguide.loudness import Samples
from voiceguide.mastering import Master, Measurement, excerpts, solve
from voiceguide.mixer import BedSource, Mixer
from voiceguide.output import Written, atomic
from voiceguide.profiles import PROFILES, Profile
from voiceguide.reading import SessionOptions, read, with_length
from voiceguide.routine import Routine, SoundRef
from voiceguide.sounds.beds import bed
from voiceguide.sounds.files import SoundStore
from voiceguide.sounds.swells import swell
from voiceguide.speech import FailedLinesError, Spoken, resolve, speak
from voiceguide.speech.cache import cache_folder
from voiceguide.timeline import ClipSource, Line, Swell, Timeline

_MOST_ENCODES = 4
_OFF = 0.2  # LU by which a long session, judged by excerpts, may miss what was expected of it

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how much of it is done, and how much there is."""


def _quiet(stage: str, done: int, total: int) -> None:
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
                return swell(source)
            case _:
                return self.sounds.samples(source)

    def bed(self, ref: SoundRef) -> BedSource:
        return bed(ref, self.sounds)

    def mixer(self) -> Mixer:
        settings = self.routine.settings
        return Mixer(self.timeline, self.clip, self.bed, settings.ducking, settings.levels)

    def tags(self) -> Tags:
        """What the finished file says about itself."""
        settings, timeline = self.routine.settings, self.timeline
        return Tags(
            title=timeline.title,
            frames=timeline.frames,
            artist=settings.author,
            album=settings.title,
            date=settings.date,
            language=settings.language,
            comment="\n".join(filter(None, (settings.description, ", ".join(settings.tags)))),
            chapters=timeline.chapters,
            text=tuple((event.start, event.text) for event in timeline.events if event.kind == "speech" and event.text),
            cover=self.cover or cover.generate(settings.title),
        )


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


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a session: the file, its measures as decoded from it, and how the time went.

    ``loudness_curve``: seconds and short-term loudness (LUFS, windows of 3 s, at their middle), one a second.
    ``mastering``: the profile and what was done for it. ``files``: what else was written of the session.
    """

    output: Path
    format: str
    encoded: Encoded
    sha256: str
    loudness_lufs: float
    true_peak_dbtp: float
    loudness_curve: tuple[tuple[float, float], ...]
    mastering: dict[str, Any]
    session: Session
    notes: tuple[str, ...]
    files: tuple[Written, ...] = ()

    def to_json(self) -> dict[str, Any]:
        session = self.session
        return {
            "schema": "voiceguide.report/1",
            "output": self.output.as_posix(),
            "format": self.format,
            "bytes": self.encoded.size,
            "sha256": self.sha256,
            "loudness_lufs": _finite(self.loudness_lufs),
            "true_peak_dbtp": _finite(self.true_peak_dbtp),
            "mastering": self.mastering,
            "files": [file.to_json() for file in self.files],
            "lines": {"spoken": session.spoken.spoken, "from_cache": session.spoken.cached},
            "wall_seconds": {stage: round(value, 3) for stage, value in session.stopwatch.seconds.items()},
            "warnings": [*(f"{w.span}: {w.message}" for w in session.warnings), *self.notes],
            "timeline": session.timeline.to_json(),
        }


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


def _speak(
    routine: Routine, options: SessionOptions, any_length: bool, progress: Progress
) -> tuple[dict[str, str], Spoken]:
    """Chooses the voices and has every line spoken. Raises ScriptError with all lines that could not be."""
    unnamed = {name: name for name in planner.voice_names(routine)}
    written, problems = planner.lines(routine, unnamed, any_length=any_length)
    if problems:
        raise ScriptError(problems)
    voices, fallback = _cast(routine, written, options.fallback_voice)
    places: dict[Line, Span] = {}
    for line, place in written.items():
        places.setdefault(replace(line, voice=voices[line.voice]), place)
    try:
        return voices, speak(
            places,
            jobs=options.jobs,
            fallback=fallback,
            progress=lambda done, total: progress("Speaking", done, total),
        )
    except FailedLinesError as error:
        raise ScriptError(
            Diagnostic(
                places[line],
                "error",
                f"the voice {line.voice} could not say “{line.as_written}”: it {why}",
                error.advice,
            )
            for line, why in error.failures
        ) from error


@dataclass(frozen=True, slots=True)
class _Lengths:
    spoken: Spoken
    sounds: SoundStore

    def line(self, line: Line) -> int:
        return self.spoken.frames(line)

    def sound(self, sound: SoundRef) -> int:
        return self.sounds.frames(sound)


def _cover(routine: Routine) -> Cover | None:
    """The script's own cover. Raises ScriptError at its place, before any work is done."""
    settings = routine.settings
    if settings.cover is None:
        return None
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
    script: Path, options: SessionOptions, progress: Progress = _quiet, *, any_length: bool = False
) -> Iterator[Rehearsal]:
    """Reads a script and has it spoken; ``any_length`` also what only other lengths need. Raises VoiceguideError."""
    watch = Stopwatch()
    with watch.stage("read"):
        routine, findings = read(script, options)
        picture = _cover(routine)
    with _sound_store() as sounds:
        with watch.stage("speak"):
            voices, spoken = _speak(routine, options, any_length or bool(options.lengths), progress)
        lengths = options.lengths or (None,)
        yield Rehearsal(routine, picture, lengths, voices, spoken, sounds, findings, watch)


@contextmanager
def planned(script: Path, options: SessionOptions, progress: Progress = _quiet) -> Iterator[Session]:
    """Reads, speaks and plans the one session of a script. Raises VoiceguideError."""
    with rehearsed(script, options, progress) as rehearsal:
        yield rehearsal.sessions()[0]


def render(session: Session, output: Path, kind: Format, progress: Progress = _quiet, *, jobs: int = 1) -> Report:
    """Mixes, masters and encodes a session to ``output``, hears the file back, and moves it into place when it is good.

    ``jobs`` parts of it are worked on at the same time; the file is the same whatever their number. Raises
    VoiceguideError; then, and when interrupted, an older file at ``output`` is as it was.
    """
    watch, tags, settings = session.stopwatch, session.tags(), session.routine.settings
    profile = PROFILES[settings.profile]
    mix: Measurement | None = None
    with atomic(output) as part:
        with watch.stage("measure"):
            mixer, goal = for_shop(session.mixer(), Goal(profile, settings.loudness))
        aim = Aim.first(goal, kind.overshoot)
        judged_by = excerpts(mixer)
        for encodes in range(1, _MOST_ENCODES + 1):
            with watch.stage("measure"):
                told = partial(_told, progress, "Measuring", judged_by.frames)
                master = solve(judged_by, aim.loudness, aim.ceiling, mix, jobs=jobs, progress=told)
                mix = master.mix
            hearing = Hearing(profile.shop)
            with watch.stage("encode"):
                told = partial(_told, progress, "Encoding", mixer.frames)
                encoded = encoder.encode_and_hear(
                    master.apply(mixer), part, kind, tags, hearing, jobs=jobs, progress=told
                )
            heard = hearing.heard()
            better = aim.after(goal, heard, master.shortfall_lu)
            if better is None or encodes == _MOST_ENCODES:
                break
            if judged_by is not mixer and not abs(heard.loudness - master.loudness_lufs) <= _OFF:  # false for silence
                judged_by, mix, better = mixer, None, replace(better, loudness=aim.loudness)
            aim = better
        if heard.true_peak > profile.true_peak:
            raise OutputError(
                f"The session's true peak stays at {heard.true_peak:.1f} dBTP, above {profile.true_peak:.1f}, so "
                "nothing was written. Please report this together with the script."
            )
        sha256 = Written.of("audio", output, part).sha256
    return Report(
        output,
        kind.name,
        encoded,
        sha256,
        heard.loudness,
        heard.true_peak,
        heard.curve,
        _mastering(profile, master, encodes, heard),
        session,
        notes(goal, heard, master.shortfall_lu),
    )


def _mastering(profile: Profile, master: Master, encodes: int, heard: Heard) -> dict[str, Any]:
    """What was done to the mix, as the report has it: ``encodes`` counts until the decoded file kept its word."""
    told: dict[str, Any] = {
        "profile": profile.name,
        "gain_db": round(master.gain_db, 2),
        "limiting_db": _finite(master.limiting_db),
        "ceiling_dbtp": round(master.ceiling_dbtp, 2),
        "encodes": encodes,
    }
    if ends := heard.ends:
        told |= {"rms_db": _finite(ends.rms), "noise_floor_db": _finite(ends.floor)}
        told |= {"head_seconds": round(ends.head, 2), "tail_seconds": round(ends.tail, 2)}
    return told


def _told(progress: Progress, stage: str, total: int, done: int) -> None:
    progress(stage, done, total)


def _finite(level: float) -> float | None:
    """A level for JSON, which knows no infinity: None for silence."""
    return round(level, 2) if math.isfinite(level) else None
