"""A planned session to a finished file: mixed, mastered, encoded, decoded and measured.

::

    Session ─mix─▶ Mix ─forecast─▶ Measurement ─solve─▶ Master ─encode─▶ file ─decode─▶ FileMeasurement ─▶ Report

The stages before a :class:`~voiceguide.session.session.Session` are in :mod:`voiceguide.session.session`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from voiceguide.atomic import Written, atomic
from voiceguide.audio.stream import Stream, with_progress
from voiceguide.encoder.cover import DrawnCover
from voiceguide.encoder.encode import encode_and_measure
from voiceguide.encoder.format import Encoded, Encoding, Format
from voiceguide.encoder.origin import Origin
from voiceguide.encoder.tags import Tags
from voiceguide.errors import OutputError
from voiceguide.kept import PARTS, Kept
from voiceguide.mastering.acceptance import FileMeasurement, next_target, notes, upload_notes
from voiceguide.mastering.measurement import Measurement
from voiceguide.mastering.places import sounding
from voiceguide.mastering.solve import Master, solve
from voiceguide.mastering.target import Requirement, Target
from voiceguide.progress import ReportStage, quiet
from voiceguide.session.session import Session
from voiceguide.session.takes import gate_report
from voiceguide.speech.cache import cache_folder
from voiceguide.timeline import Line

RUN = "run"
"""The entry of a report's document for what another run of the same session may have otherwise: times, and how much was
kept from before. All else is the same."""

_MOST_ENCODES = 4


@dataclass(frozen=True, slots=True)
class Report:
    """The result of rendering a session: the file, its measurement as decoded, and the time that each stage took.

    ``loudness_curve``: seconds and short-term loudness (LUFS, windows of 3 s, at their middle), one a second.
    ``mastering``: the profile, gain and limiting. ``files``: the other files that were written.
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
            "voice": dict(origin.pairs()) if (origin := origin_of(session)) else {},
            "gate": gate_report(session.timeline, session.spoken),
            "warnings": [*(f"{w.span}: {w.message}" for w in session.warnings), *self.notes],
            "timeline": session.timeline.to_json(),
            RUN: {
                "lines": {"spoken": session.spoken.spoken, "from_cache": session.spoken.cached},
                "wall_seconds": {stage: round(value, 3) for stage, value in session.stopwatch.seconds.items()},
            },
        }


def kept_parts(*, adds: bool = True) -> Kept:
    """The user's folder of encoded parts, beside the spoken lines; without ``adds`` only to take from."""
    return Kept(cache_folder().parent / PARTS, adds=adds)


def tags_of(session: Session) -> Tags:
    """The tags of the finished file."""
    settings, timeline = session.routine.settings, session.timeline
    return Tags(
        title=timeline.title,
        frames=timeline.frames,
        artist=settings.author,
        album=settings.album or settings.title,
        date=settings.date,
        language=settings.language,
        comment="\n".join(filter(None, (settings.description, ", ".join(settings.tags)))),
        chapters=timeline.chapters,
        text=tuple((event.start, event.text) for event in timeline.events if event.kind == "speech" and event.text),
        cover=session.cover or DrawnCover(settings.title),
        origin=origin_of(session),
    )


def origin_of(session: Session) -> Origin | None:
    """What made the session's voice; None where nothing is said."""
    clips = (event.clip for event in session.timeline.events)
    said = session.spoken.origins(clip.source for clip in clips if clip and isinstance(clip.source, Line))
    if not said:
        return None
    engines = [f"{one.voice} ({one.version})" for one in said if not one.recorded]
    recorded, trained = (any(getattr(one, name) for one in said) for name in ("recorded", "trained"))
    return Origin.of(engines, recorded=recorded, trained=trained)


