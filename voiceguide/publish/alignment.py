"""Aligns two sequences: what stayed, what was added, removed, or only reworded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, TypeVar

T = TypeVar("T")
Pair = tuple[T | None, T | None]
"""The old item and the new one; None if there is none."""

Part = tuple[Literal["same", "old", "new"], str]
"""A piece of a line, with the spaces around it: in both, only in the old one, only in the new one."""

_SIMILAR = 0.5  # difflib's ratio from which two lines count as one, reworded
_LOOKED_AHEAD = 12  # lines; bounds the work if everything was rewritten
_MANY = 500  # items from which difflib may ignore frequent ones, such as counted numbers
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


def aligned(old: Sequence[T], new: Sequence[T], key: Callable[[T], str], *, near: bool = False) -> Iterator[Pair[T]]:
    """Each item once, in order, with its counterpart of the same ``key``; with ``near`` also of a similar one."""
    before, after = [key(item) for item in old], [key(item) for item in new]
    matcher = SequenceMatcher(None, before, after, autojunk=len(after) > _MANY)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(old[i:j], new[k:m], strict=True)
        elif near:
            yield from _reworded(old[i:j], new[k:m], key)
        else:
            yield from ((item, None) for item in old[i:j])
            yield from ((None, item) for item in new[k:m])


def _reworded(old: Sequence[T], new: Sequence[T], key: Callable[[T], str]) -> Iterator[Pair[T]]:
    done = 0
    for item in old:
        ahead = range(done, min(done + _LOOKED_AHEAD, len(new)))
        likeness = {index: similarity(key(item), key(new[index])) for index in ahead}
        best = max(likeness, key=lambda index: likeness[index], default=None)
        if best is None or likeness[best] < _SIMILAR:
            yield item, None
            continue
        yield from ((None, added) for added in new[done:best])
        yield item, new[best]
        done = best + 1
    yield from ((None, added) for added in new[done:])


def similarity(old: str, new: str) -> float:
    """From 0, nothing in common, to 1, the same words in the same order, in any case."""
    return SequenceMatcher(None, _words(old.casefold()), _words(new.casefold()), autojunk=False).ratio()


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if not word.isspace()]


def reworded(old: str, new: str) -> tuple[Part, ...]:
    """The two lines as one, word by word; where they differ, the old words come first."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    parts: list[Part] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(("same", "".join(before[i:j])))
            continue
        if j > i:
            parts.append(("old", "".join(before[i:j])))
        if m > k:
            parts.append(("new", "".join(after[k:m])))
    return tuple(parts)
