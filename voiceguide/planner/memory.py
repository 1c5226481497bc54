"""What the chapters of a routine came to in the plan before, so that after a change only what has changed is measured.

A chapter's lines and its length follow from its content, the state before it, and what holds for the whole session. Its
content is what its nodes say, without the places at which they stand.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from voiceguide.planner.choices import State
from voiceguide.recent import Recent
from voiceguide.routine import (
    ChapterMark,
    Each,
    Node,
    Pause,
    PlaySound,
    Repeat,
    Sentence,
    Settings,
    Template,
    Within,
    walk,
)
from voiceguide.timeline import Line

if TYPE_CHECKING:
    from voiceguide.planner.measure import MeasuredChapter

_Known = tuple[Hashable, State]


@dataclass(frozen=True, slots=True)
class ChapterLines:
    """The lines that a chapter needs, each with the index, among all nodes of the chapter, of the one that needs it
    first; how many things were ``tried`` to find them; and the state after the chapter."""

    lines: tuple[tuple[Line, int], ...]
    tried: int
    after: State


class Memory:
    """The chapters of the last two plans. In one thread at a time, and for plans with the same lengths:
    :meth:`forget_lengths` where a line's length has changed."""

    def __init__(self) -> None:
        self.lines: Recent[_Known, ChapterLines] = Recent()
        self.measured: Recent[_Known, MeasuredChapter] = Recent()
        self._session: tuple[Settings, Mapping[str, str]] | None = None

    def begin(self, settings: Settings, voices: Mapping[str, str]) -> None:
        """Another plan begins."""
        if (settings, voices) != self._session:
            self.lines.forget()
            self.measured.forget()
        self._session = settings, voices
        self.lines.begin()
        self.measured.begin()

    def forget_lengths(self) -> None:
        """The lengths of lines are no longer those of the plans before."""
        self.measured.forget()


def content_of(body: tuple[Node, ...]) -> Hashable | None:
    """The content of a chapter; None if it plays a file, whose length may change."""
    if any(_plays_file(node) for node in walk(body)):
        return None
    return tuple([_content(node) for node in body])


def _plays_file(node: Node) -> bool:
    return isinstance(node, PlaySound) and node.sound.path is not None


def _content(node: Node) -> Hashable:
    match node:
        case Sentence():
            return _words(node.text), node.opens_paragraph, node.take, node.said
        case Pause():
            return node.duration
        case ChapterMark():
            return ChapterMark, _words(node.title)
        case Repeat() | Each() | Within():
            return *_values(node), tuple([_content(inner) for inner in node.body])
        case _:
            return _values(node)


def _values(node: Node) -> tuple[Hashable, ...]:
    """The kind of a node and what it holds, without its place and its body."""
    return type(node), *[getattr(node, field.name) for field in fields(node) if field.name not in ("span", "body")]


def _words(text: Template) -> tuple[str | tuple[str], ...]:
    return tuple([part if isinstance(part, str) else (part.name,) for part in text])
