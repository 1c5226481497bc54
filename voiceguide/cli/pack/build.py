"""``voiceguide pack build``: makes a pack, or brings it up to date."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from voiceguide.cli.columns import columns
from voiceguide.cli.pack.options import for_sessions, pack_argument, pack_of
from voiceguide.cli.progress import shown
from voiceguide.cli.session_options import verify_option
from voiceguide.units import format_duration

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from voiceguide.packs.building import Built, Outcome
    from voiceguide.packs.destination import Destination

_MOST_NAMED = 10  # files left over
_MOST_WARNINGS = 12  # lines


@click.command("build")
@pack_argument
@click.option("-o", "--output", metavar="DIR|URL", help="Where the pack goes; packs/<its folder's name> if left out.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=lambda: os.cpu_count() or 1,
    metavar="N",
    help="How many sessions are made side by side; as many as there are cores when left out.",
)
@click.option("--cluster", metavar="ADDRESS", help="Has the sessions made by the Dask cluster with this scheduler.")
@click.option("--link", metavar="ADDRESS", help="Where the finished folder will be served, for the feed.")
@click.option(
    "--start", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day on which the practice plan begins."
)
@verify_option
@click.option(
    "--approved-only", is_flag=True, help="Leaves out sessions whose scripts are not approved as they are now."
)
@click.option(
    "--listen",
    is_flag=True,
    help="Hears every session back, takes in only what is as planned, and writes a page for the reviewer.",
)
@click.option("--prune", is_flag=True, help="Removes files of sessions that are no longer in the pack.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no table.")
def command(
    pack_file: Path,
    output: str | None,
    jobs: int,
    cluster: str | None,
    link: str | None,
    start: datetime | None,
    verify: bool,
    approved_only: bool,
    listen: bool,
    prune: bool,
    quiet: bool,
) -> int:
    """Makes every session of PACK.yaml that has changed, and the player, feed, plan and cue sheets for all of them.

    A session that fails keeps its last good file and stops no other.
    """
    pack = pack_of(pack_file, link)
    from voiceguide.packs.building import BuildOptions, build

    target = output or str(Path("packs") / (pack.folder.resolve().name or "pack"))
    day = _day(start)
    options = BuildOptions(
        jobs, _cluster(cluster), day, prune, verify=verify or None, approved_only=approved_only, listen=listen
    )
    with shown(pack.title, quiet=quiet) as progress:
        built = build(pack, _destination(target), options, progress)
    _print_built(built, target, quiet=quiet)
    if listen:
        _write_page(pack.title, built, target, quiet=quiet)
    anything = any(outcome.left_out is None for outcome in built.outcomes)
    return 0 if built.whole and anything else 1


def _cluster(address: str | None) -> Callable[[], AbstractContextManager[Executor]] | None:
    if address is None:
        return None
    from voiceguide.packs.executors import cluster

    return partial(cluster, address)


def _day(start: datetime | None) -> date | None:
    return start.date() if start else None


def _destination(target: str) -> Destination:
    from voiceguide.packs.destination import LocalFolder, RemoteFolder

    return RemoteFolder(target.rstrip("/")) if "://" in target else LocalFolder(Path(target))


def _write_page(title: str, built: Built, target: str, *, quiet: bool) -> None:
    """The reviewer's page lies beside the pack's folder; of a pack elsewhere in the folder ``packs``."""
    from voiceguide.atomic import atomic
    from voiceguide.packs.listened import PAGE_SUFFIX, page

    name = target.rstrip("/").rpartition("/")[2]
    beside = Path("packs") / name if "://" in target else Path(target)
    path = beside.with_name(beside.name + PAGE_SUFFIX)
    folder = target.rstrip("/") if "://" in target else quote(beside.name)
    refused = [outcome.name for outcome in built.outcomes if outcome.failure is not None]
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic(path) as part:
        part.write_text(page(title, built.heard, folder, refused), "utf-8")
    if not quiet:
        click.echo(f"What was heard is on {path}.", err=True)


def _print_built(built: Built, target: str, *, quiet: bool) -> None:
    if not quiet:
        header = ("session", "length", "loudness", "size", "state", "warnings")
        click.echo("\n".join(columns(header, [_row(outcome) for outcome in built.outcomes])), err=True)
    for outcome in built.outcomes:
        if outcome.failure is not None:
            there = "; its last good file stays" if outcome.session else "; there is no file of it"
            click.echo(f"{outcome.name} could not be made{there}:\n{outcome.failure}", err=True)
        if outcome.left_out is not None:
            click.echo(f"{outcome.name} was left out: its script {outcome.left_out}.", err=True)
    if quiet:
        return
    for line in (*_warnings(built), *built.notes):
        click.echo(line, err=True)
    for line in _left_over(built):
        click.echo(line, err=True)
    made = sum(outcome.made for outcome in built.outcomes)
    failed = sum(outcome.failure is not None for outcome in built.outcomes)
    left_out = sum(outcome.left_out is not None for outcome in built.outcomes)
    kept = len(built.outcomes) - made - failed - left_out
    missing = (f", {failed} failed" if failed else "") + (f", {left_out} left out" if left_out else "")
    anything = any(outcome.session for outcome in built.outcomes) and "://" not in target
    listen = f" Open {target}/index.html to listen." if anything else ""
    click.echo(f"{target}: {made} made, {kept} kept{missing}.{listen}", err=True)


def _row(outcome: Outcome) -> tuple[str, ...]:
    session = outcome.session
    state = "failed" if outcome.failure is not None else "made" if outcome.made else "kept"
    state = state if outcome.left_out is None else "left out"
    if session is None:
        return (outcome.name, "", "", "", state, "")
    loudness = "silent" if session.loudness_lufs is None else f"{session.loudness_lufs:.1f} LUFS"
    size = f"{session.audio.size / 1e6:.1f} MB"
    count = len(session.warnings)
    return (
        outcome.name,
        format_duration(round(session.seconds, 2)),
        loudness,
        size,
        state,
        str(count) if count else "",
    )


def _warnings(built: Built) -> Iterator[str]:
    """The first warnings about the sessions made now, each once."""
    found: dict[str, dict[str, None]] = {}  # the sessions of each warning
    for session in (outcome.session for outcome in built.outcomes if outcome.made and outcome.session):
        for warning in session.warnings:
            found.setdefault(warning, {})[session.name] = None
    for warning, sessions in islice(found.items(), _MOST_WARNINGS):
        yield for_sessions(warning, sessions)
    if found:
        more = f"{len(found) - _MOST_WARNINGS} more; " if len(found) > _MOST_WARNINGS else ""
        yield f"{more}voiceguide pack check tells what is known of all sessions."


def _left_over(built: Built) -> Iterator[str]:
    for files, begin, end in (
        (built.left_over, "No session of the pack needs", "--prune removes them."),
        (built.removed, "Removed", ""),
    ):
        if files:
            more = f" and {len(files) - _MOST_NAMED} more" if len(files) > _MOST_NAMED else ""
            yield f"{begin} {', '.join(files[:_MOST_NAMED])}{more}. {end}".rstrip()
