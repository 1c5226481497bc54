"""The argument SCRIPT of every command that takes one: a file, its name without ``.md``, or one of the routines."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import click

from voiceguide.errors import nearest, printable


class ScriptPath(click.ParamType[Path]):
    """The script's path. Where it is not the file that was named, a line on standard error says which one is meant.

    A name that nothing has stays as it is; reading it reports the mistake.
    """

    name = "script"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(value)
        meant = meant_by(path)
        if meant is None:
            if near := _near(path):
                click.echo(printable(f"{value}: did you mean '{near}'?"), err=True)
            return path
        found, what = meant
        click.echo(printable(f"{value}: {what} {_shown(found)}."), err=True)
        return found


def meant_by(path: Path) -> tuple[Path, str] | None:
    """The script that a name without an ending means, and what it is; None when the name is to be taken as it is."""
    if path.exists() or not path.name or (path.suffix.lower() == ".md" and len(path.parts) > 1):
        return None
    beside = path.with_name(f"{path.name}.md")
    if path.suffix.lower() != ".md" and beside.is_file():
        return beside, "this is the script"
    from voiceguide.examples import routines  # here, since only a name without a file needs them

    routine = routines().get(path.name.removesuffix(".md")) if len(path.parts) == 1 else None
    return None if routine is None else (routine, "this is the routine that comes with voiceguide,")


def _near(path: Path) -> str | None:
    """The script in the same folder, or the routine, whose name is like that of a file that is not there."""
    if path.exists() or not path.name:
        return None
    from voiceguide.examples import routines

    beside = path.parent.glob("*.md") if path.parent.is_dir() else ()
    names = [str(found) for found in islice(beside, _MOST_COMPARED)]
    known = sorted(names) + (list(routines()) if len(path.parts) == 1 else [])
    return nearest(str(path), known)


_MOST_COMPARED = 200  # files


def _shown(path: Path) -> str:
    from voiceguide.script.files import display_name

    return display_name(path)


def script_argument(
    name: str = "script", *, several: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Adds the argument SCRIPT to a command, or SCRIPT…"""
    if several:
        return click.argument(name, nargs=-1, required=True, metavar="SCRIPT…", type=ScriptPath())
    return click.argument(name, metavar="SCRIPT", type=ScriptPath())
