"""``voiceguide pack check``: every problem of a pack, before anything is made."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voiceguide.cli.pack.options import for_sessions, pack_argument, pack_of
from voiceguide.cli.progress import shown
from voiceguide.progress import ReportStage

if TYPE_CHECKING:
    from voiceguide.packs.jobs import Prepared


@click.command("check")
@pack_argument
@click.option("--strict", is_flag=True, help="Warnings count as problems too.")
@click.option("--text-only", is_flag=True, help="Speaks nothing, so lengths and pauses stay unknown.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=lambda: os.cpu_count() or 1,
    metavar="N",
    help="How many lines are spoken side by side.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def command(pack_file: Path, strict: bool, text_only: bool, jobs: int, quiet: bool) -> int:
    """Finds every problem of PACK.yaml and all of its scripts. Lines are spoken to measure them; no audio is made."""
    pack = pack_of(pack_file)
    from voiceguide.packs.jobs import Refused, prepared

    troubles = 0
    told: dict[str, dict[str, None]] = {}  # the sessions of each message, in their order
    with shown(pack.title, quiet=quiet) as progress:
        for one in prepared(pack):
            problem = one.reason if isinstance(one, Refused) else None
            found: tuple[str, ...] = ()
            if not isinstance(one, Refused):
                problem, found = _checked_entry(one, pack.folder, jobs, progress, text_only=text_only)
            for row in (*((problem,) if problem else ()), *found):
                told.setdefault(row, {})[one.entry.name] = None
            troubles += problem is not None
    for row, sessions in told.items():
        click.echo(for_sessions(row, sessions))
    if troubles:
        count = "1 session" if troubles == 1 else f"{troubles} sessions"
        click.echo(f"{count} of {len(pack.entries)} cannot be made as the pack asks.", err=True)
    elif not told:
        every = len(pack.entries)
        click.echo("The one session is in order." if every == 1 else f"All {every} sessions are in order.", err=True)
    return 1 if troubles or (strict and told) else 0


def _checked_entry(
    one: Prepared, folder: Path, jobs: int, progress: ReportStage, *, text_only: bool
) -> tuple[str | None, tuple[str, ...]]:
    """Why a session cannot be made, if so, and the findings of the rules."""
    from voiceguide.checks import check
    from voiceguide.errors import VoiceguideError
    from voiceguide.session.session import planned

    if text_only:
        return None, tuple(finding.headline for finding in check(one.cast.routine).findings)
    try:
        options = replace(one.job.options(folder), jobs=jobs)
        with planned(folder / one.job.script, options, progress) as session:
            clips = session.clips
            found = check(session.routine, session.timeline, clips.sound_level, clips.speaking).findings
            return None, tuple(finding.headline for finding in (*session.warnings, *found))
    except VoiceguideError as error:
        return str(error), ()
