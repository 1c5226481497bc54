"""``voiceguide pack check``: every problem of a pack, before anything is made."""

from __future__ import annotations

import os
from pathlib import Path

import click

from voiceguide.cli.pack.options import for_sessions, pack_argument, pack_of
from voiceguide.cli.progress import shown


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
    from voiceguide.packs.checking import checked

    troubles = 0
    told: dict[str, dict[str, None]] = {}  # the sessions of each message, in their order
    with shown(pack.title, quiet=quiet) as progress:
        for one in checked(pack, jobs, progress, text_only=text_only):
            for row in (*((one.problem,) if one.problem else ()), *one.findings):
                told.setdefault(row, {})[one.entry.name] = None
            troubles += one.problem is not None
    for row, sessions in told.items():
        click.echo(for_sessions(row, sessions))
    if troubles:
        count = "1 session" if troubles == 1 else f"{troubles} sessions"
        click.echo(f"{count} of {len(pack.entries)} cannot be made as the pack asks.", err=True)
    elif not told:
        every = len(pack.entries)
        click.echo("The one session is in order." if every == 1 else f"All {every} sessions are in order.", err=True)
    return 1 if troubles or (strict and told) else 0
