"""A session's picture as a part of an HTML page, such as a notebook."""

from __future__ import annotations

import io
from collections.abc import Sequence
from xml.etree import ElementTree

from voiceguide.picture.draw import save
from voiceguide.timeline import Timeline

_NOT_INLINE = ("metadata", "style")
"""Elements left out: a style in a page would hold for all of it."""

_STYLE = "width: 100%; height: auto; stroke-linejoin: round; stroke-linecap: butt"


def inline_svg(timeline: Timeline, loudness: Sequence[tuple[float, float]] = ()) -> str:
    """The picture as an ``<svg>`` element, as wide as there is room; ``loudness`` as in :func:`draw`.

    It has no ids but those that it refers to, which are hashes of what they name, so that several pictures can stand
    in one page. Raises OutputError when matplotlib is missing.
    """
    file = io.BytesIO()
    save(timeline, file, loudness, "svg")
    root = ElementTree.fromstring(file.getvalue())
    values = [value for element in root.iter() for value in element.attrib.values()]
    needed = {value.partition("#")[2].rstrip(")") for value in values if "#" in value}
    for element in root.iter():
        for child in [child for child in element if _local(child.tag) in _NOT_INLINE]:
            element.remove(child)
        element.tag = _local(element.tag)
        named = {_local(name): value for name, value in element.attrib.items()}
        element.attrib = {name: value for name, value in named.items() if name != "id" or value in needed}
    root.attrib = {"xmlns": "http://www.w3.org/2000/svg", "viewBox": root.attrib["viewBox"], "style": _STYLE}
    return ElementTree.tostring(root, encoding="unicode")


def _local(name: str) -> str:
    """A name without its namespace, which HTML does not have."""
    return name.rpartition("}")[2]
