"""The report on an imported text: one row for everything that was changed or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["translated", "guessed", "lost"]
"""``translated``: means the same in the script. ``guessed``: the source left it open, and something was chosen.
``lost``: a script cannot express it, so it has no effect."""

KINDS: tuple[Kind, ...] = ("translated", "guessed", "lost")

SCHEMA = "voiceguide.import/1"


@dataclass(frozen=True, slots=True)
class Row:
    """One finding: ``what`` is at ``line`` of the source (from 1), ``into`` is its translation.

    ``times`` is how often the source has it; ``line`` is the first.
    """

    line: int
    kind: Kind
    what: str
    into: str
    times: int = 1

    def to_json(self) -> dict[str, Any]:
        return {"line": self.line, "kind": self.kind, "what": self.what, "into": self.into, "times": self.times}


@dataclass(frozen=True, slots=True)
class Report:
    """All rows in the order of the source's lines. ``form`` names the detected form of the source."""

    form: str
    rows: tuple[Row, ...]

    def of(self, kind: Kind) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.kind == kind)

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many things were translated, guessed and lost."""
        return {kind: sum(row.times for row in self.of(kind)) for kind in KINDS}

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "form": self.form,
            "counts": dict(self.counts),
            "rows": [row.to_json() for row in self.rows],
        }


class Ledger:
    """Collects rows while a text is read. Equal rows become one, with their number."""

    def __init__(self) -> None:
        self._found: dict[tuple[Kind, str, str], list[int]] = {}  # the first line, and how often

    def note(self, line: int, kind: Kind, what: str, into: str) -> None:
        known = self._found.setdefault((kind, what, into), [line, 0])
        known[0] = min(known[0], line)
        known[1] += 1

    def translated(self, line: int, what: str, into: str) -> None:
        self.note(line, "translated", what, into)

    def guessed(self, line: int, what: str, into: str) -> None:
        self.note(line, "guessed", what, into)

    def lost(self, line: int, what: str, into: str) -> None:
        self.note(line, "lost", what, into)

    def report(self, form: str) -> Report:
        rows = [Row(line, *said, times) for said, (line, times) in self._found.items()]
        return Report(form, tuple(sorted(rows, key=lambda row: row.line)))
