"""Draws a timeline as a picture for people: what sounds when, in lanes over a time axis of one or more rows.

Times are seconds of the finished file, lengths on the paper inches, text sizes points. Each row is one matplotlib
``Axes`` whose x is seconds and whose y is inches from its lower edge, so that the room for a text is known before it is
drawn. Events of one look are one collection, so that a long session has no more artists than a short one.
"""

from __future__ import annotations

import math
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO

from voiceguide.errors import OutputError
from voiceguide.picture.text import clean, shortened, wrapped
from voiceguide.picture.things import LOOKS, Look, Points, Thing, beds, boxes, breaths, chapters
from voiceguide.timeline import Timeline
from voiceguide.units import seconds

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SUFFIXES = (".png", ".svg")
"""The kinds of picture, which are the endings of file names."""

_DPI = 120
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


_STYLE = {"svg.fonttype": "none", "svg.hashsalt": "voiceguide", "text.parse_math": False}  # text stays text in an SVG
_FONTS = ("Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", "Microsoft YaHei", "Malgun Gothic", "Arial Unicode MS")
"""Fonts of the system, where installed, for letters that DejaVu lacks."""


_SETTINGS = Lock()
"""Held while matplotlib, whose settings belong to the process, draws with ours."""


def draw(
    timeline: Timeline, path: Path, loudness: Sequence[tuple[float, float]] = (), *, kind: str | None = None
) -> None:
    """Writes a picture of ``timeline`` at ``path``: a ``kind`` of ``png`` or ``svg``, by default what the path ends in.

    ``loudness`` holds seconds of the finished file and the short-term LUFS there, in order; minus infinity is a gap.
    Raises OutputError when matplotlib is missing, ValueError for another kind, OSError when the file can't be written.
    """
    kind = (path.suffix.removeprefix(".") if kind is None else kind).lower()
    if f".{kind}" not in SUFFIXES:
        raise ValueError(f"a picture is a png or an svg file, not '{kind}'")
    save(timeline, path, loudness, kind)


@contextmanager
def settings() -> Iterator[None]:
    """matplotlib with the settings of all pictures, for one thread at a time. Raises OutputError when it is missing."""
    try:
        from matplotlib import style
        from matplotlib.font_manager import fontManager
    except ImportError as error:
        raise OutputError(
            "The picture needs matplotlib, which is not installed. Install it with: pip install 'voiceguide[plot]'"
        ) from error
    fonts = ["DejaVu Sans", *(name for name in _FONTS if name in fontManager.get_font_names())]
    with _SETTINGS, warnings.catch_warnings(), style.context(["default", {**_STYLE, "font.family": fonts}]):
        warnings.simplefilter("ignore", UserWarning)  # a letter that no font has is drawn as a box
        yield


def save(timeline: Timeline, file: Path | BinaryIO, loudness: Sequence[tuple[float, float]], kind: str) -> None:
    """As :func:`draw`, also into an open file; ``kind`` is ``png`` or ``svg``."""
    metadata = {"Date": None, "Title": clean(timeline.title)} if kind == "svg" else {"Software": None}
    with settings():
        figure = _figure(timeline, loudness)
        figure.savefig(file, format=kind, dpi=_DPI, metadata=metadata)


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


def _figure(timeline: Timeline, loudness: Sequence[tuple[float, float]]) -> Figure:
    from matplotlib.figure import Figure

    lanes, total = _lanes(timeline), seconds(timeline.frames)
    loud = any(math.isfinite(level) for _, level in loudness)
    plan = _planned(total, lanes, loud)
    count = max(1, math.ceil(total / plan.row - 1e-9))
    height = _HEAD + count * (plan.height + _AXIS) + _FOOT
    figure = Figure(figsize=(_WIDTH, height))
    for number in range(count):
        start, end = number * plan.row, min((number + 1) * plan.row, max(total, 1.0))
        lower = height - _HEAD - number * (plan.height + _AXIS) - plan.height
        box = (_LEFT / _WIDTH, lower / height, (end - start) * plan.inches / _WIDTH, plan.height / height)
        row = _Row(figure.add_axes(box), plan, start, end, number + 1)
        row.draw(lanes)
        if loud:
            row.loudness(loudness)
    looks = {thing.look for things in lanes.values() for thing in things} | ({"loudness"} if loud else set())
    _heading(figure, timeline, height, [look for name, look in LOOKS.items() if name in looks and look.label])
    return figure


def _heading(figure: Figure, timeline: Timeline, height: float, looks: list[Look]) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    left, right, total = _LEFT / _WIDTH, 1 - _RIGHT / _WIDTH, seconds(timeline.frames)
    facts = shortened(f"{_clock(total, total >= 3600)}  ·  voice {clean(timeline.voice)}", 10, 5.0)
    title = shortened(clean(timeline.title), 15 * 1.15, _ACROSS - 5.5)  # bold is wider
    figure.text(left, 1 - 0.38 / height, title, size=15, weight="bold", color=_INK, parse_math=False)
    figure.text(right, 1 - 0.38 / height, facts, size=10, color=_SOFT, ha="right", parse_math=False)
    figure.legend(
        [Patch(fc=look.face, ec=look.edge) if look.face else Line2D([], [], color=look.edge) for look in looks],
        [look.label for look in looks],
        loc="upper left", bbox_to_anchor=(left, 1 - 0.5 / height), ncols=max(1, len(looks)), frameon=False,
        fontsize=_MEDIUM, labelcolor=_INK, borderpad=0, borderaxespad=0, handlelength=1.5, columnspacing=1.6,
    )  # fmt: skip


