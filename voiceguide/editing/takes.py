"""Writes the choice of a take into a script; every other character stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from voiceguide.routine import Sentence

ReadSentences = Callable[[str], Sequence[Sentence]]
"""Gives the sentences that stand in a script's text itself, in their order."""

_CUE = re.compile(r"\[[ \t]*take[ \t]+(?P<number>[0-9]+)[ \t]*\]", re.IGNORECASE)
_MARKS = "*_`[\"'“‘("  # that may stand before a sentence's first letter
_LINE_END = re.compile(r"\r\n|\r|\n")


def with_take(text: str, sentence: Sentence, take: int, read: ReadSentences) -> str | None:
    """The script ``text`` with ``[take …]`` before a sentence of it, or with another number in the cue that is there.

    What comes out is read again: None if no place can be found where the cue changes this sentence alone.
    """
    place = (sentence.span.line, sentence.span.column)
    chosen = [replace(one, take=take) if (one.span.line, one.span.column) == place else one for one in read(text)]
    for candidate in _candidates(text, sentence, take):
        if list(map(_heard, read(candidate))) == list(map(_heard, chosen)):
            return candidate
    return None


def _candidates(text: str, sentence: Sentence, take: int) -> Iterator[str]:
    start = _offset(text, sentence.span.line, sentence.span.column)
    if sentence.take is not None:
        for cue in reversed(list(_CUE.finditer(text, 0, start))):
            yield text[: cue.start("number")] + str(take) + text[cue.end("number") :]
    first = start
    while first and text[first - 1] in _MARKS:
        first -= 1
    for at in range(first, start + 1):
        yield f"{text[:at]}[take {take}] {text[at:]}"


def _offset(text: str, line: int, column: int) -> int:
    """Where a line's column is in a text with line ends of any kind."""
    starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
    return starts[line - 1] + column - 1


def _heard(sentence: Sentence) -> tuple[object, ...]:
    words = tuple(part if isinstance(part, str) else (part.name,) for part in sentence.text)
    return words, sentence.opens_paragraph, sentence.take
