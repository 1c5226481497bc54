"""How fast hibari speaks at which of its speeds.

The model stretches sounds by whole frames, so its tempo moves in steps: from speed 0.67 to 0.66 lines become 8% longer,
from there to 0.6 4%. ``python -m tests.benchmarks.tempo --speeds hibari:heart`` measured the figures; the other voices
are models of the same kind.
"""

from __future__ import annotations

import numpy as np

from voiceguide.speech.tempo import CALM

_RATES = (
    (0.3, 1.63),
    (0.35, 1.81),
    (0.4, 2.05),
    (0.41, 2.14),
    (0.44, 2.19),
    (0.45, 2.35),
    (0.5, 2.47),
    (0.55, 2.57),
    (0.57, 2.65),
    (0.58, 2.90),
    (0.6, 2.93),
    (0.65, 3.00),
    (0.66, 3.06),
    (0.67, 3.30),
    (0.68, 3.42),
    (0.7, 3.47),
    (0.75, 3.55),
    (0.79, 3.63),
    (0.8, 3.94),
    (0.81, 4.28),
    (0.85, 4.41),
    (0.9, 4.65),
    (1, 4.81),
    (1.1, 4.93),
    (1.19, 5.13),
    (1.21, 5.31),
    (1.25, 5.39),
    (1.3, 5.46),
    (1.35, 7.01),
    (1.4, 7.09),
    (1.5, 7.24),
)
"""Speeds, and the syllables a second that the voice says at them, without the pauses in a line."""


def speed(pace: float) -> float:
    """The speed at which the voice says ``pace`` times :data:`~voiceguide.speech.tempo.CALM` syllables a second."""
    return float(np.interp(CALM * pace, [rate for _, rate in _RATES], [speed for speed, _ in _RATES]))
