"""``voiceguide voices import``: a recorded voice from takes."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from voiceguide.cli.progress import shown
from voiceguide.cli.script_argument import ScriptPath
from voiceguide.cli.session_options import new_voice_folder_option, script_options
from voiceguide.errors import printable
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import read_script
from voiceguide.speech.engines.recorded.voices import LONGEST_CONSENT
from voiceguide.units import format_clock

if TYPE_CHECKING:
    from voiceguide.recording.importing import Imported, Outcome


@click.command("import")
@click.argument("name")
@click.argument("takes", nargs=-1, required=True, metavar="TAKE…", type=click.Path(path_type=Path))
@click.option("--script", required=True, type=ScriptPath(), help="The script whose lines were read.", metavar="FILE")
@click.option("--part", metavar="VOICE", help="The takes are the lines of this [voice …] in the script.")
@click.option(
    "--accept",
    "accepted",
    type=click.IntRange(1),
    multiple=True,
    metavar="LINE",
    help="Takes this line although it was reported as misread or doubtful. May be given again.",
)
@click.option("--gender", type=click.Choice(["female", "male"]), help="For the list of voices.")
@click.option(
    "--consent",
    metavar="TEXT",
    help="What the speaker has agreed to, such as 'Anna, 2026-11-28: my lessons only'. It is kept with the voice.",
)
@new_voice_folder_option
@script_options
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def command(
    name: str,
    takes: tuple[Path, ...],
    script: Path,
    part: str | None,
    accepted: tuple[int, ...],
    gender: Literal["female", "male"] | None,
    consent: str | None,
    options: SessionOptions,
    quiet: bool,
) -> None:
    """Makes the recorded voice NAME from one long TAKE of a script, or from one file for each line.

    In a long take the lines are found by speech recognition, in any order; the last good reading of a line
    counts; without recognition for the language they are told apart by order and length. A voice may have lines
    in several languages. Files of one line are named after its number on the sheet that 'voiceguide record' writes.
    What is missing can be read and imported later: what is there already stays.
    """
    routine = read_script(script, options).routine
    from voiceguide.recording.importing import import_takes, voice_to_fill
    from voiceguide.recording.sheet import has_part, sheet

    own = part if part is not None else name if has_part(routine, name) else None
    lines = sheet(routine, options, own)
    for number in accepted:
        if number > len(lines.lines):
            raise click.UsageError(f"--accept {number}: the sheet has {len(lines.lines)} lines only.")
    if not lines.lines:
        raise click.ClickException(f"{script} has no lines {f'for the voice {own!r} ' if own else ''}to be read.")
    voice = voice_to_fill(name, lines.language, gender)
    if consent is not None:
        voice = replace(voice, consent=_consent(consent))
    with shown(takes[0].name if len(takes) == 1 else f"{len(takes)} takes", quiet=quiet) as progress:
        imported = import_takes(voice, lines, takes, accepted, progress)
    click.echo("\n".join(_report_lines(imported, script, name, accepted)))
    if all(outcome.fate == "left" for outcome in imported.outcomes):
        raise click.exceptions.Exit(1)


def _consent(text: str) -> str:
    note = " ".join(text.split())
    if len(note) > LONGEST_CONSENT:
        raise click.UsageError(f"--consent has {len(note)} characters; {LONGEST_CONSENT} can be kept.")
    return note


def _report_lines(imported: Imported, script: Path, name: str, accepted: Collection[int]) -> Iterator[str]:
    """The report: how many lines there are, what is wrong with the others, and what to do."""
    outcomes = imported.outcomes
    there = [outcome for outcome in outcomes if outcome.fate != "left"]
    yield f"{imported.voice.full_name}: {len(there)} of {len(outcomes)} lines are recorded."
    yield from _section(
        "These are missing; they were not found, and there is no earlier recording of them:",
        [o for o in outcomes if o.verdict is None and o.fate == "left"],
    )
    yield from _section(
        "These seem to be misread, and were left out:",
        [o for o in outcomes if o.verdict == "misread" and o.fate != "taken"],
    )
    yield from _section(
        "These are doubtful; please listen to them:",
        [o for o in outcomes if o.verdict == "doubtful" and o.line.number not in accepted],
    )
    for outcome in outcomes:
        if outcome.line.number in accepted and outcome.verdict is None:
            yield f"Line {outcome.line.number}, which you accept, was not found."
    if imported.by_length:
        yield (
            "There is no speech recognition for this language here, so the take was cut at its pauses, and its lines "
            "were told apart by their order and lengths. Listen to the session once before you give it away."
        )
    elif not imported.checked:
        yield "The words were not checked, since speech recognition is not installed or not for this language."
    for path, below in imported.rooms:
        yield _about_room(path, below)
    refused = [str(o.line.number) for o in outcomes if o.verdict in ("misread", "doubtful") and o.fate != "taken"]
    if refused:
        options = " ".join(f"--accept {number}" for number in refused)
        yield f"If a line is right as it was read now, import the same take again with its number: {options}."
    if len(there) < len(outcomes):
        yield "Read the lines that are missing once more, in a new take, and import that as well; the others stay."
    else:
        yield f"Now: {shlex.join(['voiceguide', 'render', str(script), '--voice', name])}"


def _about_room(path: Path, below: float) -> str:
    from voiceguide.recording.room import EXTRA, can_soften

    heard = f"The room is heard in {path.name}, {below:.0f} dB below the voice"
    if can_soften():
        return f"{heard}; it was softened."
    return f'{heard}. pip install "voiceguide[{EXTRA}]" brings what softens it; then import the take again.'


def _section(head: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    if outcomes:
        yield ""
        yield head
        for outcome in outcomes:
            yield from _row(outcome)
        yield ""


def _row(outcome: Outcome) -> Iterator[str]:
    line = outcome.line
    if outcome.take is None:
        yield f"  line {line.number} ({line.span}): “{printable(line.text)}”"
        return
    kept = "; the earlier recording stays" if outcome.fate == "kept" else ""
    at = f"{outcome.take.name} at {format_clock(round(outcome.seconds, 1))}"
    yield f"  line {line.number}, {at}{kept}: “{printable(line.text)}”"
    doubt = f", and '{outcome.word}' is in doubt" if outcome.word else ""
    if outcome.heard:
        yield f"      heard: “{printable(outcome.heard)}”{doubt}"
