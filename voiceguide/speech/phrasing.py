"""Widens the pauses that a voice made itself at commas, colons, semicolons and dashes.

A listener with closed eyes takes a sentence in piece by piece, and judges a voice's tempo by its articulation far more
than by its pauses (Grosjean & Lane 1976); so a pause can be long where words are not drawn out. Time is added only
where the voice paused: a phrase that is spoken by itself sounds like a sentence's end. The sound added is the pause's
own, so no sample of the clip changes and nothing is heard but a longer pause.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voiceguide.speech.marks import marks_in
from voiceguide.syllables import syllables
from voiceguide.units import SAMPLE_RATE

_WINDOW = SAMPLE_RATE // 200  # 5 ms
_QUIET = 1e-4  # power to that of the loudest window (-40 dB); soft consonants lie above it
_SHORTEST = 0.13  # seconds of a pause; closures of plosives are shorter
_CORE = 10  # windows, the quietest of a pause, whose sound fills the time added
_LEAST = 0.02  # seconds; a pause that lacks less is left as it is

# How far, in syllables, a pause may lie from its mark: voices draw out the last syllable before a pause, and a long
# silence is a pause at a mark more surely than a short one, which may be a plosive between two words.
_NEAR, _NEARER_PER_SECOND = 1.0, 10.0


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence inside a clip, from frame ``start`` up to, not including, ``end``."""

    start: int
    end: int

    @property
    def seconds(self) -> float:
        return (self.end - self.start) / SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Splice:
    """``frames`` frames added before frame ``at``, made of the clip's frames from ``first`` up to ``last``."""

    at: int
    frames: int
    first: int
    last: int


def phrased(clip: NDArray[np.float32], text: str, language: str, seconds: float) -> NDArray[np.float32]:
    """A clip with its pauses at the text's marks widened to ``seconds`` where they are shorter.

    ``clip`` is ``(frames,)`` float32 at 44.1 kHz, ``language`` a BCP 47 tag. The clip's own samples stay as they are
    and in their order; the result is longer by exactly the sum of what :func:`splices` gives.
    """
    parts: list[NDArray[np.float32]] = []
    done = 0
    for splice in splices(clip, text, language, seconds):
        parts += [clip[done : splice.at], _filled(clip, splice)]
        done = splice.at
    return np.concatenate([*parts, clip[done:]]) if parts else clip


def splices(clip: NDArray[np.float32], text: str, language: str, seconds: float) -> tuple[Splice, ...]:
    """Where time is added, and how much, in order."""
    marks = tuple(marks_in(text))
    if not marks:
        return ()
    powers = _powers(clip)
    found = pauses_in(clip, powers)
    return tuple(
        _splice(pause, powers, seconds)
        for pause in _at_marks(found, marks, text, language, len(clip))
        if seconds - pause.seconds >= _LEAST
    )


def pauses_in(clip: NDArray[np.float32], powers: NDArray[np.float64] | None = None) -> tuple[Pause, ...]:
    """The silences of 130 ms and more inside a clip."""
    powers = _powers(clip) if powers is None else powers
    if not len(powers):
        return ()
    quiet = np.concatenate(([False], powers < powers.max() * _QUIET, [False]))
    edges = np.flatnonzero(np.diff(quiet.astype(np.int8)))
    return tuple(
        Pause(int(start) * _WINDOW, int(end) * _WINDOW)
        for start, end in zip(edges[::2], edges[1::2], strict=True)
        if start and end < len(powers) and (end - start) * _WINDOW >= _SHORTEST * SAMPLE_RATE
    )


def _powers(clip: NDArray[np.float32]) -> NDArray[np.float64]:
    """The mean power of each window, or of the next one if that is louder, so that a single soft one is no silence."""
    whole = len(clip) // _WINDOW
    powers = np.square(clip[: whole * _WINDOW], dtype=np.float64).reshape(whole, _WINDOW).mean(axis=1)
    louder: NDArray[np.float64] = np.maximum(powers[:-1], powers[1:])
    return np.concatenate((louder, powers[-1:]))


def _at_marks(
    pauses: Sequence[Pause], marks: Sequence[int], text: str, language: str, frames: int
) -> tuple[Pause, ...]:
    """The pauses that belong to a mark, in order: as many and as long ones as lie near enough to their marks.

    Places are compared in syllables, a pause's by the share of the speech before it. The order of both is kept, and
    the best assignment is found by dynamic programming: the gain of a pair is how much nearer it lies than it may.
    """
    total = syllables(text, language)
    said = [syllables(text[:mark], language) for mark in marks]
    silent, speech = 0, frames - sum(pause.end - pause.start for pause in pauses)
    best: list[tuple[float, tuple[Pause, ...]]] = [(0.0, ())] * (len(marks) + 1)
    for pause in pauses:
        place = total * (pause.start - silent) / max(1, speech)
        silent += pause.end - pause.start
        following = [best[0]]
        for index, mark in enumerate(said):
            gain = _NEAR + _NEARER_PER_SECOND * pause.seconds - abs(place - mark)
            paired = (best[index][0] + gain, (*best[index][1], pause)) if gain > 0 else best[index]
            following.append(max(following[-1], best[index + 1], paired, key=lambda found: found[0]))
        best = following
    return best[-1][1]


def _splice(pause: Pause, powers: NDArray[np.float64], seconds: float) -> Splice:
    """In the middle of the quietest part of a pause."""
    first, last = pause.start // _WINDOW, pause.end // _WINDOW
    core = min(_CORE, last - first)
    sums = np.convolve(powers[first:last], np.ones(core), "valid")
    start = (first + int(np.argmin(sums))) * _WINDOW
    missing = round((seconds - pause.seconds) * SAMPLE_RATE)
    turns = math.ceil(missing / (2 * core * _WINDOW))
    reach = missing // (2 * turns)
    middle = start + core * _WINDOW // 2
    first_frame = middle - reach // 2
    return Splice(middle, 2 * turns * reach, first_frame, first_frame + reach)


def _filled(clip: NDArray[np.float32], splice: Splice) -> NDArray[np.float32]:
    """The sound added: on from the splice, back and forth between the two ends of its stretch, and up to the splice
    again. It turns on a sample and ends where the clip goes on, so there is no seam, and nothing to crossfade."""
    there = np.arange(splice.first, splice.last)
    lap = np.concatenate((there, there[::-1]))
    lap = np.roll(lap, splice.first - splice.at)
    return clip[np.tile(lap, splice.frames // len(lap))]
