"""``voiceguide voices takes``: several readings of a line of a script, to be heard, and one of them chosen."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voiceguide.cli.progress import shown
from voiceguide.cli.session_options import take_options
from voiceguide.cue_spec import MOST_TAKES
from voiceguide.errors import printable
from voiceguide.routine import Routine, Sentence
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import read_script

if TYPE_CHECKING:
    from voiceguide.speech import Spoken
    from voiceguide.timeline import Line


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence begins in the script."""

    line: int
    column: int | None


class _PlaceType(click.ParamType[_Place]):
    name = "line"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> _Place:
        if isinstance(value, _Place):
            return value
        line, _, column = str(value).partition(":")
        if not line.isdecimal() or not (column.isdecimal() or not column):
            self.fail(f"'{value}' should be a line of the script like 12, or a line and a column like 12:5", param, ctx)
        return _Place(int(line), int(column) if column else None)


@click.command("takes")
@click.argument("script", type=click.Path(path_type=Path))
@click.argument("place", metavar="LINE", type=_PlaceType())
@click.option(
    "-n",
    "--number",
    type=click.IntRange(1, MOST_TAKES),
    default=4,
    show_default=True,
    help="How many takes are spoken.",
)
@click.option(
    "--choose",
    type=click.IntRange(1, MOST_TAKES),
    metavar="N",
    help="Writes [take N] before the sentence in the script, and speaks nothing.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the takes are written; sessions/<script's name>-line-<LINE> when left out.",
)
@take_options
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def command(
    script: Path,
    place: _Place,
    number: int,
    choose: int | None,
    output: Path | None,
    options: SessionOptions,
    quiet: bool,
) -> None:
    """Speaks several readings of the sentence in LINE of SCRIPT as files to be heard, and chooses one with --choose.

    If several sentences begin in that line, write its column too, like 12:5. A voice that can read a line in one way
    only gives one file.
    """
    routine = read_script(script, options).routine
    sentence = _sentence(script, routine, place)
    if choose is not None:
        _choose(script, sentence, choose, options)
        return
    said = _said(script, options, sentence)
    folder = output or Path("sessions") / f"{script.stem}-line-{sentence.span.line}"
    with shown(script.name, quiet=quiet) as progress:
        from voiceguide.speech import speak

        wanted = [replace(said[0], take=take) for take in range(1, number + 1)]
        spoken = speak(wanted, jobs=options.jobs, progress=progress)
    varies = spoken.varies(wanted[0])
    lines = wanted if varies else wanted[:1]
    for line in lines:
        _write(folder / f"take-{line.take}.wav", spoken, line)
    click.echo("\n".join(_rows(folder, lines, spoken)))
    click.echo(_chosen(sentence, said) if varies else f"The voice {said[0].voice} has one reading only.", err=True)


def _sentence(script: Path, routine: Routine, place: _Place) -> Sentence:
    """The sentence of the script's own text that begins there. Raises UsageError."""
    from voiceguide.session.sentences import own_sentences

    own = own_sentences(routine)
    there = [one for one in own if one.span.line == place.line and place.column in (None, one.span.column)]
    if len(there) == 1:
        return there[0]
    if there:
        rows = [f"  {one.span.line}:{one.span.column}  {_text(one)}" for one in there]
        raise click.UsageError("\n".join([f"Several sentences begin in line {place.line}; name one of them:", *rows]))
    near = sorted(own, key=lambda one: (abs(one.span.line - place.line), one.span.line))[:1]
    hint = f"; the nearest is in line {near[0].span.line}: “{_text(near[0])}”" if near else ""
    at = f"line {place.line}" if place.column is None else f"line {place.line}, column {place.column},"
    raise click.UsageError(f"No sentence begins in {at} of {script}{hint}.")


def _text(sentence: Sentence) -> str:
    return printable("".join(part if isinstance(part, str) else f"{{{part.name}}}" for part in sentence.text))


def _said(script: Path, options: SessionOptions, sentence: Sentence) -> tuple[Line, ...]:
    """The sentence as it is said in the session, once for each time. Raises ScriptError and SpeechError."""
    from voiceguide.session.sentences import lines_said

    found = lines_said(script, options, sentence)
    if not found:
        raise click.ClickException(f"“{_text(sentence)}” is never said, since its block is played no times.")
    return found


def _write(path: Path, spoken: Spoken, line: Line) -> None:
    """A mono WAV file of 16 bits at 44.1 kHz, as the line sounds in a session before mastering."""
    import soundfile

    from voiceguide.atomic import atomic
    from voiceguide.units import SAMPLE_RATE

    with atomic(path) as part:
        soundfile.write(part, spoken.samples(line), SAMPLE_RATE, subtype="PCM_16", format="WAV")


def _rows(folder: Path, lines: Sequence[Line], spoken: Spoken) -> Iterator[str]:
    """A row for each take: its number, its length, its file, and what the gate found about it."""
    from voiceguide.cli.columns import columns
    from voiceguide.units import SAMPLE_RATE

    rows = []
    for line in lines:
        verdict = spoken.verdict(line)
        doubts = [] if verdict is None else [f"refused: it {one.reason}" for one in verdict.refused]
        if verdict and verdict.kept.faults:
            doubts.append(f"kept, although it {verdict.kept.reason}")
        elif doubts:
            doubts.append("spoken anew")
        seconds = f"{spoken.frames(line) / SAMPLE_RATE:.2f} s"
        rows.append((str(line.take), seconds, str(folder / f"take-{line.take}.wav"), printable("; ".join(doubts))))
    yield from columns(("take", "length", "file", "doubts"), rows)


def _chosen(sentence: Sentence, said: Sequence[Line]) -> str:
    """Which takes a session has now, in a sentence."""
    if sentence.take is not None:
        return f"The script chooses take {sentence.take}."
    takes = ", ".join(map(str, dict.fromkeys(line.take for line in said)))
    return f"The script chooses none, so a session has {'takes' if ',' in takes else 'take'} {takes}."


def _choose(script: Path, sentence: Sentence, take: int, options: SessionOptions) -> None:
    """Writes the cue into the script. Raises OutputError."""
    from voiceguide.atomic import atomic
    from voiceguide.session.sentences import with_chosen_take

    data = script.read_bytes()
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    changed = with_chosen_take(data.removeprefix(mark).decode(), script, options, sentence, take)
    if changed is None:
        raise click.ClickException(
            f"There is no place in line {sentence.span.line} for the cue; please write [take {take}] there yourself."
        )
    with atomic(script) as part:
        part.write_bytes(mark + changed.encode())
    click.echo(f"{script}:{sentence.span.line} has [take {take}] now, before “{_text(sentence)}”", err=True)
