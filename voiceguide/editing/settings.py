"""Sets, adds and removes settings of the front matter; comments and all other lines stay as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from voiceguide.editing.edits import CannotEdit, Edit
from voiceguide.vocabulary import FRONT_MATTER

Setting = str | int | float | bool | Mapping[str, str] | Sequence[str]
"""A value of a setting: plain, names with their values, or a list."""

_FENCE = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_PLAIN = re.compile(r"-?[\w(][^\n:#{}\[\],&*!|>'\"%@`]*(?<!\s)")
_READ_AS_OTHER = re.compile(r"(?:true|false|yes|no|on|off|null|~)", re.IGNORECASE)


@dataclass(frozen=True)
class _FrontMatter:
    """Its text, from the offset ``start`` in the script, and its tree; None where it holds nothing."""

    text: str
    start: int
    root: MappingNode | None


def with_setting(text: str, path: str | tuple[str, str], value: Setting | None) -> Edit | None:
    """Sets a setting, or with ``(setting, name)`` one name in it such as a variable; None removes it.

    None is returned when there is nothing to do. Raises CannotEdit for an unknown setting, and where the front matter
    cannot be read.
    """
    keys = (path,) if isinstance(path, str) else path
    if keys[0] not in FRONT_MATTER:
        raise CannotEdit(f"There is no setting '{keys[0]}'.")
    front = _front_matter(text)
    if front is None:
        return None if value is None else Edit(0, 0, f"---\n{_entry(keys, value)}\n---\n")
    edit = _edited(front, keys, value)
    return edit and Edit(edit.start + front.start, edit.end + front.start, edit.new)


def setting(text: str, path: str | tuple[str, str]) -> str | None:
    """A setting as it is written; None when it is not there. Raises CannotEdit as :func:`with_setting` does."""
    front = _front_matter(text)
    node: Node | None = front.root if front else None
    for key in (path,) if isinstance(path, str) else path:
        node = _value(node, key) if isinstance(node, MappingNode) else None
    if front is None or node is None:
        return None
    return str(node.value) if isinstance(node, ScalarNode) else front.text[node.start_mark.index : _last(node)]


def _front_matter(text: str) -> _FrontMatter | None:
    opening = _FENCE.match(text)
    if opening is None:
        return None
    closing = _CLOSE.search(text, opening.end())
    if closing is None:
        raise CannotEdit("The front matter is never closed: write a line --- where the settings end.")
    inside = text[opening.end() : closing.start()]
    try:
        root = YAML(typ="safe", pure=True).compose(inside)
    except (YAMLError, ValueError, RecursionError) as error:
        raise CannotEdit("The front matter cannot be read; mend it first.") from error
    if root is not None and not isinstance(root, MappingNode):
        raise CannotEdit("The front matter holds no settings like 'voice: heart'; mend it first.")
    return _FrontMatter(inside, opening.end(), root)


def _edited(front: _FrontMatter, keys: tuple[str, ...], value: Setting | None) -> Edit | None:
    text, root = front.text, front.root
    if root is None:
        at = len(text)
        return None if value is None else Edit(at, at, f"{_entry(keys, value)}\n")
    first = _value(root, keys[0])
    if first is None:
        return None if value is None else _added(text, root, _entry(keys, value))
    if len(keys) == 1:
        return _removed(text, root, keys[0]) if value is None else _replaced(text, first, value)
    if not isinstance(first, MappingNode) or not first.value:
        return None if value is None else _replaced(text, first, {keys[1]: str(value)})
    inner = _value(first, keys[1])
    if inner is None:
        return None if value is None else _added(text, first, _entry(keys[1:], value))
    if value is not None:
        return _replaced(text, inner, value)
    return _removed(text, root, keys[0]) if len(first.value) == 1 else _removed(text, first, keys[1])


def _value(mapping: MappingNode, key: str) -> Node | None:
    return next((value for name, value in mapping.value if name.value == key), None)


def _replaced(text: str, node: Node, value: Setting) -> Edit | None:
    start, end = node.start_mark.index, _last(node)
    new = _written(value)
    if isinstance(node, ScalarNode) and start == end:  # nothing stands after the colon
        new = f" {new}"
    if _is_block(node):
        start, new = text.rindex(":", 0, start) + 1, f" {new}"
    return None if text[start:end] == new else Edit(start, end, new)


def _added(text: str, mapping: MappingNode, entry: str) -> Edit:
    last = _last(mapping)
    if mapping.flow_style:
        return Edit(last - 1, last - 1, f", {entry}" if mapping.value else entry)
    end = text.find("\n", last)
    indent = " " * mapping.value[0][0].start_mark.column
    if end < 0:
        return Edit(len(text), len(text), f"\n{indent}{entry}")
    return Edit(end + 1, end + 1, f"{indent}{entry}\n")


def _removed(text: str, mapping: MappingNode, key: str) -> Edit:
    index = next(index for index, (name, _) in enumerate(mapping.value) if name.value == key)
    name, value = mapping.value[index]
    if not mapping.flow_style:
        start = text.rfind("\n", 0, name.start_mark.index) + 1
        end = text.find("\n", _last(value))
        return Edit(start, len(text) if end < 0 else end + 1, "")
    if index + 1 < len(mapping.value):
        return Edit(name.start_mark.index, mapping.value[index + 1][0].start_mark.index, "")
    before = _last(mapping.value[index - 1][1]) if index else name.start_mark.index
    return Edit(before, _last(value), "")


def _is_block(node: Any) -> bool:
    """Whether a value stands on lines of its own, below its key."""
    return node.style in ("|", ">") if isinstance(node, ScalarNode) else not node.flow_style


def _last(node: Any) -> int:
    """The end of what a node holds; a block's own end mark lies behind the lines that follow it."""
    if isinstance(node, ScalarNode):
        return _end_of_block(node) if _is_block(node) else int(node.end_mark.index)
    if not _is_block(node) or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _last(last[1] if isinstance(node, MappingNode) else last)


def _end_of_block(node: ScalarNode) -> int:
    buffer = node.end_mark.buffer or ""
    return len(buffer[: node.end_mark.index].rstrip("\n")) if buffer else int(node.end_mark.index) - 1


def _entry(keys: tuple[str, ...], value: Setting) -> str:
    return f"{_scalar(keys[0])}: {_written(value if len(keys) == 1 else {keys[1]: str(value)})}"


def _written(value: Setting) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _scalar(value)
        case int() | float():
            return f"{value:g}"
        case Mapping():
            return "{" + ", ".join(f"{_scalar(name)}: {_scalar(str(item))}" for name, item in value.items()) + "}"
        case _:
            return "[" + ", ".join(_scalar(str(item)) for item in value) + "]"


def _scalar(text: str) -> str:
    """Plain where YAML reads it as the same text, else in double quotes."""
    if _PLAIN.fullmatch(text) and not _READ_AS_OTHER.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)
