"""Gives a variable of a script another name, wherever it stands."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from voiceguide.editing.blocks import WrittenBlock, blocks
from voiceguide.editing.edits import CannotEdit, Edit
from voiceguide.errors import Source
from voiceguide.script.names import NAME
from voiceguide.script.pieces import Passage, names_given, passages
from voiceguide.script.text import LineIndex

_FILLED_IN = {"n": "the number of the round", "total": "the number of rounds", "each": "the word of the round"}


@dataclass(frozen=True, slots=True)
class Place:
    """A variable's name from the offset ``start`` up to ``end``. ``block`` fills it in; None: the script has a value
    for it, or waits for one."""

    name: str
    start: int
    end: int
    block: WrittenBlock | None = None


def places(source: Source) -> tuple[Place, ...]:
    """Where variables are named in a text: under ``variables:``, in braces, and in ``[each name: …]``, in order."""
    read = tuple(passages(source))
    around = blocks(source, read)
    found = [*_given(source), *_in_cues(around), *_in_braces(source, read, around)]
    return tuple(sorted(found, key=lambda place: place.start))


def variable_at(source: Source, offset: int) -> Place | None:
    """The variable that is named around an offset; None where there is none."""
    return next((place for place in places(source) if place.start <= offset <= place.end), None)


def renamed(source: Source, place: Place, new: str) -> tuple[Edit, ...]:
    """The edits that give the variable of a place another name in its text: in its block alone, if one fills it in.

    Raises CannotEdit when it cannot have that name.
    """
    if place.block is not None and place.block.name_start is None:
        what = _FILLED_IN[place.name]
        raise CannotEdit(f"{{{place.name}}} is {what}, which the block fills in; it has no other name.")
    every = places(source)
    _require_free(new, place, every)
    return tuple(
        Edit(each.start, each.end, new) for each in every if each.name == place.name and each.block == place.block
    )


def renamed_elsewhere(source: Source, name: str, new: str) -> tuple[Edit, ...]:
    """The edits in a script that another one includes, with which it shares its variables; none for what a block of its
    own fills in. Raises CannotEdit when the new name means something else there."""
    every = places(source)
    if not any(each.name == name and each.block is None for each in every):
        return ()
    _require_free(new, Place(name, 0, 0), every)
    return tuple(Edit(each.start, each.end, new) for each in every if each.name == name and each.block is None)


def _require_free(new: str, place: Place, every: tuple[Place, ...]) -> None:
    if not NAME.fullmatch(new):
        raise CannotEdit(f"'{new}' is no name for a variable; use letters, digits, _ and -, with a letter first.")
    if new != place.name and (new in _FILLED_IN or any(each.name == new for each in every)):
        raise CannotEdit(f"There is a variable '{new}' already; choose another name.")


def _given(source: Source) -> Iterator[Place]:
    index = LineIndex.of(source)
    for key, _ in names_given(source):
        start, end = index.offsets(key.span)
        written = re.compile(rf"(?<![\w-]){re.escape(key.value)}(?![\w-])").search(source.text, start, end)
        if written:
            yield Place(key.value, *written.span())


def _in_cues(around: tuple[WrittenBlock, ...]) -> Iterator[Place]:
    for block in around:
        if block.name and block.name_start is not None:
            yield Place(block.name, block.name_start, block.name_start + len(block.name), block)


def _in_braces(source: Source, read: tuple[Passage, ...], around: tuple[WrittenBlock, ...]) -> Iterator[Place]:
    index = LineIndex.of(source)
    waiting = deque(around)
    filling: dict[str, list[WrittenBlock]] = {}  # the blocks that fill in a name, the innermost last
    for passage in read:
        for name, span in passage.slots:
            start = source.text.index(name, index.offsets(span)[0])
            while waiting and waiting[0].start < start:
                block = waiting.popleft()
                for filled in block.fills:
                    _without_ended(filling.setdefault(filled, []), block.start).append(block)
            inner = _without_ended(filling.get(name, []), start)
            yield Place(name, start, start + len(name), inner[-1] if inner else None)


def _without_ended(blocks: list[WrittenBlock], at: int) -> list[WrittenBlock]:
    while blocks and blocks[-1].end <= at:
        blocks.pop()
    return blocks
