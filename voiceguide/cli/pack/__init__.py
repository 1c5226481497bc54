"""``voiceguide pack``: many sessions at once, as a folder that people can listen to."""

from __future__ import annotations

import click

from voiceguide.cli.groups import LazyGroup

_COMMANDS = {
    "build": ("voiceguide.cli.pack.build", "Makes what has changed of a pack, and publishes the whole."),
    "check": ("voiceguide.cli.pack.check", "Finds every problem of all scripts of a pack; makes no audio."),
    "diff": ("voiceguide.cli.pack.diff", "Shows what changed in words and times between two builds."),
    "serve": ("voiceguide.cli.pack.serve", "Serves a finished pack to this computer's browser."),
    "schema": ("voiceguide.cli.pack.schema", "Prints the JSON Schema of pack.yaml, for editors."),
}


@click.group("pack", cls=LazyGroup, table=_COMMANDS)
def command() -> None:
    """Makes packs: many sessions from one file, with a player, a podcast feed and a practice plan."""
