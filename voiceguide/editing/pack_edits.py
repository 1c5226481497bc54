"""A pack file as a form: what it says, and its text after the form was changed.

Exactly the values that differ are changed. Comments, order and spelling of all else stay as they are, and what the form
does not know is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from voiceguide.editing.edits import CannotEdit, Edit
from voiceguide.editing.yaml_edits import (
    Setting,
    added,
    composed,
    entry,
    last_of,
    removed,
    replaced,
    scalar,
    value_of,
    written,
)

SETTINGS = ("title", "description", "author", "language", "voice", "link", "format")
"""What a form has of the pack itself; all of it text."""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session of the form; ``was`` is its place (from 0) in the file, None for a new one."""

    script: str
    lengths: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    name: str = ""
    was: int | None = None


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A week of the practice plan; ``was`` as in :class:`SessionRow`."""

    title: str
    sessions: tuple[str, ...]
    times_per_week: int
    was: int | None = None


@dataclass(frozen=True, slots=True)
class PackForm:
    """``settings`` by the names in :data:`SETTINGS`; one that is not set is empty."""

    settings: Mapping[str, str]
    sessions: tuple[SessionRow, ...]
    weeks: tuple[WeekRow, ...] = ()


def form_of(text: str) -> PackForm:
    """The form of a pack file's text. Raises CannotEdit for one that a form cannot show."""
    root = _root(text)
    sessions, weeks = _rows(root, ("sessions",)), _rows(root, ("programme", "weeks"))
    return PackForm(
        {key: _text(value_of(root, key)) for key in SETTINGS},
        tuple(_session(node, was) for was, node in enumerate(sessions)),
        tuple(_week(node, was) for was, node in enumerate(weeks)),
    )


def with_form(text: str, form: PackForm) -> str:
    """The text of a pack file, changed to what the form says; an empty text makes a new file.

    Raises CannotEdit where the file is written in a way in which that cannot be done, and when the form has no session.
    """
    if not form.sessions:
        raise CannotEdit("A pack has one session at least; choose a script for it.")
    before = text.replace("\r\n", "\n")
    if not before.strip():
        before += f"title: {scalar(form.settings.get('title', ''))}\n"
    after = before if before.endswith("\n") else f"{before}\n"
    for key in SETTINGS:
        after = _with_value(after, (), key, form.settings.get(key) or None)
    after = _with_rows(after, ("sessions",), [(row.was, _session_values(row)) for row in form.sessions])
    after = _with_rows(after, ("programme", "weeks"), [(row.was, _week_values(row)) for row in form.weeks])
    if _numbered(form_of(after)) != _numbered(form):
        raise CannotEdit("This pack file is written in a way that the form cannot change; change it as text.")
    if after == f"{before}\n":
        after = before
    return after.replace("\n", "\r\n") if "\r\n" in text else after


def _numbered(form: PackForm) -> PackForm:
    """With the places that its rows have once it is written, and all settings."""
    return PackForm(
        {key: form.settings.get(key, "") for key in SETTINGS},
        tuple(replace(row, was=number) for number, row in enumerate(form.sessions)),
        tuple(replace(row, was=number) for number, row in enumerate(form.weeks)),
    )


# -- reading


def _root(text: str) -> MappingNode:
    try:
        root = composed(text)
    except (YAMLError, ValueError, RecursionError) as error:
        raise CannotEdit("This pack file cannot be read as YAML; mend it as text first.") from error
    if root is None:
        return MappingNode("tag:yaml.org,2002:map", [])
    if not isinstance(root, MappingNode):
        raise CannotEdit("This pack file holds no settings like 'title: Evenings'; mend it as text first.")
    return root


def _rows(root: MappingNode, keys: Sequence[str]) -> list[Node]:
    node: Node | None = root
    for key in keys:
        node = value_of(node, key) if isinstance(node, MappingNode) else None
    return list(node.value) if isinstance(node, SequenceNode) else []


def _text(node: Node | None) -> str:
    if node is None or (isinstance(node, ScalarNode) and not node.style and node.value in ("", "~", "null")):
        return ""
    if isinstance(node, ScalarNode):
        return str(node.value)
    raise CannotEdit(f"Line {node.start_mark.line + 1} of this pack file should be one value; mend it as text first.")


def _texts(node: Node | None) -> tuple[str, ...]:
    if isinstance(node, SequenceNode):
        return tuple(map(_text, node.value))
    return (_text(node),) if _text(node) else ()


def _session(node: Node, was: int) -> SessionRow:
    if not isinstance(node, MappingNode):
        return SessionRow(_text(node), was=was)
    lengths, voices = (_texts(value_of(node, key)) for key in ("lengths", "voices"))
    return SessionRow(_text(value_of(node, "script")), lengths, voices, _text(value_of(node, "name")), was)


def _week(node: Node, was: int) -> WeekRow:
    times = _text(value_of(node, "times_per_week")) if isinstance(node, MappingNode) else ""
    if not isinstance(node, MappingNode) or not re.fullmatch(r"[0-9]{1,9}", times):
        line = node.start_mark.line + 1
        raise CannotEdit(f"Line {line} of this pack file should be a week with times_per_week; mend it as text first.")
    return WeekRow(_text(value_of(node, "title")), _texts(value_of(node, "sessions")), int(times), was)


