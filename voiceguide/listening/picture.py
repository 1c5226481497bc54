"""Draws what was heard: the plan and the file one above the other, with all that differs marked."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voiceguide.listening.result import HeardLine, Listening
from voiceguide.picture.draw import settings
from voiceguide.picture.text import clean
from voiceguide.units import SAMPLE_RATE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROW = 300.0  # seconds
_MOST_ROWS = 12
_WIDTH, _ROW_HEIGHT, _HEAD = 16.0, 2.3, 0.9  # inches
_GOOD, _EAR, _WRONG, _PLAN, _INK, _SOFT = "#2c9474", "#e08a00", "#c0392b", "#b9c2cc", "#22262b", "#6b7078"
_LANES = {"plan": 2.2, "heard": 1.4, "sounds": 0.6}  # heights of the lanes' lower edges; the curve lies above
_BAR = 0.6


def draw(result: Listening, file: Path, *, kind: str) -> None:
    """Writes a ``png`` or ``svg``. Raises OutputError when matplotlib is missing."""
    with settings():
        from matplotlib.figure import Figure

        total = max(result.frames, result.timeline.frames) / SAMPLE_RATE
        row = max(min(_ROW, total), total / _MOST_ROWS)
        count = max(1, math.ceil(total / row))
        height = _HEAD + count * _ROW_HEIGHT
        figure = Figure(figsize=(_WIDTH, height))
        for number in range(count):
            lower = height - _HEAD - (number + 1) * _ROW_HEIGHT + 0.4
            box = (0.05, lower / height, 0.93, (_ROW_HEIGHT - 0.5) / height)
            _row(figure.add_axes(box), result, number * row, (number + 1) * row)
        verdict = "as planned" if result.ok else "not as planned"
        colour = _GOOD if result.ok else _WRONG
        title = f"{clean(result.audio.name)}: {verdict}"
        figure.text(0.05, 1 - 0.4 / height, title, size=14, weight="bold", color=colour, parse_math=False)
        legend = (
            "plan grey · as planned green · known by its words orange · missing or wrong red · curve: short-term LUFS"
        )
        figure.text(0.05, 1 - 0.65 / height, legend, size=9, color=_SOFT)
        metadata: dict[str, Any] = {"Date": None} if kind == "svg" else {"Software": None}
        figure.savefig(file, format=kind, dpi=120, metadata=metadata)


def _row(axes: Axes, result: Listening, start: float, end: float) -> None:
    axes.set(xlim=(start, end), ylim=(0.4, 5.0))
    axes.set_yticks([height + _BAR / 2 for height in _LANES.values()], list(_LANES), fontsize=8)
    ticks = [start + (end - start) * part / 10 for part in range(11)]
    axes.set_xticks(ticks, [f"{round(tick) // 60}:{round(tick) % 60:02}" for tick in ticks], fontsize=8)
    axes.tick_params(length=0)
    axes.spines[["left", "right", "top"]].set_visible(False)
    for line in result.lines:
        _bars(axes, [(line.planned, _length(line))], "plan", _PLAN if line.start is not None else _WRONG)
        if line.start is not None:
            _bars(axes, [(line.start, _length(line))], "heard", _GOOD if line.known == "sample" else _EAR)
    for sound in result.sounds:
        at = sound.planned if sound.start is None else sound.start
        _bars(axes, [(at, 0.4)], "sounds", _WRONG if sound.start is None else _GOOD)
    curve = [(time, level) for time, level in result.short_term if math.isfinite(level) and start <= time <= end]
    axes.plot(
        [time for time, _ in curve],
        [3.0 + max(0.0, min(1.0, (level + 60) / 60)) * 1.7 for _, level in curve],
        color=_INK,
        lw=0.8,
    )
    marks = (finding for finding in result.findings if finding.at is not None and start <= finding.at < end)
    for finding in marks:
        assert finding.at is not None
        colour = _WRONG if finding.severity == "error" else _EAR
        axes.axvline(finding.at, color=colour, lw=1)
        axes.text(finding.at, 4.85, f" {finding.rule}", size=7, color=colour, va="top")


def _bars(axes: Axes, spans: Iterable[tuple[float, float]], lane: str, colour: str) -> None:
    axes.broken_barh(list(spans), (_LANES[lane], _BAR), facecolors=colour)


def _length(line: HeardLine) -> float:
    """Seconds; of a missing line about what its words last."""
    if line.start is None or line.end is None:
        return max(0.5, 0.4 * len(line.text.split()))
    return line.end - line.start
