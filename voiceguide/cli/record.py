"""``voiceguide record``: a sheet to read a script's lines from."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click

from voiceguide.cli.script_argument import script_argument
from voiceguide.cli.session_options import script_options
from voiceguide.errors import rendered
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import read_script


@click.command("record")
@script_argument()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("sessions"),
    metavar="DIR",
    help="The folder to write to; sessions when left out.",
)
@click.option("--part", metavar="VOICE", help="The lines of this [voice …] in the script, not of its own voice.")
@script_options
def command(script: Path, output: Path, part: str | None, options: SessionOptions) -> None:
    """Writes a recording sheet: the lines of SCRIPT, numbered, for a person to read aloud.

    It comes as plain text and as a page with large type. Record the reading, and hand it to
    'voiceguide voices import'.
    """
    known = read_script(script, options)
    routine, findings = known.routine, known.findings
    from voiceguide.atomic import write_text
    from voiceguide.recording.sheet import as_html, as_text, sheet
    from voiceguide.units import format_duration

    if findings:
        click.echo(rendered(findings), err=True)
    found = sheet(routine, options, part)
    if not found.lines:
        raise click.ClickException(f"{script} has no lines {f'for the voice {part!r} ' if part else ''}to be read.")
    stem = "-".join([script.stem, *([re.sub(r"[^\w+-]+", "-", part)] if part else [])])
    paths = [output / f"{stem}-sheet{suffix}" for suffix in (".txt", ".html")]
    for path, text in zip(paths, (as_text(found), as_html(found)), strict=True):
        write_text(path, text)
    count = "1 line" if len(found.lines) == 1 else f"{len(found.lines)} lines"
    about = format_duration(max(10, round(found.seconds, -1)))
    click.echo(f"Wrote {paths[0]} and {paths[1]}: {count}, about {about} of reading.", err=True)
    click.echo(f"Then: voiceguide voices import NAME {_same_lines(script, part, options)} TAKE.wav", err=True)


def _same_lines(script: Path, part: str | None, options: SessionOptions) -> str:
    """The options that give another command the same lines with the same numbers."""
    from voiceguide.units import format_duration

    words = ["--script", str(script)]
    words += ["--part", part] if part else []
    for length in options.lengths:
        words += ["--length", format_duration(length)]
    for name, value in options.variables.items():
        words += ["--set", f"{name}={value}"]
    return shlex.join(words)
