"""``voiceguide cache``: shows and removes the stored spoken lines and encoded parts."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.groups import WholeGroup
from voiceguide.entries import Pruned
from voiceguide.kept import PARTS, Kept

if TYPE_CHECKING:
    from voiceguide.speech.cache import Store

_NUMBER = r"(?P<number>[0-9]{1,9}(?:\.[0-9]{1,9})?)"
_AGE = re.compile(rf"{_NUMBER}\s*(?P<unit>[hdw])", re.IGNORECASE)
_SIZE = re.compile(rf"{_NUMBER}\s*(?P<unit>[kmgt]?b)", re.IGNORECASE)
_SECONDS = {"h": 3600, "d": 24 * 3600, "w": 7 * 24 * 3600}
_BYTES = {"b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12}
_SHOWN_DAYS = 30
_LINE, _PART = "spoken line", "encoded or measured part"


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


@click.group("cache", cls=WholeGroup, invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Shows how much is kept between runs, and removes what is old.

    Each line is spoken once, and kept. Parts of finished MP3s are kept too, so that a session is made again sooner
    after a change. Whatever is removed here is made again when it is needed.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(show)


@command.command("show")
def show() -> None:
    """Shows how many lines and parts are kept, their size, and the folders."""
    for kind, store in _stores():
        entries = store.entries()
        click.echo(f"{_count(kind, len(entries), sum(entry.size for entry in entries))}, in {store.folder}.")
        old = [entry for entry in entries if time.time() - entry.used > _SHOWN_DAYS * _SECONDS["d"]]
        if old:
            unused = _count(kind, len(old), sum(entry.size for entry in old))
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
    help="Removes what was not used for so long, like 30d, 2w or 12h.",
)
@click.option(
    "--max-size",
    "most",
    type=_Measure("size", _SIZE, _BYTES, "500MB or 2GB"),
    metavar="SIZE",
    help="Removes what was used longest ago, parts before lines, until the rest has this size, like 500MB.",
)
def prune(unused_for: float | None, most: float | None) -> None:
    """Removes what was not used for long. This is safe while sessions are made."""
    if unused_for is None and most is None:
        raise click.UsageError("Please say what may go: --older-than 30d, --max-size 500MB, or both.")
    lines, parts = (store for _, store in _stores())
    room = None if most is None else round(most)
    spoken = sum(entry.size for entry in lines.entries())
    # Parts go first: they are made again sooner than lines are spoken.
    pruned = parts.prune(unused_for=unused_for, most=None if room is None else max(0, room - spoken))
    room = None if room is None else max(0, room - pruned.left_size)
    _print_pruned((_LINE, lines.prune(unused_for=unused_for, most=room)), (_PART, pruned))


@command.command("clear")
@click.option("--yes", is_flag=True, help="Does not ask first.")
def clear(yes: bool) -> None:
    """Removes all lines and parts."""
    stores = _stores()
    found = [(kind, store, store.entries()) for kind, store in stores]
    if any(entries for *_, entries in found) and not yes:
        for kind, store, entries in found:
            if entries:
                size = sum(entry.size for entry in entries)
                there = "is" if len(entries) == 1 else "are"
                click.echo(f"There {there} {_count(kind, len(entries), size)}, in {store.folder}.", err=True)
        try:
            sure = click.confirm("They would be made again when they are needed. Remove them all?", err=True)
        except click.Abort:
            sure = False
            click.echo(err=True)
        if not sure:
            click.echo("Nothing was removed. With --yes nobody is asked.", err=True)
            raise click.exceptions.Exit(1)
    _print_pruned(*((kind, store.prune(most=0)) for kind, store in stores))


def _stores() -> tuple[tuple[str, Store], tuple[str, Kept]]:
    from voiceguide.speech.cache import Store, cache_folder

    return (_LINE, Store(cache_folder())), (_PART, Kept(cache_folder().parent / PARTS))


def _print_pruned(*pruned: tuple[str, Pruned]) -> None:
    removed = [_count(kind, done.removed, done.freed) for kind, done in pruned if done.removed]
    left = [_count(kind, done.left, done.left_size) for kind, done in pruned if done.left]
    refused = [_count(kind, done.refused) for kind, done in pruned if done.refused]
    said = f"Removed {' and '.join(removed)}." if removed else "There was nothing to remove."
    click.echo(said + (f" Left: {' and '.join(left)}." if left else ""), err=True)
    if refused:
        click.echo(f"Could not be removed, being in use or somebody else's: {' and '.join(refused)}.", err=True)
        raise click.exceptions.Exit(1)


def _count(kind: str, count: int, size: int | None = None) -> str:
    """``1,234 spoken lines (56.7 MB)``."""
    things = f"1 {kind}" if count == 1 else f"{count:,} {kind}s"
    return things if size is None else f"{things} ({size / 1e6:,.1f} MB)"
