"""Where excerpts of a session are taken: what sounds, in an order that a changed sentence hardly changes.

Every clip is cut into cells as long as an excerpt. Each cell gets a random rank, from a hash of the track, the clip's
length, the cell's number in it, and how many such cells came before. The cells of lowest rank are a random sample of
what sounds. Since a cell's rank does not depend on where the clip stands, a change in the script changes the sample by
that one clip at most, though all that follows it moves (a bottom-k sketch; E. Cohen and H. Kaplan, "Summarizing data
using bottom-k sketches", PODC 2007).
"""

from __future__ import annotations

import hashlib
from collections import Counter

from voiceguide.mixing.placing import Arrangement
from voiceguide.units import SAMPLE_RATE

EXCERPT = 5 * SAMPLE_RATE
"""Frames of an excerpt."""


def everywhere(frames: int) -> tuple[int, ...]:
    """As :func:`sounding`, for a stream of which only its length in frames is known."""
    return _ranked([(start, f"{start}") for start in range(0, frames - EXCERPT + 1, EXCERPT)])


def sounding(arrangement: Arrangement) -> tuple[int, ...]:
    """The frames at which excerpts of a session begin, the first to be taken first; none in one shorter than they."""
    latest = arrangement.frames - EXCERPT
    if latest < 0:
        return ()
    cells, alike = [], Counter[str]()
    for placed in arrangement.clips:
        for number, start in enumerate(range(placed.start, placed.end, EXCERPT)):
            name = f"{placed.bus} {placed.clip.frames} {number}"
            cells.append((min(start, latest), f"{name} {alike[name]}"))
            alike[name] += 1
    return _ranked(cells)


def _ranked(cells: list[tuple[int, str]]) -> tuple[int, ...]:
    ranked = sorted(cells, key=lambda cell: hashlib.sha256(cell[1].encode()).digest())
    return tuple(dict.fromkeys(start for start, _ in ranked))
