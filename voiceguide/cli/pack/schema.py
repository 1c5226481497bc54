"""``voiceguide pack schema``: what a pack file may hold, for editors."""

from __future__ import annotations

import click

from voiceguide.cli.json_output import json_text


@click.command("schema")
def command() -> None:
    """Prints the JSON Schema of pack.yaml, with which editors complete and check it."""
    from voiceguide.packs.pack_file import schema

    click.echo(json_text(schema()))
