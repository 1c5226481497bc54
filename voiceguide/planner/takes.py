"""Which reading of a line is heard, where a line is said several times.

A sentence's first reading follows from how often the same words are said before it in the script as written; inside one
top-level node, such as a loop, every further playing takes the next. So what a node sounds like depends neither on
which chapters are left out nor on the number of rounds of the others, and can be measured alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from math import prod
from operator import is_

from voiceguide.routine import Chapter, Each, Node, Repeat, Routine, Sentence, Slot, Within
from voiceguide.timeline import Line

SENTENCE_TAKES = 4
"""Readings of a sentence that is said several times; the next playing begins with the first again."""

BEAT_TAKES = 2
"""Readings of a number or of the name of a breath's phase: there are many of them, and each is short."""

_Words = tuple[str | tuple[str], ...]
"""A template without the places of its slots."""


class Takes:
    """Counts what is said in a top-level node. With ``vary`` False every line has its first reading."""

    def __init__(self, *, vary: bool) -> None:
        self._vary = vary
        self._once = False  # whether the node says one line, once
        self._said: dict[tuple[Line, int, int], int] = {}

    def begin(self, node: Node) -> None:
        """A top-level node begins."""
        self._once = isinstance(node, Sentence)
        self._said.clear()

    def of(self, line: Line, *, most: int, said: int = 0) -> Line:
        """The line with its take, of 1 to ``most``; ``said``: how often it has been said before this node."""
        if not self._vary:
            return line
        count = 0
        if not self._once:
            key = (line, said, most)
            count = self._said.get(key, 0)
            self._said[key] = count + 1
        take = 1 + (said + count) % most
        return line if take == line.take else replace(line, take=take)


def with_takes(routine: Routine) -> Routine:
    """The routine, each sentence of which knows how often its words have been said before its top-level node
    (modulo :data:`SENTENCE_TAKES`)."""
    if routine.settings.takes == "same":
        return routine
    numbering = _Numbering()
    return replace(routine, chapters=tuple(map(numbering.chapter, routine.chapters)))


class _Numbering:
    """Goes through a routine in the order of the script. What is played twice stays one node where it is said alike."""

    def __init__(self) -> None:
        self._said: Counter[_Words] = Counter()
        self._known: dict[tuple[int, ...], Node] = {}
        self._spoken: dict[int, tuple[tuple[_Words, int], ...]] = {}

    def chapter(self, chapter: Chapter) -> Chapter:
        body = tuple(map(self._node, chapter.body))
        return chapter if all(map(is_, body, chapter.body)) else replace(chapter, body=body)

    def _node(self, node: Node) -> Node:
        if isinstance(node, Sentence):
            return self._sentence(node)
        if not isinstance(node, Repeat | Each | Within):
            return node
        spoken = self._spoken.get(id(node))
        if spoken is None:
            spoken = self._spoken[id(node)] = tuple(_spoken(node))
        key = (id(node), *[self._said[words] % SENTENCE_TAKES for words, _ in spoken])
        numbered = self._known.get(key)
        if numbered is None:
            numbered = self._known[key] = self._numbered(node)
        for words, times in spoken:
            self._said[words] += times
        return numbered

    def _sentence(self, sentence: Sentence) -> Node:
        """A sentence outside every block."""
        words = _words(sentence)
        before = self._said[words]
        self._said[words] = before + (sentence.take is None)
        said = before % SENTENCE_TAKES
        if said == sentence.said:
            return sentence
        return self._known.setdefault((id(sentence), said), replace(sentence, said=said))

    def _numbered(self, node: Node) -> Node:
        match node:
            case Sentence():
                said = self._said[_words(node)] % SENTENCE_TAKES
                return replace(node, said=said) if said != node.said else node
            case Repeat() | Each() | Within():
                return replace(node, body=tuple(map(self._numbered, node.body)))
            case _:
                return node


def _spoken(node: Node, loops: tuple[tuple[frozenset[str], int], ...] = ()) -> Iterator[tuple[_Words, int]]:
    """The sentences in a node whose take is not chosen, and how often each text of theirs is said, as written."""
    match node:
        case Sentence(take=None):
            names = {part.name for part in node.text if isinstance(part, Slot)}
            yield _words(node), prod(times for own, times in loops if not own & names)
        case Repeat():
            for inner in node.body:
                yield from _spoken(inner, (*loops, (frozenset({"n", "total"}), node.rounds.natural)))
        case Each():
            for inner in node.body:
                yield from _spoken(inner, (*loops, (frozenset({node.name}), len(node.items))))
        case Within():
            for inner in node.body:
                yield from _spoken(inner, loops)


def _words(sentence: Sentence) -> _Words:
    if len(sentence.text) == 1 and isinstance(sentence.text[0], str):
        return (sentence.text[0],)
    return tuple(part if isinstance(part, str) else (part.name,) for part in sentence.text)
