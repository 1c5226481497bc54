"""What paragraphs were read as, so that of a text that is read again after a change only what has changed is read."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

from voiceguide.recent import Recent
from voiceguide.script.parts import SurePart, moved
from voiceguide.script.text import Text

_Key = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Remembered:
    """The parts of a paragraph whose first row was ``line``, the variables that it ``used``, and how many characters
    they put into it."""

    parts: tuple[SurePart, ...]
    line: int
    used: frozenset[str]
    filled: int


class Memory:
    """The paragraphs of the last two readings, for the next. In one thread at a time."""

    def __init__(self) -> None:
        self._known: Recent[_Key, Remembered] = Recent()

    def begin(self) -> None:
        """Another reading begins."""
        self._known.begin()

    def find(self, text: Text, surroundings: Hashable) -> Remembered | None:
        """What a paragraph was read as, with its present places; ``surroundings``: what it depends on besides its
        text."""
        line, key = _line_and_key(text, surroundings)
        found = self._known.find(key)
        if found is None:
            return None
        source, lines = text.line_index.source, line - found.line
        return replace(found, parts=tuple([moved(part, source, lines) for part in found.parts]), line=line)

    def keep(
        self, text: Text, surroundings: Hashable, parts: tuple[SurePart, ...], used: frozenset[str], filled: int
    ) -> None:
        """Remembers what a paragraph was read as."""
        line, key = _line_and_key(text, surroundings)
        self._known.keep(key, Remembered(parts, line, used, filled))


def _line_and_key(text: Text, surroundings: Hashable) -> tuple[int, _Key]:
    """The first row of a paragraph, from 1, and everything that its parts depend on but the number of that row."""
    index, offsets = text.line_index, text.offsets
    line, last = index.line(offsets[0]), index.line(offsets[-1])
    start = index.starts[line - 1]
    one_row = isinstance(offsets, range)
    places: Hashable = offsets[0] - start if one_row else tuple([offset - start for offset in offsets])
    return line, (surroundings, index.source.lines[line - 1 : last], text.chars, places)
