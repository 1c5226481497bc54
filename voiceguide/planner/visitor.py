"""The interface between a walk through a routine and its visitor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from voiceguide.errors import Diagnostic
from voiceguide.routine import Bed, Breathe, Node, Repeat, Within
from voiceguide.timeline import Event
from voiceguide.units import Elastic

Round = tuple[int, int]
"""The number of a round, from 1, and the number of rounds."""


class Visitor(Protocol):
    """Positions and lengths are frames of the session. ``in_block``: inside a block of a given length, in which
    numbers stay as written."""

    @property
    def wants_breaths(self) -> bool:
        """Whether breathing is laid out phase by phase; else only its length counts."""

    def add(self, event: Event) -> None:
        """Takes the next event."""

    def report(self, problem: Diagnostic) -> None:
        """Takes a problem that an exercise has found."""

    def chapter(self, title: str, start: int) -> None:
        """A chapter begins, with the event that comes next."""

    def bed(self, node: Bed, start: int) -> None:
        """The bed changes."""

    def duration(self, elastic: Elastic) -> int:
        """How long an elastic duration lasts."""

    def cycles(self, node: Breathe, *, in_block: bool) -> int:
        """How many cycles are breathed."""

    def rounds(self, node: Repeat, *, in_block: bool) -> Iterable[Round]:
        """The rounds that are played."""

    def open_block(self, node: Within) -> int:
        """How long a block lasts, before its content is walked."""

    def close_block(self, node: Within, start: int, content: int, length: int) -> int:
        """The end of a block that needs ``content`` frames, with its countdown and hold, and was given ``length``."""

    def passed(self, node: Node, now: int) -> None:
        """A node, and everything in it, has been played."""


def rounds_of(total: int) -> Iterable[Round]:
    """All rounds of a block that is played ``total`` times."""
    return ((number, total) for number in range(1, total + 1))
