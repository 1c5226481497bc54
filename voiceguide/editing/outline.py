"""What a script is made of, as an editor's outline shows it: chapters, and the blocks in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from voiceguide.editing.blocks import WrittenBlock, blocks
from voiceguide.errors import Source
from voiceguide.script.limits import DEEPEST_BLOCK
from voiceguide.script.pieces import Passage, passages
from voiceguide.script.text import LineIndex

_LEVELS = 2  # of chapters


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
    found = [_block(source, block) for block in blocks(source, read)]
    found += [_chapter(source, passage) for passage in read if passage.element.kind == "heading"]
    nest = _Nest(source.text)
    for part in sorted(found, key=lambda part: part.start):
        nest.add(part)
    return nest.closed()


class _Nest:
    """Puts each part into the one that it stands in, in one walk through the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._top: list[Part] = []
        self._open: list[tuple[Part, list[Part]]] = []
        self._blocks: list[int] = []  # where blocks stand among those that are open

    def add(self, part: Part) -> None:
        """The next part in the order of the text."""
        while self._blocks and self._open[self._blocks[-1]][0].end <= part.start:
            block = self._blocks.pop()
            self._close(block, self._open[block][0].end)
        if part.kind == "block":
            self._blocks.append(len(self._open))
        else:
            inner = self._blocks[-1] + 1 if self._blocks else 0
            ended = (place for place in range(inner, len(self._open)) if self._open[place][0].level >= part.level)
            self._close(next(ended, len(self._open)), part.start)
        if len(self._open) < DEEPEST_BLOCK + _LEVELS:  # no script has more, and nobody could show it
            self._open.append((part, []))
        elif part.kind == "block":
            self._blocks.pop()

    def closed(self) -> tuple[Part, ...]:
        """All of them, once the text has ended."""
        self._close(0, len(self._text))
        return tuple(self._top)

    def _close(self, down_to: int, end: int) -> None:
        """Ends what was opened from a place on; chapters end with their last word."""
        while len(self._open) > down_to:
            part, inside = self._open.pop()
            if part.kind == "chapter":
                last = end
                while last > part.head_end and self._text[last - 1].isspace():
                    last -= 1
                part = replace(part, end=max(part.head_end, last))
            around = self._open[-1][1] if self._open else self._top
            around.append(
                replace(part, end=max(part.end, *(one.end for one in inside)), inside=tuple(inside)) if inside else part
            )


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