# -- writing

_Values = Mapping[str, Setting | None]
"""The values of a row by their keys, in the order in which a new one has them; None stands for none."""


def _session_values(row: SessionRow) -> _Values:
    return {
        "script": row.script,
        "name": row.name or None,
        "lengths": row.lengths or None,
        "voices": row.voices or None,
    }


def _week_values(row: WeekRow) -> _Values:
    return {"title": row.title or None, "sessions": row.sessions, "times_per_week": row.times_per_week}


def _with_value(text: str, path: tuple[str | int, ...], key: str, value: Setting | None) -> str:
    """The text with one value of the mapping at ``path``, which is there."""
    mapping: Any = _root(text)
    for step in path:
        mapping = mapping.value[step] if isinstance(step, int) else value_of(mapping, step)
    node = value_of(mapping, key)
    is_list = isinstance(value, tuple)
    now = _texts(node) if is_list or isinstance(node, SequenceNode) else _text(node)
    if now == (value if is_list else "" if value is None else str(value)) or (value is None and not now):
        return text
    edit: Edit | None
    if node is None:
        assert value is not None
        edit = added(text, mapping, entry((key,), value))
    else:
        edit = removed(text, mapping, key) if value is None else replaced(text, node, value)
    return edit.applied(text) if edit else text


def _with_rows(text: str, keys: tuple[str, ...], rows: Sequence[tuple[int | None, _Values]]) -> str:
    """The text with the rows of a list: kept ones changed, others added, removed, or in another order."""
    known = len(_rows(_root(text), keys))
    kept = [was for was, _ in rows if was is not None]
    if len(set(kept)) < len(kept) or any(not 0 <= was < known for was in kept):
        raise CannotEdit("The pack file has changed meanwhile; please open it again.")
    for was, values in rows:
        if was is not None:
            text = _with_row(text, keys, was, values)
    if [was for was, _ in rows] == list(range(known)):
        return text
    if not rows:
        return removed(text, _root(text), keys[0]).applied(text)
    if not known:
        return _with_new_list(text, keys, [values for _, values in rows])
    return _rebuilt(text, keys, rows).applied(text)


def _with_row(text: str, keys: tuple[str, ...], was: int, values: _Values) -> str:
    node = _rows(_root(text), keys)[was]
    if isinstance(node, ScalarNode):  # a script's name alone
        plain = all(value is None for key, value in values.items() if key != "script")
        if plain and values["script"] == node.value:
            return text
        new = written(str(values["script"])) if plain else _flow(values)
        return Edit(node.start_mark.index, last_of(node), new).applied(text)
    for key, value in values.items():
        text = _with_value(text, (*keys, was), key, value)
    return text


def _with_new_list(text: str, keys: tuple[str, ...], rows: Sequence[_Values]) -> str:
    root = _root(text)
    if value_of(root, keys[0]) is not None:
        text = removed(text, root, keys[0]).applied(text)
    heads = "".join(f"{'  ' * depth}{key}:\n" for depth, key in enumerate(keys))
    return text + heads + "".join(_block(values, "  " * len(keys)) for values in rows)


def _rebuilt(text: str, keys: tuple[str, ...], rows: Sequence[tuple[int | None, _Values]]) -> Edit:
    """Puts a list's rows in order, each with the comments above it."""
    nodes = _rows(_root(text), keys)
    listed: Any = _root(text)
    for key in keys:
        listed = value_of(listed, key)
    if listed.flow_style:
        shown = (_flow(row) if was is None else _slice(text, nodes[was]) for was, row in rows)
        return Edit(listed.start_mark.index + 1, listed.end_mark.index - 1, ", ".join(shown))
    spans = [_lines_of(text, node) for node in nodes]
    above = ["", *(text[before[1] : after[0]] for before, after in pairwise(spans))]
    kept = {was for was, _ in rows}
    for number in range(len(nodes)):
        if number not in kept and above[number]:  # what stands above a row that goes stays above the next one
            above = [*above, ""] if number + 1 == len(above) else above
            above[number + 1] = above[number] + above[number + 1]
    indent = " " * (text.index("-", spans[0][0]) - spans[0][0])
    parts = [_block(row, indent) if was is None else above[was] + text[slice(*spans[was])] for was, row in rows]
    return Edit(spans[0][0], spans[-1][1], "".join(parts) + "".join(above[len(nodes) :]))


def _lines_of(text: str, node: Any) -> tuple[int, int]:
    """Where the lines of a list's row begin, and where they end."""
    dash = text.rfind("-", 0, node.start_mark.index)
    start = text.rfind("\n", 0, dash) + 1
    end = text.find("\n", last_of(node))
    if text[start:dash].strip():
        raise CannotEdit("This pack file is written in a way that the form cannot change; change it as text.")
    return start, len(text) if end < 0 else end + 1


def _slice(text: str, node: Any) -> str:
    return text[node.start_mark.index : last_of(node)]


def _block(values: _Values, indent: str) -> str:
    lines = [entry((key,), value) for key, value in values.items() if value is not None]
    return f"{indent}- " + f"\n{indent}  ".join(lines) + "\n"


def _flow(values: _Values) -> str:
    return "{" + ", ".join(entry((key,), value) for key, value in values.items() if value is not None) + "}"
