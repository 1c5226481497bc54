"""Writes a session to files, and reports on it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voiceguide.atomic import Written, atomic
from voiceguide.companions.captions import CAPTIONS
from voiceguide.companions.paths import Companions, require_apart
from voiceguide.companions.projects.kinds import PROJECTS
from voiceguide.companions.write import beside, chapters_apart, in_library
from voiceguide.encoder.choice import chosen
from voiceguide.encoder.format import Format
from voiceguide.encoder.kinds import BY_SUFFIX, KINDS
from voiceguide.errors import Diagnostic, OptionError, did_you_mean
from voiceguide.picture.draw import draw as draw_timeline
from voiceguide.progress import ReportStage
from voiceguide.session import render as session_render
from voiceguide.timeline import Timeline

if TYPE_CHECKING:
    from voiceguide.api.session import Session


@dataclass(frozen=True)
class Report:
    """The result of rendering a session. Levels are measured on the decoded file.

    ``size`` in bytes; ``loudness_lufs`` integrated (BS.1770-4) and ``true_peak_dbtp``, minus infinity for silence;
    ``rms_db``: the level that audiobook shops measure, in dB RMS, with the profile ``audiobook`` alone;
    ``loudness_curve``: seconds and short-term LUFS, one a second. ``lines_spoken`` counts the lines spoken for it,
    ``lines_kept`` those from the cache. ``findings`` are the warnings of reading and planning, ``notes`` sentences on a
    file that does not quite meet its profile. ``files`` were written beside ``output``.
    """

    output: Path
    format: str
    timeline: Timeline = field(repr=False)
    size: int
    sha256: str
    loudness_lufs: float
    rms_db: float | None
    true_peak_dbtp: float
    loudness_curve: tuple[tuple[float, float], ...] = field(repr=False)
    lines_spoken: int
    lines_kept: int
    findings: tuple[Diagnostic, ...]
    notes: tuple[str, ...]
    files: tuple[Written, ...]
    _document: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    def of(cls, result: session_render.Report) -> Report:
        return cls(
            result.output,
            result.format,
            result.session.timeline,
            result.encoded.size,
            result.sha256,
            result.loudness_lufs,
            result.mastering.get("rms_db"),
            result.true_peak_dbtp,
            result.loudness_curve,
            result.session.spoken.spoken,
            result.session.spoken.cached,
            result.session.warnings,
            result.notes,
            result.files,
            result.to_json(),
        )

    @property
    def loudness(self) -> str:
        """Loudness and true peak in words, as the profile counts them."""
        if not math.isfinite(self.loudness_lufs):
            return "silent"
        loudness = f"{self.loudness_lufs:.1f} LUFS" if self.rms_db is None else f"{self.rms_db:.1f} dB RMS"
        return f"{loudness}, true peak {self.true_peak_dbtp:.1f} dBTP"

    @property
    def media_type(self) -> str:
        """The file's IANA media type, such as ``audio/mpeg``."""
        return KINDS[self.format].media_type

    def to_json(self) -> dict[str, Any]:
        """The document of ``voiceguide render --report``."""
        return dict(self._document)

    def _repr_html_(self) -> str:
        from voiceguide.api.notebook import report_html

        return report_html(self)


@dataclass(frozen=True, slots=True)
class Outputs:
    """The files of one session: ``audio``, of a ``kind``, what is wanted ``beside`` it, and the ``report`` in JSON."""

    audio: Path
    kind: Format
    beside: Companions
    report: Path | None

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files whose names are known before the session is planned."""
        return (self.audio, *self.beside.paths, *((self.report,) if self.report else ()))


def kind_of(
    output: Path, name: str | None, bitrate: int | str | None, profile: str | None, rate: int, picture: str | None
) -> Format:
    """The kind of file with its settings; what ``output`` ends in when it has no ``name``. Raises OptionError."""
    by_suffix = BY_SUFFIX.get(output.suffix.casefold())
    found = name or (by_suffix.name if by_suffix else None)
    if found is None:
        raise OptionError(f"output: {output} should end in {', '.join(BY_SUFFIX)}, or the format be given.")
    if found not in KINDS:
        raise OptionError(f"format: there is no '{found}'{did_you_mean(found, KINDS)}; there are {', '.join(KINDS)}.")
    try:
        kind = chosen(found, None if bitrate is None else str(bitrate).casefold(), profile, rate)
    except ValueError as error:
        raise OptionError(f"bitrate: {error}.") from error
    try:
        return kind if picture is None else kind.with_picture(picture)
    except ValueError as error:
        raise OptionError(f"picture: {error}.") from error


def companions(
    output: Path,
    captions: str | None,
    chapters: bool,
    stems: Path | None,
    split: bool,
    project: str | None,
    library: Path | None,
) -> Companions:
    """The paths of the files beside ``output``. Raises OptionError."""
    if captions is not None and captions not in CAPTIONS:
        raise OptionError(f"captions: there are no '{captions}'; there are {' and '.join(CAPTIONS)}.")
    if project is not None and project not in PROJECTS:
        raise OptionError(f"project: there is no '{project}'; there are {', '.join(PROJECTS)}.")
    suffix = CAPTIONS[captions].suffix if captions else None
    try:
        return Companions.beside(output, suffix, chapters, stems, split, project, library)
    except ValueError as error:
        raise OptionError(f"split: {error}") from error


def write(session: Session, outputs: Outputs, jobs: int, progress: ReportStage) -> Report:
    """Writes a session's files; each appears only when it is complete.

    Raises VoiceguideError; then no file is half-written.
    """
    planned = session.planned
    try:
        require_apart(outputs.paths, planned.routine.scripts)
    except ValueError as error:
        raise OptionError(str(error)) from error
    with ExitStack() as held:
        reported = held.enter_context(atomic(outputs.report)) if outputs.report else None
        written = held.enter_context(beside(planned, outputs.beside, progress))
        kept = session_render.kept_parts()
        result = session_render.render(planned, outputs.audio, outputs.kind, progress, jobs=jobs, kept=kept)
        parts = chapters_apart(planned, outputs.audio, outputs.kind, outputs.beside, progress)
        laid = in_library(planned, outputs.audio, outputs.beside)
        result = replace(result, files=(*written, *parts, *laid))
        if reported is not None:
            reported.write_text(json.dumps(result.to_json(), ensure_ascii=False, indent=2) + "\n", "utf-8")
    return Report.of(result)


def draw(timeline: Timeline, path: Path, loudness: Sequence[tuple[float, float]] = ()) -> None:
    """Draws a picture to a file, which appears only when it is complete. Raises OutputError."""
    with atomic(path) as part:
        draw_timeline(timeline, part, loudness, kind=path.suffix.casefold().removeprefix("."))
