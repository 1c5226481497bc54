"""Beds that go round: a piece of an endless background, whose end runs on into its beginning."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voiceguide.audio.stream import Samples
from voiceguide.mixing.placing import BedSource
from voiceguide.sounds.file_bed import FileBed
from voiceguide.units import SAMPLE_RATE

LENGTH = 40 * SAMPLE_RATE
"""Frames of a round of a bed that never ends."""

LONGEST_FILE = 180 * SAMPLE_RATE
"""Frames up to which a person's file goes round as in the mix; of a longer one a piece does, of this length."""

CROSSFADE = 4 * SAMPLE_RATE
"""Frames over which a round runs on into itself."""

_BEYOND = SAMPLE_RATE // 4  # frames after a round, so that a codec does not end where it goes back


@dataclass(frozen=True, slots=True)
class Loop:
    """``samples``, ``(frames, 2)``, begin as the bed does. From frame ``end`` on they go on from frame ``begin``."""

    samples: Samples
    begin: int
    end: int


def loop(bed: BedSource) -> Loop:
    """The bed as a loop, at the bed's own level.

    The end of a round is crossfaded with the bed's beginning, with equal power: two pieces of one noise are
    uncorrelated. A file that is not long goes round as it does in the mix.
    """
    if isinstance(bed, FileBed):
        if bed.turn + bed.period <= LONGEST_FILE:
            begin, end = bed.turn, bed.turn + bed.period
            return Loop(bed.read(0, end + _BEYOND), begin, end)
        return _crossfaded(bed, LONGEST_FILE)
    return _crossfaded(bed, LENGTH)


def _crossfaded(bed: BedSource, length: int) -> Loop:
    whole = bed.read(0, length + CROSSFADE)
    first = bed.read(0, CROSSFADE + _BEYOND)
    course = (np.pi / 2 * (np.arange(CROSSFADE) + 0.5) / CROSSFADE)[:, np.newaxis]
    whole[length:] *= np.cos(course).astype(np.float32)
    whole[length:] += first[:CROSSFADE] * np.sin(course).astype(np.float32)
    return Loop(np.concatenate((whole, first[CROSSFADE:])), CROSSFADE, length + CROSSFADE)
