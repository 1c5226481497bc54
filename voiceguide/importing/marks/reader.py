"""Translates text with pause marks, as people write it for each other and for simple speech programs.

Knows Markdown as scripts do, brackets of every kind around words like ``pause 5 seconds``, dots (``...``), ``<break
time="2s"/>`` and the like in plain text, and Speech Markdown (:mod:`~voiceguide.importing.speech_markdown`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from voiceguide.errors import Diagnostic, Source, Span
from voiceguide.importing.language import found_language
from voiceguide.importing.marks.answers import around_the_script
from voiceguide.importing.marks.columns import main_table, rows_of
from voiceguide.importing.marks.countdown import Count, parted_by_counts
from voiceguide.importing.marks.emphasis import without_emphasis
from voiceguide.importing.marks.placeholders import BLANK, fill_in, variable_of
from voiceguide.importing.marks.rows import RowReader
from voiceguide.importing.marks.speaking import MOST_MARKS, Speaking, TooManyMarks
from voiceguide.importing.marks.stamps import has_stamps, lasting_lines
from voiceguide.importing.marks.titles import bold_title, capital_title, numbered_title
from voiceguide.importing.marks.words import read_mark
from voiceguide.importing.report import Report
from voiceguide.importing.settings import read_settings
from voiceguide.importing.speech_markdown import is_speech_markdown, read_section
from voiceguide.importing.state import ImportState, Surroundings
from voiceguide.script.blocks import Block, joined_lines, read_blocks
from voiceguide.script.markup import ENTITY, TAG, entity_text
from voiceguide.script.text import COMMENT, LineIndex, Text

_SECTION = re.compile(r"[ \t]*#\[(?P<modifiers>[^\[\]]{0,300})\][ \t]*$", re.MULTILINE)
_CALLOUT = re.compile(r"\[![\w-]+\]")
_ASIDE = re.compile(r"%%(?:(?!%%|\n\n)[\s\S]){1,300}%%")
_ENUMERATOR = re.compile(r"[ \t]*\([0-9]{1,2}\)[ \t]+(?=[^\W\d_])")
_FOOTNOTE_SIGN = re.compile(r"[¹²³⁴-⁹]+\s?\w")
_FENCE_OF_TEXT = re.compile(
    r"(?:`{3,}|~{3,})[ \t]*(?:text|txt|plain|plaintext|markdown|md|script)?[ \t]*$", re.IGNORECASE
)
_IN_TITLE = re.compile(
    r"<[^<>]{1,200}>|!?\[(?P<label>[^\[\]]{1,200})\](?:\([^()]{0,300}\))|\[(?P<square>[^\[\]]{1,100})\]"
    r"|\{(?P<brace>[^{}]{1,100})\}|(?P<blank>_{3,})|&#?\w{1,32};|`+|\\(?=[!-/:-@\[-`{-~])"
)
_DEEPEST_NOTE = 6
_FEWEST_IN_CODE = 15  # words of a script that stands in a block of code


class _Reader:
    def __init__(self, state: ImportState, source: Source, *, markdown: bool) -> None:
        self.state = state
        self.speaking = Speaking(state)
        self._source = source
        self._markdown = markdown
        self._first = True  # whether nothing has been said
        self._rows = RowReader(self.speaking, modified=is_speech_markdown(source.text))

    def read(self, body: Text) -> None:
        chars = COMMENT.sub(lambda match: match[0].replace("\n", " ") if match[1] else match[0], body.chars)
        chars = _ASIDE.sub(lambda match: match[0].replace("\n", " "), chars)
        text = Text(body.line_index, chars, body.offsets)
        above = body.line_index.source.text.count("\n", 0, body.offsets[0]) if len(body) else 0
        self._rows.stamped = has_stamps(chars)
        self._rows.lasting = {line + above: mark for line, mark in lasting_lines(chars).items()}
        if self._rows.inline.modified:
            self._sections(text)
        else:
            self._text(text, 0)
        self.speaking.end_marks()

    def _sections(self, text: Text) -> None:
        """The parts of a text in Speech Markdown: ``#[…]`` on a line of its own begins another."""
        position = 0
        for match in _SECTION.finditer(text.chars):
            self._text(text.slice(position, match.start()), 0)
            self.speaking.line = text.slice(*match.span()).span().line
            self.speaking.count()
            self.speaking.end_marks()
            read_section(self.state, self.speaking.line, match["modifiers"])
            position = match.end()
        self._text(text.slice(position, len(text)), 0)

    def _text(self, text: Text, depth: int) -> None:
        parts = parted_by_counts(text)
        read = [part if isinstance(part, Count) else read_blocks(part, indented_code=self._markdown) for part in parts]
        self._rows.inline.labels = self._rows.inline.labels.union(
            *(blocks.labels for blocks in read if not isinstance(blocks, Count))
        )
        everything = [block for blocks in read if not isinstance(blocks, Count) for block in blocks.blocks]
        main = (_script_in_code(everything) or main_table(everything)) if not depth else None
        beside = around_the_script(everything) if not depth else []
        for blocks in read:
            if isinstance(blocks, Count):
                self._count(blocks)
                continue
            for index, block in enumerate(blocks.blocks):
                self.speaking.line = block.whole.span().line if block.whole.chars else self.speaking.line
                if any(block is one for one in beside) or (main and main.kind == "code" and block is not main):
                    self._unspoken(block.lines, "comments; it is about the script, and not spoken")
                else:
                    self._block(blocks.blocks, index, depth, main=block is main)

    def _count(self, count: Count) -> None:
        self.speaking.line = count.text.strip().span().line
        self.speaking.paragraph()
        self.speaking.end_marks()
        self.state.writer.cue(count.cue)
        self.state.writer.paragraph()
        self.state.ledger.guessed(self.speaking.line, count.what, f"[{count.cue}], which says the numbers on the beat")

    # -- blocks

    def _block(self, blocks: Sequence[Block], index: int, depth: int, *, main: bool) -> None:
        speaking, ledger, block = self.speaking, self.state.ledger, blocks[index]
        match block.kind:
            case "heading":
                self._heading(" ".join(line.chars.strip() for line in block.lines), block.level)
            case "paragraph":
                before, after = blocks[index - 1] if index else None, blocks[index + 1 : index + 2]
                self._paragraph(block, before, after[0] if after else None)
            case "rule":
                speaking.paragraph()
                ledger.translated(speaking.line, f"a line of {block.whole.chars.strip()[0]}", "the end of a paragraph")
            case "note":
                self._note(block, depth)
            case "code" if main:
                ledger.guessed(
                    speaking.line,
                    f"{block.whole.chars.strip()} around the text",
                    "nothing; what it holds is the script",
                )
                self._text(joined_lines(block.lines[1:], "\n"), depth + 1)
            case "code":
                self._unspoken(block.lines, "comments; code is not spoken")
            case "table" if main:
                self._table(block)
            case "table":
                self._unspoken(block.lines, "comments; a table is not spoken")
            case "footnote":
                self._unspoken((block.whole, *block.lines[1:]), "comments; a footnote is not spoken")
            case "tags":
                self._unspoken(block.lines, "comments; tags are not spoken")
            case "mark":
                ledger.lost(speaking.line, f"“{block.bullet}”", "nothing, since no words follow it in its line")
            case "definition":
                ledger.lost(
                    speaking.line, " ".join(line.chars for line in block.lines), "nothing; an address is not spoken"
                )

    def _paragraph(self, block: Block, before: Block | None, after: Block | None) -> None:
        speaking, ledger = self.speaking, self.state.ledger
        if _FOOTNOTE_SIGN.match(block.whole.chars.strip()):
            self._unspoken(block.lines, "comments; a footnote is not spoken")
            return
        if self._titled(block, before, after):
            if len(block.lines) == 1 or block.bullet:
                return
            block = replace(block, lines=block.lines[1:], whole=block.lines[1])
            speaking.line = block.whole.span().line
        block = self._enumerated(_decorated(block))
        self._first = False
        number = block.bullet.rstrip(".)")
        if block.bullet:
            speaking.paragraph(f"{number}. " if number.isdigit() else "- ")
            speaking.count()
            if number.isdigit():
                ledger.lost(speaking.line, f"“{number}.”", "the number of a list's line, which is not spoken")
            else:
                ledger.translated(speaking.line, "a list's line", "a list's line")
        lines = block.lines
        if block.bullet:
            lines = self._item_lines(block)
        self._rows.read(joined_lines(lines, "\n"))
        rest = block.lines[len(lines) :]
        if rest:
            speaking.paragraph()
            self._rows.read(joined_lines(rest, "\n"))
        speaking.paragraph()

    def _enumerated(self, block: Block) -> Block:
        """A paragraph without the number in brackets at its start."""
        number = None if block.bullet else _ENUMERATOR.match(block.lines[0].chars)
        if number is None:
            return block
        line = block.lines[0].slice(number.end(), len(block.lines[0]))
        what = "the number of a list's line, which is not spoken"
        self.state.ledger.lost(self.speaking.line, f"“{number[0].strip()}”", what)
        return replace(block, lines=(line, *block.lines[1:]))

    @staticmethod
    def _item_lines(block: Block) -> tuple[Text, ...]:
        """The lines of a list's item; one that begins at the margin with a large letter is a paragraph of its own."""
        for index, line in enumerate(block.lines[1:], 1):
            at_margin = line.chars and line.offsets[0] == line.line_index.starts[line.span().line - 1]
            if at_margin and not line.chars[0].islower():
                return block.lines[:index]
        return block.lines

    def _titled(self, block: Block, before: Block | None, after: Block | None) -> bool:
        """Starts a chapter if the paragraph is a title; one in capitals may be its first line only."""
        lines = [line.chars for line in block.lines]
        below = lines[1] if len(lines) > 1 else ""
        title, level = numbered_title(block, before, after), 2
        if not title and not block.bullet:
            title = bold_title(lines[0]) if len(lines) == 1 else ""
        if not title and not block.bullet and (title := capital_title(lines[0], below, first=self._first)):
            level = 1 if self._first else 2
            self._first = False
        if not title:
            return False
        self.speaking.count()
        self.speaking.paragraph()
        self.speaking.end_marks()
        self.state.writer.heading(title, level)
        what = title if block.bullet else lines[0].strip()
        self.state.ledger.guessed(self.speaking.line, what, "a chapter; its title is not spoken")
        return True

    def _heading(self, title: str, level: int) -> None:
        speaking, ledger = self.speaking, self.state.ledger
        speaking.count()
        speaking.paragraph()
        speaking.end_marks()
        title = " ".join(self._plain_title(title).split())
        if any(char.isalnum() for char in title):
            self.state.writer.heading(title, level)
            ledger.translated(speaking.line, "a heading", "a chapter; its title is not spoken")
        else:
            ledger.lost(speaking.line, f"the heading “{title}”", "nothing, since there is no word in it")

    def _plain_title(self, title: str) -> str:
        """A title without Markdown and HTML, its variables as such."""
        source = LineIndex.of(Source("", title))
        unmarked = without_emphasis(Text.of(source))
        for struck in unmarked.struck:
            self.state.ledger.lost(self.speaking.line, struck.chars, "nothing, since it is struck out")

        def plain(match: re.Match[str]) -> str:
            raw = match[0]
            for group, opening in (("square", "["), ("brace", "{")):
                inner = match[group]
                if inner and (name := variable_of(inner, opening, "within")):
                    return fill_in(self.state, self.speaking.line, raw, name)
                if inner:
                    return raw
            if match["blank"]:
                return fill_in(self.state, self.speaking.line, raw, BLANK)
            if match["label"]:
                return "" if raw.startswith("!") else match["label"]
            if entity := ENTITY.fullmatch(raw):
                return entity_text(entity) or raw
            if raw.startswith("<") and not TAG.fullmatch(raw):
                return raw
            if raw.startswith("<"):
                self.state.ledger.lost(self.speaking.line, raw, "nothing; a tag is not shown")
            return ""

        return _IN_TITLE.sub(plain, unmarked.text.chars)

    def _table(self, block: Block) -> None:
        """Reads the column of a table that has the words; the other cells are marks or comments."""
        ledger = self.state.ledger
        ledger.guessed(self.speaking.line, "a table", "its column with the most words, since the script is in it")
        for row in rows_of(block):
            self.speaking.paragraph()
            for cell in row:
                self.speaking.line = cell.text.span().line
                mark = None if cell.spoken else read_mark(cell.text.chars, strict=False)
                if cell.spoken:
                    self._rows.read(cell.text)
                elif mark is not None and mark.kind != "stamp":
                    self.speaking.mark(cell.text.chars, mark)
                else:
                    self.speaking.note(cell.text.chars)
        self.speaking.paragraph()

    def _note(self, block: Block, depth: int) -> None:
        if not block.lines or depth >= _DEEPEST_NOTE:
            self._unspoken(block.lines, "comments; it is quoted too deeply")
        elif _CALLOUT.match(block.lines[0].chars.strip()):
            self._unspoken(block.lines, "comments; a note to the reader is not spoken")
        else:
            for _ in block.lines:
                self.state.ledger.guessed(self.speaking.line, "a line that starts with >", "spoken words")
            self.speaking.paragraph()
            self._text(joined_lines([_unquoted(line) for line in block.lines], "\n"), depth + 1)

    def _unspoken(self, lines: tuple[Text, ...], into: str) -> None:
        """Keeps lines as comments."""
        self.speaking.count()
        self.speaking.paragraph()
        kept = [line for line in lines if any(char.isalnum() for char in line.chars)]
        for line in kept:
            self.state.writer.comment(line.chars.replace("<!--", "").replace("-->", ""))
        if kept:
            self.state.writer.paragraph()
            self.state.ledger.lost(self.speaking.line, " ".join(line.chars.strip() for line in kept), into)


