"""``voiceguide play``: a script or an audio file on the loudspeaker, at once."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.script_argument import ScriptPath
from voiceguide.cli.session_options import session_options
from voiceguide.encoder.kinds import BY_SUFFIX
from voiceguide.errors import did_you_mean
from voiceguide.session.options import SessionOptions
from voiceguide.units import SAMPLE_RATE, format_duration, frames, parse_duration

if TYPE_CHECKING:
    from voiceguide.timeline import Timeline

_KEYS = """\b
Keys:
  space          pause, and go on; in a hold or a breathing exercise
                 from the start of its current cycle
  left, right    one step back, one step on
  up, down       one chapter back, one chapter on
  - +            the bed softer, louder (a file's volume)
  [ ]            the voice softer, louder
  t              the sleep timer: 5, 10, 20, 40 minutes, off
  q, Ctrl-C      fades out and ends; a second time at once
Each key is answered by a soft sound. 'voiceguide docs playing' tells more."""


class _Duration(click.ParamType[Any]):
    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        if isinstance(value, Fraction):
            return value
        try:
            return parse_duration(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class _Playable(ScriptPath):
    """An audio file, by what its name ends in, or a script as every command takes it."""

    name = "script or audio"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        return Path(value) if _is_audio(Path(value)) else super().convert(value, param, ctx)


def _is_audio(path: Path) -> bool:
    return path.suffix.casefold() in BY_SUFFIX or path.suffix.casefold() in (".ogg", ".aac")


@click.command("play", epilog=_KEYS)
@click.argument("what", metavar="SCRIPT|AUDIO", type=_Playable())
@click.option("--from", "start", type=_Duration(), metavar="D", help="Begins there, like 3:20 or 90s.")
@click.option("--chapter", metavar="NAME", help="Begins with this chapter: its number, its title or the title's start.")
@click.option("--watch", is_flag=True, help="Hears a change of SCRIPT as soon as the file is saved.")
@click.option("--sleep", type=_Duration(), metavar="D", help="Fades out and ends after this time, like 20m.")
@session_options
def command(
    what: Path,
    start: Fraction | None,
    chapter: str | None,
    watch: bool,
    sleep: Fraction | None,
    options: SessionOptions,
    quiet: bool,
) -> None:
    """Plays a SCRIPT while it is being spoken, or an AUDIO file (mp3, m4a, m4b, opus, flac, wav, mp4).

    The sound of a script begins with the first line that is spoken, and is that of the rendered file. --from and
    --chapter may be given together: the time then counts from the chapter's start.
    """
    if len(options.lengths) > 1:
        raise click.UsageError("play is one session; give --length once.")
    if sleep is not None and not sleep:
        raise click.UsageError("--sleep needs a time, such as 20m.")
    from voiceguide.cli.play.listen import Choices, play_file, play_script

    choices = Choices(Beginning(start, chapter).frame, None if sleep is None else frames(sleep), quiet)
    if _is_audio(what):
        if watch:
            raise click.UsageError("--watch is for scripts; an audio file is heard as it is.")
        play_file(what, choices)
    else:
        play_script(what, options, choices, watch=watch)


class Beginning:
    """Where playing begins: ``start`` seconds from the start of the session, or of a ``chapter``."""

    def __init__(self, start: Fraction | None, chapter: str | None) -> None:
        self._start, self._chapter = start, chapter

    def frame(self, timeline: Timeline) -> int:
        """The frame in a timeline. Raises UsageError when it has no such place."""
        begin = 0 if self._chapter is None else _chapter_start(timeline, self._chapter)
        frame = begin + (0 if self._start is None else frames(self._start))
        if frame and frame >= timeline.frames:
            length = format_duration(timeline.frames // SAMPLE_RATE)
            raise click.UsageError(f"There is nothing to hear from there on: it lasts {length}.")
        return frame


def _chapter_start(timeline: Timeline, wanted: str) -> int:
    chapters = timeline.chapters
    if not chapters:
        raise click.UsageError("There are no chapters here; --from 3:20 begins at a time.")
    if wanted.isdecimal():
        if not 1 <= int(wanted) <= len(chapters):
            raise click.UsageError(f"There is no chapter {wanted}: there are {len(chapters)}.")
        return chapters[int(wanted) - 1].start
    folded = wanted.casefold().strip()
    for fits in (str.startswith, str.__contains__):
        found = next((chapter for chapter in chapters if fits(chapter.title.casefold(), folded)), None)
        if found is not None:
            return found.start
    titles = [chapter.title for chapter in chapters if chapter.title]
    near = did_you_mean(wanted, titles) or f"; they are: {', '.join(titles[:12])}"
    raise click.UsageError(f"There is no chapter '{wanted}'{near}.")
