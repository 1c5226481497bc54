"""What the hands are told to do: the commands in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

from voiceguide.checks.words import REMEMBERED, Words

_MOST_CLAUSES = 40  # of a sentence; a longer one is reported anyway

Kind = Literal["work", "place", "oil", "tool", "stretch"]


@dataclass(frozen=True, slots=True)
class Action:
    """A command: its verb, as written, and what kind it is. ``touches``: it names a place of the face."""

    kind: Kind
    verb: str
    touches: bool = False


@lru_cache(REMEMBERED)
def actions(text: str, words: Words, *, massage: bool) -> tuple[Action, ...]:
    """The commands of a sentence in order. In a ``massage`` a verb such as 'slide' needs no part of the body."""
    return tuple(_found(text, words, massage))


def _clauses(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """Where each clause's verb may stand, behind what leads it in, and where the clause ends."""
    start = 0
    breaks = [match.span() for match in islice(words.clause_break.finditer(text), _MOST_CLAUSES)]
    for end, following in [*breaks, (len(text), len(text))]:
        while lead := words.lead_in.match(text, start, end):
            start = lead.end()
        while start < end and not text[start].isalnum():
            start += 1
        yield start, end
        start = following


def _found(text: str, words: Words, massage: bool) -> Iterator[Action]:
    last: Action | None = None
    bare = False  # whether the verb before stands alone, as in 'press and hold'
    for start, end in _clauses(text, words):
        action = _action(text, start, end, words, massage)
        if action is None:
            bare = False
            continue
        alone = not text[start + len(action.verb) : end].strip(" .!?…")
        if not (last and bare and last.kind == action.kind):
            yield action
        last, bare = action, alone


def _action(text: str, start: int, end: int, words: Words, massage: bool) -> Action | None:
    verbs = {
        name: match[0]
        for name in _VERBS
        if (match := getattr(words, name).match(text, start, end)) and not words.no_action.match(text, start, end)
    }
    clause = text[start:end]
    if not verbs:  # as in most clauses, for which no other words are searched
        bare = words.bare_place.match(text, 0, end) if massage else None
        if bare and bare.end() > start and words.hand.search(clause):
            return Action("place", bare[0].strip(), bool(words.face.search(clause)))
        return None
    touches = bool(words.face.search(clause))
    hands = bool(words.hand.search(clause))
    if words.attention.search(clause) and not hands:
        return None
    if (found := verbs.get("fetch")) and words.oil.search(clause):
        return Action("oil", found)
    tool = bool(words.tool.search(clause))
    if (found := verbs.get("take_up")) and tool:
        return Action("tool", found)
    if (found := verbs.get("place")) and (hands or tool or (touches and _moves_them(clause, words))):
        return Action("place", found, touches)
    if found := verbs.get("work"):
        rest_of_all = text[start:]
        anything = touches or hands or words.body.search(rest_of_all) or words.face.search(rest_of_all)
        if massage or anything or words.number_of.match(text, start + len(found), end):
            return Action("work", found, touches)
    if found := verbs.get("stretch"):
        return Action("stretch", found)
    if massage and hands and (bare := words.bare_place.match(text, 0, end)) and bare.end() > start:
        return Action("place", bare[0].strip(), touches)
    return None


_VERBS = ("fetch", "take_up", "place", "work", "stretch")


def _moves_them(clause: str, words: Words) -> bool:
    """Whether a clause without a word for the hands speaks of them, as in 'bring them to your temples'."""
    return bool(words.them.search(clause))