def _decorated(block: Block) -> Block:
    """``* The end *`` is no list's item, but a line between two stars."""
    line = block.lines[0]
    if block.bullet not in ("*", "-") or len(block.lines) > 1 or not line.chars.rstrip().endswith(f" {block.bullet}"):
        return block
    sign = block.bullet.replace("*", "~")  # stars are emphasis
    chars = f"{sign} {line.chars.rstrip()[:-1]}{sign}"
    offsets = [line.offsets[0], line.offsets[0], *line.offsets][: len(chars)]
    return replace(block, bullet="", lines=(Text(line.line_index, chars, offsets),))


def _unquoted(line: Text) -> Text:
    return line.slice(1, len(line)) if line.chars[:1] in (" ", "\t") else line


def _script_in_code(blocks: Sequence[Block]) -> Block | None:
    """The code that holds most of the words, as when a program wrote a script as an answer."""
    fenced = [block for block in blocks if block.kind == "code" and _FENCE_OF_TEXT.match(block.whole.chars.strip())]
    if len(fenced) != 1 or len(fenced[0].lines) < 2:
        return None
    inside = sum(len(line.chars.split()) for line in fenced[0].lines)
    outside = sum(len(line.chars.split()) for block in blocks if block is not fenced[0] for line in block.lines)
    return fenced[0] if inside > max(outside, _FEWEST_IN_CODE) else None


