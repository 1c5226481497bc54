"""How much a routine makes, counted without making it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voiceguide.errors import Diagnostic, Span
from voiceguide.routine import Chapter, ChapterMark, Each, Node, Repeat, Sentence, Template, Within
from voiceguide.units import LONGEST_SESSION

MOST_EVENTS = 100_000
MOST_SPOKEN = 2_000_000
"""Characters; the fastest voice says fewer in 12 hours."""

MOST_INCLUDED = 4 * 1024 * 1024
"""Characters that all included scripts may have, each counted once for each set of blocks around it."""

DEEPEST_BLOCK = 8
DEEPEST_INCLUDE = 8

Lengths = Mapping[str, int]
"""Characters that each slot of the open loops takes, on average over its rounds (rounded up)."""


@dataclass(frozen=True, slots=True)
class _Amount:
    """Events (whatever the planner looks at is one), and characters to speak."""

    events: int
    characters: int = 0

    def times(self, rounds: int) -> _Amount:
        """A round in which nothing happens counts too."""
        return _Amount(max(1, self.events) * rounds, self.characters * rounds)


class _TooMuch(Exception):
    def __init__(self, span: Span, message: str) -> None:
        self.span = span
        self.message = message


def _text(template: Template, lengths: Lengths) -> int:
    return sum(len(part) if isinstance(part, str) else lengths.get(part.name, 0) for part in template)


def _amount(node: Node, lengths: Lengths) -> _Amount:
    match node:
        case Sentence():
            return _Amount(1, _text(node.text, lengths))
        case ChapterMark():
            return _Amount(1, _text(node.title, lengths))
        case Repeat():
            digits = len(str(node.rounds.most))
            return _total(node.body, {**lengths, "n": digits, "total": digits}).times(node.rounds.most)
        case Each():
            average = -(-sum(map(len, node.items)) // len(node.items))
            return _total(node.body, {**lengths, node.name: average}).times(len(node.items))
        case Within():
            inner = _total(node.body, lengths)
            return _Amount(inner.events + node.most_events, inner.characters)
        case _:
            return _Amount(node.most_events)


def _total(body: tuple[Node, ...], lengths: Lengths) -> _Amount:
    events, characters = 0, 0
    for node in body:
        amount = _amount(node, lengths)
        events, characters = events + amount.events, characters + amount.characters
        if events > MOST_EVENTS:
            found = amount.events if amount.events > MOST_EVENTS else events
            message = f"up to here the session would have {found:,} events; it can have {MOST_EVENTS:,} at most"
            raise _TooMuch(_span_of(node), message)
        if characters > MOST_SPOKEN:
            hours = LONGEST_SESSION / 3600
            message = f"up to here the session has {characters:,} characters to speak, more than {hours} hours can hold"
            raise _TooMuch(_span_of(node), message)
    return _Amount(events, characters)


def _span_of(node: Node) -> Span:
    assert node.span is not None, "every node of a script has a span"
    return node.span


def too_much(chapters: tuple[Chapter, ...]) -> Diagnostic | None:
    """An error where the routine grows past 100,000 events, or past what can be said in 12 hours."""
    try:
        _total(tuple(node for chapter in chapters for node in chapter.body), {})
    except _TooMuch as found:
        hint = "repeat less, or divide it into several sessions"
        return Diagnostic(found.span, "error", found.message, hint)
    return None
