"""What changed between two texts, as a map of offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

_MOST_COMPARED = 1_000_000  # pairs of lines; in a larger change no lines are looked for


@dataclass(frozen=True, slots=True)
class TextChange:
    """The stretches that two texts share: ``(start in the old one, start in the new one, length)`` in characters, in
    order. Between them lies what was removed and inserted."""

    shared: tuple[tuple[int, int, int], ...]

    @classmethod
    def between(cls, old: str, new: str) -> TextChange:
        """Equal lines first; then, in what lies between them, the common start and end."""
        stretches: list[tuple[int, int, int]] = []
        old_at = new_at = 0
        for old_start, new_start, length in (*_equal_lines(old, new), (len(old), len(new), 0)):
            stretches += _equal_ends(old, new, (old_at, old_start), (new_at, new_start))
            stretches.append((old_start, new_start, length))
            old_at, new_at = old_start + length, new_start + length
        return cls(tuple(stretch for stretch in stretches if stretch[2]))

    def moved(self, offset: int) -> int | None:
        """Where a character of the old text stands in the new one; None when it was removed."""
        index = bisect_right(self.shared, offset, key=lambda stretch: stretch[0]) - 1
        if index < 0:
            return None
        old, new, length = self.shared[index]
        return new + offset - old if offset < old + length else None


def shared_start(one: Sequence[str], other: Sequence[str]) -> int:
    """How many characters or lines two texts share at their start; by halving, since comparing slices is fast."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _to_a_start(old: str, new: str, first: int, last: int) -> int:
    """By how many characters what was put in or taken out is moved back, to begin where a line, a sentence or a word
    does, the first of these that there is.

    Where it begins is not always plain: of "One. Two. Three." less "Two. ", "wo. T" may be what is gone.
    """
    longer, shorter = (old, new) if len(old) > len(new) else (new, old)
    if len(shorter) != first + last:  # something was replaced
        return 0
    end, best, best_rank = len(longer) - last, 0, 0
    for back in range(first + 1):
        begin = first - back
        rank = _start_rank(longer, begin)
        if rank > best_rank:
            best, best_rank = back, rank
        if begin == 0 or longer[begin - 1] != longer[end - back - 1]:
            break
    return best


def _start_rank(text: str, at: int) -> int:
    """3 where a line begins, 2 for a sentence, 1 for a word, 0 elsewhere."""
    if text[at : at + 1].isspace():
        return 0
    if at == 0 or text[at - 1] == "\n":
        return 3
    if not text[at - 1].isspace():
        return 0
    return 2 if text[max(0, at - 2) : at].rstrip(" ")[-1:] in tuple(".!?:]") else 1


def _equal_ends(old: str, new: str, within: tuple[int, int], its: tuple[int, int]) -> tuple[tuple[int, int, int], ...]:
    """What a piece of the old text, and a piece of the new one, share at their start and end."""
    one, other = old[slice(*within)], new[slice(*its)]
    first = shared_start(one, other)
    last = shared_start(one[first:][::-1], other[first:][::-1])
    back = _to_a_start(one, other, first, last)
    first, last = first - back, last + back
    return (within[0], its[0], first), (within[1] - last, its[1] - last, last)


def _equal_lines(old: str, new: str) -> Iterator[tuple[int, int, int]]:
    """The runs of equal lines, in order."""
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    first = shared_start(old_lines, new_lines)
    last = shared_start(old_lines[first:][::-1], new_lines[first:][::-1])
    old_middle, new_middle = old_lines[first : len(old_lines) - last], new_lines[first : len(new_lines) - last]
    blocks = [(0, 0, first)]
    if len(old_middle) * len(new_middle) <= _MOST_COMPARED:
        matches = SequenceMatcher(None, old_middle, new_middle, autojunk=False).get_matching_blocks()
        blocks += [(first + match.a, first + match.b, match.size) for match in matches]
    blocks.append((len(old_lines) - last, len(new_lines) - last, last))
    old_starts, new_starts = (tuple(accumulate(map(len, lines), initial=0)) for lines in (old_lines, new_lines))
    for a, b, size in blocks:
        if size:
            yield old_starts[a], new_starts[b], old_starts[a + size] - old_starts[a]
