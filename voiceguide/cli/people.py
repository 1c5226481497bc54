"""A script as a session for each person of a table: ``voiceguide render SCRIPT --people TABLE``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from voiceguide.editing.people import Person, read_people, table_text
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import parsed
from voiceguide.session.variables import variables_of

people_option = click.option(
    "--people",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="TABLE.csv",
    help="Makes a session for each row of a table: its columns are the script's variables, and file, length and voice.",
)
"""Adds ``--people`` to a command."""


def people_in(table: Path, script: Path, options: SessionOptions) -> tuple[Person, ...]:
    """The people of a table. Raises UsageError with everything that is wrong in it."""
    routine, _ = parsed(script, options)
    if routine is None:
        return ()
    found = read_people(table_text(table), variables_of(routine), script.stem)
    if found.problems:
        rows = "\n".join(f"  {problem}" for problem in found.problems)
        raise click.UsageError(f"Something is wrong in {table.name}, so nothing was made:\n{rows}")
    return found.people


def options_for(person: Person, options: SessionOptions) -> SessionOptions:
    """The options of a person's session: what the table says goes before the command line."""
    return replace(
        options,
        variables={**options.variables, **person.variables},
        lengths=options.lengths if person.length is None else (person.length,),
        voice=person.voice or options.voice,
    )
