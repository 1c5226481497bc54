"""The body of a script as Markdown blocks: headings, paragraphs, list items. Quotes and rules are not spoken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from voiceguide.errors import Diagnostic
from voiceguide.script.text import Text, join

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_HEADING_NO_SPACE = re.compile(r" {0,3}#{1,6}(?=[^\W\d_])")
_QUOTE = re.compile(r"[ \t]*>")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|--)[ \t]*$")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|([0-9]{1,9})[.)])(?:[ \t]+|$)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")


@dataclass(frozen=True, slots=True)
class Element:
    """A heading or a paragraph (a list's item is one), its lines joined by spaces.

    ``loose`` is False for a list's item that follows the one before without a blank line: the gap is a sentence's.
    ``empty`` is True for a heading without words; its text is then the whole line.
    """

    kind: Literal["heading", "paragraph"]
    text: Text
    level: int = 0
    loose: bool = True
    empty: bool = False


class _Reader:
    def __init__(self, body: Text) -> None:
        self.body = body
        self.elements: list[Element] = []
        self.problems: list[Diagnostic] = []
        self._paragraph: list[Text] = []
        self._in_list = False
        self._loose = True
        self._after_note = False

    def read(self) -> None:
        start = 0
        for row in self.body.chars.split("\n"):
            self._line(self.body.slice(start, start + len(row)), start)
            start += len(row) + 1
        self._close()

    def _line(self, line: Text, start: int) -> None:
        chars = line.chars
        after_note, self._after_note = self._after_note, False
        if not chars.strip():
            self._close()
            self._loose = True
        elif heading := _HEADING.match(chars):
            self._heading(line.slice(heading.end(), len(line)), len(heading[1]), line)
        elif _HEADING_NO_SPACE.match(chars) and not self._paragraph:
            marks = chars.strip()
            level = len(marks) - len(marks.lstrip("#"))
            self._warn(line, "a space is missing after the # of this heading")
            self._heading(line.slice(chars.index("#") + level, len(line)), level, line)
        elif _QUOTE.match(chars):
            self._close()
            self._after_note = True
            return
        elif _RULE.match(chars) or _UNDERLINE.match(chars):
            if self._paragraph and (_UNDERLINE.match(chars) or chars.strip().startswith("---")):
                self._warn(line, "an underlined line is no chapter here", "write # or ## before a chapter's title")
            self._close()
            self._in_list, self._loose = False, True
        elif _FENCE.match(chars):
            self._warn(line, "a code block means nothing here; its lines are spoken")
            self._close()
        elif (item := _ITEM.match(chars)) and self._starts_item(item):
            self._close()
            self._loose = self._loose or not self._in_list
            self._in_list = True
            start_of_text = item.end()
            while inner := _ITEM.match(chars, start_of_text):  # an item that starts with a list of its own
                start_of_text = inner.end()
            if not _QUOTE.match(chars, start_of_text):
                self._paragraph = [line.slice(start_of_text, len(line)).strip()]
        else:
            if after_note and not chars.lstrip().startswith("["):
                hint = "write > before it too, or an empty line above it if it is to be spoken"
                self._warn(line, "this line follows a note without an empty line, and is spoken", hint)
            if not self._paragraph and not chars[0].isspace():
                self._in_list = False
            self._continue(line, start)

    def _starts_item(self, item: re.Match[str]) -> bool:
        """A number inside a paragraph starts a list only when it is 1, so that '… for 2' may wrap (CommonMark 5.3)."""
        return not self._paragraph or self._in_list or item[1] in (None, "1")

    def _continue(self, line: Text, start: int) -> None:
        stripped = line.strip()
        backslashes = len(stripped) - len(stripped.chars.rstrip("\\"))
        if backslashes % 2:  # a hard line break is only a space when spoken
            stripped = stripped.slice(0, len(stripped) - 1)
        if self._paragraph:
            newline = self.body.slice(start - 1, start)
            self._paragraph.append(Text(newline.line_index, " ", newline.offsets))
        self._paragraph.append(stripped)

    def _heading(self, title: Text, level: int, line: Text) -> None:
        self._close()
        self._in_list, self._loose = False, True
        if level > 2:
            self._warn(line, f"{'#' * level} starts a chapter like ## does", "write # or ##")
        title = _without_closing_marks(title.strip())
        self.elements.append(Element("heading", title if len(title) else line, min(level, 2), empty=not len(title)))

    def _close(self) -> None:
        if any(part.chars.strip() for part in self._paragraph):
            text = join(self._paragraph, self.body.line_index)
            self.elements.append(Element("paragraph", text, loose=self._loose))
            self._loose = False
        self._paragraph = []
        if not self._in_list:
            self._loose = True

    def _warn(self, line: Text, message: str, hint: str | None = None) -> None:
        self.problems.append(Diagnostic(line.strip().span(), "warning", message, hint))


def _without_closing_marks(title: Text) -> Text:
    """``Title`` for ``Title ##``, but ``C#`` as it is (CommonMark 4.2)."""
    bare = title.chars.rstrip("#")
    closes = not bare or bare[-1] in " \t"
    return title.slice(0, len(bare)).strip() if closes else title


def read_elements(body: Text) -> tuple[list[Element], list[Diagnostic]]:
    reader = _Reader(body)
    reader.read()
    return reader.elements, reader.problems
