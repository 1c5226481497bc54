"""Plain columns of text, the same on a terminal and in a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The head and the rows as lines; every column is as wide as its longest entry."""
    widths = [max(len(row[index]) for row in (head, *rows)) for index in range(len(head))]
    for row in (head, *rows):
        yield "  ".join(entry.ljust(width) for entry, width in zip(row, widths, strict=True)).rstrip()
