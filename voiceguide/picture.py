"""Draws a timeline as a picture for people: what is heard when, in lanes over a time axis of one or more rows.

Times are seconds of the finished file, lengths on the paper inches, text sizes points. Each row is one matplotlib
``Axes`` whose x is seconds and whose y is inches from its lower edge, so that every text's room is known before it is
drawn. Events of one look are one collection, so that a long session has no more artists than a short one.
"""

from __future__ import annotations

import math
import unicodedata
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.errors import OutputError
from voiceguide.timeline import Event, Timeline
from voiceguide.units import seconds

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SUFFIXES = (".png", ".svg")
"""The kinds of picture, as they end a file's name."""

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


class _Look(NamedTuple):
    """How things of one sort are drawn, and what the legend calls them."""

    label: str
    face: str
    edge: str


_LOOKS = {
    "chapter": _Look("chapter", "#f7f5ef", "#d9d4c7"),
    "next-chapter": _Look("", "white", "#d9d4c7"),
    "speech": _Look("voice", "#0072b2", "none"),
    "pause": _Look("pause", "#9aa0a9", "#9aa0a9"),
    "elastic-pause": _Look("elastic pause", "#fbfbfc", "#9aa0a9"),
    "hold": _Look("hold", "#e08a00", "#e08a00"),
    "elastic-hold": _Look("elastic hold", "#fff3dd", "#e08a00"),
    "breath": _Look("breath, rising with the inhale", "#8fd0bb", "#8fd0bb"),
    "swell": _Look("breath with a swell", "#2c9474", "#2c9474"),
    "chime": _Look("chime, ringing out", "#bd92c3", "#bd92c3"),
    "sound": _Look("sound", "#eec3b3", "#b8431f"),
    "bed": _Look("bed", "#e3d8be", "#b39d6b"),
    "loudness": _Look("short-term loudness (LUFS)", "", "#33475b"),
}
"""In the order of the legend. The colours keep apart for colour-blind eyes; elastic and rigid differ in grey too."""

_STYLE = {"svg.fonttype": "none", "svg.hashsalt": "voiceguide", "text.parse_math": False}  # text stays text in an SVG
_FONTS = ("Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", "Microsoft YaHei", "Malgun Gothic", "Arial Unicode MS")
"""Of the system, where they are there, for what DejaVu has no letters for."""

_Points = list[tuple[float, float]]


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
    try:
        from matplotlib import style
        from matplotlib.font_manager import fontManager
    except ImportError as error:
        raise OutputError(
            "The picture needs matplotlib, which is not installed. Install it with: pip install 'voiceguide[plot]'"
        ) from error
    fonts = ["DejaVu Sans", *(name for name in _FONTS if name in fontManager.get_font_names())]
    metadata = {"Date": None, "Title": _clean(timeline.title)} if kind == "svg" else {"Software": None}
    with warnings.catch_warnings(), style.context(["default", {**_STYLE, "font.family": fonts}]):
        warnings.simplefilter("ignore", UserWarning)  # a letter that no font has is drawn as a box
        figure = _figure(timeline, loudness)
        figure.savefig(path, format=kind, dpi=_DPI, metadata=metadata)


def _clean(text: str) -> str:
    """``text`` on one line, without the characters that XML forbids."""
    odd = ("Cc", "Cs", "Zl", "Zp")
    kept = (" " if unicodedata.category(c) in odd or c in "\ufffe\uffff" else c for c in text)
    return " ".join("".join(kept).split())


@cache
def _advance(char: str) -> float:
    """Inches that a character takes for each point of size; seen between two others, since a blank has no outline."""
    from matplotlib.textpath import TextPath

    with_it, without = (TextPath((0, 0), text, size=50).get_extents().width for text in (f"n{char * 8}n", "nn"))
    return max(0.0, with_it - without) / (8 * 50 * 72)


def _reach(text: str, size: float, room: float) -> int:
    """How many of the characters fit into ``room`` inches."""
    width = 0.0
    for count, char in enumerate(text):
        width += _advance(char) * size
        if width > room:
            return count
    return len(text)


def _shortened(text: str, size: float, room: float) -> str:
    """``text``, with an ellipsis where it had to be cut; empty when less than three characters would be left."""
    if _reach(text, size, room) == len(text):
        return text
    kept = text[: _reach(text, size, room - _advance("…") * size)].rstrip(" ,.;:−")
    return f"{kept}…" if len(kept) >= 3 else ""


