"""A picture as a value: outlines, curves and labels at their places, before any file or library knows of it.

Places are inches from the lower left corner, text sizes and widths of lines points (1/72 inch).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

Points = list[tuple[float, float]]
"""Corners, from left to right."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """Closed outlines of one look, called ``name`` in the file. ``face`` and ``edge`` are colours, or ``none``."""

    name: str
    outlines: tuple[Points, ...]
    face: str
    edge: str
    width: float = 0.8


@dataclass(frozen=True, slots=True)
class Curve:
    """A line in one or several pieces, called ``name`` in the file."""

    name: str
    pieces: tuple[Points, ...]
    colour: str
    width: float


@dataclass(frozen=True, slots=True)
class Label:
    """A text on one line; ``x`` is its left edge, its middle or its right edge, ``y`` its base line."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    anchor: Literal["start", "middle", "end"] = "start"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture ``width`` by ``height`` inches; later parts lie on top of earlier ones."""

    width: float
    height: float
    title: str
    parts: tuple[Shapes | Curve | Label, ...]

    def labels(self) -> Iterator[Label]:
        """The texts, in the order in which they are drawn."""
        return (part for part in self.parts if isinstance(part, Label))


def box(left: float, right: float, lower: float, upper: float) -> Points:
    """The corners of a rectangle."""
    return [(left, lower), (left, upper), (right, upper), (right, lower)]


def between(points: Sequence[tuple[float, float]], left: float, right: float) -> Points:
    """The part of a line, drawn from left to right, that lies between two edges; it ends on the edges."""
    cut: Points = []
    for (x, y), (next_x, next_y) in pairwise(points):
        if next_x < left or x > right:
            continue
        slope = (next_y - y) / (next_x - x) if next_x > x else 0.0
        cut.append((x, y) if x >= left else (left, y + slope * (left - x)))
        cut.append((next_x, next_y) if next_x <= right else (right, y + slope * (right - x)))
    return [point for point, _ in groupby(cut)]
