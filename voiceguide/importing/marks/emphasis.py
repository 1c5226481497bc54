"""Takes the marks of emphasised, struck and highlighted words out of a paragraph, and keeps where they stood."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from voiceguide.script.emphasis import Run, pair
from voiceguide.script.markup import find_opaque
from voiceguide.script.text import Text, join

_RUN = re.compile(r"\\.|([*_~=])\1*|[<`]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Emphasised:
    """Where emphasised words begin and end in the text without the marks."""

    start: int
    end: int
    strong: bool


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A text without its marks: what was emphasised and struck out, and the marks that paired with no others."""

    text: Text
    emphasised: tuple[Emphasised, ...]
    struck: tuple[Text, ...]
    dangling: tuple[Text, ...]


def without_emphasis(text: Text) -> Unmarked:
    places, runs = _runs(text.chars)
    if not runs:
        return Unmarked(text, (), (), ())
    left, right = [start for start, _ in places], [end for _, end in places]
    cuts: list[tuple[int, int]] = []
    spans: list[tuple[int, int, bool]] = []
    struck: list[tuple[int, int]] = []
    for found in pair(runs):
        right[found.opener] -= found.length
        inner = right[found.opener] + found.length, left[found.closer]
        left[found.closer] += found.length
        whole = right[found.opener], left[found.closer]
        if found.sign == "~":
            struck.append(whole)
        elif found.sign != "=":
            spans.append((*inner, found.length == 2))
        cuts += [(whole[0], inner[0]), (inner[1], whole[1])] if found.sign != "~" else [whole]
    dangling = [(left[i], right[i]) for i, run in enumerate(runs) if run.dangles and not _blank(run)]
    cuts = _merged(cuts + dangling)
    starts = [start for start, _ in cuts]
    gone = [0]
    for start, end in cuts:
        gone.append(gone[-1] + end - start)

    def moved(position: int) -> int:
        index = bisect.bisect_left(starts, position)
        inside = max(0, cuts[index - 1][1] - position) if index else 0
        return position - gone[index] + inside

    emphasised = sorted((moved(start), moved(end), strong) for start, end, strong in spans)
    return Unmarked(
        _without(text, cuts),
        tuple(Emphasised(*span) for span in emphasised if span[0] < span[1]),
        tuple(text.slice(*span) for span in struck),
        tuple(text.slice(*span) for span in dangling),
    )


def _blank(run: Run) -> bool:
    """Whether a run is a line to write on."""
    return run.sign == "_" and run.length > 2


def _runs(chars: str) -> tuple[list[tuple[int, int]], list[Run]]:
    """The rows of equal marks outside code, tags and escapes, and where they stand."""
    opaque = find_opaque(chars)
    places: list[tuple[int, int]] = []
    runs: list[Run] = []
    skip = 0
    for match in _RUN.finditer(chars):
        start, end = match.span()
        if start < skip or match[0].startswith("\\"):
            continue
        if match[0] in "<`":
            skip = opaque[start].end if start in opaque else skip
            continue
        places.append((start, end))
        runs.append(Run(match[1], end - start, chars[start - 1] if start else "", chars[end : end + 1]))
    return places, runs


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def _without(text: Text, cuts: list[tuple[int, int]]) -> Text:
    kept: list[Text] = []
    position = 0
    for start, end in cuts:
        kept.append(text.slice(position, start))
        position = end
    kept.append(text.slice(position, len(text)))
    return join(kept, text.line_index)
