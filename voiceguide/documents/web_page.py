"""What of a web page is beside its text, in pandoc's tree: navigation, advertisements, forms, the foot of the page."""

from __future__ import annotations

import re
from typing import Any

FORM = "html+raw_html"
"""Pandoc's format in which the elements of a page that it knows no other name for stay as raw markup."""

MAIN = re.compile(rb"<main[\s>]", re.IGNORECASE)
"""Of a page that names its main part pandoc reads nothing else."""

_BESIDE = "nav|aside|footer|form|button|select|dialog|menu"
_BEGIN = re.compile(rf"\s*<({_BESIDE})(?=[\s>])", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:ad|ads|advert\w*|sponsor\w*|cookies?|newsletter|share|sharing|social|comments?|related|sidebar|breadcrumbs?|"
    r"pagination|navbar|menu|popup|modal|promo)(?:[_-].*)?",
    re.IGNORECASE,
)
_MOST_NESTED = 200
_MOST_SHOWN = 60  # characters of what was left out


def text_part(blocks: list[Any]) -> tuple[list[Any], list[Any]]:
    """The blocks of the page's text, and those beside it."""
    beside: list[Any] = []
    return _kept(blocks, beside, 0), beside


def _kept(blocks: list[Any], beside: list[Any], depth: int) -> list[Any]:
    kept: list[Any] = []
    open_, inside = "", 0  # the element that is left out, and how many of its name are open
    for node in blocks:
        markup = node["c"][1] if node["t"] == "RawBlock" else ""
        if open_:
            beside.append(node)
            inside += len(re.findall(rf"<{open_}\b", markup, re.IGNORECASE))
            inside -= len(re.findall(rf"</{open_}\b", markup, re.IGNORECASE))
            open_ = open_ if inside > 0 else ""
        elif begin := _BEGIN.match(markup):
            open_, inside = begin[1], 1
        elif node["t"] == "Div" and _is_beside(node["c"][0]):
            beside.append(node)
        elif node["t"] == "Div" and depth < _MOST_NESTED:
            kept.append({"t": "Div", "c": [node["c"][0], _kept(node["c"][1], beside, depth + 1)]})
        else:
            kept.append(node)
    return kept


def _is_beside(attributes: list[Any]) -> bool:
    identifier, classes, _ = attributes
    return any(_NAMED.fullmatch(name) for name in (identifier, *classes))


def told(left_out: str) -> str:
    """A sentence on the words that were left out."""
    left_out = re.sub(r"(?:^|(?<=\s))(?:#+|-|[0-9]+\.)\s", "", left_out)
    short = left_out if len(left_out) <= _MOST_SHOWN else f"{left_out[:_MOST_SHOWN].rsplit(' ', 1)[0]} …"
    return f"what stands beside the text of this page is left out: {short}"
