"""``voiceguide sounds``: the sound library."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import click

from voiceguide.cli.columns import columns
from voiceguide.cli.groups import WholeGroup
from voiceguide.scratch import scratch
from voiceguide.units import format_duration, frames, parse_duration, seconds

_HEARD_OF_A_BED = "30s"
_MOST_OF_A_BED = Fraction(3 * 3600)  # seconds; half of what a WAV file can hold


@click.group("sounds", cls=WholeGroup, invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Lists, plays or makes the sounds of the library."""
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


@command.command("play")
@click.argument("name")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Writes the sound to a file, .wav or .flac, and plays nothing.",
)
@click.option("--length", metavar="D", help=f"How much of a bed, such as 2m; {_HEARD_OF_A_BED} when left out.")
def play_sound(name: str, output: Path | None, length: str | None) -> None:
    """Plays the sound or bed NAME, or writes it to a file.

    Without the extra 'play' a player of the system is used.
    """
    from voiceguide.errors import SoundError
    from voiceguide.sounds.catalogue import bed_names

    name = _known(name)
    if length is not None and name not in bed_names():
        raise click.UsageError(f"'{name}' is as long as it is; only a bed has a --length.")
    heard = frames(_duration(length or _HEARD_OF_A_BED))
    if output is not None:
        _write(name, heard, output)
        return
    why_not = _play(name, heard)
    if why_not is not None:
        raise SoundError(f"{why_not} {_other_way(name)}")


def _known(name: str) -> str:
    from voiceguide.errors import did_you_mean
    from voiceguide.sounds.catalogue import bed_names, sound_names

    known = (*sound_names(), *bed_names())
    folded = name.casefold()
    if folded not in known:
        near = did_you_mean(folded, known)
        raise click.UsageError(
            f"There is no sound or bed '{name}' in the library{near}; 'voiceguide sounds' lists them."
        )
    return folded


def _duration(text: str) -> Fraction:
    try:
        length = parse_duration(text)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if not 0 < length <= _MOST_OF_A_BED:
        raise click.UsageError(f"A bed can be heard for more than nothing and {_MOST_OF_A_BED / 3600} hours at most.")
    return length


def _write(name: str, heard: int, output: Path) -> None:
    from voiceguide.atomic import atomic
    from voiceguide.sounds.excerpts import KINDS, save

    kind = output.suffix.casefold()
    if kind not in KINDS:
        raise click.UsageError(f"{output} should end in {' or '.join(KINDS)}.")
    with atomic(output) as part:
        save(name, heard, part, kind)
    click.echo(f"Wrote {output}.", err=True)


def _play(name: str, heard: int) -> str | None:
    """Plays a sound to its end. None if it was played; else a sentence that says why it was not."""
    from voiceguide.playing.device import can_play
    from voiceguide.sounds.excerpts import Excerpt, save

    if can_play():
        from voiceguide.errors import DeviceError
        from voiceguide.playing.playback import Playback
        from voiceguide.playing.streams import untagged

        try:
            with Playback(untagged(Excerpt(name, heard), name)) as playback:
                playback.finish()
        except DeviceError as error:
            return str(error)
        return None
    from voiceguide.cli.playback import played

    with scratch() as folder:
        path = folder / f"{name}.wav"
        save(name, heard, path, ".wav")
        return played(path)


def _other_way(name: str) -> str:
    """The hint for hearing a sound that cannot be played here."""
    from voiceguide.sounds.catalogue import bed_names
    from voiceguide.sounds.library import path_of

    if name in bed_names():
        return f"'voiceguide sounds play {name} -o {name}.wav' writes it to a file that any player can open."
    return f"The sound lies in {path_of(name)}, where any player can open it."


@command.command("build")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write to; the library's own when left out.",
)
def build_sounds(output: Path | None) -> None:
    """Regenerates the library's files from their recipes, bit for bit."""
    from voiceguide.resources import data_folder
    from voiceguide.sounds import library

    for path in library.build(output or data_folder("sounds")):
        click.echo(path, err=True)
