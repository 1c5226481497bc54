"""``voiceguide new``: a script to start from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from voiceguide.atomic import write_bytes
from voiceguide.errors import did_you_mean, printable


@click.command("new")
@click.argument("name", required=False)
@click.option("--from", "routine", metavar="ROUTINE", help="Copies this routine instead of the template.")
@click.option("--list", "as_list", is_flag=True, help="Lists the routines that can be copied.")
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    metavar="DIR",
    help="The folder for it; it is made if need be.",
)
def command(name: str | None, routine: str | None, as_list: bool, folder: Path) -> None:
    """Makes the script NAME.md, which can be rendered as it is: a short massage whose notes teach the language.

    With --from it is a copy of one of the routines that come with voiceguide, together with the files that it needs.
    """
    from voiceguide.examples import belongings, routines, template_titled, title_of

    known = routines()
    if as_list:
        width = max(map(len, known), default=0)
        for key, script in known.items():
            click.echo(f"{key:{width}}  {title_of(script)}")
        return
    if name is None:
        raise click.UsageError("Please name the script: voiceguide new evening. --list shows what can be copied.")
    place = _place(name, folder)
    if routine is None:
        files = [(place, template_titled(place.stem).encode())]
    else:
        key = routine.removesuffix(".md")
        if key not in known:
            near = did_you_mean(key, known)
            raise click.UsageError(f"There is no routine '{routine}'{near}; there are {', '.join(known)}.")
        source = known[key]
        files = [(place.parent / part, (source.parent / part).read_bytes()) for part in belongings(source)]
        files.append((place, source.read_bytes()))
    _write(files)
    click.echo("\n".join(_next_steps(place)), err=True)


def _place(name: str, folder: Path) -> Path:
    """Where the script goes: ``NAME.md``, whether NAME has the ending or not."""
    stem = name[:-3] if name.lower().endswith(".md") else name
    if not Path(stem).name or stem.endswith(("/", "\\", ".")) or any(ord(char) < 32 for char in stem):
        raise click.UsageError(f"'{printable(name)}' is no name for a script; choose one like evening or evening.md.")
    return folder / f"{stem}.md"


def _write(files: list[tuple[Path, bytes]]) -> None:
    """Writes all files or none. What is there already and differs is left alone; then nothing is written."""
    missing = []
    for path, data in files:
        if not path.exists():
            missing.append((path, data))
        elif not path.is_file() or path.read_bytes() != data or (path, data) == files[-1]:
            message = f"{path} is there already, and was left alone. Choose another name, or another folder with -o."
            raise click.ClickException(message)
    for path, data in missing:
        write_bytes(path, data)


def _next_steps(place: Path) -> Iterator[str]:
    yield printable(f"Wrote {place}. Open it in any editor; its notes say what is what.")
    yield printable(f"Now: voiceguide render {place}")
