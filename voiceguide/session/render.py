"""A planned session to a finished file: mixed, mastered, encoded, and heard back.

::

    script ─read, speak, plan─▶ Session ─mix─▶ blocks ─master─▶ blocks ─encode─▶ file ─hear back─▶ Report

What comes before a :class:`~voiceguide.session.session.Session` is in :mod:`voiceguide.session.session`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from voiceguide import encoder
from voiceguide.atomic import Written, atomic
from voiceguide.encoder import Encoded, Format, Tags
from voiceguide.encoder.cover import DrawnCover
from voiceguide.errors import OutputError
from voiceguide.mastering.acceptance import Aim, FileMeasurement, FileMeter, notes
from voiceguide.mastering.forecast import forecast
from voiceguide.mastering.profiles import Profile
from voiceguide.mastering.solve import Master, solve
from voiceguide.progress import Progress, quiet
from voiceguide.session.session import Session

_MOST_ENCODES = 4


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


def tags_of(session: Session) -> Tags:
    """What the finished file says about itself."""
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
    )


def render(session: Session, output: Path, kind: Format, progress: Progress = quiet, *, jobs: int = 1) -> Report:
    """Mixes, masters and encodes a session to ``output``, hears the file back, and moves it into place when it is good.

    ``jobs`` parts of it are worked on at the same time (0: on one core); the file is the same whatever their number.
    Raises VoiceguideError; then, and when interrupted, an older file at ``output`` is as it was.
    """
    watch, tags = session.stopwatch, tags_of(session)
    with atomic(output) as part:
        mixer, goal = session.mix.mixer, session.mix.goal
        with watch.stage("measure"):
            mix = forecast(mixer)
        profile = goal.profile
        aim = Aim.first(goal, kind.overshoot)
        for encodes in range(1, _MOST_ENCODES + 1):
            with watch.stage("measure"):
                measured = partial(_report_frames, progress, "Measuring", mixer.frames)
                master = solve(mixer, aim.loudness, aim.ceiling, mix, measured)
                mix = master.mix
            meter = FileMeter(profile.shop)
            with watch.stage("encode"):
                encoded_so_far = partial(_report_frames, progress, "Encoding", mixer.frames)
                encoded = encoder.encode_and_hear(
                    master.apply(mixer), part, kind, tags, meter, jobs=jobs, progress=encoded_so_far
                )
            heard = meter.measurement()
            better = aim.after(goal, heard, master.shortfall_lu)
            if better is None or encodes == _MOST_ENCODES:
                break
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


def _mastering(profile: Profile, master: Master, encodes: int, heard: FileMeasurement) -> dict[str, Any]:
    """What was done to the mix, as the report has it: ``encodes`` counts until the decoded file kept its word."""
    document: dict[str, Any] = {
        "profile": profile.name,
        "gain_db": round(master.gain_db, 2),
        "limiting_db": _finite(master.limiting_db),
        "ceiling_dbtp": round(master.ceiling_dbtp, 2),
        "encodes": encodes,
    }
    if ends := heard.ends:
        document |= {"rms_db": _finite(ends.rms), "noise_floor_db": _finite(ends.floor)}
        document |= {"head_seconds": round(ends.head, 2), "tail_seconds": round(ends.tail, 2)}
    return document


def _report_frames(progress: Progress, stage: str, total: int, done: int) -> None:
    progress(stage, done, total)


def _finite(level: float) -> float | None:
    """A level for JSON, which knows no infinity: None for silence."""
    return round(level, 2) if math.isfinite(level) else None
