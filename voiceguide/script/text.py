"""Text that keeps the source offset of every character."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from voiceguide.errors import Diagnostic, Source, Span


@dataclass(frozen=True, slots=True)
class LineIndex:
    """Turns offsets into a source's text into spans."""

    source: Source
    starts: tuple[int, ...]

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, source: Source) -> LineIndex:
        lengths = [len(line) + 1 for line in source.lines]
        return cls(source, (0, *accumulate(lengths)))

    def line(self, offset: int) -> int:
        """The line, from 1, of an offset."""
        return min(bisect.bisect_right(self.starts, offset), len(self.source.lines))

    def span(self, start: int, end: int) -> Span:
        """The span of ``[start, end)``; one that runs over a line's end is marked up to that end."""
        line = self.line(start)
        column = start - self.starts[line - 1]
        room = len(self.source.lines[line - 1]) - column
        return Span(self.source, line, column + 1, max(1, min(end - start, room)))

    def offsets(self, span: Span) -> tuple[int, int]:
        """Where a span of this source starts and ends, in characters; the start of the text for line 0."""
        if not span.line:
            return 0, 0
        start = self.starts[span.line - 1] + span.column - 1
        return start, min(start + span.length, len(self.source.text))


@dataclass(frozen=True, slots=True)
class Text:
    """Characters and, for each, its offset in the source. Slices and joins keep the offsets."""

    line_index: LineIndex
    chars: str
    offsets: Sequence[int]

    @classmethod
    def of(cls, line_index: LineIndex, start: int = 0) -> Text:
        text = line_index.source.text
        return cls(line_index, text[start:], range(start, len(text)))

    def __len__(self) -> int:
        return len(self.chars)

    def slice(self, start: int, end: int) -> Text:
        return Text(self.line_index, self.chars[start:end], self.offsets[start:end])

    def strip(self) -> Text:
        left = len(self.chars) - len(self.chars.lstrip())
        return self.slice(left, max(left, len(self.chars.rstrip())))

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The span of ``chars[start:end]``."""
        if not self.chars:
            return self.line_index.span(0, 1)
        start = min(start, len(self.chars) - 1)
        last = min(len(self.chars), len(self.chars) if end is None else end) - 1
        return self.line_index.span(self.offsets[start], self.offsets[max(start, last)] + 1)

    def words(self, pattern: re.Pattern[str]) -> list[Text]:
        """Every match of the pattern."""
        return [self.slice(*match.span()) for match in pattern.finditer(self.chars)]


def join(parts: Sequence[Text], line_index: LineIndex) -> Text:
    """The parts one after another."""
    offsets: list[int] = []
    for part in parts:
        offsets.extend(part.offsets)
    return Text(line_index, "".join(part.chars for part in parts), offsets)


COMMENT = re.compile(r"<!--(?:.*?(-->)|.*)", re.DOTALL)


def without_comments(text: Text) -> tuple[Text, list[Diagnostic]]:
    """The text less its ``<!-- comments -->``. A line that held nothing else goes too, so it parts no paragraph;
    what follows comments at a line's start is indented as they are."""
    kept: list[Text] = []
    cuts: list[int] = []  # where comments stood in the text that is kept
    problems: list[Diagnostic] = []
    position = length = 0
    for match in COMMENT.finditer(text.chars):
        if match[1] is None:
            span = text.span(match.start(), match.start() + 4)
            problems.append(Diagnostic(span, "error", "this comment is never closed", "write --> where it ends"))
        kept.append(text.slice(position, match.start()))
        length += match.start() - position
        cuts.append(length)
        position = match.end()
    if not cuts:
        return text, problems
    kept.append(text.slice(position, len(text)))
    return _without_emptied_lines(join(kept, text.line_index), cuts), problems


def _without_emptied_lines(text: Text, cuts: list[int]) -> Text:
    """The text less the lines that hold an offset of ``cuts`` and nothing else, and less the blanks behind one where
    a line begins. Each line is looked at once."""
    kept: list[Text] = []
    position, line_end = 0, -1
    for cut in cuts:
        if cut <= line_end:
            continue
        line_start = text.chars.rfind("\n", line_end + 1, cut) + 1 or line_end + 1
        line_end = text.chars.find("\n", cut)
        line_end = len(text) if line_end < 0 else line_end
        line = text.chars[line_start:line_end]
        before = cut - line_start
        if not line.strip():
            kept.append(text.slice(position, line_start))
            position = line_end + 1
        elif not line[:before].strip():  # what stands between comments indents nothing
            kept.append(text.slice(position, cut))
            position = cut + len(line) - before - len(line[before:].lstrip())
    kept.append(text.slice(position, len(text)))
    return join(kept, text.line_index)
