"""A routine as the listener meets it: one step after another, loops written out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from voiceguide.errors import Position, Span
from voiceguide.routine import Breathe, Chapter, ChapterMark, Each, Node, Repeat, Routine, Sentence, Within, filled
from voiceguide.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Step:
    """A node with the text it has there (empty when it says nothing), and the span of its chapter's heading.

    ``number`` is how often a repeat or a breathing exercise goes round.
    """

    node: Node
    heading: Span
    text: str = ""
    number: int = 0


def chosen_numbers(timeline: Timeline | None) -> Mapping[Position, int]:
    """The numbers of rounds and breaths that are not as written, because a length was asked for."""
    fit = timeline.fit if timeline else None
    return {rounds.span.position: rounds.chosen for rounds in fit.rounds} if fit else {}


def left_out(timeline: Timeline | None) -> frozenset[Position]:
    """The headings of the chapters that a session of this length does without."""
    fit = timeline.fit if timeline else None
    return frozenset(span.position for _, span in fit.left_out) if fit else frozenset()


class Steps:
    """Writes a routine out. A repeated block is gone through once, an ``each`` block once for each of its words."""

    def __init__(self, routine: Routine, timeline: Timeline | None) -> None:
        self._chapters = routine.chapters
        self._numbers = chosen_numbers(timeline)
        self._left_out = left_out(timeline)
        self._heading = routine.span

    def __iter__(self) -> Iterator[Step]:
        for chapter in self._chapters:
            if chapter.span.position not in self._left_out:
                yield from self._chapter(chapter)

    def _chapter(self, chapter: Chapter) -> Iterator[Step]:
        self._heading = chapter.span
        yield from self._body(chapter.body, {})

    def _body(self, body: tuple[Node, ...], values: Mapping[str, str]) -> Iterator[Step]:
        for node in body:
            match node:
                case Sentence():
                    yield Step(node, self._heading, filled(node.text, values))
                case Repeat():
                    number = self._number(node)
                    yield Step(node, self._heading, number=number)
                    yield from self._body(node.body, {**values, "n": "1", "total": str(number)})
                case Each():
                    yield Step(node, self._heading)
                    for item in node.items:
                        yield from self._body(node.body, {**values, node.name: item})
                case Within():
                    yield Step(node, self._heading)
                    yield from self._body(node.body, values)
                case ChapterMark():
                    self._heading = node.span
                    yield Step(node, self._heading)
                case Breathe():
                    yield Step(node, self._heading, number=self._number(node))
                case _:
                    yield Step(node, self._heading)

    def _number(self, cue: Repeat | Breathe) -> int:
        return self._numbers.get(cue.span.position, cue.whole.natural)
