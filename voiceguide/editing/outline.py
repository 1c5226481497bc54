"""What a script is made of, as an editor's outline shows it: chapters, and the blocks in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from voiceguide.editing.blocks import WrittenBlock, blocks
from voiceguide.errors import Source
from voiceguide.script.pieces import Passage, passages
from voiceguide.script.text import LineIndex


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter or a block, from the offset ``start`` up to ``end``; its heading or cue ends at ``head_end``.

    ``detail`` is what a heading says of its chapter, such as ``optional 2``. ``inside`` are the parts in it, in order.
    """

    kind: Literal["chapter", "block"]
    title: str
    detail: str
    start: int
    head_end: int
    end: int
    level: int = 0
    inside: tuple[Part, ...] = ()


def outline(source: Source) -> tuple[Part, ...]:
    """The parts of a script's own text, also of one with mistakes. A heading inside a block is a part of the block."""
    read = tuple(passages(source))
    around = tuple(_block(source, block) for block in blocks(source, read))
    headings = [_chapter(source, passage) for passage in read if passage.element.kind == "heading"]
    chapters = [
        replace(one, end=_chapter_end(source, one, headings[n + 1 :], around)) for n, one in enumerate(headings)
    ]
    return _nested(sorted([*around, *chapters], key=lambda part: part.start))


def _chapter_end(source: Source, chapter: Part, later: Sequence[Part], around: Sequence[Part]) -> int:
    """Where a chapter ends: before the next one that is no part of it, and with the block that it stands in."""
    limit = len(source.text)
    for one in later:
        if one.level <= chapter.level and not any(chapter.start < b.start < one.start < b.end for b in around):
            limit = one.start
            break
    outer = (block.end for block in around if block.start < chapter.start < block.end)
    return max(chapter.head_end, len(source.text[: min([limit, *outer])].rstrip()))


def _nested(parts: list[Part]) -> tuple[Part, ...]:
    """Each part in the innermost one that holds it; one that reaches over an end is cut there."""
    top: list[Part] = []
    held: list[tuple[Part, list[Part]]] = []

    def close() -> None:
        part, inside = held.pop()
        (held[-1][1] if held else top).append(replace(part, inside=tuple(inside)))

    for part in parts:
        while held and part.start >= held[-1][0].end:
            close()
        held.append((replace(part, end=min(part.end, held[-1][0].end)) if held else part, []))
    while held:
        close()
    return tuple(top)


def _block(source: Source, block: WrittenBlock) -> Part:
    end = max(block.head_end, min(block.end, len(source.text.rstrip())))
    return Part("block", block.written, "", block.start, block.head_end, end)


def _chapter(source: Source, passage: Passage) -> Part:
    index = LineIndex.of(source)
    start, end = index.offsets(passage.element.text.span())
    row = index.starts[index.line(start) - 1]
    marks = ", ".join(" ".join(call.text.chars.split()) for call in passage.cues)
    title = "" if passage.element.empty else passage.words
    return Part("chapter", title or "(no title)", marks, row, end, end, passage.element.level)
