"""Whether a chapter may be left out, as its heading says."""

from __future__ import annotations

import re

from voiceguide.editing.edits import CannotEdit, Edit

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+\S")
_MARK = re.compile(r"[ \t]*\[[ \t]*(?:optional(?:[ \t]+[0-9]+)?|required)[ \t]*\]", re.IGNORECASE)
_MOST = 9999


def with_optional(text: str, line: int, number: int | None) -> Edit | None:
    """The heading on a line (from 1) as one that may be left out, the higher its ``number`` the earlier; None: without
    such a mark.

    None when it says so already. Raises CannotEdit when there is no heading on that line.
    """
    if number is not None and not 1 <= number <= _MOST:
        raise CannotEdit(f"A number from 1 to {_MOST} says which chapters are left out first.")
    return _marked(text, line, "" if number is None else " [optional]" if number == 1 else f" [optional {number}]")


def with_required(text: str, line: int, required: bool) -> Edit | None:
    """The heading on a line (from 1) as one that no length leaves out, or without a mark; as :func:`with_optional`."""
    return _marked(text, line, " [required]" if required else "")


def _marked(text: str, line: int, mark: str) -> Edit | None:
    """A heading with this mark in place of any other."""
    start = _line_start(text, line)
    end = text.find("\n", start)
    row = text[start : len(text) if end < 0 else end]
    if not _HEADING.match(row):
        raise CannotEdit(f"There is no heading on line {line}.")
    found = _MARK.search(row)
    if found is None:
        at = start + len(row.rstrip().rstrip("#").rstrip() if re.search(r"[ \t]#+[ \t]*$", row) else row.rstrip())
        return Edit(at, at, mark) if mark else None
    if found[0] == mark:
        return None
    return Edit(start + found.start(), start + found.end(), mark)


def _line_start(text: str, line: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
        if not start:
            raise CannotEdit(f"There is no line {line}.")
    return start
