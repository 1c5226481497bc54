"""Shows progress: a bar on a terminal, a plain line for each stage otherwise."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from voiceguide.cli.interrupt import INTERRUPT
from voiceguide.errors import printable
from voiceguide.progress import ReportStage

_BAR_AFTER = 0.5  # seconds after which a stage gets a bar


@contextmanager
def shown(title: str, *, quiet: bool) -> Iterator[ReportStage]:
    """A progress callback for the work called ``title``, on standard error."""
    title = printable(title)
    if quiet:
        yield _checked(lambda stage, done, total: None)
    elif sys.stderr is not None and sys.stderr.isatty():
        with _bars(title) as progress:
            yield _checked(progress)
    else:
        yield _checked(_lines(title))


def _checked(progress: ReportStage) -> ReportStage:
    """Raises a swallowed interrupt at every report of progress."""

    def checked(stage: str, done: int, total: int) -> None:
        INTERRUPT.check()
        progress(stage, done, total)

    return checked


@contextmanager
def _bars(title: str) -> Iterator[ReportStage]:
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeRemainingColumn())
    begin = time.monotonic()
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def progress(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                if not total or (done == total and time.monotonic() - begin < _BAR_AFTER):
                    return
                tasks[stage] = bars.add_task(f"{stage} {title}", total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield progress


def _lines(title: str) -> ReportStage:
    shown_stages: set[str] = set()

    def progress(stage: str, done: int, total: int) -> None:
        if total and stage not in shown_stages:
            shown_stages.add(stage)
            click.echo(f"{stage} {title} …", err=True)

    return progress
