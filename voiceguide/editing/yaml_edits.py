"""Edits of YAML that change one value, entry or row of it; comments and all other lines stay as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from voiceguide.editing.edits import Edit

Setting = str | int | float | bool | Mapping[str, str] | Sequence[str]
"""A value: plain, names with their values, or a list."""

_PLAIN = re.compile(r"-?[\w(][^\n:#{}\[\],&*!|>'\"%@`]*(?<!\s)")
_READ_AS_OTHER = re.compile(r"(?:true|false|yes|no|on|off|null|~)", re.IGNORECASE)


def composed(text: str) -> Any:
    """The nodes of a YAML document with their places; None when it is empty. Raises YAMLError, ValueError or
    RecursionError when it cannot be read."""
    reader = YAML(typ="safe", pure=True)
    reader.composer.warn_double_anchors = False  # YAML 1.2 allows them, and a warning would reach the user's terminal
    return reader.compose(text)


def value_of(mapping: MappingNode, key: str) -> Node | None:
    """The value of a key; None when it is not there."""
    return next((value for name, value in mapping.value if name.value == key), None)


def replaced(text: str, node: Node, value: Setting) -> Edit | None:
    """Puts a value in the place of a node's; None when it is written so already."""
    start, end = node.start_mark.index, last_of(node)
    new = written(value)
    if isinstance(node, ScalarNode) and start == end:  # nothing stands after the colon
        new = f" {new}"
    if _is_block(node):
        start, new = text.rindex(":", 0, start) + 1, f" {new}"
    return None if text[start:end] == new else Edit(start, end, new)


def added(text: str, mapping: MappingNode, entry: str) -> Edit:
    """An entry after the last one of a mapping."""
    last = last_of(mapping)
    if mapping.flow_style:
        return Edit(last - 1, last - 1, f", {entry}" if mapping.value else entry)
    end = text.find("\n", last)
    indent = " " * mapping.value[0][0].start_mark.column
    if end < 0:
        return Edit(len(text), len(text), f"\n{indent}{entry}")
    return Edit(end + 1, end + 1, f"{indent}{entry}\n")


def removed(text: str, mapping: MappingNode, key: str) -> Edit:
    """Takes a key with its value out of a mapping."""
    index = next(index for index, (name, _) in enumerate(mapping.value) if name.value == key)
    name, value = mapping.value[index]
    if not mapping.flow_style:
        start = text.rfind("\n", 0, name.start_mark.index) + 1
        if text[start : name.start_mark.index].strip() and index + 1 < len(mapping.value):  # it shares a list's dash
            return Edit(name.start_mark.index, mapping.value[index + 1][0].start_mark.index, "")
        end = text.find("\n", last_of(value))
        return Edit(start, len(text) if end < 0 else end + 1, "")
    if index + 1 < len(mapping.value):
        return Edit(name.start_mark.index, mapping.value[index + 1][0].start_mark.index, "")
    before = last_of(mapping.value[index - 1][1]) if index else name.start_mark.index
    return Edit(before, last_of(value), "")


def _is_block(node: Any) -> bool:
    """Whether a value stands on lines of its own, below its key."""
    return node.style in ("|", ">") if isinstance(node, ScalarNode) else not node.flow_style


def last_of(node: Any) -> int:
    """The end of what a node holds; a block's own end mark lies behind the lines that follow it."""
    if isinstance(node, ScalarNode):
        return _end_of_block(node) if _is_block(node) else int(node.end_mark.index)
    if not _is_block(node) or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return last_of(last[1] if isinstance(node, MappingNode) else last)


def _end_of_block(node: ScalarNode) -> int:
    buffer = node.end_mark.buffer or ""
    return len(buffer[: node.end_mark.index].rstrip("\n")) if buffer else int(node.end_mark.index) - 1


def entry(keys: tuple[str, ...], value: Setting) -> str:
    """``key: value``, or with two keys ``key: {key: value}``."""
    return f"{scalar(keys[0])}: {written(value if len(keys) == 1 else {keys[1]: str(value)})}"


def written(value: Setting) -> str:
    """A value as YAML on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return scalar(value)
        case int() | float():
            return f"{value:g}"
        case Mapping():
            return "{" + ", ".join(f"{scalar(name)}: {scalar(str(item))}" for name, item in value.items()) + "}"
        case _:
            return "[" + ", ".join(scalar(str(item)) for item in value) + "]"


def scalar(text: str) -> str:
    """Plain where YAML reads it as the same text, else in double quotes."""
    if _PLAIN.fullmatch(text) and not _READ_AS_OTHER.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)