def speak_text(state: ImportState, source: Source, body: Text, *, markdown: bool) -> Diagnostic | None:
    """Adds a text with marks to a script; what is wrong if it has too many of them."""
    reader = _Reader(state, source, markdown=markdown)
    try:
        reader.read(body)
    except TooManyMarks:
        message = f"up to here there are more than {MOST_MARKS:,} marks, headings and list items, the most there can be"
        span = Span(source, reader.speaking.line, 1)
        return Diagnostic(span, "error", message, "divide it into several sessions")
    return None


def read_marks(
    source: Source, around: Surroundings, *, markdown: bool = False
) -> tuple[tuple[str, Report] | None, tuple[Diagnostic, ...]]:
    """The script for a text with marks, and the report. Any text can be read, unless it has too many marks.

    ``markdown``: what is indented by four spaces is code; in other texts it is a paragraph.
    """
    state = ImportState(around)
    body = read_settings(state, Text.of(LineIndex.of(source)))
    found_language(state, body.chars)
    if problem := speak_text(state, source, body, markdown=markdown):
        return None, (problem,)
    form = (
        "Speech Markdown"
        if is_speech_markdown(source.text)
        else "Markdown with marks"
        if markdown
        else "text with marks"
    )
    return (state.writer.script(), state.ledger.report(form)), ()
