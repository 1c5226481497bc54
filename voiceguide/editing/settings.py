"""Sets, adds and removes settings of the front matter; comments and all other lines stay as they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from voiceguide.editing.edits import CannotEdit, Edit
from voiceguide.editing.yaml_edits import Setting, added, composed, entry, last_of, removed, replaced, value_of
from voiceguide.vocabulary import FRONT_MATTER

_FENCE = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


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
        return None if value is None else Edit(0, 0, f"---\n{entry(keys, value)}\n---\n")
    edit = _edited(front, keys, value)
    return edit and Edit(edit.start + front.start, edit.end + front.start, edit.new)


def setting(text: str, path: str | tuple[str, str]) -> str | None:
    """A setting as it is written; None when it is not there. Raises CannotEdit as :func:`with_setting` does."""
    front = _front_matter(text)
    node: Node | None = front.root if front else None
    for key in (path,) if isinstance(path, str) else path:
        node = value_of(node, key) if isinstance(node, MappingNode) else None
    if front is None or node is None:
        return None
    return str(node.value) if isinstance(node, ScalarNode) else front.text[node.start_mark.index : last_of(node)]


def _front_matter(text: str) -> _FrontMatter | None:
    opening = _FENCE.match(text)
    if opening is None:
        return None
    closing = _CLOSE.search(text, opening.end())
    if closing is None:
        raise CannotEdit("The front matter is never closed: write a line --- where the settings end.")
    inside = text[opening.end() : closing.start()]
    try:
        root = composed(inside)
    except (YAMLError, ValueError, RecursionError) as error:
        raise CannotEdit("The front matter cannot be read; mend it first.") from error
    if root is not None and not isinstance(root, MappingNode):
        raise CannotEdit("The front matter holds no settings like 'voice: heart'; mend it first.")
    return _FrontMatter(inside, opening.end(), root)


def _edited(front: _FrontMatter, keys: tuple[str, ...], value: Setting | None) -> Edit | None:
    text, root = front.text, front.root
    if root is None:
        at = len(text)
        return None if value is None else Edit(at, at, f"{entry(keys, value)}\n")
    first = value_of(root, keys[0])
    if first is None:
        return None if value is None else added(text, root, entry(keys, value))
    if len(keys) == 1:
        return removed(text, root, keys[0]) if value is None else replaced(text, first, value)
    if not isinstance(first, MappingNode) or not first.value:
        return None if value is None else replaced(text, first, {keys[1]: str(value)})
    inner = value_of(first, keys[1])
    if inner is None:
        return None if value is None else added(text, first, entry(keys[1:], value))
    if value is not None:
        return replaced(text, inner, value)
    return removed(text, root, keys[0]) if len(first.value) == 1 else removed(text, first, keys[1])
