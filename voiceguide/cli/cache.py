"""``voiceguide cache``: the spoken lines that are kept, and how to have fewer of them."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from voiceguide.speech.cache import Pruned, Store

_NUMBER = r"(?P<number>[0-9]{1,9}(?:\.[0-9]{1,9})?)"
_AGE = re.compile(rf"{_NUMBER}\s*(?P<unit>[hdw])", re.IGNORECASE)
_SIZE = re.compile(rf"{_NUMBER}\s*(?P<unit>[kmgt]?b)", re.IGNORECASE)
_SECONDS = {"h": 3600, "d": 24 * 3600, "w": 7 * 24 * 3600}
_BYTES = {"b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12}
_SHOWN_DAYS = 30


class _Measure(click.ParamType[Any]):
    """A number with a unit; ``units``: what each of them stands for."""

    def __init__(self, name: str, pattern: re.Pattern[str], units: dict[str, int], example: str) -> None:
        self.name, self._pattern, self._units, self._example = name, pattern, units, example

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if isinstance(value, float):
            return value
        match = self._pattern.fullmatch(str(value).strip())
        if not match:
            self.fail(f"'{value}' is no {self.name}; write it like {self._example}", param, ctx)
        return float(match["number"]) * self._units[match["unit"].lower()]


@click.group("cache", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Shows how much the spoken lines take up, and removes old ones.

    Each line is spoken once, and kept. Whatever is removed here is spoken again when it is needed.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(show)


@command.command("show")
def show() -> None:
    """Shows how many lines are kept, how much room they take, and where."""
    store = _store()
    entries = store.entries()
    click.echo(f"{_lines(len(entries), sum(entry.size for entry in entries))}, in {store.folder}.")
    old = [entry for entry in entries if time.time() - entry.used > _SHOWN_DAYS * _SECONDS["d"]]
    if old:
        unused = _lines(len(old), sum(entry.size for entry in old))
        click.echo(
            f"Not used for {_SHOWN_DAYS} days: {unused}. "
            f"'voiceguide cache prune --older-than {_SHOWN_DAYS}d' removes them."
        )


@command.command("prune")
@click.option(
    "--older-than",
    "unused_for",
    type=_Measure("age", _AGE, _SECONDS, "30d, 2w or 12h"),
    metavar="AGE",
    help="Removes the lines that were not used for so long, like 30d, 2w or 12h.",
)
@click.option(
    "--max-size",
    "most",
    type=_Measure("size", _SIZE, _BYTES, "500MB or 2GB"),
    metavar="SIZE",
    help="Removes the lines that were used longest ago, until the others have this size, like 500MB.",
)
def prune(unused_for: float | None, most: float | None) -> None:
    """Removes lines that were not used for long. It may be done while sessions are made."""
    if unused_for is None and most is None:
        raise click.UsageError("Please say what may go: --older-than 30d, --max-size 500MB, or both.")
    _report_pruned(_store().prune(unused_for=unused_for, most=None if most is None else round(most)))


@command.command("clear")
@click.option("--yes", is_flag=True, help="Does not ask first.")
def clear(yes: bool) -> None:
    """Removes all lines."""
    store = _store()
    entries = store.entries()
    if entries and not yes:
        size = sum(entry.size for entry in entries)
        click.echo(f"There are {_lines(len(entries), size)}, in {store.folder}.", err=True)
        try:
            sure = click.confirm("They would be spoken again when they are needed. Remove them all?", err=True)
        except click.Abort:
            sure = False
            click.echo(err=True)
        if not sure:
            click.echo("Nothing was removed. With --yes nobody is asked.", err=True)
            raise click.exceptions.Exit(1)
    _report_pruned(store.prune(most=0))


def _store() -> Store:
    from voiceguide.speech.cache import Store, cache_folder

    return Store(cache_folder())


def _report_pruned(pruned: Pruned) -> None:
    removed = f"Removed {_lines(pruned.removed, pruned.freed)}." if pruned.removed else "There was nothing to remove."
    left = f" Left: {_lines(pruned.left, pruned.left_size)}." if pruned.left else ""
    click.echo(f"{removed}{left}", err=True)
    if pruned.refused:
        click.echo(f"Could not be removed, being in use or somebody else's: {_lines(pruned.refused)}.", err=True)
        raise click.exceptions.Exit(1)


def _lines(count: int, size: int | None = None) -> str:
    """``1,234 spoken lines (56.7 MB)``."""
    lines = "1 spoken line" if count == 1 else f"{count:,} spoken lines"
    return lines if size is None else f"{lines} ({size / 1e6:,.1f} MB)"
