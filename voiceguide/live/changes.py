"""What changed between two texts, as a map of offsets."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

_MOST_COMPARED = 1_000_000  # pairs of lines; a larger change counts as one


@dataclass(frozen=True, slots=True)
class TextChange:
    """The stretches that two texts share: ``(start in the old one, start in the new one, length)`` in characters, in
    order. Between them lies what was removed and inserted."""

    shared: tuple[tuple[int, int, int], ...]

    @classmethod
    def between(cls, old: str, new: str) -> TextChange:
        """Common start and end first, then whole lines between them."""
        first = _shared_start(old, new)
        last = _shared_start(old[first:][::-1], new[first:][::-1])
        middle = _shared_lines(old[first : len(old) - last], new[first : len(new) - last], first)
        ends = ((0, 0, first), *middle, (len(old) - last, len(new) - last, last))
        return cls(tuple(stretch for stretch in ends if stretch[2]))

    def moved(self, offset: int) -> int | None:
        """Where a character of the old text stands in the new one; None when it was removed."""
        index = bisect_right(self.shared, offset, key=lambda stretch: stretch[0]) - 1
        if index < 0:
            return None
        old, new, length = self.shared[index]
        return new + offset - old if offset < old + length else None


def _shared_start(one: str, other: str) -> int:
    """How many characters two texts share at their start; by halving, since comparing slices is fast."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _shared_lines(old: str, new: str, before: int) -> tuple[tuple[int, int, int], ...]:
    """The runs of equal lines in what differs; both begin at the offset ``before``."""
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if len(old_lines) * len(new_lines) > _MOST_COMPARED:
        return ()
    starts = [[before, *accumulate(map(len, lines), initial=before)][1:] for lines in (old_lines, new_lines)]
    return tuple(
        (starts[0][block.a], starts[1][block.b], sum(map(len, old_lines[block.a : block.a + block.size])))
        for block in SequenceMatcher(None, old_lines, new_lines, autojunk=False).get_matching_blocks()
        if block.size
    )