def render(
    session: Session,
    output: Path,
    writer: Format,
    progress: ReportStage = quiet,
    *,
    jobs: int = 1,
    kept: Kept | None = None,
) -> Report:
    """Mixes, masters and encodes a session, measures the file, and moves it to ``output`` when it is accepted.

    ``jobs`` parts are encoded at the same time (0: all in one thread), and parts in ``kept`` are not encoded again; the
    file depends on neither.
    Raises VoiceguideError; then, and when interrupted, an older file at ``output`` is unchanged.
    """
    tags, kind, whole = tags_of(session), writer.kind.name, session.mix
    with atomic(output) as part:
        dry = with_progress(whole.dry, partial(_report, progress, "Measuring", whole.mixer.frames))
        encoding = partial(_report, progress, "Encoding", whole.mixer.frames)
        how = Encoding(jobs, kept, levels=whole.requirement.profile.shop is not None, progress=encoding)
        with session.stopwatch.stage("measure"):
            mix = whole.measured(dry)
        requirement = whole.anchored(mix)
        found = _accepted(session, part, writer, tags, how, _Wanted(dry, mix, requirement))
        measured = found.measured
        _require_true_peak(measured, requirement)
        with session.stopwatch.stage("picture"):
            drawing = partial(_report, progress, "Drawing", whole.mixer.frames)
            complete = writer.completed(part, found.encoded, tags, session.timeline, drawing)
        sha256 = Written.of("audio", output, part).sha256
    if kept:
        kept.tidy()
    uploading = upload_notes(requirement.profile, kind, complete.encoded.size)
    return Report(
        output,
        kind,
        complete.encoded,
        sha256,
        measured.loudness,
        measured.true_peak,
        measured.curve,
        _mastering(requirement, found.master, found.encodes, measured),
        session,
        (*notes(requirement, measured, found.master.shortfall_lu), *uploading, *complete.notes),
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What mastering works from: the mix without the voice's room, what the mix measures, and what it shall."""

    dry: Stream
    mix: Measurement
    requirement: Requirement


@dataclass(frozen=True, slots=True)
class _Accepted:
    """A file whose sound was accepted, or is the last of those tried; ``encodes`` counts them."""

    encoded: Encoded
    measured: FileMeasurement
    master: Master
    encodes: int


def _accepted(session: Session, part: Path, writer: Format, tags: Tags, how: Encoding, wanted: _Wanted) -> _Accepted:
    """Masters and encodes the session into ``part`` until what is measured there meets the requirement."""
    mixer, watch, requirement = session.mix.mixer, session.stopwatch, wanted.requirement
    target = Target.first(requirement, writer.overshoot)
    for encodes in range(1, _MOST_ENCODES + 1):
        with watch.stage("measure"):
            master = solve(wanted.dry, wanted.mix, target, sounding(mixer.arrangement))
        with watch.stage("encode"):
            encoded, measures = encode_and_measure(master.apply(mixer), part, writer, tags, how)
        measured = FileMeasurement.of(measures, requirement.profile.shop)
        better = next_target(target, requirement, measured, master.shortfall_lu)
        if better is None or encodes == _MOST_ENCODES:
            break
        target = better
    return _Accepted(encoded, measured, master, encodes)


def _require_true_peak(measured: FileMeasurement, requirement: Requirement) -> None:
    """Raises OutputError."""
    highest = requirement.profile.true_peak
    if measured.true_peak > highest:
        raise OutputError(
            f"The session's true peak stays at {measured.true_peak:.1f} dBTP, above {highest:.1f}, so nothing was "
            "written. Please report this together with the script."
        )


def _mastering(
    requirement: Requirement, master: Master, encodes: int, measured: FileMeasurement
) -> dict[str, float | str | None]:
    """The report's entry about mastering; ``encodes`` counts the encodes until the file was accepted."""
    rows: dict[str, float | str | None] = {
        "profile": requirement.profile.name,
        "gain_db": round(master.gain_db, 2),
        "limiting_db": _finite(master.limiting_db),
        "ceiling_dbtp": round(master.ceiling_dbtp, 2),
        "encodes": encodes,
    }
    if ends := measured.ends:
        rows |= {"rms_db": _finite(ends.rms), "noise_floor_db": _finite(ends.floor)}
        rows |= {"head_seconds": round(ends.head, 2), "tail_seconds": round(ends.tail, 2)}
    return rows


def _report(progress: ReportStage, stage: str, total: int, done: int) -> None:
    progress(stage, done, total)


def _finite(level: float) -> float | None:
    """A level for JSON, which has no infinity: None for silence."""
    return round(level, 2) if math.isfinite(level) else None
