"""Lays a paragraph's pieces out as readable lines of Markdown, without changing their meaning."""

from __future__ import annotations

from dataclasses import dataclass

from voiceguide.importing.escaping import escaped_start

_WIDTH = 100  # characters


@dataclass(frozen=True, slots=True)
class Mark:
    """A cue or comment. ``timed`` None: a comment; True: a line ends after it; False: it has a line of its own.

    A timed mark without text ends the paragraph.
    """

    text: str
    timed: bool | None


Piece = Mark | str
"""A string is one sentence, or a part of one, escaped except for its start."""


class _Lines:
    def __init__(self, bullet: str) -> None:
        self.bullet = bullet
        self.lines: list[str] = []
        self._row: list[str] = []
        self._width = 0
        self._spoken = False  # whether the row has a word or a cue already, so that the next word is not its first

    def add(self, word: str, *, mark: bool = False, comment: bool = False) -> None:
        if self._row and self._width + len(word) > _WIDTH:
            self.end()
        if not (mark or self._spoken):
            word = escaped_start(word)
        self._row.append(word)
        self._width += len(word) + 1
        self._spoken = self._spoken or not comment

    def end(self) -> None:
        if self._row:
            row = " ".join(self._row)
            if self.bullet:
                row = (" " * len(self.bullet) if self.lines else self.bullet) + row
            self.lines.append(row)
        self._row, self._width, self._spoken = [], 0, False

    def gap(self) -> None:
        self.end()
        if self.lines and self.lines[-1]:
            self.lines.append("")


def laid_out(pieces: tuple[Piece, ...], bullet: str = "") -> str:
    """The lines of a paragraph, joined; a list's item starts with its bullet. Empty when there is nothing in it."""
    lines = _Lines(bullet)
    for piece in pieces:
        if isinstance(piece, str):
            for word in piece.split(" "):
                lines.add(word)
        elif not piece.text:
            lines.gap()
        elif piece.timed is False:
            lines.end()
            lines.add(piece.text, mark=True)
            lines.end()
        else:
            lines.add(piece.text, mark=True, comment=piece.timed is None)
            if piece.timed:
                lines.end()
    lines.end()
    return "\n".join(lines.lines).rstrip("\n")
