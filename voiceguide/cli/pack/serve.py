"""``voiceguide pack serve``: serves a finished pack to this computer's browser, or to the devices at home."""

from __future__ import annotations

import io
import webbrowser
from pathlib import Path

import click

from voiceguide.errors import OutputError


@click.command("serve")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
@click.option(
    "--lan", is_flag=True, help="Also for the devices in the home network, at an address with a secret in it."
)
@click.option("--open", "opened", is_flag=True, help="Also opens the address in the browser.")
def command(folder: Path, port: int, lan: bool, opened: bool) -> None:
    """Serves the finished pack in FOLDER to this computer alone, until Ctrl-C.

    The player can be opened as a file too; through this address it can also keep sessions offline. With --lan a phone
    in the same network can listen: point its camera at the square that is printed.
    """
    from voiceguide.publish.server import HOST, home_address, new_secret, server

    if not (folder / "index.html").is_file():
        raise OutputError(f"{folder} holds no finished pack: there is no index.html in it.")
    host = home_address() if lan else HOST
    if host is None:
        raise OutputError("This computer is in no network now. Connect it, or leave out --lan.")
    secret = new_secret() if lan else ""
    try:
        serving = server(folder, port, secret=secret)
    except OSError as error:
        raise OutputError(
            f"Port {port} cannot be used: {error.strerror or error}. Choose another with --port, or 0 for any."
        ) from error
    with serving:
        address = f"http://{host}:{serving.server_port}/{secret and f'{secret}/'}"
        click.echo(address)
        if lan:
            click.echo(_square(address), err=True)
            click.echo(
                "Open this address on a device in the same network: whoever has it can listen. It is another one each "
                "time. Browsers keep sessions offline only from this computer or from an https address; on a phone, "
                "“Audio file” saves one. Ctrl-C ends it.",
                err=True,
            )
        else:
            click.echo("Open this address in a browser of this computer. Ctrl-C ends it.", err=True)
        if opened:
            webbrowser.open(address)
        serving.serve_forever()


def _square(address: str) -> str:
    """The address as a QR code of half blocks, dark on light for every colour scheme of a terminal."""
    import segno

    written = io.StringIO()
    segno.make(address, error="m", micro=False).terminal(written, compact=True, border=2)
    return written.getvalue().rstrip("\n")
