"""A table that is the script: one of its columns has the words, the others say when and how."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voiceguide.script.blocks import Block
from voiceguide.script.tables import cells, is_delimiter_row
from voiceguide.script.text import Text

_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 6  # words of a script


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row; ``spoken``: it is in the column with the words."""

    text: Text
    spoken: bool


def main_table(blocks: Sequence[Block]) -> Block | None:
    """The table that holds most of the words of a text."""
    tables = [block for block in blocks if block.kind == "table"]
    inside = {id(block): sum(map(_count, block.lines)) for block in tables}
    whole = sum(_count(line) for block in blocks for line in block.lines)
    found = [block for block in tables if inside[id(block)] * 2 > whole and inside[id(block)] >= _FEWEST]
    return found[0] if found else None


def rows_of(table: Block) -> Iterator[list[Cell]]:
    """The rows below the header. The column with the most words is spoken."""
    rows = [cells(line) for line in table.lines if not is_delimiter_row(line.chars.strip())]
    header, body = rows[:1], rows[1:]
    width = max(map(len, rows), default=0)
    words = [sum(_count(row[column]) for row in body if column < len(row)) for column in range(width)]
    column = words.index(max(words)) if words else 0
    yield from ([Cell(cell, False) for cell in row if cell.chars] for row in header)
    yield from ([Cell(cell, index == column) for index, cell in enumerate(row) if cell.chars] for row in body)


def _count(text: Text) -> int:
    return len(_WORD.findall(text.chars))
