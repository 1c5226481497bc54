"""The marks inside a line at which a voice pauses, and how long it rests there."""

from __future__ import annotations

import re
from collections.abc import Iterator

PHRASING = 0.6
"""Seconds that a pause at a mark lasts at pace 1, unless a script says otherwise."""

_MARK = re.compile(r"[,;:،؛…–—]|[.!?](?=\W*\s)|(?<=\s)-(?=\s)|[、，；：。！？]")


def has_marks(text: str) -> bool:
    """Whether a text has a mark inside at which a voice may pause; else no phrasing ever changes its clip."""
    return any(True for _ in marks_in(text))


def marks_in(text: str) -> Iterator[int]:
    """Where the marks inside a text stand, one of several in a row."""
    spoken = 0  # the offset after the last word so far
    for match in _MARK.finditer(text):
        before, after = text[spoken : match.start()], text[match.end() :]
        glued = match[0] in ",:." and after[:1].isdigit()  # 1,000 and 5:30
        if not glued and any(map(str.isalnum, before)) and any(map(str.isalnum, after)):
            yield match.start()
            spoken = match.end()
