"""Draws what was heard: the plan and the file one above the other, with all that differs marked."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from voiceguide.listening.result import HeardLine, Listening
from voiceguide.picture.draw import save
from voiceguide.picture.drawing import Curve, Drawing, Label, Shapes, between, box
from voiceguide.picture.text import clean
from voiceguide.units import SAMPLE_RATE

_ROW = 300.0  # seconds
_MOST_ROWS = 12
_WIDTH, _LEFT, _RIGHT = 16.0, 0.8, 0.3  # inches
_ROW_HEIGHT, _HEAD, _AXIS = 2.3, 0.9, 0.35  # inches; the last is the axis with its times
_LANE = 0.38  # inches of a lane's unit of height
_GOOD, _EAR, _WRONG, _PLAN, _INK, _SOFT = "#2c9474", "#e08a00", "#c0392b", "#b9c2cc", "#22262b", "#6b7078"
_LANES = {"plan": 1.8, "heard": 1.0, "sounds": 0.2}  # heights of the lanes' lower edges; the curve lies above
_BAR, _CURVE, _TOP = 0.6, 2.6, 4.5
_LEGEND = "plan grey · as planned green · known by its words orange · missing or wrong red · curve: short-term LUFS"

Part = Shapes | Curve | Label


def draw(result: Listening, file: Path, *, kind: str) -> None:
    """Writes a ``png`` or ``svg``. Raises OutputError when matplotlib is missing for a PNG."""
    total = max(result.frames, result.timeline.frames) / SAMPLE_RATE
    seconds = max(1.0, min(_ROW, total), total / _MOST_ROWS)
    count = max(1, math.ceil(total / seconds - 1e-9))
    height = _HEAD + count * _ROW_HEIGHT
    verdict = "as planned" if result.ok else "not as planned"
    title = f"{clean(result.audio.name)}: {verdict}"
    parts: list[Part] = [
        Label(_LEFT, height - 0.4, title, 14, _GOOD if result.ok else _WRONG, bold=True),
        Label(_LEFT, height - 0.65, _LEGEND, 9, _SOFT),
    ]
    for number in range(count):
        lower = height - _HEAD - (number + 1) * _ROW_HEIGHT + _AXIS
        parts += _Row(result, number * seconds, (number + 1) * seconds, lower).parts()
    save(Drawing(_WIDTH, height, title, tuple(parts)), file, kind)


@dataclass(frozen=True, slots=True)
class _Row:
    """The part of the picture between two times (seconds), above ``lower`` (inches)."""

    result: Listening
    start: float
    end: float
    lower: float

    def parts(self) -> Iterator[Part]:
        yield from self._axis()
        for line in self.result.lines:
            yield from self._bar("plan", line.planned, _length(line), _PLAN if line.start is not None else _WRONG)
            if line.start is not None:
                yield from self._bar("heard", line.start, _length(line), _GOOD if line.known == "sample" else _EAR)
        for sound in self.result.sounds:
            at = sound.planned if sound.start is None else sound.start
            yield from self._bar("sounds", at, 0.4, _WRONG if sound.start is None else _GOOD)
        yield from self._loudness()
        yield from self._marks()

    def _x(self, time: float) -> float:
        return _LEFT + (time - self.start) / (self.end - self.start) * (_WIDTH - _LEFT - _RIGHT)

    def _y(self, height: float) -> float:
        return self.lower + height * _LANE

    def _axis(self) -> Iterator[Part]:
        yield Curve("", ([(self._x(self.start), self.lower), (self._x(self.end), self.lower)],), _SOFT, 0.8)
        for tick in (self.start + (self.end - self.start) * part / 10 for part in range(11)):
            clock = f"{round(tick) // 60}:{round(tick) % 60:02}"
            yield Label(self._x(tick), self.lower - 0.17, clock, 8, _INK, "middle")
        for lane, height in _LANES.items():
            yield Label(_LEFT - 0.08, self._y(height + 0.2), lane, 8, _INK, "end")

    def _bar(self, lane: str, start: float, length: float, colour: str) -> Iterator[Part]:
        left, right = max(start, self.start), min(start + length, self.end)
        if left < right:
            corners = box(self._x(left), self._x(right), self._y(_LANES[lane]), self._y(_LANES[lane] + _BAR))
            yield Shapes("", (corners,), colour, "none")

    def _loudness(self) -> Iterator[Part]:
        """The short-term loudness from -60 to 0 LUFS, with a gap for silence."""
        pieces = []
        for sounding, run in groupby(self.result.short_term, lambda moment: math.isfinite(moment[1])):
            course = [(time, level) for time, level in run] if sounding else []
            shown = ((time, min(1.0, max(0.0, (level + 60) / 60))) for time, level in course)
            pieces.append(
                [(self._x(t), self._y(_CURVE + 1.7 * part)) for t, part in between([*shown], self.start, self.end)]
            )
        if drawn := tuple(filter(None, pieces)):
            yield Curve("", drawn, _INK, 0.8)

    def _marks(self) -> Iterator[Part]:
        for finding in self.result.findings:
            if finding.at is not None and self.start <= finding.at < self.end:
                colour = _WRONG if finding.severity == "error" else _EAR
                x = self._x(finding.at)
                yield Curve("", ([(x, self.lower), (x, self._y(_TOP))],), colour, 1.0)
                yield Label(x + 0.04, self._y(_TOP) + 0.02, clean(finding.rule), 7, colour)


def _length(line: HeardLine) -> float:
    """Seconds; of a missing line about what its words last."""
    if line.start is None or line.end is None:
        return max(0.5, 0.4 * len(line.text.split()))
    return line.end - line.start
