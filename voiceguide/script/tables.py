"""Tables of GitHub's Markdown: rows of cells between upright bars, below a row of hyphens."""

from __future__ import annotations

import re

from voiceguide.script.text import Text, join

_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_BAR = re.compile(r"\\.|(\|)", re.DOTALL)


def is_delimiter_row(row: str) -> bool:
    return "|" in row and _DELIMITERS.fullmatch(row) is not None


def cells(row: Text) -> list[Text]:
    """What stands between the bars, stripped; a bar with a backslash before it is part of a cell."""
    parts: list[Text] = []
    start = 0
    for match in _BAR.finditer(row.chars):
        if match[1]:
            parts.append(row.slice(start, match.start()).strip())
            start = match.end()
    parts.append(row.slice(start, len(row)).strip())
    if parts and not parts[0].chars:
        parts.pop(0)
    if parts and not parts[-1].chars:
        parts.pop()
    return parts


def as_sentence(row: Text) -> Text:
    """A row as words to speak: its cells with commas between them. Each comma has the place of its bar."""
    parts: list[Text] = []
    for cell in cells(row):
        if not cell.chars:
            continue
        if parts:
            before = parts[-1]
            gap = "" if before.chars[-1] in ".!?…,;:]" else ","
            parts.append(Text(row.line_index, f"{gap} ", [before.offsets[-1]] * (len(gap) + 1)))
        parts.append(cell)
    return join(parts, row.line_index)
