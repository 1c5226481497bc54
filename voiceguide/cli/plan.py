"""``voiceguide plan``: a script's timeline as a table, as JSON, or as a picture."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voiceguide.cli.columns import columns
from voiceguide.cli.cue_help import cue_help
from voiceguide.cli.json_output import json_text
from voiceguide.cli.plot_option import plot_option
from voiceguide.cli.progress import shown
from voiceguide.cli.script_argument import script_argument
from voiceguide.cli.session_options import session_options
from voiceguide.cli.table import table as timeline_table
from voiceguide.cli.variants import named
from voiceguide.errors import ScriptError, printable, rendered
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import read_script
from voiceguide.units import format_duration

if TYPE_CHECKING:
    from voiceguide.planner import Range
    from voiceguide.routine import Routine
    from voiceguide.timeline import Timeline


@click.command("plan", epilog=cue_help())
@script_argument()
@click.option("--json", "as_json", is_flag=True, help="The timeline as JSON ('voiceguide docs timeline').")
@click.option("--range", "as_range", is_flag=True, help="The shortest and the longest length that the script can have.")
@click.option("--spoken", "as_spoken", is_flag=True, help="The lines that a voice gets in other words than written.")
@plot_option
@session_options
def command(
    script: Path,
    as_json: bool,
    as_range: bool,
    as_spoken: bool,
    plot: Path | None,
    options: SessionOptions,
    quiet: bool,
) -> None:
    """Shows the timeline of SCRIPT: what is heard when. Writes no audio.

    With --length it tells how the session is fitted: which chapters are left out, how many rounds there are, and how
    far the pauses are stretched.
    """
    if as_json and len(options.lengths) > 1:
        raise click.UsageError("--json shows one session; give --length once.")
    if as_range and (options.lengths or plot):
        raise click.UsageError("--range shows what lengths there can be; leave --length and --plot out.")
    if as_spoken and (as_range or plot):
        raise click.UsageError("--spoken shows lines of text; leave --range and --plot out.")
    known = read_script(script, options)  # tells a script's mistakes before the heavy parts are loaded
    if as_spoken:
        click.echo("\n".join(_spoken(known.routine, any_length=bool(options.lengths), as_json=as_json)))
        return
    from voiceguide.api.session import lengths, sessions

    with shown(script.name, quiet=quiet) as progress:
        if as_range:
            _show_range(lengths(known, options, progress), as_json=as_json)
            return
        planned = sessions(known, options, progress)
    several = len(options.lengths) > 1
    if plot is not None:
        for session, length in zip(planned, options.lengths or (None,), strict=True):
            session.draw(named(plot, (format_duration(length),) if several and length else ()))
    warnings = rendered(dict.fromkeys(warning for session in planned for warning in session.findings))
    if warnings and not quiet:
        click.echo(warnings, err=True)
    click.echo("\n\n".join(_shown(session.timeline, as_json) for session in planned))


def _shown(timeline: Timeline, as_json: bool) -> str:
    if as_json:
        return json_text(timeline.to_json())
    return "\n".join(timeline_table(timeline))


def _spoken(routine: Routine, *, any_length: bool, as_json: bool) -> Iterator[str]:
    """The lines whose spoken form differs from what is written, each once; no voice is needed for it."""
    from voiceguide import planner

    found, problems = planner.lines(
        routine, {name: name for name in planner.voice_names(routine)}, any_length=any_length
    )
    if problems:
        raise ScriptError(problems)
    differing = [(span, line.as_written, line.text) for line, span in found.items() if line.as_written != line.text]
    if as_json:
        rows = [{"file": s.file, "line": s.line, "text": written, "spoken": said} for s, written, said in differing]
        yield json_text(rows)
    elif not differing:
        yield "Every line is spoken as it is written."
    else:
        table = [
            (printable(f"{span.file}:{span.line}"), printable(written), printable(said))
            for span, written, said in differing
        ]
        yield from columns(("line", "as written", "spoken"), table)


def _show_range(reach: Range, *, as_json: bool) -> None:
    from voiceguide.planner.advice import described
    from voiceguide.units import seconds

    names = ("shortest", "natural", "longest")
    if as_json:
        lengths = (reach.shortest, reach.natural, reach.longest)
        click.echo(json.dumps({name: seconds(frames) for name, frames in zip(names, lengths, strict=True)}))
    else:
        click.echo("\n".join(f"{name:8}  {length}" for name, length in zip(names, described(reach), strict=True)))
