"""Groups of commands that are loaded only when they are called."""

from __future__ import annotations

import importlib
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from voiceguide.cli.meant import meant_for
from voiceguide.errors import nearest, printable


class WholeGroup(click.Group):
    """A group that shows the first sentence of each command whole, where click cuts it at a width."""

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Names and summaries, in the order in which they are shown."""
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        return [(name, command.get_short_help_str(limit=1000)) for name, command in commands if command is not None]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(self.summaries(ctx))


class LazyGroup(WholeGroup):
    """A group that shows names and summaries without importing a command.

    ``table``: for each name the module, whose ``command`` it is, and a summary.
    """

    def __init__(self, *arguments: Any, table: Mapping[str, tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.table:
            return None
        command: click.Command = importlib.import_module(self.table[cmd_name][0]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in self.table and not name.startswith("-"):
            ctx.fail(f"There is no command '{printable(name)}'. {self._suggestion(ctx, name)}")
        return super().resolve_command(ctx, args)

    def _suggestion(self, ctx: click.Context, name: str) -> str:
        """What somebody who wrote this in the place of a command most likely wanted."""
        if ctx.parent is None and (wanted := meant_for(Path(name))):
            return f"Did you mean: {printable(shlex.join(['voiceguide', *wanted, name]))}"
        near = nearest(name, self.table)
        return f"Did you mean '{near}'?" if near else f"There are {', '.join(self.table)}."

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:
        return [(name, summary) for name, (_, summary) in self.table.items()]