@dataclass(frozen=True)
class _Row:
    """The part of the picture between two times, with its lanes; ``number`` counts from 1."""

    axes: Axes
    plan: _Plan
    start: float
    end: float
    number: int

    def draw(self, lanes: dict[str, list[Thing]]) -> None:
        self._frame()
        for lane, things in lanes.items():
            here = [thing for thing in things if thing.start < self.end and thing.end > self.start]
            lower, upper = self.plan.edges.get(lane, (0.0, 0.0))
            self._fill(here, *((0.0, self.plan.height) if lane == "chapters" else (lower, upper)))
            match lane:
                case "chapters":
                    self._names(here, upper + 0.03, _MEDIUM)
                case "voice":
                    self._names(here, lower, _SMALL, self.plan.text_lines)
                case "chimes" | "bed":
                    self._names(here, upper if lane == "chimes" else lower + 0.03 + _SMALL * _LINE, _SMALL)

    def _frame(self) -> None:
        """The axis of time, and the names of the lanes."""
        axes, hours = self.axes, self.plan.total >= 3600
        step = next((s for s in _TICKS if s * self.plan.inches >= (0.9 if hours else 0.7)), _TICKS[-1])
        ticks = [n * step for n in range(math.ceil(self.start / step), math.floor(self.end / step + 1e-9) + 1)]
        named = [(lane, sum(edges) / 2) for lane, edges in self.plan.edges.items() if lane != "loudness"]
        axes.set(xlim=(self.start, self.end), ylim=(0, self.plan.height), axisbelow=True)
        axes.set_xticks(ticks, [_clock(tick, hours) for tick in ticks], fontsize=_MEDIUM, color=_SOFT)
        axes.set_yticks([middle for _, middle in named], [lane for lane, _ in named], fontsize=_MEDIUM, color=_INK)
        axes.tick_params(length=0, pad=5)
        axes.grid(axis="x", color=_GRID, linewidth=0.6)
        axes.spines[["left", "right", "top"]].set_visible(False)
        axes.spines["bottom"].set_color(_SOFT)

    def _fill(self, things: Iterable[Thing], lower: float, upper: float) -> None:
        from matplotlib.collections import PolyCollection

        outlines: dict[str, list[Points]] = {}
        for thing in things:
            points = [(time, lower + (upper - lower) * height) for time, height in thing.outline]
            outlines.setdefault(thing.look, []).append(points)
        for look, (_, face, edge) in LOOKS.items():
            if look in outlines:
                polygons = PolyCollection(outlines[look], facecolor=face, edgecolor=edge, linewidth=0.8)
                polygons.set(gid=f"{look}-{self.number}", zorder=0 if look.endswith("chapter") else 2)
                self.axes.add_collection(polygons, autolim=False)

    def _names(self, things: Iterable[Thing], upper: float, size: float, lines: int = 1) -> None:
        """Each thing's text below ``upper`` where there is room; what began in an earlier row is named again."""
        for thing in things:
            begin = max(thing.room[0], self.start)
            room = (min(thing.room[1], self.end) - begin) * self.plan.inches - 0.08
            text = f"… {thing.text}" if begin > thing.room[0] else thing.text
            for number, line in enumerate(wrapped(text, size, room, lines) if room > _LEAST_ROOM else (), 1):
                x, y = begin + 0.04 / self.plan.inches, upper - number * size * _LINE
                self.axes.text(x, y, line, size=size, color=_INK, va="baseline", parse_math=False)

    def loudness(self, curve: Sequence[tuple[float, float]]) -> None:
        """The curve, with a gap for silence, over a scale that ends at BS.1770's absolute gate, -70 LUFS."""
        lower, upper = self.plan.edges["loudness"]
        finite = [level for _, level in curve if math.isfinite(level)]
        least = max(-70, math.floor(min(finite) / 10) * 10)
        most = max(least + 20, math.ceil(max(finite) / 10) * 10)
        unit, x = (upper - lower) / (most - least), self.start - 0.07 / self.plan.inches
        for level in range(most, least - 1, -10 if most - least <= 50 else -20):
            y, label = lower + (level - least) * unit, f"{'LUFS  ' if level == most else ''}{level}".replace("-", "−")
            self.axes.axhline(y, color=_GRID, linewidth=0.6, zorder=0.5)
            self.axes.text(x, y, label, size=_SMALL, color=_SOFT, ha="right", va="center")
        times = [time for time, _ in curve]
        here = slice(max(0, bisect_left(times, self.start) - 1), bisect_right(times, self.end) + 1)
        levels = (max(level, least) if math.isfinite(level) else math.nan for _, level in curve[here])
        heights = [lower + (level - least) * unit for level in levels]
        self.axes.plot(times[here], heights, color=LOOKS["loudness"].edge, linewidth=1, gid=f"loudness-{self.number}")
