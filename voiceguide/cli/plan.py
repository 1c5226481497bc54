"""``voiceguide plan``: a script's timeline as a table or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import click

from voiceguide.cli.cue_help import cue_help
from voiceguide.cli.progress import shown
from voiceguide.cli.session_options import session_options
from voiceguide.errors import printable
from voiceguide.reading import BedChoice, SessionOptions, read
from voiceguide.timeline import Event, Timeline
from voiceguide.units import format_clock, format_duration, seconds


@click.command("plan", epilog=cue_help())
@click.argument("script", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The timeline as JSON (docs/timeline.md).")
@session_options
def command(
    script: Path,
    as_json: bool,
    voice: str | None,
    pace: Fraction | None,
    bed: BedChoice | None,
    variables: tuple[tuple[str, str], ...],
    jobs: int,
    quiet: bool,
) -> None:
    """Shows the timeline of SCRIPT: what is heard when. Writes no audio."""
    options = SessionOptions(voice, pace, bed, dict(variables), jobs)
    read(script, options)  # tells a script's mistakes before the heavy parts are loaded
    from voiceguide.build import planned

    with shown(script.name, quiet=quiet) as progress, planned(script, options, progress) as session:
        timeline, warnings = session.timeline, session.warnings
    for warning in () if quiet else warnings:
        click.echo(warning.render(), err=True)
    if as_json:
        click.echo(json.dumps(timeline.to_json(), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(table(timeline)))


def table(timeline: Timeline) -> Iterator[str]:
    """The timeline as lines of text: start, length, track, what is heard; chapters stand above their first event."""
    length = format_duration(round(seconds(timeline.frames), 1))
    yield f"{printable(timeline.title)}: {length}, voice {timeline.voice}"
    chapters = list(timeline.chapters)
    for event in timeline.events:
        while chapters and event.start >= chapters[0].start:
            chapter = chapters.pop(0)
            lasting = format_duration(round(seconds(chapter.end - chapter.start), 1))
            yield f"\n{printable(chapter.title)} ({lasting})"
        lasting = format_duration(round(seconds(event.end - event.start), 1))
        yield f"{format_clock(seconds(event.start)):>10}  {lasting:>9}  {event.track:<6}  {_what(event)}".rstrip()


def _what(event: Event) -> str:
    match event.kind:
        case "speech":
            return f"“{printable(event.text or '')}”"
        case "breath":
            return f"breathe {event.phase}, cycle {event.cycle}"
        case "pause" | "hold":
            return f"{event.kind} (elastic)" if event.elastic else event.kind
        case _:
            return f"{event.kind} {printable(event.text or '')}"
