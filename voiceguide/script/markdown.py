"""The body of a script as headings and paragraphs; what is not spoken is told at its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from voiceguide.errors import Diagnostic
from voiceguide.script.blocks import Block, read_blocks
from voiceguide.script.tables import as_sentence
from voiceguide.script.text import Text, join

_WHY = {
    "no space": ("a space is missing after the # of this heading", None),
    "no title": (
        "this line does not make a title of the words above it; they are spoken",
        "write # or ## before a chapter's title",
    ),
    "after a note": (
        "this line follows a note without an empty line, and is spoken",
        "write > before it too, or an empty line above it if it is to be spoken",
    ),
}


@dataclass(frozen=True, slots=True)
class Element:
    """A heading or a paragraph (a list's item is one), its lines joined by spaces, or by a line's end where a line was
    meant to end.

    ``loose`` is False for a list's item that follows the one before without a blank line: the gap is a sentence's.
    ``empty`` is True for a heading without words; its text is then the whole line.
    """

    kind: Literal["heading", "paragraph"]
    text: Text
    level: int = 0
    loose: bool = True
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Elements:
    """What is spoken of a body, the labels of its link definitions, and what was wrong or is not spoken."""

    elements: tuple[Element, ...]
    labels: frozenset[str]
    problems: tuple[Diagnostic, ...]


class _Reader:
    def __init__(self, *, tables: bool) -> None:
        self.elements: list[Element] = []
        self.problems: list[Diagnostic] = []
        self._tables = tables

    def read(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if block.remark in _WHY and not (
                block.remark == "after a note" and block.whole.strip().chars.startswith("[")
            ):
                self._warn(block, *_WHY[block.remark])
            match block.kind:
                case "heading":
                    self._heading(block)
                case "paragraph":
                    self.elements.append(Element("paragraph", _one_text(block.lines), loose=block.loose))
                case "table":
                    self._table(block)
                case "code":
                    self._code(block)
                case "footnote":
                    self._warn(
                        block, "a footnote is not spoken", "write its words into the text if they are to be spoken"
                    )
                case "tags":
                    self._warn(block, "a line of tags is not spoken", "tags: in the front matter is the place for them")
                case "note" | "rule" | "definition" | "mark":
                    pass

    def _heading(self, block: Block) -> None:
        if block.level > 2:
            self._warn(block, f"{'#' * block.level} starts a chapter like ## does", "write # or ##")
        title = _one_text(block.lines)
        empty = not title.chars.strip()
        self.elements.append(Element("heading", block.whole if empty else title, min(block.level, 2), empty=empty))

    def _table(self, block: Block) -> None:
        rows = [row for row in map(as_sentence, block.lines) if row.chars]
        if not self._tables:
            hint = "write its rows as sentences, or 'tables: spoken' in the front matter to hear it row by row"
            self._warn(block, "a table is not spoken", hint)
            return
        for index, row in enumerate(rows):
            self.elements.append(Element("paragraph", row, loose=index == 0))

    def _code(self, block: Block) -> None:
        if block.remark == "unclosed":
            message = "this code is never closed, so that nothing from here on is spoken"
            self.problems.append(
                Diagnostic(block.whole.strip().span(), "error", message, "write the same marks where it ends")
            )
        elif block.remark != "hidden" and any(char.isalnum() for line in block.lines for char in line.chars):
            hint = "take the spaces before it away if it is to be spoken" if block.whole.chars[:1].isspace() else None
            self._warn(block, "code is not spoken", hint or "take the marks around it away if it is to be spoken")

    def _warn(self, block: Block, message: str, hint: str | None = None) -> None:
        self.problems.append(Diagnostic(block.whole.strip().span(), "warning", message, hint))


def _one_text(lines: tuple[Text, ...]) -> Text:
    """The lines as one; where a line is broken on purpose (CommonMark 6.7) a line's end stays.

    Two spaces at a line's end are often left there by accident, so they count only before a line that may begin a
    sentence.
    """
    if len(lines) == 1:
        return lines[0].strip()
    parts: list[Text] = []
    for index, line in enumerate(lines):
        words = line.strip()
        backslashes = len(words) - len(words.chars.rstrip("\\"))
        last = index == len(lines) - 1
        hard = not last and backslashes % 2 == 1
        if hard:
            words = words.slice(0, len(words) - 1)
        elif not last and line.chars.endswith("  "):
            hard = not lines[index + 1].chars.lstrip()[:1].islower()
        parts.append(words)
        if not last:
            parts.append(Text(line.line_index, "\n" if hard else " ", [line.offsets[-1] + 1]))
    return join(parts, lines[0].line_index)


def read_elements(body: Text, *, tables: bool = False) -> Elements:
    """What is spoken of a script's body. With ``tables`` a table is, row by row."""
    blocks = read_blocks(body)
    reader = _Reader(tables=tables)
    reader.read(blocks.blocks)
    return Elements(tuple(reader.elements), blocks.labels, tuple(reader.problems))
