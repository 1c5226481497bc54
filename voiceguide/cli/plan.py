"""``voiceguide plan``: a script's timeline as a table, as JSON, or as a picture."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voiceguide.cli.cue_help import cue_help
from voiceguide.cli.plot_option import plot_option
from voiceguide.cli.progress import shown
from voiceguide.cli.script_argument import script_argument
from voiceguide.cli.session_options import named_for, session_options
from voiceguide.cli.table import table
from voiceguide.errors import rendered
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import read_script

if TYPE_CHECKING:
    from voiceguide.planner import Range
    from voiceguide.timeline import Timeline


@click.command("plan", epilog=cue_help())
@script_argument()
@click.option("--json", "as_json", is_flag=True, help="The timeline as JSON (docs/timeline.md).")
@click.option("--range", "as_range", is_flag=True, help="The shortest and the longest length that the script can have.")
@plot_option
@session_options
def command(
    script: Path, as_json: bool, as_range: bool, plot: Path | None, options: SessionOptions, quiet: bool
) -> None:
    """Shows the timeline of SCRIPT: what is heard when. Writes no audio.

    With --length it tells how the session is fitted: which chapters are left out, how many rounds there are, and how
    far the pauses are stretched.
    """
    if as_json and len(options.lengths) > 1:
        raise click.UsageError("--json shows one session; give --length once.")
    if as_range and (options.lengths or plot):
        raise click.UsageError("--range shows what lengths there can be; leave --length and --plot out.")
    known = read_script(script, options)  # tells a script's mistakes before the heavy parts are loaded
    from voiceguide.api.session import lengths, sessions

    with shown(script.name, quiet=quiet) as progress:
        if as_range:
            _show_range(lengths(known, options, progress), as_json=as_json)
            return
        planned = sessions(known, options, progress)
    several = len(options.lengths) > 1
    if plot is not None:
        for session, length in zip(planned, options.lengths or (None,), strict=True):
            session.draw(named_for(plot, length if several else None))
    warnings = rendered(dict.fromkeys(warning for session in planned for warning in session.findings))
    if warnings and not quiet:
        click.echo(warnings, err=True)
    click.echo("\n\n".join(_shown(session.timeline, as_json) for session in planned))


def _shown(timeline: Timeline, as_json: bool) -> str:
    if as_json:
        return json.dumps(timeline.to_json(), ensure_ascii=False, indent=2)
    return "\n".join(table(timeline))


def _show_range(reach: Range, *, as_json: bool) -> None:
    from voiceguide.planner.advice import described
    from voiceguide.units import seconds

    names = ("shortest", "natural", "longest")
    if as_json:
        lengths = (reach.shortest, reach.natural, reach.longest)
        click.echo(json.dumps({name: seconds(frames) for name, frames in zip(names, lengths, strict=True)}))
    else:
        click.echo("\n".join(f"{name:8}  {length}" for name, length in zip(names, described(reach), strict=True)))
