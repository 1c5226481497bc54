"""``voiceguide plan``: a script's timeline as a table, as JSON, or as a picture."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voiceguide.cli.cue_help import cue_help
from voiceguide.cli.plot_option import drawn, plot_option
from voiceguide.cli.progress import shown
from voiceguide.cli.session_options import named_for, session_options
from voiceguide.cli.table import table
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import read_script

if TYPE_CHECKING:
    from voiceguide.session.session import Session


@click.command("plan", epilog=cue_help())
@click.argument("script", type=click.Path(path_type=Path))
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
    read_script(script, options)  # reports a script's mistakes before the slow imports
    if as_range:
        _show_range(script, options, as_json=as_json, quiet=quiet)
        return
    from voiceguide.session.session import speak_script

    with shown(script.name, quiet=quiet) as progress, speak_script(script, options, progress) as spoken:
        sessions = spoken.sessions()
    several = len(options.lengths) > 1
    if plot is not None:
        for session in sessions:
            drawn(session.timeline, named_for(plot, session.routine.settings.length if several else None))
    for warning in () if quiet else dict.fromkeys(w for session in sessions for w in session.warnings):
        click.echo(warning.render(), err=True)
    click.echo("\n\n".join(_shown(session, as_json) for session in sessions))


def _shown(session: Session, as_json: bool) -> str:
    if as_json:
        return json.dumps(session.timeline.to_json(), ensure_ascii=False, indent=2)
    return "\n".join(table(session.timeline))


def _show_range(script: Path, options: SessionOptions, *, as_json: bool, quiet: bool) -> None:
    from voiceguide.planner.advice import described
    from voiceguide.session.session import speak_script
    from voiceguide.units import seconds

    with (
        shown(script.name, quiet=quiet) as progress,
        speak_script(script, options, progress, any_length=True) as spoken,
    ):
        reach = spoken.length_range()
    names = ("shortest", "natural", "longest")
    if as_json:
        lengths = (reach.shortest, reach.natural, reach.longest)
        click.echo(json.dumps({name: seconds(frames) for name, frames in zip(names, lengths, strict=True)}))
    else:
        click.echo("\n".join(f"{name:8}  {length}" for name, length in zip(names, described(reach), strict=True)))
