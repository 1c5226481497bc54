"""How long Kokoro speaks at which of its speeds.

``python -m tests.benchmarks.kokoro curve`` measured the figures, the mean of four voices;
each is within 4% of it.
"""

from __future__ import annotations

import numpy as np

SPEEDS = (
    0.25,
    0.3,
    0.35,
    0.4,
    0.45,
    0.5,
    0.55,
    0.6,
    0.65,
    0.7,
    0.75,
    0.8,
    0.85,
    0.9,
    0.95,
    1,
    1.05,
    1.1,
    1.15,
    1.2,
    1.25,
    1.3,
    1.4,
    1.5,
    1.6,
    2,
)
SECONDS = (
    4.04,
    3.373,
    2.906,
    2.546,
    2.192,
    2.007,
    1.864,
    1.66,
    1.576,
    1.444,
    1.366,
    1.234,
    1.133,
    1.075,
    1.035,
    1,
    0.968,
    0.938,
    0.91,
    0.878,
    0.843,
    0.813,
    0.686,
    0.656,
    0.633,
    0.553,
)
"""How long sentences are at each speed, as a multiple of their time at speed 1."""


def speed(pace: float, calm: float) -> float:
    """The speed to ask for, so that lines take 1/``pace`` of their time at speed ``calm``; ``pace`` from 0.5 to 2."""
    wanted = float(np.interp(calm, SPEEDS, SECONDS)) / pace
    return float(np.interp(-wanted, [-seconds for seconds in SECONDS], SPEEDS))
