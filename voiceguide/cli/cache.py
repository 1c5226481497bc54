"""``voiceguide cache``: the spoken lines that are kept, and how to make room."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from voiceguide.speech.cache import Entry, Store

_DAY = 24 * 3600.0
_UNITS = {"kb": 1e3, "mb": 1e6, "gb": 1e9}


class _Size(click.ParamType[Any]):
    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,3})?) ?([kmg]b)", str(value).strip().casefold(), re.ASCII)
        if not found:
            self.fail(f"'{value}' is no size; write one like 500MB or 2GB.", param, ctx)
        return round(float(found[1]) * _UNITS[found[2]])


@click.group("cache", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Shows how many spoken lines are kept, and how much room they take.

    Every line is kept once it is spoken, so that it need not be spoken again. Whatever is removed here is made anew
    when a script needs it; sessions that are finished stay as they are.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(show)


@command.command("show")
def show() -> None:
    """Shows how much is kept; what happens without a command."""
    store = _store()
    entries = store.entries()
    click.echo(f"{store.folder}: {_amount(entries)}.")
    if entries:
        days = int(max(0.0, time.time() - entries[0].used) / _DAY)
        unused = "was used today" if not days else f"was not used for {_count(days, 'day')}"
        click.echo(f"The line that was used the longest ago {unused}.")


@command.command("prune")
@click.option("--unused-for", type=click.FloatRange(0), metavar="DAYS", help="Removes lines not used for so many days.")
@click.option(
    "--max-size", type=_Size(), metavar="SIZE", help="Removes what was used the longest ago down to a size like 500MB."
)
def prune(unused_for: float | None, max_size: int | None) -> None:
    """Removes lines that were not used for long, or so many that the rest takes no more than a size."""
    if unused_for is None and max_size is None:
        raise click.UsageError("Please say what may go: --unused-for DAYS, --max-size SIZE, or both.")
    store = _store()
    gone = store.prune(unused_for=None if unused_for is None else unused_for * _DAY, most=max_size)
    store.sweep()
    click.echo(f"Removed {_amount(gone)}. Left: {_amount(store.entries())}.")


@command.command("clear")
@click.option("-y", "--yes", is_flag=True, help="Does not ask first.")
def clear(yes: bool) -> None:
    """Removes every kept line."""
    store = _store()
    entries = store.entries()
    if entries and not yes:
        click.confirm(f"Remove {_amount(entries)} from {store.folder}?", abort=True)
    gone = store.clear()
    store.sweep()
    click.echo(f"Removed {_amount(gone)}.")


def _store() -> Store:
    from voiceguide.speech.cache import Store, cache_folder

    return Store(cache_folder())


def _amount(entries: Sequence[Entry]) -> str:
    return f"{_count(len(entries), 'spoken line')}, {sum(entry.size for entry in entries) / 1e6:.1f} MB"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
