"""Draws a timeline as a picture for people: what sounds when, in lanes over a time axis of one or more rows.

Times are seconds of the finished file; the picture is a :class:`~voiceguide.picture.drawing.Drawing` in inches, which
``svg`` writes by itself and ``png`` with matplotlib. How much room a text takes is known before it is drawn. Events of
one look are one part, so that a long session has no more parts than a short one.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from voiceguide.picture.drawing import Curve, Drawing, Label, Points, Shapes, between, box
from voiceguide.picture.svg import svg_file
from voiceguide.picture.text import clean, shortened, width, wrapped
from voiceguide.picture.things import LOOKS, Look, Thing, beds, boxes, breaths, chapters
from voiceguide.timeline import Timeline
from voiceguide.units import seconds

SUFFIXES = (".png", ".svg")
"""The kinds of picture, which are the endings of file names."""

_WIDTH, _LEFT, _RIGHT = 18.0, 0.95, 0.25  # inches
_ACROSS = _WIDTH - _LEFT - _RIGHT
_HEAD, _FOOT, _AXIS = 0.85, 0.1, 0.42  # inches; the last is the axis with its times and the space to the next row
_LANES = {"bed": 0.26, "chimes": 0.24, "breath": 0.36, "pauses": 0.17, "voice": 0.17, "chapters": 0.16}  # inches high
_GAP, _LEAST_ROOM, _LINE = 0.08, 0.3, 0.0178  # inches; between lanes, for any text, from line to line for each point
_SMALL, _MEDIUM = 7.0, 8.5  # points
_MOST_ROWS = 9
_ROW_MINUTES = (5, 10, 15, 20, 30, 60, 90)
_TICKS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800)  # seconds
_INK, _SOFT, _GRID = "#22262b", "#6b7078", "#dcdfe4"
_SAMPLE, _BESIDE_SAMPLE, _BETWEEN = 0.18, 0.08, 0.2  # inches; a legend's sample, the spaces after it and its text

Part = Shapes | Curve | Label


def draw(
    timeline: Timeline, path: Path, loudness: Sequence[tuple[float, float]] = (), *, kind: str | None = None
) -> None:
    """Writes a picture of ``timeline`` at ``path``: a ``kind`` of ``png`` or ``svg``, by default what the path ends in.

    ``loudness`` is as in :func:`drawn`. Raises OutputError when a PNG is wanted and matplotlib is missing, ValueError
    for another kind, OSError when the file can't be written.
    """
    kind = (path.suffix.removeprefix(".") if kind is None else kind).lower()
    if f".{kind}" not in SUFFIXES:
        raise ValueError(f"a picture is a png or an svg file, not '{kind}'")
    save(drawn(timeline, loudness), path, kind)


def save(drawing: Drawing, path: Path, kind: str) -> None:
    """Writes a drawing as a ``kind`` of ``png`` or ``svg``; raises as :func:`draw`."""
    if kind == "svg":
        path.write_text(svg_file(drawing), "utf-8", newline="\n")
        return
    from voiceguide.picture.png import write_png

    write_png(drawing, path)


def drawn(timeline: Timeline, loudness: Sequence[tuple[float, float]] = ()) -> Drawing:
    """The picture of a timeline. ``loudness`` holds seconds of the finished file and the short-term LUFS there, in
    order; minus infinity is a gap."""
    lanes, total = _lanes(timeline), seconds(timeline.frames)
    loud = any(math.isfinite(level) for _, level in loudness)
    plan = _planned(total, lanes, loud)
    count = max(1, math.ceil(total / plan.row - 1e-9))
    height = _HEAD + count * (plan.height + _AXIS) + _FOOT
    parts: list[Part] = []
    for number in range(count):
        start, end = number * plan.row, min((number + 1) * plan.row, max(total, 1.0))
        lower = height - _HEAD - number * (plan.height + _AXIS) - plan.height
        row = _Row(plan, start, end, lower, number + 1)
        parts += row.parts(lanes)
        if loud:
            parts += row.loudness(loudness)
    looks = {thing.look for things in lanes.values() for thing in things} | ({"loudness"} if loud else set())
    shown = [look for name, look in LOOKS.items() if name in looks and look.label]
    return Drawing(
        _WIDTH, height, clean(timeline.title), (*parts, *_heading(timeline, height), *_legend(shown, height))
    )


def _clock(time: float, hours: bool) -> str:
    minutes, rest = divmod(round(time), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _lanes(timeline: Timeline) -> dict[str, list[Thing]]:
    """What each lane holds, in the order of the picture, from top to bottom."""
    events, total = timeline.events, seconds(timeline.frames)
    return {
        "chapters": chapters(timeline),
        "voice": boxes((event for event in events if event.kind == "speech"), total),
        "pauses": boxes((event for event in events if event.kind in ("pause", "hold")), total),
        "breath": breaths(events),
        "chimes": boxes((event for event in events if event.track == "chimes"), total),
        "bed": beds(events),
    }


@dataclass(frozen=True)
class _Plan:
    """The session's seconds and those of a row, a row's height, and its lanes: a name to lower and upper edge."""

    total: float
    row: float
    height: float
    edges: dict[str, tuple[float, float]]
    text_lines: int

    @property
    def inches(self) -> float:
        """Inches for each second."""
        return _ACROSS / self.row


def _row_seconds(total: float) -> float:
    """Seconds of a row, such that there are few rows and the last one is not much shorter."""
    minutes = next((m for m in _ROW_MINUTES if total <= m * 60 * _MOST_ROWS), _ROW_MINUTES[-1])
    row = minutes * 60
    while row < total and 0 < total % row < row / 3:
        row += 60 if minutes <= 20 else 300
    return max(1.0, min(float(row), total))


def _planned(total: float, lanes: dict[str, list[Thing]], loud: bool) -> _Plan:
    row = _row_seconds(total)
    spans = [line.room[1] - line.room[0] for line in lanes["voice"]]
    readable = sum(span for span in spans if span / row * _ACROSS > 0.4) > total / 2
    text_lines = 0 if not readable else 4 if total <= 2 * row else 3
    edges: dict[str, tuple[float, float]] = {}
    height = _GAP
    for lane, room in {"loudness": 0.8, **_LANES}.items():
        height += text_lines * _SMALL * _LINE if lane == "voice" else 0.0
        if loud if lane == "loudness" else lanes[lane]:
            edges[lane] = (height, height + room)
            height += room + _GAP
    return _Plan(total, row, height, edges, text_lines)


def _heading(timeline: Timeline, height: float) -> Iterator[Label]:
    total = seconds(timeline.frames)
    facts = shortened(f"{_clock(total, total >= 3600)}  ·  voice {clean(timeline.voice)}", 10, 5.0)
    title = shortened(clean(timeline.title), 15 * 1.15, _ACROSS - 5.5)  # bold is wider
    yield Label(_LEFT, height - 0.38, title, 15, _INK, bold=True)
    yield Label(_WIDTH - _RIGHT, height - 0.38, facts, 10, _SOFT, "end")


def _legend(looks: Iterable[Look], height: float) -> Iterator[Part]:
    """A sample of each look, and its name."""
    x, y = _LEFT, height - 0.66
    for look in looks:
        if look.face:
            yield Shapes("", (box(x, x + _SAMPLE, y, y + 0.08),), look.face, look.edge)
        else:
            yield Curve("", ([(x, y + 0.04), (x + _SAMPLE, y + 0.04)],), look.edge, 1.0)
        x += _SAMPLE + _BESIDE_SAMPLE
        yield Label(x, y, look.label, _MEDIUM, _INK)
        x += width(look.label, _MEDIUM) + _BETWEEN


@dataclass(frozen=True)
class _Row:
    """The part of the picture between two times, whose lower edge lies at ``lower``; ``number`` counts from 1."""

    plan: _Plan
    start: float
    end: float
    lower: float
    number: int

    def parts(self, lanes: dict[str, list[Thing]]) -> Iterator[Part]:
        """The row without its loudness: chapters lie below everything, and texts on top."""
        here = {
            lane: [thing for thing in things if thing.start < self.end and thing.end > self.start]
            for lane, things in lanes.items()
        }
        yield from self._fill(here["chapters"], 0.0, self.plan.height)
        yield from self._frame()
        for lane, things in here.items():
            if lane != "chapters":
                yield from self._fill(things, *self.plan.edges.get(lane, (0.0, 0.0)))
        for lane, things in here.items():
            lower, upper = self.plan.edges.get(lane, (0.0, 0.0))
            match lane:
                case "chapters":
                    yield from self._names(things, upper + 0.03, _MEDIUM)
                case "voice":
                    yield from self._names(things, lower, _SMALL, self.plan.text_lines)
                case "chimes" | "bed":
                    yield from self._names(things, upper if lane == "chimes" else lower + 0.03 + _SMALL * _LINE, _SMALL)

    def _x(self, time: float) -> float:
        return _LEFT + (time - self.start) * self.plan.inches

    def _frame(self) -> Iterator[Part]:
        """The axis of time, and the names of the lanes."""
        hours, lower, upper = self.plan.total >= 3600, self.lower, self.lower + self.plan.height
        step = next((s for s in _TICKS if s * self.plan.inches >= (0.9 if hours else 0.7)), _TICKS[-1])
        ticks = [n * step for n in range(math.ceil(self.start / step), math.floor(self.end / step + 1e-9) + 1)]
        lines: list[Points] = [[(self._x(tick), lower), (self._x(tick), upper)] for tick in ticks]
        yield Curve("", tuple(lines), _GRID, 0.6)
        yield Curve("", ([(self._x(self.start), lower), (self._x(self.end), lower)],), _SOFT, 0.8)
        for tick in ticks:
            yield Label(self._x(tick), lower - 0.19, _clock(tick, hours), _MEDIUM, _SOFT, "middle")
        for lane, edges in self.plan.edges.items():
            if lane != "loudness":
                yield Label(_LEFT - 0.08, lower + sum(edges) / 2 - 0.045, lane, _MEDIUM, _INK, "end")

    def _fill(self, things: Iterable[Thing], lower: float, upper: float) -> Iterator[Shapes]:
        order = list(LOOKS)
        for look, same in groupby(sorted(things, key=lambda thing: order.index(thing.look)), lambda thing: thing.look):
            outlines = tuple(self._outline(thing, self.lower + lower, upper - lower) for thing in same)
            yield Shapes(f"{look}-{self.number}", outlines, LOOKS[look].face, LOOKS[look].edge)

    def _outline(self, thing: Thing, lower: float, height: float) -> Points:
        """The part of a thing's outline that lies in this row, on the lane's lower edge."""
        cut = between(thing.outline, self.start, self.end)
        standing = [(cut[0][0], 0.0), *cut, (cut[-1][0], 0.0)] if cut else []
        return [(self._x(time), lower + height * part) for (time, part), _ in groupby(standing)]

    def _names(self, things: Iterable[Thing], upper: float, size: float, lines: int = 1) -> Iterator[Label]:
        """Each thing's text below ``upper`` where there is room; what began in an earlier row is named again."""
        for thing in things:
            begin = max(thing.room[0], self.start)
            room = (min(thing.room[1], self.end) - begin) * self.plan.inches - 0.08
            text = f"… {thing.text}" if begin > thing.room[0] else thing.text
            for number, line in enumerate(wrapped(text, size, room, lines) if room > _LEAST_ROOM else (), 1):
                if line:
                    yield Label(self._x(begin) + 0.04, self.lower + upper - number * size * _LINE, line, size, _INK)

    def loudness(self, curve: Sequence[tuple[float, float]]) -> Iterator[Part]:
        """The curve, with a gap for silence, over a scale that ends at BS.1770's absolute gate, -70 LUFS."""
        lower, upper = (self.lower + edge for edge in self.plan.edges["loudness"])
        finite = [level for _, level in curve if math.isfinite(level)]
        least = max(-70, math.floor(min(finite) / 10) * 10)
        most = max(least + 20, math.ceil(max(finite) / 10) * 10)
        unit = (upper - lower) / (most - least)
        levels = range(most, least - 1, -10 if most - least <= 50 else -20)
        ends = self._x(self.start), self._x(self.end)
        heights = [lower + (level - least) * unit for level in levels]
        yield Curve("", tuple([(ends[0], y), (ends[1], y)] for y in heights), _GRID, 0.6)
        for level, y in zip(levels, heights, strict=True):
            label = f"{'LUFS  ' if level == most else ''}{level}".replace("-", "−")
            yield Label(ends[0] - 0.07, y - 0.035, label, _SMALL, _SOFT, "end")
        times = [time for time, _ in curve]
        here = curve[max(0, bisect_left(times, self.start) - 1) : bisect_right(times, self.end) + 1]
        pieces = []
        for sounding, run in groupby(here, lambda moment: math.isfinite(moment[1])):
            course = [(time, lower + (max(level, least) - least) * unit) for time, level in run] if sounding else []
            pieces.append([(self._x(time), y) for time, y in between(course, self.start, self.end)])
        if sounding_pieces := tuple(piece for piece in pieces if piece):
            yield Curve(f"loudness-{self.number}", sounding_pieces, LOOKS["loudness"].edge, 1.0)
