"""Cuts away a sound before the first word that belongs to no word.

Kokoro begins with a silence, in whose last 50 to 150 ms the first word may set in. Where the silence is longer than
the model is used to, a vowel may sound in it. ``model.py`` never asks for a longer one; this is for what remains.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voiceguide.speech.engines.kokoro.model import SAMPLE_RATE
from voiceguide.units import power

_WINDOW = SAMPLE_RATE // 100
_QUIET = -35.0  # dB to the loudest window
_EARLIEST = 20  # windows before the first phoneme's place at which its word may begin to sound
_FADE = SAMPLE_RATE // 200


def begun(samples: NDArray[np.float32], silence: int) -> int:
    """The sample at which the first word begins; ``silence``: how many samples the model counts before it.

    0 unless something sounds more than 200 ms before the word's place; then the quietest place in between.
    """
    whole = len(samples) // _WINDOW
    energy = np.square(samples[: whole * _WINDOW], dtype=np.float64).reshape(whole, _WINDOW).sum(axis=1)
    place = silence // _WINDOW
    loud = np.flatnonzero(energy[:place] > energy.max() * power(_QUIET))
    if not len(loud) or loud[0] >= place - _EARLIEST:
        return 0
    between = energy[loud[0] : place]
    return int(loud[0] + len(between) - 1 - np.argmin(between[::-1])) * _WINDOW


def without_phantom(samples: NDArray[np.float32], silence: int) -> NDArray[np.float32]:
    """The samples (n,) from the first word on; unchanged if nothing sounds before it."""
    start = begun(samples, silence)
    if not start:
        return samples
    kept = samples[start:].copy()
    kept[:_FADE] *= np.linspace(0, 1, len(kept[:_FADE]), dtype=np.float32)
    return kept