def _wrapped(text: str, size: float, room: float, most: int) -> list[str]:
    """``text`` in at most ``most`` lines. Between wide characters (Chinese, Japanese) a line may end anywhere."""
    lines: list[str] = []
    while text:
        count = _reach(text, size, room)
        cut = text.rfind(" ", 0, count + 1)
        if cut <= 0 and 0 < count < len(text) and unicodedata.east_asian_width(text[count]) in "WF":
            cut = count
        if count == len(text) or cut <= 0 or len(lines) == most - 1:
            lines.append(_shortened(text, size, room))
            break
        lines.append(text[:cut])
        text = text[cut:].lstrip()
    return lines


def _clock(time: float, hours: bool) -> str:
    minutes, rest = divmod(round(time), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class _Thing(NamedTuple):
    """Something of one look. Its outline's heights are parts of its lane's; ``room`` is when its text may stand."""

    look: str
    start: float
    end: float
    outline: _Points
    text: str = ""
    room: tuple[float, float] = (0.0, 0.0)


def _box(start: float, end: float) -> _Points:
    return [(start, 0.0), (start, 1.0), (end, 1.0), (end, 0.0)]


def _course(start: float, end: float, low: float, high: float) -> _Points:
    """A raised cosine from one height to another."""
    parts = (0.0, 1.0) if low == high else tuple(step / 8 for step in range(9))
    return [(start + (end - start) * p, low + (high - low) * (1 - math.cos(math.pi * p)) / 2) for p in parts]


def _placed(events: Iterable[Event], total: float) -> list[_Thing]:
    """Speech, pauses, holds, chimes and sounds. A text may reach to where the next thing begins."""
    things: list[_Thing] = []
    for event in reversed(tuple(events)):
        look = f"elastic-{event.kind}" if event.elastic else event.kind
        start, end, until = seconds(event.start), seconds(event.end), things[-1].start if things else total
        outline = [(start, 0.0), (start, 1.0), (end, 0.0)] if look == "chime" else _box(start, end)
        things.append(_Thing(look, start, end, outline, _clean(event.text or ""), (start, until)))
    return things[::-1]


def _breaths(events: tuple[Event, ...]) -> list[_Thing]:
    """How full the breath is: it rises with an inhale, falls with an exhale. A double inhale shares one rise."""
    swells = {event.start for event in events if event.kind == "sound" and event.track == "breath"}
    phases = (event for event in events if event.kind == "breath")
    things: list[_Thing] = []
    full, reached = 0.0, -1
    for (phase, _), run in groupby(phases, key=lambda event: (event.phase, event.cycle)):
        same = tuple(run)
        low, first = full if same[0].start == reached else 0.0, same[0].start
        full, reached = {"in": 1.0, "out": 0.0}.get(phase or "", low), same[-1].end
        rise = (full - low) / max(1, reached - first)
        for event in same:
            start, end = seconds(event.start), seconds(event.end)
            course = _course(start, end, low + rise * (event.start - first), low + rise * (event.end - first))
            look = "swell" if event.start in swells else "breath"
            things.append(_Thing(look, start, end, [(start, 0.0), *course, (end, 0.0)]))
    return things


def _beds(events: Iterable[Event]) -> list[_Thing]:
    """Beds with their fades. The height tells the level, down to 27 dB below the voice."""
    things = []
    for event in events:
        if event.kind == "bed" and event.text:
            start, end, height = seconds(event.start), seconds(event.end), min(1.0, max(0.55, 1 + event.level / 60))
            risen = min(end, start + seconds(event.fade_in))
            falling = max(risen, end - seconds(event.fade_out))
            outline = _course(start, risen, 0, height) + _course(falling, end, height, 0)
            name = f"{_clean(event.text)}, {event.level:g} dB".replace("-", "−")
            things.append(_Thing("bed", start, end, outline, name, (risen, falling)))
    return things


def _chapters(timeline: Timeline) -> list[_Thing]:
    things = []
    for number, chapter in enumerate(timeline.chapters):
        start, end, look = seconds(chapter.start), seconds(chapter.end), "next-chapter" if number % 2 else "chapter"
        things.append(_Thing(look, start, end, _box(start, end), _clean(chapter.title), (start, end)))
    return things


def _lanes(timeline: Timeline) -> dict[str, list[_Thing]]:
    """What each lane holds, in the order of the picture, from top to bottom."""
    events, total = timeline.events, seconds(timeline.frames)
    return {
        "chapters": _chapters(timeline),
        "voice": _placed((event for event in events if event.kind == "speech"), total),
        "pauses": _placed((event for event in events if event.kind in ("pause", "hold")), total),
        "breath": _breaths(events),
        "chimes": _placed((event for event in events if event.track == "chimes"), total),
        "bed": _beds(events),
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
    """Rows long enough that there are few of them, and such that the last one is no mere scrap."""
    minutes = next((m for m in _ROW_MINUTES if total <= m * 60 * _MOST_ROWS), _ROW_MINUTES[-1])
    row = minutes * 60
    while row < total and 0 < total % row < row / 3:
        row += 60 if minutes <= 20 else 300
    return max(1.0, min(float(row), total))


def _planned(total: float, lanes: dict[str, list[_Thing]], loud: bool) -> _Plan:
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
    _heading(figure, timeline, height, [look for name, look in _LOOKS.items() if name in looks and look.label])
    return figure


def _heading(figure: Figure, timeline: Timeline, height: float, looks: list[_Look]) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    left, right, total = _LEFT / _WIDTH, 1 - _RIGHT / _WIDTH, seconds(timeline.frames)
    facts = _shortened(f"{_clock(total, total >= 3600)}  ·  voice {_clean(timeline.voice)}", 10, 5.0)
    title = _shortened(_clean(timeline.title), 15 * 1.15, _ACROSS - 5.5)  # bold is wider
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
    """What lies between two times, each lane in its place; ``number`` counts from 1."""

    axes: Axes
    plan: _Plan
    start: float
    end: float
    number: int

    def draw(self, lanes: dict[str, list[_Thing]]) -> None:
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

    def _fill(self, things: Iterable[_Thing], lower: float, upper: float) -> None:
        from matplotlib.collections import PolyCollection

        outlines: dict[str, list[_Points]] = {}
        for thing in things:
            points = [(time, lower + (upper - lower) * height) for time, height in thing.outline]
            outlines.setdefault(thing.look, []).append(points)
        for look, (_, face, edge) in _LOOKS.items():
            if look in outlines:
                polygons = PolyCollection(outlines[look], facecolor=face, edgecolor=edge, linewidth=0.8)
                polygons.set(gid=f"{look}-{self.number}", zorder=0 if look.endswith("chapter") else 2)
                self.axes.add_collection(polygons, autolim=False)

    def _names(self, things: Iterable[_Thing], upper: float, size: float, lines: int = 1) -> None:
        """Each thing's text below ``upper`` where there is room; what began in an earlier row is named again."""
        for thing in things:
            begin = max(thing.room[0], self.start)
            room = (min(thing.room[1], self.end) - begin) * self.plan.inches - 0.08
            text = f"… {thing.text}" if begin > thing.room[0] else thing.text
            for number, line in enumerate(_wrapped(text, size, room, lines) if room > _LEAST_ROOM else (), 1):
                x, y = begin + 0.04 / self.plan.inches, upper - number * size * _LINE
                self.axes.text(x, y, line, size=size, color=_INK, va="baseline", parse_math=False)

    def loudness(self, course: Sequence[tuple[float, float]]) -> None:
        """The curve, with a gap for silence, over a scale that ends at BS.1770's absolute gate, -70 LUFS."""
        lower, upper = self.plan.edges["loudness"]
        heard = [level for _, level in course if math.isfinite(level)]
        least = max(-70, math.floor(min(heard) / 10) * 10)
        most = max(least + 20, math.ceil(max(heard) / 10) * 10)
        unit, x = (upper - lower) / (most - least), self.start - 0.07 / self.plan.inches
        for level in range(most, least - 1, -10 if most - least <= 50 else -20):
            y, label = lower + (level - least) * unit, f"{'LUFS  ' if level == most else ''}{level}".replace("-", "−")
            self.axes.axhline(y, color=_GRID, linewidth=0.6, zorder=0.5)
            self.axes.text(x, y, label, size=_SMALL, color=_SOFT, ha="right", va="center")
        times = [time for time, _ in course]
        here = slice(max(0, bisect_left(times, self.start) - 1), bisect_right(times, self.end) + 1)
        levels = (max(level, least) if math.isfinite(level) else math.nan for _, level in course[here])
        heights = [lower + (level - least) * unit for level in levels]
        self.axes.plot(times[here], heights, color=_LOOKS["loudness"].edge, linewidth=1, gid=f"loudness-{self.number}")
