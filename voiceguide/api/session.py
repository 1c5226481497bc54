"""A planned session as a value: to inspect, to change, to read block by block, and to write to a file."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

from voiceguide.api.options import Options, PathLike, jobs_of, session_options
from voiceguide.api.progress import IsCancelled, OnProgress, reported
from voiceguide.api.scripts import ScriptLike, known_as, script_of
from voiceguide.errors import Diagnostic, OptionError
from voiceguide.progress import ReportStage
from voiceguide.session import session as planning
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import ReadScript
from voiceguide.timeline import BreathCue, Clip, Line, Swell, Timeline, Track
from voiceguide.units import format_duration, seconds

if TYPE_CHECKING:
    from voiceguide.api.notebook import Preview
    from voiceguide.api.rendering import Report
    from voiceguide.audio.stream import Samples
    from voiceguide.mastering.solve import Master
    from voiceguide.planner import Range


class _Lifetime:
    """Keeps the files that a session's sounds were unpacked into, until it is closed or garbage collected."""

    def __init__(self, held: ExitStack) -> None:
        self.close = weakref.finalize(self, held.close)


@dataclass(frozen=True, repr=False)
class Session:
    """A planned session: every line is spoken, everything has its frame.

    ``findings`` are the warnings of reading and planning. A session is never changed; :meth:`with_timeline` gives
    another one. It may be used from several threads. Files that its own sounds were unpacked into go with the last
    reference to it, or at :meth:`close`, which also the end of a ``with`` block does.
    """

    timeline: Timeline
    findings: tuple[Diagnostic, ...]
    _planned: planning.Session = field(compare=False)
    _lifetime: _Lifetime = field(compare=False)
    _kept: dict[str, Master] = field(init=False, compare=False, default_factory=dict)

    @property
    def title(self) -> str:
        return self.timeline.title

    @property
    def frames(self) -> int:
        """The length at 44.1 kHz."""
        return self.timeline.frames

    @property
    def seconds(self) -> float:
        return seconds(self.timeline.frames)

    @property
    def planned(self) -> planning.Session:
        """The stages' own value, whose type may change from version to version. Raises ValueError when it is closed."""
        if not self._lifetime.close.alive:
            raise ValueError("This session has been closed.")
        return self._planned

    def with_timeline(self, timeline: Timeline) -> Session:
        """The same session with another timeline, which may hold what was spoken for this one, and any sound.

        Raises SoundError for a sound or bed that does not exist, and ValueError for a line that was not spoken, a clip
        longer than its source, and events outside the session or out of order.
        """
        return replace(self, timeline=timeline)

    def __post_init__(self) -> None:
        if self.timeline is not self._planned.timeline:
            self._require_sound()
            object.__setattr__(self, "_planned", replace(self._planned, timeline=self.timeline))

    def __repr__(self) -> str:
        return f"<Session {self.title!r}, {format_duration(self.seconds)}, {len(self.timeline.events)} events>"

    def _require_sound(self) -> None:
        """Raises SoundError or ValueError unless every event of the timeline can be mixed."""
        known = {event.bed for event in self._planned.timeline.events}
        before = 0
        for event in self.timeline.events:
            if not before <= event.start <= event.end or event.start > self.timeline.frames:
                raise ValueError(f"The event at frame {event.start} is out of order, or outside the session.")
            before = event.start
            if event.clip is not None:
                self._require_source(event.clip)
            if event.bed is not None and event.bed not in known:
                self.planned.clips.bed(event.bed)

    def _require_source(self, clip: Clip) -> None:
        clips, source = self.planned.clips, clip.source
        match source:
            case Line() if source not in clips.spoken:
                raise ValueError(f"The line “{source.text}” was not spoken for this session.")
            case Line():
                length = clips.line(source)
            case Swell() | BreathCue():
                length = source.frames
            case _:
                length = clips.sound(source)
        if not 0 <= clip.frames <= length:
            raise ValueError(f"A clip of {clip.frames} frames is longer than its source, which has {length}.")

    def check(self) -> tuple[Diagnostic, ...]:
        """What would trouble a listener, by the rules of :func:`voiceguide.check`."""
        from voiceguide.checks import check

        clips = self._planned.clips
        return check(self._planned.routine, self.timeline, clips.sound_level, clips.speaking).findings

    def blocks(
        self,
        start: int = 0,
        stop: int | None = None,
        *,
        mastered: bool = True,
        track: Track | None = None,
        progress: OnProgress | None = None,
        cancelled: IsCancelled | None = None,
    ) -> Iterator[Samples]:
        """The sound from frame ``start`` up to ``stop`` (the end): float32, ``(frames, 2)``, full scale ±1, 44.1 kHz.

        Blocks are new arrays of about a second, made as they are asked for. ``mastered``: the samples of a lossless
        file; the first time, the session's loudness is measured before the first block, which ``progress`` reports.
        Otherwise the mix, whose voice has -23 LUFS; of one ``track`` alone if it is given. The tracks' blocks sum to
        the mix. Raises Cancelled, and VoiceguideError when a clip cannot be read any more.
        """
        if start < 0:
            raise OptionError(f"start: a session has no frame {start}.")
        if track is not None and mastered:
            raise OptionError("track: mastering is for the whole mix; ask for a track with mastered=False.")
        report = reported(progress, cancelled)
        mixer, done = self.planned.mix.mixer, 0
        stop = mixer.frames if stop is None else min(stop, mixer.frames)
        mastering = self._master(report) if mastered else None
        blocks = mastering.apply(mixer).blocks(start, stop) if mastering else mixer.blocks(start, stop, track)
        for block in blocks:
            report("Playing", done, stop - start)
            yield block
            done += len(block)

    def _master(self, report: ReportStage) -> Master:
        """The gain and the ceiling for a lossless file; found once."""
        if "master" not in self._kept:
            from voiceguide.audio.stream import with_progress
            from voiceguide.mastering.places import sounding
            from voiceguide.mastering.solve import solve
            from voiceguide.mastering.target import Target

            mix = self.planned.mix
            mixer = with_progress(mix.mixer, partial(_frames_done, report, mix.mixer.frames))
            measured = mix.measured(mixer)
            target = Target.first(mix.anchored(measured), overshoot=0.0)
            self._kept["master"] = solve(mixer, measured, target, sounding(mix.mixer.arrangement))
        return self._kept["master"]

    def render(
        self,
        output: PathLike,
        *,
        format: str | None = None,  # noqa: A002 (the name of the option everywhere)
        bitrate: int | str | None = None,
        captions: str | None = None,
        chapters: bool = False,
        stems: PathLike | None = None,
        split: bool = False,
        project: str | None = None,
        library: PathLike | None = None,
        picture: str | None = None,
        report: PathLike | None = None,
        jobs: int | None = None,
        progress: OnProgress | None = None,
        cancelled: IsCancelled | None = None,
    ) -> Report:
        """Writes the session as a file: the same bytes as ``voiceguide render`` with the same options.

        ``format`` is what ``output`` ends in when left out: mp3, m4b, m4a, opus, flac, wav or mp4. ``bitrate`` is
        kbit/s, or ``"v0"`` to ``"v9"`` for an MP3; ``picture`` what an MP4 shows: ``"auto"``, ``"cover"`` or
        ``"circle"``. Beside the file can come ``captions`` (``"vtt"`` or ``"lrc"``), ``chapters`` as podcast apps read
        them, the tracks before mastering in the folder ``stems``, a ``project`` of them (``"reaper"``, ``"otio"`` or
        ``"audacity"``), a file for each chapter (``split``), a copy in the folder of a ``library`` as Audiobookshelf
        reads it, and what was made and measured as JSON (``report``).
        ``jobs`` parts are made side by side, as many as there are cores when left out; it changes nothing in the files.

        Every file appears only when it is complete, the session before its chapters' files. Raises OptionError,
        OutputError, Cancelled, and SpeechError or SoundError when a clip cannot be read any more; no file is then
        half-written, and files that were not replaced yet are unchanged.
        """
        from voiceguide.api import rendering

        path = Path(output)
        settings, rate = self._planned.routine.settings, self.timeline.sample_rate
        kind = rendering.kind_of(path, format, bitrate, settings.profile, rate, picture)
        folder, shelf = (None if place is None else Path(place) for place in (stems, library))
        beside = rendering.companions(path, captions, chapters, folder, split, project, shelf)
        outputs = rendering.Outputs(path, kind, beside, None if report is None else Path(report))
        return rendering.write(self, outputs, jobs_of(jobs), reported(progress, cancelled))

    def preview(self, start: float = 0.0, length: float = 15.0) -> Preview:
        """A small MP3 of ``length`` seconds from the second ``start`` on, mastered, for a notebook to play."""
        from voiceguide.api.notebook import preview

        return preview(self, start, length)

    def draw(self, path: PathLike) -> None:
        """Draws the session into a .svg or .png file. Raises OutputError, also for a PNG without matplotlib."""
        from voiceguide.api.rendering import draw

        draw(self.timeline, Path(path))

    def _repr_html_(self) -> str:
        from voiceguide.api.notebook import session_html

        return session_html(self)

    def close(self) -> None:
        """Removes the files that its sounds were unpacked into. Sessions made from it are closed, too."""
        self._lifetime.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _frames_done(report: ReportStage, total: int, done: int) -> None:
    report("Measuring", done, total)


