"""What a terminal shows while a session is heard: calm, a few rows, the same number all the time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import click

from voiceguide.errors import printable
from voiceguide.playing.moments import Moment
from voiceguide.playing.outline import LEAD, Exercise, Outline
from voiceguide.timeline import Timeline
from voiceguide.units import SAMPLE_RATE, format_clock

NARROW = 60
"""Columns below which only the most needed is shown."""

_STATES = {
    "playing": "playing",
    "paused": "paused",
    "waiting": "waiting for the next line to be spoken",
    "over": "over",
}
_KEYS = ("space pause", "←→ step", "↑↓ chapter", "t timer", "q end")
_MIX_KEYS = ("-+ bed", "[] voice")
_BAR = 24  # cells


class Screen(Protocol):
    """Where a person sees what is heard."""

    def show(self, moment: Moment) -> None:
        """Shows a moment. Raises BrokenPipeError when nobody reads it any more."""
        ...

    def tell(self, text: str) -> None:
        """Prints a message."""
        ...

    def close(self) -> None:
        """Leaves the terminal as it was."""
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the display; ``style`` is rich's name for its look."""

    text: str
    style: str = ""


class Glimpse:
    """The outline of the newest timeline, kept while it is the same."""

    def __init__(self) -> None:
        self._outline: Outline | None = None

    def of(self, timeline: Timeline) -> Outline:
        if self._outline is None or self._outline.timeline is not timeline:
            self._outline = Outline(timeline)
        return self._outline


class Lines:
    """A line for each chapter and each spoken line, on standard output; where there is no terminal."""

    def __init__(self) -> None:
        self._glimpse = Glimpse()
        self._shown: tuple[object, object] = (None, None)

    def show(self, moment: Moment) -> None:
        outline = self._glimpse.of(moment.timeline)
        index, line = outline.chapter_at(moment.frame), outline.line_at(moment.frame)
        chapter = None if index is None else (index, moment.timeline.chapters[index].title)
        spoken = None if line is None else (line.span, line.text, line.start)
        if chapter is not None and chapter != self._shown[0]:
            click.echo(f"{clock(moment.timeline.chapters[chapter[0]].start)}  {printable(chapter[1])}")
        if line is not None and spoken != self._shown[1]:
            click.echo(f"{clock(line.start)}    {printable(line.text or '')}")
        self._shown = (chapter, spoken)

    def tell(self, text: str) -> None:
        click.echo(text, err=True)

    def close(self) -> None:
        pass


class Panel:
    """The rows on a terminal, shown anew where they differ."""

    def __init__(self, *, keys: bool) -> None:
        from rich.console import Console
        from rich.live import Live

        self._console = Console(highlight=False)
        self._keys = keys
        self._glimpse = Glimpse()
        self._shown: tuple[Row, ...] = ()
        self._live = Live(console=self._console, auto_refresh=False, transient=True, redirect_stderr=False)
        self._live.start()

    @staticmethod
    def suits() -> bool:
        """Whether standard output is a terminal that can be drawn on."""
        from rich.console import Console

        console = Console()
        return console.is_terminal and not console.is_dumb_terminal

    def show(self, moment: Moment) -> None:
        from rich.console import Group
        from rich.text import Text

        width = self._console.width
        outline = self._glimpse.of(moment.timeline)
        plain = self._console.options.ascii_only
        found = tuple(rows(moment, outline, width, keys=self._keys, plain=plain))
        if found != self._shown:
            self._shown = found
            texts = [Text(row.text, row.style, no_wrap=True, overflow="ellipsis") for row in found]
            self._live.update(Group(*texts), refresh=True)

    def tell(self, text: str) -> None:
        from rich.text import Text

        self._console.print(Text(text))

    def close(self) -> None:
        self._live.stop()


