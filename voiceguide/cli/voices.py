"""``voiceguide voices``: what can speak."""

from __future__ import annotations

import click

from voiceguide.cli.columns import columns


@click.group("voices", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Lists the voices that can speak a script."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_voices)


@command.command("list")
@click.option("--language", metavar="TAG", help="Only voices for this language, such as en or de.")
def list_voices(language: str | None = None) -> None:
    """Lists name, engine, language and gender of every voice."""
    from voiceguide.speech import voices

    rows = [(v.name, v.engine, v.language, v.gender or "") for v in voices(language)]
    click.echo("\n".join(columns(("name", "engine", "language", "gender"), rows)))
