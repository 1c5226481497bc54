"""The same on every machine: noise from a seed, and samples without the bits that processors disagree on."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio.stream import Samples

_GRID = 2.0**20


def white(seed: int, frames: int) -> NDArray[np.float64]:
    """Uniform noise in [-0.5, 0.5), shape ``(frames,)``.

    Taken from the generator's raw numbers, which NumPy promises never to change, unlike its distributions.
    """
    whole = np.random.PCG64(seed).random_raw(frames) >> np.uint64(11)
    return whole.astype(np.float64) * 2.0**-53 - 0.5


def settled(samples: NDArray[np.floating[Any]]) -> Samples:
    """The samples as float32 on a grid of 2⁻²⁰ (-120 dBFS), which hides the last bits that processors disagree on."""
    steps: Samples = np.rint(samples * _GRID).astype(np.float32)
    return steps * np.float32(1 / _GRID)
