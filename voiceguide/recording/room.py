"""The room that is heard behind a voice, and how it is softened.

``noisereduce`` gates each band of the spectrum by the band's level in the take's own rests, by 10 dB at most and in a
band that stands out of the room not at all: gentle enough that speech in a quiet room is better without it.
"""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voiceguide.recording.phrases import WINDOW, Phrase, levels
from voiceguide.units import SAMPLE_RATE

EXTRA = "record"
"""The extra that brings what softens a room."""

NEAR = 36.0
"""dB of the room below the speech; a room that is nearer is softened."""

_SPEAKS = 75.0  # percentile of the phrases' levels that is taken for the speech's
_MARGIN = 10  # windows around a phrase that are no rest
_LEAST, _MOST = SAMPLE_RATE // 4, 4 * SAMPLE_RATE  # frames of rests that tell a room
_AROUND = SAMPLE_RATE // 4  # frames before and after a sound that are softened with it
_SETTINGS = {  # in rests 9 to 10 dB less of white and pink noise, in speech 3.5 to 5
    "stationary": True,
    "prop_decrease": 0.7,
    "n_std_thresh_stationary": 1.5,
    "n_fft": 2_048,
    "freq_mask_smooth_hz": 60,
    "time_mask_smooth_ms": 25,
}


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """``below``: dB of the room below the speech; ``rests``: its sound alone, ``(frames,)`` at 44.1 kHz."""

    below: float
    rests: NDArray[np.float32]

    @property
    def near(self) -> bool:
        return self.below < NEAR


def can_soften() -> bool:
    return importlib.util.find_spec("noisereduce") is not None


def room_of(samples: NDArray[np.float32], phrases: Sequence[Phrase]) -> Room | None:
    """The room of a take, from its rests; None where there are too few of them, or nothing is said."""
    level = levels(samples)
    speaks = np.zeros(len(level), bool)
    for phrase in phrases:
        speaks[phrase.start // WINDOW : -(-phrase.end // WINDOW)] = True
    near = np.convolve(speaks, np.ones(2 * _MARGIN + 1), mode="same") > 0
    quiet = np.flatnonzero(~near)[: _MOST // WINDOW]
    if not speaks.any() or len(quiet) * WINDOW < _LEAST:
        return None
    rests = np.concatenate([samples[at * WINDOW : (at + 1) * WINDOW] for at in quiet.tolist()])
    below = float(np.percentile(level[speaks], _SPEAKS) - np.median(level[~near]))
    return Room(below, rests.astype(np.float32))


def softened(samples: NDArray[np.float32], start: int, end: int, room: Room) -> NDArray[np.float32]:
    """The frames ``start`` up to ``end`` of a take with the room softened; as they are without the extra."""
    if not can_soften():
        return np.array(samples[start:end])
    first, last = max(0, start - _AROUND), min(len(samples), end + _AROUND)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its libraries warn about matters of their own
        reduce = importlib.import_module("noisereduce").reduce_noise
        made = reduce(y=np.array(samples[first:last]), y_noise=room.rests, sr=SAMPLE_RATE, use_tqdm=False, **_SETTINGS)
    return np.asarray(made, np.float32)[start - first : end - first]
