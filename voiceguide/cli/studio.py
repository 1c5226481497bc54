"""``voiceguide studio``: the page in which scripts are written and heard."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path

import click

from voiceguide.errors import OutputError


@click.command("studio")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; any free one when left out.")
@click.option("--no-open", is_flag=True, help="Prints the address, and opens no browser.")
@click.option("--window", is_flag=True, help="Opens a window of its own, and ends when that is closed.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="How many lines are spoken at the same time.")
@click.option("--shortcut", is_flag=True, help="Writes a file that opens this studio by a double click, and ends.")
def command(folder: Path, port: int, no_open: bool, window: bool, jobs: int | None, shortcut: bool) -> None:
    """Opens a page in which the scripts in FOLDER (here, when left out) are written, heard and made into sessions.

    It runs until Ctrl-C. It is for this computer alone: the address holds a token that is good for one browser.
    """
    if shortcut:
        _write_shortcut(folder)
        return
    try:
        from voiceguide.studio.server import studio
        from voiceguide.studio.window import require_window, show_window
    except ModuleNotFoundError as error:
        raise OutputError(
            f'The studio needs {error.name}, which comes with its extra: pip install "voiceguide[studio]".'
        ) from error
    if window:
        require_window()
    _require_folder(folder)
    try:
        opened = studio(folder, port, jobs or os.cpu_count() or 1)
    except OSError as error:
        raise OutputError(
            f"Port {port} cannot be used: {error.strerror or error}. Choose another with --port, or none for any."
        ) from error
    if opened.other is not None:
        click.echo(
            f"Another studio has this folder open ({opened.other.place}). "
            "Nothing is lost if both are used: whoever saves later is asked.",
            err=True,
        )
    if window:
        show_window(opened)
        return
    click.echo(opened.address)
    click.echo("Open this address in a browser of this computer. Ctrl-C ends the studio.", err=True)
    if not no_open:
        webbrowser.open(opened.address)
    opened.run()


def _require_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise OutputError(f"There is no folder {folder}. Name the one in which your scripts are, or are to be.")


def _write_shortcut(folder: Path) -> None:
    from voiceguide.cli.shortcut import shortcut_for

    _require_folder(folder)
    made = shortcut_for(folder.absolute(), Path(sys.executable), sys.platform, Path.home(), os.environ)
    made.write()
    click.echo(f"Wrote {made.path}. {made.about}", err=True)
