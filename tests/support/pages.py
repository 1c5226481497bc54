"""Tables of the docs that are printed from the code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def with_table(text: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A page whose table under this header has these rows. Raises ValueError when it has not exactly one."""
    head = f"{_row(header)}\n|{'---|' * len(header)}\n"
    before, found, after = text.partition(head)
    if not found or head in after:
        raise ValueError(f"there is not one table with the header {_row(header)}")
    lines = after.splitlines(keepends=True)
    count = next((number for number, line in enumerate(lines) if not line.startswith("|")), len(lines))
    return before + head + "".join(f"{_row(row)}\n" for row in rows) + "".join(lines[count:])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
