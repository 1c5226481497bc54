"""A drawing as PNG, by matplotlib, which only this module asks for."""

from __future__ import annotations

import warnings
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from voiceguide.errors import OutputError
from voiceguide.picture.drawing import Curve, Drawing, Label, Shapes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_DPI = 120
_FONTS = ("Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", "Microsoft YaHei", "Malgun Gothic", "Arial Unicode MS")
"""Fonts of the system, where installed, for letters that DejaVu lacks."""

_SETTINGS = Lock()
"""Held while matplotlib, whose settings belong to the process, draws with ours."""


def write_png(drawing: Drawing, file: Path) -> None:
    """Writes the picture. Raises OutputError when matplotlib is missing, OSError when the file cannot be written."""
    try:
        from matplotlib import style
        from matplotlib.font_manager import fontManager
    except ImportError as error:
        raise OutputError(
            "A PNG needs matplotlib, which is not installed; an SVG needs nothing. "
            'Install it with: pip install "voiceguide[plot]"'
        ) from error
    fonts = ["DejaVu Sans", *(name for name in _FONTS if name in fontManager.get_font_names())]
    look = {"text.parse_math": False, "font.family": fonts}
    with _SETTINGS, warnings.catch_warnings(), style.context(["default", look]):
        warnings.simplefilter("ignore", UserWarning)  # a letter that no font has is drawn as a box
        figure_of(drawing).savefig(file, format="png", dpi=_DPI, metadata={"Software": None})


def figure_of(drawing: Drawing) -> Figure:
    """The drawing as a figure whose only axes measure inches; shapes of one look are one artist."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(drawing.width, drawing.height))
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set(xlim=(0, drawing.width), ylim=(0, drawing.height))
    axes.set_axis_off()
    for order, part in enumerate(drawing.parts, 1):
        _add(axes, part, order)
    return figure


def _add(axes: Axes, part: Shapes | Curve | Label, order: int) -> None:
    from matplotlib.collections import LineCollection, PolyCollection

    if isinstance(part, Label):
        side = {"start": "left", "middle": "center", "end": "right"}[part.anchor]
        weight = "bold" if part.bold else "normal"
        axes.text(
            part.x, part.y, part.text, size=part.size, color=part.colour, ha=side, va="baseline", weight=weight,
            zorder=order, parse_math=False,
        )  # fmt: skip
    elif isinstance(part, Curve):
        lines = LineCollection(part.pieces, colors=part.colour, linewidths=part.width, zorder=order)
        axes.add_collection(lines, autolim=False)
    else:
        shapes = PolyCollection(
            part.outlines, facecolor=part.face, edgecolor=part.edge, linewidth=part.width, zorder=order
        )
        axes.add_collection(shapes, autolim=False)
