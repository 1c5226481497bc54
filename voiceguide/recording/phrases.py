"""Splits a take into phrases at its pauses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voiceguide import units
from voiceguide.units import SAMPLE_RATE

WINDOW = SAMPLE_RATE // 100
"""Frames of one measured level: 10 ms."""

_GAP = 25  # windows of quiet that end a phrase
_SHORTEST = 4  # windows; what is shorter is a click
_LONGEST = 2_000  # windows; a longer phrase is cut where it is quietest
_RESTS = 10.0  # per cent of a take that are taken for pauses
_SPEAKS = 90.0  # percentile of the level that is taken for speech
_SHARE = 0.3  # of the way from the room's noise up to speech, in dB, lies what counts as quiet
_DEEPEST = 40.0  # dB below speech, where there is no noise
_NOTHING = -120.0  # dB of digital silence


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of speech between two pauses: frames of the take, half-open."""

    start: int
    end: int


def levels(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """The level of each whole :data:`WINDOW`, in dB to full scale (RMS)."""
    whole = len(samples) // WINDOW
    found = np.empty(whole)
    for begin in range(0, whole, 6_000):  # a minute at a time: the take may be on disk
        part = np.asarray(samples[begin * WINDOW : min(whole, begin + 6_000) * WINDOW], np.float64)
        power = np.square(part).reshape(-1, WINDOW).mean(axis=1)
        found[begin : begin + len(power)] = 10.0 * np.log10(np.maximum(power, units.power(_NOTHING)))
    return found


def phrases(level: NDArray[np.float64]) -> tuple[Phrase, ...]:
    """The phrases of a take, from its :func:`levels`.

    What counts as quiet lies a third of the way from the room's noise to the speech, and at least 40 dB below it.
    """
    if not len(level):
        return ()
    noise, speech = np.percentile(level, (_RESTS, _SPEAKS))
    quiet = max(noise + _SHARE * (speech - noise), speech - _DEEPEST, _NOTHING + 1.0)
    loud = np.flatnonzero(level > quiet)
    if not len(loud):
        return ()
    breaks = np.flatnonzero(np.diff(loud) > _GAP)
    starts = loud[np.concatenate(([0], breaks + 1))]
    ends = loud[np.concatenate((breaks, [len(loud) - 1]))] + 1
    found: list[Phrase] = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if np.count_nonzero(level[start:end] > quiet) >= _SHORTEST:
            found += [Phrase(a * WINDOW, b * WINDOW) for a, b in _cut(level, start, end)]
    return tuple(found)


def _cut(level: NDArray[np.float64], start: int, end: int) -> list[tuple[int, int]]:
    """A stretch of windows in parts that are short enough, cut where it is quietest."""
    if end - start <= _LONGEST:
        return [(start, end)]
    smooth = np.convolve(level[start:end], np.full(5, 0.2), mode="same")
    margin = _LONGEST // 4
    at = start + margin + int(np.argmin(smooth[margin : min(_LONGEST, end - start - margin)]))
    return [(start, at), *_cut(level, at, end)]
