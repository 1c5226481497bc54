"""``voiceguide pack serve``: serves a finished pack to this computer's browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from voiceguide.errors import OutputError


@click.command("serve")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
@click.option("--open", "opened", is_flag=True, help="Also opens the address in the browser.")
def command(folder: Path, port: int, opened: bool) -> None:
    """Serves the finished pack in FOLDER to this computer alone, until Ctrl-C.

    The player can be opened as a file too; through this address it can also keep sessions offline.
    """
    from voiceguide.publish.server import HOST, server

    if not (folder / "index.html").is_file():
        raise OutputError(f"{folder} holds no finished pack: there is no index.html in it.")
    try:
        serving = server(folder, port)
    except OSError as error:
        raise OutputError(
            f"Port {port} cannot be used: {error.strerror or error}. Choose another with --port, or 0 for any."
        ) from error
    with serving:
        address = f"http://{HOST}:{serving.server_port}/"
        click.echo(address)
        click.echo("Open this address in a browser of this computer. Ctrl-C ends it.", err=True)
        if opened:
            webbrowser.open(address)
        serving.serve_forever()
