"""TOML, which some programs write their front matter in, as the same small tree as YAML."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from voiceguide.errors import Diagnostic, Span
from voiceguide.script.text import Text
from voiceguide.script.yaml_tree import FRONT_MATTER, Mapping, Scalar, Sequence, YamlNode

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_ENTRY = re.compile(r"^[ \t]*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([\w-]+))[ \t]*=[ \t]*(.*)$", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


def parse_toml(text: Text) -> tuple[YamlNode | None, list[Diagnostic]]:
    """The tree of a TOML document; None when it is empty or has an error. Parts of a value have its place."""
    if len(text) > FRONT_MATTER.largest:
        message = f"this front matter is larger than {FRONT_MATTER.largest // 1024} KiB"
        return None, [Diagnostic(text.span(0, 1), "error", message)]
    try:
        table = tomllib.loads(text.chars)
    except (ValueError, RecursionError) as error:  # of TOML, or of a number with thousands of digits
        place = _PLACE.search(str(error))
        rows = text.chars.split("\n")
        start = sum(len(row) + 1 for row in rows[: int(place[1]) - 1]) + int(place[2]) - 1 if place else 0
        reason = str(error)[: place.start() if place else None].strip()
        message = f"this front matter between +++ is not valid TOML: {reason[:1].lower()}{reason[1:]}"
        return None, [Diagnostic(text.span(start, start + 1), "error", message)]
    tables = _TABLE.search(text.chars)
    spans: dict[str, tuple[Span, Span]] = {}
    for match in _ENTRY.finditer(text.chars, 0, tables.start() if tables else len(text)):
        group = next(index for index in (1, 2, 3) if match[index] is not None)
        spans.setdefault(match[group], (text.span(*match.span(group)), text.span(*match.span(4))))
    whole = text.span(0, 1)
    entries = [
        (Scalar(key, spans.get(key, (whole, whole))[0]), _node(value, spans.get(key, (whole, whole))[1]))
        for key, value in table.items()
    ]
    return (Mapping(tuple(entries), whole) if entries else None), []


def _node(value: Any, span: Span) -> YamlNode:
    match value:
        case dict():
            return Mapping(tuple((Scalar(str(key), span), _node(inner, span)) for key, inner in value.items()), span)
        case list():
            return Sequence(tuple(_node(item, span) for item in value), span)
        case bool():
            return Scalar(str(value).lower(), span)
        case _:
            return Scalar(value.isoformat() if hasattr(value, "isoformat") else str(value), span)