def rows(moment: Moment, outline: Outline, width: int, *, keys: bool, plain: bool = False) -> Iterator[Row]:
    """The rows of a moment, always as many for the same ``width``; ``plain`` in ASCII."""
    frame, timeline = moment.frame, moment.timeline
    yield Row(printable(_head(moment, outline, width)), "bold")
    yield Row("")
    line = outline.line_at(frame + LEAD)
    wrapped = _wrapped(printable(line.text or ""), width - 4) if line is not None else []
    for number in range(3):
        yield Row(f"  {wrapped[number]}" if number < len(wrapped) else "")
    yield Row("")
    yield Row(f"  {_exercise(outline, frame, width, plain)}".rstrip())
    left = clock(max(0, timeline.frames - frame))
    total = f" of {clock(timeline.frames)}" if width >= NARROW else ""
    bar = f"{_bar(frame / max(1, timeline.frames), _BAR, plain, '━─')}  " if width >= NARROW else ""
    yield Row(f"  {clock(frame)}  {bar}{left} left{total}")
    yield Row(f"  {_state(moment)}")
    if keys:
        mix = ("-+ volume",) if "volume" in moment.levels else _MIX_KEYS
        shown = (*_KEYS[:3], *mix, *_KEYS[3:])
        text = "  ".join(shown)
        if plain:
            text = text.replace("←→", "left right").replace("↑↓", "up down")
        for part in _wrapped(text, width - 4) if width < NARROW else [text]:
            yield Row(f"  {part}", "dim")


def clock(frames: int) -> str:
    """Frames as minutes and whole seconds: ``3:20``, ``1:02:03``."""
    return format_clock(frames // SAMPLE_RATE)[:-2]


def _head(moment: Moment, outline: Outline, width: int) -> str:
    index = outline.chapter_at(moment.frame + LEAD)
    chapters = moment.timeline.chapters
    if index is None or not chapters[index].title:
        return moment.timeline.title
    number = f" ({index + 1} of {len(chapters)})"
    if width < NARROW or chapters[index].title == moment.timeline.title:
        return chapters[index].title + number
    return f"{moment.timeline.title} · {chapters[index].title}{number}"


def _exercise(outline: Outline, frame: int, width: int, plain: bool) -> str:
    """The bar of a breath, which fills and empties with it, or of a hold, which fills."""
    exercise = outline.exercise_at(frame)
    if exercise is None:
        return ""
    cells = max(4, min(_BAR, width - 34))
    if (phase := outline.phase_at(frame)) is None:
        share = (frame - exercise.start) / max(1, exercise.end - exercise.start)
        left = -(-(exercise.end - frame) // SAMPLE_RATE)
        return f"hold  {_bar(share, cells, plain)}  {left} s"
    kind, share = phase
    filled = {"in": share, "hold": 1.0, "out": 1 - share, "rest": 0.0}[kind]
    return f"{kind:4}  {_bar(filled, cells, plain)}  {_cycle(exercise, frame)}"


def _cycle(exercise: Exercise, frame: int) -> str:
    return f"breath {exercise.cycle_at(frame)} of {len(exercise.cycles)}"


def _bar(share: float, cells: int, plain: bool, signs: str = "█░") -> str:
    signs = "#-" if plain else signs
    filled = round(min(max(share, 0.0), 1.0) * cells)
    return signs[0] * filled + signs[1] * (cells - filled)


def _state(moment: Moment) -> str:
    parts = [_STATES[moment.state]]
    parts += [f"{knob} {level:+g} dB" for knob, level in moment.levels.items() if level]
    if moment.timer is not None:
        minutes = -(-moment.timer // (60 * SAMPLE_RATE))
        parts.append(f"ends in {minutes} min" if moment.timer > 60 * SAMPLE_RATE else f"ends in {clock(moment.timer)}")
    return ", ".join(parts)


def _wrapped(text: str, width: int) -> list[str]:
    """The text in rows of so many cells; East Asian characters take two."""
    from rich.cells import cell_len

    found: list[str] = []
    row = ""
    for word in text.split():
        longer = f"{row} {word}".strip()
        if row and cell_len(longer) > max(width, 8):
            found.append(row)
            longer = word
        row = longer
    return [*found, row] if row else found