def plan(
    script: ScriptLike,
    *,
    jobs: int | None = None,
    progress: OnProgress | None = None,
    cancelled: IsCancelled | None = None,
    **options: Unpack[Options],
) -> Session:
    """Reads a script, has its lines spoken (those of earlier runs are kept), and lays all events out in time.

    ``script`` is a path, or what :func:`voiceguide.read` or :func:`voiceguide.read_text` gave. ``jobs`` lines are
    spoken side by side, as many as there are cores when left out. Raises ScriptError with everything that was found,
    SpeechError when there is no voice, OptionError, ConfigurationError, and Cancelled.
    """
    asked = session_options(jobs=jobs, **options)
    return sessions(*known_as(script_of(script), asked), reported(progress, cancelled))[0]


def length_range(
    script: ScriptLike,
    *,
    jobs: int | None = None,
    progress: OnProgress | None = None,
    cancelled: IsCancelled | None = None,
    **options: Unpack[Options],
) -> Range:
    """The shortest, natural and longest length that a session of the script can have, in frames at 44.1 kHz.

    A ``length`` among the options is ignored. Raises as :func:`plan` does.
    """
    asked = replace(session_options(jobs=jobs, **options), lengths=())
    return lengths(*known_as(script_of(script), asked), reported(progress, cancelled))


def sessions(known: ReadScript, options: SessionOptions, progress: ReportStage) -> tuple[Session, ...]:
    """A session for each length that the options ask for, in that order; they are closed together."""
    with ExitStack() as held:
        spoken = held.enter_context(planning.speak_script(known, options, progress))
        planned = spoken.sessions()
        lifetime = _Lifetime(held.pop_all())
    return tuple(Session(session.timeline, session.warnings, session, lifetime) for session in planned)


def lengths(known: ReadScript, options: SessionOptions, progress: ReportStage) -> Range:
    """The lengths that a session can have."""
    with planning.speak_script(known, options, progress, any_length=True) as spoken:
        return spoken.length_range()
