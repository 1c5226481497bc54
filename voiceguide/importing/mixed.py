"""Several documents of speech markup in one text, or one inside a Markdown page or the answer of a program.

What the documents hold is spoken. Of the rest the headings are chapters, and everything else is a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voiceguide.errors import Diagnostic, Source
from voiceguide.importing.decoding import documents
from voiceguide.importing.report import Report
from voiceguide.importing.settings import read_settings
from voiceguide.importing.ssml.document import speak_document
from voiceguide.importing.state import ImportState, Surroundings
from voiceguide.script.blocks import read_blocks
from voiceguide.script.text import LineIndex, Text

_FENCE_BEFORE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[^\n`]*\s*\Z", re.MULTILINE)
_FENCE_AFTER = re.compile(r"\s*(?:`{3,}|~{3,})[ \t]*(?=\n|\Z)")
_MARKUP = re.compile(r"<\?xml[^>]*\?>|<!--|-->|<[^<>]*>|[*_`#]+")


def read_mixed(source: Source, around: Surroundings) -> tuple[tuple[str, Report] | None, tuple[Diagnostic, ...]]:
    """The script for a text with documents of speech markup in it, and the report; or what is wrong with one."""
    state = ImportState(around)
    text = Text.of(LineIndex.of(source))
    body = read_settings(state, text)
    position = len(text) - len(body)
    for start, end in documents(source.text):
        if start < position:
            continue
        _beside(state, text.slice(position, start))
        state.writer.paragraph()
        above = source.text.count("\n", 0, start)
        problems = speak_document(state, source, "\n" * above + source.text[start:end])
        if problems:
            return None, problems
        state.writer.paragraph()
        position = end
    _beside(state, text.slice(position, len(text)))
    return (state.writer.script(), state.ledger.report("text with SSML")), ()


def _beside(state: ImportState, text: Text) -> None:
    """What stands outside the documents."""
    after = _FENCE_AFTER.match(text.chars)
    before = _FENCE_BEFORE.search(text.chars, after.end() if after else 0)
    for fence in (after, before):
        if fence is not None:
            line = text.slice(fence.end() - 1, fence.end()).span().line
            state.ledger.translated(line, fence[0].strip(), "nothing; what is inside is spoken")
    text = text.slice(after.end() if after else 0, before.start() if before else len(text))
    for block in read_blocks(text).blocks:
        line = block.whole.span().line
        words = " ".join(_words(block.lines))
        if not any(char.isalnum() for char in words):
            continue
        state.writer.paragraph()
        if block.kind == "heading":
            state.writer.heading(words, block.level)
            state.ledger.translated(line, "a heading", "a chapter; its title is not spoken")
        else:
            state.writer.comment(words)
            state.writer.paragraph()
            state.ledger.lost(line, words, "a comment, since it stands outside <speak>")


def _words(lines: tuple[Text, ...]) -> Iterator[str]:
    for line in lines:
        yield " ".join(_MARKUP.sub(" ", line.chars).split())
