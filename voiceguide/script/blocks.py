"""The block structure of Markdown (CommonMark 0.31, tables, footnotes), every line with its place in the source.

Some things differ from CommonMark, because a script is spoken and nothing may go unspoken by accident: a quote ends
with its last ``>``; what lies between two HTML tags is Markdown; an underlined text is a heading only if it can be a
title; a row of a table has a bar; and a list's item may be indented further than its own words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from voiceguide.script.line_cursor import LineCursor
from voiceguide.script.links import definitions_at_start
from voiceguide.script.tables import cells, is_delimiter_row
from voiceguide.script.text import Text

BlockKind = Literal["paragraph", "heading", "note", "rule", "code", "table", "footnote", "definition", "tags", "mark"]
Remark = Literal["", "no space", "unclosed", "no title", "after a note", "hidden", "underlined"]

_CODE_INDENT = 4
_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_ATX_NO_SPACE = re.compile(r"#{1,6}(?=[^\W\d_])")
_HASHTAGS = re.compile(r"(?:#[\w/-]++[ \t]++)+#[\w/-]++[ \t]*$")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
_ITEM = re.compile(r"(?:[-*+•]|([0-9]{1,9})[.)])(?=[ \t]|$)")
_TASK = re.compile(r"\[[ xX]\][ \t]+(?=\S)")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,200}\]:[ \t]*")
_HTML_HEADING = re.compile(r"<h([1-6])(?:\s[^<>]*)?>(.*)</h\1\s*>[ \t]*$", re.IGNORECASE)
_RAW_HTML = (
    (re.compile(r"<(script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE), "</{}>"),
    (re.compile(r"<\?"), "?>"),
    (re.compile(r"<![A-Za-z]"), ">"),
    (re.compile(r"<!\[CDATA\["), "]]>"),
)
_LONGEST_TITLE = 120  # characters of a title above a line of hyphens
_NO_TITLE_ENDS = (".", "…", ":", ",", ";")


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a text: its lines, without the marks that make it what it is.

    ``bullet`` is the mark of a list's item (``-``, ``3.``), empty elsewhere; ``loose`` is False for an item that
    follows the one before without an empty line. The kind ``mark`` is an item without words of its own. ``whole`` is
    the first line with all its marks.
    """

    kind: BlockKind
    lines: tuple[Text, ...]
    whole: Text
    level: int = 0
    bullet: str = ""
    loose: bool = True
    remark: Remark = ""


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a text in order, and the labels of its link definitions."""

    blocks: tuple[Block, ...]
    labels: frozenset[str]


@dataclass(slots=True)
class _Paragraph:
    lines: list[Text] = field(default_factory=list)
    depth: int = 0
    bullet: str = ""
    loose: bool = True
    after_note: bool = False


@dataclass(slots=True)
class _Raw:
    """Open lines that are no paragraph. ``ending``: the text that ends them; else a fence of ``mark``, or what the kind
    says."""

    kind: BlockKind
    lines: list[Text]
    whole: Text
    depth: int
    mark: str = ""
    ending: str = ""
    hidden: bool = False
    blank: bool = False


class _Reader:
    def __init__(self, body: Text, *, indented_code: bool) -> None:
        self.blocks: list[Block] = []
        self.labels: set[str] = set()
        self._body = body
        self._indented_code = indented_code
        self._items: list[int] = []  # the column in which each open item's words begin
        self._paragraph = _Paragraph()
        self._raw: _Raw | None = None
        self._bullet = ""  # of an item whose words have not begun
        self._bullet_line = body
        self._in_list = False
        self._loose = True
        self._after_note = False

    def read(self) -> Blocks:
        start = 0
        for row in self._body.chars.split("\n"):
            self._read_line(LineCursor(self._body.slice(start, start + len(row))))
            start += len(row) + 1
        self._end_raw(closed=False)
        self._close()
        self._drop_bullet()
        return Blocks(tuple(self.blocks), frozenset(self.labels))

    def _read_line(self, line: LineCursor) -> None:
        line.skip_white()
        if line.position == len(line.text):
            self._empty_line(line)
            return
        depth = 0
        while depth < len(self._items) and line.column >= self._items[depth]:
            depth += 1
        if self._raw is None or not self._continues(self._raw, line, depth):
            self._start(line, depth)

    def _empty_line(self, line: LineCursor) -> None:
        raw = self._raw
        if raw is not None and raw.kind in ("table", "note"):
            self._end_raw()
        elif raw is not None:
            raw.blank = True
            raw.lines.append(line.text)
            return
        self._close()
        self._drop_bullet()
        self._loose = True
        self._after_note = False

    # -- open lines that are no paragraph

    def _continues(self, raw: _Raw, line: LineCursor, depth: int) -> bool:
        """Adds a line to the open ones, if it is one of them; else they end."""
        base = self._items[raw.depth - 1] if raw.depth else 0
        inside = depth >= raw.depth
        indent = line.column - base
        last = False
        if raw.ending:
            inside, last = True, raw.ending in line.text.chars.casefold()
        elif raw.mark:
            fence = re.escape(raw.mark[0]) + f"{{{len(raw.mark)},}}[ \t]*"
            if inside and indent < _CODE_INDENT and re.fullmatch(fence, line.rest):
                self._end_raw()
                return True
        elif raw.kind == "code":
            inside = inside and indent >= _CODE_INDENT
        elif raw.kind == "footnote":
            inside = inside and (
                indent >= 2 or not (raw.blank or _FOOTNOTE.match(line.rest) or line.rest[0] in "#>-*[")
            )
        elif raw.kind == "note":
            inside = inside and line.rest[0] == ">" and indent < _CODE_INDENT
        else:
            inside = inside and "|" in line.rest and line.rest[0] not in "#>"
        if not inside:
            self._end_raw()
            return False
        if raw.kind == "note":
            line.skip(1)
        raw.lines.append(line.text if raw.kind == "code" else line.remaining())
        raw.blank = False
        if last:
            self._end_raw()
        return True

    def _end_raw(self, *, closed: bool = True) -> None:
        raw, self._raw = self._raw, None
        if raw is None:
            return
        while len(raw.lines) > 1 and not raw.lines[-1].chars.strip():
            raw.lines.pop()
        remark: Remark = "hidden" if raw.hidden else "" if closed or not (raw.mark or raw.ending) else "unclosed"
        self.blocks.append(Block(raw.kind, tuple(raw.lines), raw.whole, remark=remark))
        self._loose = self._loose or raw.blank or not self._in_list
        self._after_note = raw.kind == "note"

    def _open(self, kind: BlockKind, line: LineCursor, depth: int, mark: str = "") -> _Raw:
        self._leave(depth)
        self._raw = _Raw(kind, [line.remaining()], line.text, depth, mark)
        return self._raw

    # -- the start of a block

    def _start(self, line: LineCursor, depth: int) -> None:
        """Reads a line that begins a block, or goes on with the open paragraph."""
        after_note, self._after_note = self._after_note, False
        while True:
            paragraph = self._paragraph
            same = bool(paragraph.lines) and paragraph.depth == depth
            indent = line.column - (self._items[depth - 1] if depth else 0)
            if indent >= _CODE_INDENT and not self._bullet:
                if paragraph.lines and not (depth and _ITEM.match(line.rest)):
                    break
                if self._indented_code and not paragraph.lines:
                    self._open("code", line, depth)
                    return
            if self._leaf(line, depth, same=same):
                self._drop_bullet()
                return
            if not self._item(line, depth, same=same):
                break
            depth = len(self._items)
            line.skip_white()
            if line.position == len(line.text):
                return
        if not self._paragraph.lines:
            self._begin_paragraph(line, depth, after_note=after_note)
        self._paragraph.lines.append(line.remaining())

    def _begin_paragraph(self, line: LineCursor, depth: int, *, after_note: bool) -> None:
        self._leave(depth)
        if not self._items:
            self._in_list = False
            self._loose = True
        task = _TASK.match(line.rest) if self._bullet else None
        line.skip(task.end() if task else 0)
        self._paragraph = _Paragraph([], depth, self._bullet, self._loose, after_note and not self._bullet)
        self._bullet = ""

    def _leaf(self, line: LineCursor, depth: int, *, same: bool) -> bool:
        """Reads a heading, note, rule, code, footnote or table; False if the line starts none of them."""
        rest, first = line.rest, line.rest[0]
        if first == "#":
            return self._hashes(line, depth)
        if first == ">":
            line.skip(1)
            self._open("note", line, depth)
        elif first in "=-" and same and _UNDERLINE.match(rest):
            self._underlined(line)
        elif first in "-*_" and _RULE.match(rest):
            self._leave(depth)
            self._add(Block("rule", (line.remaining(),), line.text))
        elif first in "`~" and (fence := _FENCE.match(rest)):
            self._open("code", line, depth, fence[1] or fence[2])
        elif first == "<":
            return self._html(line, depth)
        elif first == "[" and not self._paragraph.lines and (footnote := _FOOTNOTE.match(rest)):
            line.skip(footnote.end())
            self._open("footnote", line, depth)
        elif same and is_delimiter_row(rest) and len(cells(line.remaining())) == len(cells(self._paragraph.lines[-1])):
            header = self._paragraph.lines.pop()
            raw = self._open("table", line, depth)
            raw.lines, raw.whole = [header], header
        else:
            return False
        return True

    def _hashes(self, line: LineCursor, depth: int) -> bool:
        rest = line.rest
        if heading := _ATX.match(rest):
            level, remark = len(heading[1]), ""
        elif self._paragraph.lines and self._paragraph.depth <= depth:
            return False
        elif _HASHTAGS.match(rest):
            self._leave(depth)
            self._add(Block("tags", (line.remaining().strip(),), line.text))
            return True
        elif heading := _ATX_NO_SPACE.match(rest):
            level, remark = heading.end(), "no space"
        else:
            return False
        self._leave(depth)
        line.skip(heading.end())
        title = _without_closing_marks(line.remaining().strip())
        self._add(Block("heading", (title,), line.text, level, remark="no space" if remark else ""))
        return True

    def _html(self, line: LineCursor, depth: int) -> bool:
        rest = line.rest
        if heading := _HTML_HEADING.match(rest):
            self._leave(depth)
            title = line.text.slice(line.position + heading.start(2), line.position + heading.end(2)).strip()
            self._add(Block("heading", (title,), line.text, int(heading[1])))
            return True
        for start, ending in _RAW_HTML:
            if match := start.match(rest):
                name = match[1].casefold() if match.re.groups else ""
                raw = self._open("code", line, depth)
                raw.ending, raw.hidden = ending.format(name), name not in ("pre", "textarea")
                if raw.ending in rest[match.end() :].casefold():
                    self._end_raw()
                return True
        return False

    def _underlined(self, line: LineCursor) -> None:
        """A paragraph with a line of = or - below it."""
        lines, bullet = self._paragraph.lines, self._paragraph.bullet
        joined = " ".join(part.chars.strip() for part in lines)
        title = len(lines) == 1 and len(joined) <= _LONGEST_TITLE and not joined.endswith(_NO_TITLE_ENDS)
        if joined.startswith("[") or bullet or not (title or line.rest[0] == "="):
            self._leave(len(self._items))
            self._add(Block("rule", (line.remaining(),), line.text, remark="no title"))
            return
        level = 1 if line.rest[0] == "=" else 2
        self._paragraph = _Paragraph()
        self._add(Block("heading", tuple(part.strip() for part in lines), lines[0], level, remark="underlined"))

    def _item(self, line: LineCursor, depth: int, *, same: bool) -> bool:
        """Reads the mark of a list's item. Inside a paragraph a number starts a list only when it is 1 (CommonMark
        5.3), and a mark without words none, so that '… for 2.' may wrap."""
        mark = _ITEM.match(line.rest)
        if not mark:
            return False
        blank = not line.rest[mark.end() :].strip()
        if same and (blank or not (self._in_list or mark[1] in (None, "1"))):
            return False
        self._leave(depth)
        self._drop_bullet()
        self._loose = self._loose or not self._in_list
        self._in_list = True
        start = line.column
        line.skip(mark.end())
        self._bullet, self._bullet_line = mark[0], line.text
        line.skip_white()
        self._items.append(start + mark.end() + 1 if blank else line.column)
        return True

    # -- the end of a block

    def _drop_bullet(self) -> None:
        """The mark of an item without words of its own."""
        if self._bullet:
            self.blocks.append(Block("mark", (), self._bullet_line, bullet=self._bullet))
        self._bullet = ""

    def _leave(self, depth: int) -> None:
        """Ends the paragraph, and the items that are deeper."""
        self._close()
        del self._items[depth:]

    def _add(self, block: Block) -> None:
        self.blocks.append(block)
        self._in_list = bool(self._items)
        self._loose = True

    def _close(self) -> None:
        paragraph, self._paragraph = self._paragraph, _Paragraph()
        lines = paragraph.lines
        if not lines:
            return
        count, labels = definitions_at_start(lines)
        if count:
            self.labels.update(labels)
            self.blocks.append(Block("definition", tuple(lines[:count]), lines[0]))
            lines = lines[count:]
        if lines:
            remark: Remark = "after a note" if paragraph.after_note else ""
            bullet, loose = paragraph.bullet, paragraph.loose
            self.blocks.append(Block("paragraph", tuple(lines), lines[0], 0, bullet, loose, remark))
            self._loose = not self._in_list


def _without_closing_marks(title: Text) -> Text:
    """``Title`` for ``Title ##``, but ``C#`` as it is (CommonMark 4.2)."""
    bare = title.chars.rstrip("#")
    closes = not bare or bare[-1] in " \t"
    return title.slice(0, len(bare)).strip() if closes else title


def read_blocks(body: Text, *, indented_code: bool = True) -> Blocks:
    """The blocks of a text. Without ``indented_code`` indented lines are paragraphs, as in plain text."""
    return _Reader(body, indented_code=indented_code).read()


def joined_lines(lines: Sequence[Text], separator: str) -> Text:
    """The lines as one text; each separator has the place of the line's end before it."""
    offsets: list[int] = []
    for index, line in enumerate(lines):
        if index:
            offsets.append(offsets[-1] + 1 if offsets else 0)
        offsets.extend(line.offsets)
    return Text(lines[0].line_index, separator.join(line.chars for line in lines), offsets)
