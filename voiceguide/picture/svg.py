"""A drawing as SVG, by the standard library alone. Text stays text, so that it can be searched and read aloud."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from voiceguide.picture.drawing import Curve, Drawing, Label, Points, Shapes

_POINT = 72.0  # points in an inch
_FONTS = "DejaVu Sans, Verdana, Noto Sans, Noto Sans CJK JP, Hiragino Sans, Microsoft YaHei, sans-serif"
"""The widths of texts are those of the first; the second has nearly the same."""


def svg_file(drawing: Drawing) -> str:
    """The drawing as a file of its own, with a white ground."""
    size = f'width="{_number(drawing.width * _POINT)}pt" height="{_number(drawing.height * _POINT)}pt"'
    ground = '<rect width="100%" height="100%" fill="white"/>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_element(drawing, size, ground, named=True)}\n'


def svg_element(drawing: Drawing) -> str:
    """The drawing as a part of a page, as wide as there is room. It has no ids, so that several can stand in one."""
    return _element(drawing, 'style="width: 100%; height: auto"', "", named=False)


def _element(drawing: Drawing, attributes: str, ground: str, *, named: bool) -> str:
    width, height = _number(drawing.width * _POINT), _number(drawing.height * _POINT)
    parts = "\n".join(_part(part, drawing.height, named) for part in drawing.parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {attributes} viewBox="0 0 {width} {height}" role="img" '
        f'font-family="{_FONTS}" stroke-linejoin="round">\n'
        f"<title>{escape(drawing.title)}</title>\n{ground}{parts}\n</svg>"
    )


def _part(part: Shapes | Curve | Label, height: float, named: bool) -> str:
    if isinstance(part, Label):
        bold = ' font-weight="bold"' if part.bold else ""
        anchor = "" if part.anchor == "start" else f' text-anchor="{part.anchor}"'
        place = f'x="{_number(part.x * _POINT)}" y="{_number((height - part.y) * _POINT)}"'
        size = f'font-size="{_number(part.size)}"'
        return f'<text {place} {size} fill="{part.colour}"{anchor}{bold}>{escape(part.text)}</text>'
    name = f" id={quoteattr(part.name)}" if named and part.name else ""
    if isinstance(part, Curve):
        look = f'fill="none" stroke="{part.colour}" stroke-width="{_number(part.width)}"'
        course = " ".join(_course(piece, height) for piece in part.pieces)
        return f'<g{name} {look}><path d="{course}"/></g>'
    look = f'fill="{part.face}" stroke="{part.edge}" stroke-width="{_number(part.width)}"'
    return f"<g{name} {look}>{''.join(_outlines(part.outlines, height))}</g>"


def _outlines(outlines: Iterable[Points], height: float) -> Iterable[str]:
    return (f'<path d="{_course(points, height)} z"/>' for points in outlines)


def _course(points: Points, height: float) -> str:
    places = (f"{_number(x * _POINT)} {_number((height - y) * _POINT)}" for x, y in points)
    return "M " + " L ".join(places)


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
