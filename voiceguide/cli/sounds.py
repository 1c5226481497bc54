"""``voiceguide sounds``: the sound library."""

from __future__ import annotations

from pathlib import Path

import click

from voiceguide.cli.columns import columns
from voiceguide.units import format_duration, seconds


@click.group("sounds", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Lists the sound library, or makes it anew."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_sounds)


@command.command("list")
def list_sounds() -> None:
    """Lists every sound with its length and use, and every bed."""
    from voiceguide.sounds import library
    from voiceguide.sounds.catalogue import BEDS, SOUNDS

    rows: list[tuple[str, ...]] = [
        (spec.name, spec.use, format_duration(round(seconds(library.frames(spec.name)), 1)), spec.summary)
        for spec in SOUNDS
    ]
    rows += [(spec.name, "bed", "endless", spec.summary) for spec in BEDS]
    click.echo("\n".join(columns(("name", "use", "length", "what it is"), rows)))


@command.command("build")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write to; the library's own when left out.",
)
def build_sounds(output: Path | None) -> None:
    """Makes the library's files from their recipes, bit for bit the same each time."""
    from voiceguide.resources import data_folder
    from voiceguide.sounds import library

    for path in library.build(output or data_folder("sounds")):
        click.echo(path, err=True)
