"""``voiceguide listen``: hears a finished file and compares it with its script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from voiceguide.cli.json_output import json_text
from voiceguide.cli.plot_option import plot_option
from voiceguide.cli.progress import shown
from voiceguide.cli.script_argument import ScriptPath
from voiceguide.cli.session_options import session_options
from voiceguide.errors import SoundError, printable
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import read_script

if TYPE_CHECKING:
    from voiceguide.listening.result import Listening


@click.command("listen")
@click.argument("audio", type=click.Path(path_type=Path, dir_okay=False), metavar="AUDIO")
@click.option("--script", type=ScriptPath(), required=True, metavar="SCRIPT", help="The script that it was made from.")
@click.option("--json", "as_json", is_flag=True, help="What was heard as JSON ('voiceguide docs listening').")
@click.option("--strict", is_flag=True, help="Warnings count like errors.")
@click.option("--no-words", is_flag=True, help="Asks no speech recognition; all else is heard without it.")
@click.option(
    "--model",
    default="",
    metavar="NAME",
    help="A larger recogniser than the one that comes along: a name like small, or a model's folder.",
)
@plot_option
@session_options
def command(
    audio: Path,
    script: Path,
    as_json: bool,
    strict: bool,
    no_words: bool,
    model: str,
    plot: Path | None,
    options: SessionOptions,
    quiet: bool,
) -> int:
    """Hears AUDIO, a finished session, and tells what in it is not as SCRIPT has planned it.

    Lines that are missing, doubled, out of order, early or late, or not understood; pauses, chimes and breath sounds;
    the balance of voice and background; loudness, peaks and length. Give the options that the file was made with, such
    as --length. The file may have been edited since, or recorded elsewhere.

    The exit status is 0 when all is as planned (warnings aside), 1 when it is not, 2 when the command line is wrong.
    """
    if len(options.lengths) > 1:
        raise click.UsageError("AUDIO is one session; give --length once.")
    if not audio.is_file():
        raise SoundError(f"There is no sound file {audio}.")
    known = read_script(script, options)
    from voiceguide.api.listening import heard, recogniser_for
    from voiceguide.api.session import sessions

    with shown(audio.name, quiet=quiet) as progress:
        session = sessions(known, options, progress)[0]
        ear = recogniser_for(session, words=not no_words, model=model)
        result = heard(audio, session, ear, progress)
    if plot is not None:
        from voiceguide.atomic import atomic
        from voiceguide.listening.picture import draw

        with atomic(plot) as part:
            draw(result, part, kind=plot.suffix.casefold().removeprefix("."))
    if as_json:
        click.echo(json_text(result.to_json()))
    else:
        for finding in result.findings:
            click.echo(printable(str(finding)))
    if not quiet:
        click.echo(printable(_verdict(result)), err=True)
    return 0 if result.ok and not (strict and result.findings) else 1


def _verdict(result: Listening) -> str:
    """The outcome in a line."""
    found = sum(line.start is not None for line in result.lines)
    said, understood = result.words
    facts = [f"{found} of {len(result.lines)} lines"]
    if result.listened_for_words and said:
        facts.append(f"{understood} of {said} words understood")
    if result.sounds:
        heard = sum(sound.start is not None for sound in result.sounds)
        facts.append(f"{heard} of {len(result.sounds)} chimes and breath sounds")
    loudness = f"{result.loudness_lufs:.1f} LUFS" if result.rms_db is None else f"{result.rms_db:.1f} dB RMS"
    facts.append(f"{loudness}, {result.true_peak_dbtp:.1f} dBTP")
    verdict = "as planned" if result.ok else "not as planned"
    counts = ", ".join(
        f"{count} {name}{'' if count == 1 else 's'}"
        for name, count in (("error", result.count("error")), ("warning", result.count("warning")))
        if count
    )
    return f"{result.audio}: {verdict}{f' ({counts})' if counts else ''}: {', '.join(facts)}."
