"""Places in a text as the protocol counts them: lines from 0, and units of UTF-16, or what the editor has asked for."""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol import types

from voiceguide.errors import Source
from voiceguide.script.text import LineIndex


@dataclass(frozen=True, slots=True)
class Positions:
    """Turns offsets in characters into positions and back. A position behind a line's end means that end."""

    source: Source
    encoding: types.PositionEncodingKind | str = types.PositionEncodingKind.Utf16

    def position(self, offset: int) -> types.Position:
        index = LineIndex.of(self.source)
        line = index.line(min(offset, len(self.source.text)))
        row = self.source.text[index.starts[line - 1] : offset]
        return types.Position(line - 1, sum(map(self._units, row)))

    def offset(self, position: types.Position) -> int:
        lines = self.source.lines
        if position.line >= len(lines):
            return len(self.source.text)
        count = column = 0
        for column, char in enumerate(lines[position.line]):  # noqa: B007 - counted on below
            if count >= position.character:
                break
            count += self._units(char)
        else:
            column = len(lines[position.line])
        return LineIndex.of(self.source).starts[position.line] + column

    def range(self, start: int, end: int) -> types.Range:
        return types.Range(self.position(start), self.position(end))

    def _units(self, char: str) -> int:
        if self.encoding == types.PositionEncodingKind.Utf32:
            return 1
        if self.encoding == types.PositionEncodingKind.Utf8:
            return len(char.encode("utf-8", "surrogatepass"))
        return 2 if char > "\uffff" else 1
