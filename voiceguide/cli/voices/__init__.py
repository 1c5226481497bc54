"""``voiceguide voices``: the voices that can speak, and what can be done with them."""

from __future__ import annotations

import click

from voiceguide.cli.groups import LazyGroup

_COMMANDS = {
    "list": ("voiceguide.cli.voices.list", "Lists every voice; what happens without a command."),
    "try": ("voiceguide.cli.voices.try_", "Lets a voice say something."),
    "takes": ("voiceguide.cli.voices.takes", "Speaks several readings of a line, and chooses one."),
    "add": ("voiceguide.cli.voices.add", "Fetches a neural voice from Piper's collection."),
    "import": ("voiceguide.cli.voices.import_", "Makes a voice from a person's recordings."),
}


@click.group("voices", cls=LazyGroup, table=_COMMANDS, invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Lists the voices that can speak a script."""
    if ctx.invoked_subcommand is None:
        from voiceguide.cli.voices.list import command as list_voices

        ctx.invoke(list_voices)
