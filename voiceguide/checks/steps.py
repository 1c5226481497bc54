"""A routine as the listener meets it: one step after another, loops written out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from voiceguide.errors import Span
from voiceguide.routine import Chapter, ChapterMark, Each, Node, Repeat, Routine, Sentence, Within
from voiceguide.timeline import Timeline

Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Step:
    """A node with the text it has there (empty when it says nothing), and the place of its chapter's heading.

    ``number`` is how often a repeat or a breathing exercise goes round.
    """

    node: Node
    heading: Span
    text: str = ""
    number: int = 0


def place_of(span: Span) -> Place:
    return (span.file, span.line, span.column)


def chosen_numbers(timeline: Timeline | None) -> Mapping[Place, int]:
    """The numbers of rounds and breaths that are not as written, because a length was asked for."""
    fit = timeline.fit if timeline else None
    return {place_of(rounds.span): rounds.chosen for rounds in fit.rounds} if fit else {}


def left_out(timeline: Timeline | None) -> frozenset[Place]:
    """The headings of the chapters that a session of this length does without."""
    fit = timeline.fit if timeline else None
    return frozenset(place_of(span) for _, span in fit.left_out) if fit else frozenset()


class Steps:
    """Writes a routine out. A repeated block is gone through once, an ``each`` block once for each of its words."""

    def __init__(self, routine: Routine, timeline: Timeline | None) -> None:
        self._chapters = routine.chapters
        self._numbers = chosen_numbers(timeline)
        self._left_out = left_out(timeline)
        self._heading = routine.span

    def __iter__(self) -> Iterator[Step]:
        for chapter in self._chapters:
            if place_of(chapter.span) not in self._left_out:
                yield from self._chapter(chapter)

    def _chapter(self, chapter: Chapter) -> Iterator[Step]:
        self._heading = chapter.span
        yield from self._body(chapter.body, {})

    def _body(self, body: tuple[Node, ...], values: Mapping[str, str]) -> Iterator[Step]:
        for node in body:
            match node:
                case Sentence():
                    text = "".join(part if isinstance(part, str) else values.get(part.name, "") for part in node.text)
                    yield Step(node, self._heading, text)
                case Repeat():
                    number = self._numbers.get(place_of(node.span), node.rounds.natural)
                    yield Step(node, self._heading, number=number)
                    yield from self._body(node.body, {**values, "n": "1", "total": str(number)})
                case Each():
                    yield Step(node, self._heading)
                    for item in node.items:
                        yield from self._body(node.body, {**values, node.name: item})
                case Within():
                    yield Step(node, self._heading)
                    yield from self._body(node.body, values)
                case _:
                    if isinstance(node, ChapterMark):
                        self._heading = node.span
                    yield Step(node, self._heading, number=self._cycles(node))

    def _cycles(self, node: Node) -> int:
        whole = getattr(node, "cycles", None)
        return 0 if whole is None or node.span is None else self._numbers.get(place_of(node.span), whole.natural)
