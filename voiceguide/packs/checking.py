"""Every problem of a pack, before anything is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from voiceguide.checks import check
from voiceguide.errors import Cancelled, VoiceguideError
from voiceguide.packs.entries import Entry
from voiceguide.packs.jobs import Prepared, Refused, prepared
from voiceguide.packs.pack_file import Pack
from voiceguide.progress import ReportStage, quiet


@dataclass(frozen=True, slots=True)
class Checked:
    """A session of a pack: the ``problem`` for which it cannot be made, if any, and one line for each finding."""

    entry: Entry
    problem: str | None
    findings: tuple[str, ...]


def checked(pack: Pack, jobs: int, progress: ReportStage = quiet, *, text_only: bool = False) -> Iterator[Checked]:
    """The sessions in their order. Lines are spoken to measure them, unless ``text_only``; no audio is made."""
    for one in prepared(pack):
        if isinstance(one, Refused):
            yield Checked(one.entry, one.reason, ())
        elif text_only:
            found = check(one.cast.routine).findings
            yield Checked(one.entry, None, tuple(finding.headline for finding in found))
        else:
            yield _planned(one, pack.folder, jobs, progress)


def _planned(one: Prepared, folder: Path, jobs: int, progress: ReportStage) -> Checked:
    from voiceguide.session.session import planned

    try:
        options = replace(one.job.options(folder), jobs=jobs)
        with planned(folder / one.job.script, options, progress) as session:
            clips = session.clips
            found = check(session.routine, session.timeline, clips.sound_level, clips.speaking).findings
            return Checked(one.entry, None, tuple(finding.headline for finding in (*session.warnings, *found)))
    except Cancelled:
        raise
    except VoiceguideError as error:
        return Checked(one.entry, str(error), ())
