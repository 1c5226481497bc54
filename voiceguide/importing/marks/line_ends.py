"""Which ends of lines were meant: a line of a poem ends, a line that was only too long goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LEAST_WIDTH = 60  # characters; shorter lines are not broken by a program
_STOPS = ".!?…:;。！？।"
_CLOSING = "\"'”’»)]"
_ENDING = re.compile(r"[.!?…,;:–—-]\s*$|[.!?…]\s")
"""Of a line, or of a sentence in it: a text without any has a sentence on each line."""

_FIRST = re.compile(r"[^\w]*(\w)")


def meant_ends(lines: Sequence[str]) -> list[bool]:
    """For each line whether a sentence ends with it though it has no stop."""
    width = max((len(line.rstrip()) for line in lines), default=0)
    if width < _LEAST_WIDTH and lines and lines[0].lstrip()[:1].islower() and not any(map(_ENDING.search, lines)):
        return [bool(line.strip() and below.strip()) for line, below in zip(lines, [*lines[1:], ""], strict=True)]
    return [_ends(line, below, width) for line, below in zip(lines, [*lines[1:], ""], strict=True)]


def _ends(line: str, below: str, width: int) -> bool:
    words = line.strip()
    bare = words.rstrip(_CLOSING)
    if not words or not below.strip() or (bare and bare[-1] in _STOPS):
        return False
    first = _FIRST.match(below)
    if first is None or first[1].islower() or words[-1] in ",–—-(":
        return False
    next_word = below.split(maxsplit=1)[0]
    wrapped = width >= _LEAST_WIDTH and len(line.rstrip()) + 1 + len(next_word) > width
    return not wrapped
