"""What the gate found about a line, kept beside its samples."""

from __future__ import annotations

import json
from dataclasses import dataclass

TRIES = 4
"""How many takes of a line are spoken at most until one passes."""

_BEYOND = 100  # more than any take that a script may choose, so that none of them is spoken in another's place


def other_take(take: int, tries: int) -> int:
    """The take that is spoken for another of which so many were refused."""
    return take + _BEYOND * tries


@dataclass(frozen=True, slots=True)
class Judged:
    """A take with its faults, in phrases that follow "it"; ``heard``: what was recognised instead of the words."""

    take: int
    faults: tuple[str, ...] = ()
    heard: str = ""

    @property
    def reason(self) -> str:
        heard = f", for “{self.heard}” was heard" if self.heard else ""
        return " and ".join(self.faults) + heard


@dataclass(frozen=True, slots=True)
class Verdict:
    """The take that was kept, with the faults that it has nevertheless, as none was better; and those refused."""

    kept: Judged
    refused: tuple[Judged, ...] = ()

    def to_bytes(self) -> bytes:
        rows = [[one.take, list(one.faults), one.heard] for one in (self.kept, *self.refused)]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def of_bytes(cls, content: bytes) -> Verdict | None:
        """None for a line that the gate has not seen."""
        if not content:
            return None
        kept, *refused = (Judged(take, tuple(faults), heard) for take, faults, heard in json.loads(content))
        return cls(kept, tuple(refused))
