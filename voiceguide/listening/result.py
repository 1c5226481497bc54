"""What was heard, as values for programs and for people."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voiceguide.errors import Severity, Span
from voiceguide.timeline import Timeline
from voiceguide.units import SAMPLE_RATE, format_clock, seconds

SCHEMA = "voiceguide.listening/1"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as planned. ``at``: seconds in the file, None where it is about all of it; ``span`` is the
    place in the script, if there is one; ``rule`` is a name in :data:`~voiceguide.listening.limits.RULES`."""

    rule: str
    severity: Severity
    message: str
    at: float | None = None
    span: Span | None = None

    def __str__(self) -> str:
        where = "" if self.at is None else f"{format_clock(max(0.0, self.at))}: "
        script = "" if self.span is None else f" ({self.span.file}:{self.span.line})"
        return f"{where}{self.severity}: {self.message}{script} [{self.rule}]"

    def to_json(self) -> dict[str, Any]:
        row: dict[str, Any] = {"rule": self.rule, "severity": self.severity, "message": self.message}
        if self.at is not None:
            row["at"] = round(self.at, 3)
        if self.span is not None:
            row |= {"file": self.span.file, "line": self.span.line}
        return row


@dataclass(frozen=True, slots=True)
class HeardLine:
    """A planned line as it was heard. Times are seconds in the file.

    ``planned``: its start in the plan; ``start`` and ``end`` are None where it is missing. ``known``: by its samples
    (``sample``) or by its words (``ear``). ``said`` and ``understood`` count words, None where nobody listened for
    them; ``missed`` are the others. ``over_bed`` and ``over_sounds``: LU by which the voice lies above the background,
    and above chimes and breath sounds that sound at the same time; None where there are none.
    """

    text: str
    span: Span | None
    planned: float
    start: float | None = None
    end: float | None = None
    known: str | None = None
    level: float | None = None
    said: int | None = None
    understood: int | None = None
    missed: tuple[str, ...] = ()
    heard: str = ""
    over_bed: float | None = None
    over_sounds: float | None = None

    def to_json(self) -> dict[str, Any]:
        optional = {
            "start": _rounded(self.start, 3),
            "end": _rounded(self.end, 3),
            "known_by": self.known,
            "level_db": _rounded(self.level, 1),
            "words": self.said,
            "understood": self.understood,
            "missed": list(self.missed) or None,
            "heard": self.heard or None,
            "over_bed_lu": _rounded(self.over_bed, 1),
            "over_sounds_lu": _rounded(self.over_sounds, 1),
        }
        row: dict[str, Any] = {"text": self.text, "planned": round(self.planned, 3)}
        if self.span is not None:
            row |= {"file": self.span.file, "line": self.span.line}
        return row | {name: value for name, value in optional.items() if value is not None}


@dataclass(frozen=True, slots=True)
class HeardSound:
    """A chime, breath sound or sound file as it was heard: seconds in the plan and in the file (None where it is
    missing), and its ``level`` in dB to the planned one, against the voice."""

    kind: str
    name: str
    span: Span | None
    planned: float
    start: float | None = None
    level: float | None = None

    def to_json(self) -> dict[str, Any]:
        row: dict[str, Any] = {"kind": self.kind, "name": self.name, "planned": round(self.planned, 3)}
        if self.start is not None:
            row |= {"start": round(self.start, 3), "level_db": _rounded(self.level, 1)}
        if self.span is not None:
            row |= {"file": self.span.file, "line": self.span.line}
        return row


@dataclass(frozen=True, slots=True)
class Listening:
    """What was heard in a finished file, against its plan. ``loudness_lufs`` integrated, ``rms_db`` with
    the profile ``audiobook`` alone, ``true_peak_dbtp``,
    ``short_term``: seconds and LUFS, one a second. ``bed_level``: dB by which the background is louder than planned,
    against the voice; None where there is none to judge. ``listened_for_words``: whether a recogniser was asked."""

    audio: Path
    timeline: Timeline
    frames: int
    loudness_lufs: float
    rms_db: float | None
    true_peak_dbtp: float
    short_term: tuple[tuple[float, float], ...]
    lines: tuple[HeardLine, ...]
    sounds: tuple[HeardSound, ...]
    bed_level: float | None
    listened_for_words: bool
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """The verdict: whether there are no errors."""
        return not self.count("error")

    def count(self, severity: Severity) -> int:
        """How many findings are of a severity."""
        return sum(finding.severity == severity for finding in self.findings)

    @property
    def words(self) -> tuple[int, int]:
        """The words that the lines have, and how many of them were understood."""
        heard = [line for line in self.lines if line.said is not None]
        return sum(line.said or 0 for line in heard), sum(line.understood or 0 for line in heard)

    def to_json(self) -> dict[str, Any]:
        """The document ``voiceguide.listening/1`` of docs/listening.md; times in seconds."""
        said, understood = self.words
        highest = max((level for _, level in self.short_term), default=-math.inf)
        return {
            "schema": SCHEMA,
            "audio": self.audio.as_posix(),
            "title": self.timeline.title,
            "voice": self.timeline.voice,
            "verdict": "as planned" if self.ok else "not as planned",
            "seconds": round(self.frames / SAMPLE_RATE, 3),
            "planned_seconds": seconds(self.timeline.frames),
            "loudness_lufs": _rounded(self.loudness_lufs, 2),
            "short_term_max_lufs": _rounded(highest, 2),
            **({} if self.rms_db is None else {"rms_db": _rounded(self.rms_db, 2)}),
            "true_peak_dbtp": _rounded(self.true_peak_dbtp, 2),
            "bed_level_db": _rounded(self.bed_level, 1),
            "words": {"said": said, "understood": understood} if self.listened_for_words else None,
            "findings": [finding.to_json() for finding in self.findings],
            "lines": [line.to_json() for line in self.lines],
            "sounds": [sound.to_json() for sound in self.sounds],
        }


def _rounded(value: float | None, digits: int) -> float | None:
    """For JSON, which has no infinity: None for silence."""
    return None if value is None or not math.isfinite(value) else round(value, digits)
