"""``voiceguide language-server``: what an editor asks about scripts."""

from __future__ import annotations

import sys

import click

from voiceguide.errors import OutputError


@click.command("language-server")
@click.option("--stdio", is_flag=True, help="Talks over standard input and output, as it does anyway; editors add it.")
def command(stdio: bool) -> None:
    """Tells an editor what is wrong with a script while it is written, completes, explains, renames and mends.

    An editor that speaks the Language Server Protocol starts it; 'voiceguide docs editors' says how.
    """
    try:
        from voiceguide.language_server.server import serve
    except ModuleNotFoundError as error:
        raise OutputError(
            f'The language server needs {error.name}, which comes with its extra: pip install "voiceguide[editor]".'
        ) from error
    if sys.stdin.isatty():
        click.echo(
            "This is for an editor, which starts it by itself; 'voiceguide docs editors' says how. Ctrl-C ends it.",
            err=True,
        )
    serve()
