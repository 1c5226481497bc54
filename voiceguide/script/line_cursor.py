"""A line of Markdown that is read from left to right, with the columns that tabs make (CommonMark 2.2)."""

from __future__ import annotations

from dataclasses import dataclass

from voiceguide.script.text import Text

_TAB = 4  # columns


@dataclass(slots=True)
class LineCursor:
    """A line and how far it is read: the position in it, and the column there."""

    text: Text
    position: int = 0
    column: int = 0

    def skip_white(self) -> None:
        chars = self.text.chars
        while self.position < len(chars) and chars[self.position] in " \t":
            self.column += _TAB - self.column % _TAB if chars[self.position] == "\t" else 1
            self.position += 1

    def skip(self, count: int) -> None:
        self.position += count
        self.column += count

    @property
    def rest(self) -> str:
        return self.text.chars[self.position :]

    def remaining(self) -> Text:
        return self.text.slice(self.position, len(self.text))
