"""How long Kokoro speaks at which of its speeds.

``python -m tests.benchmarks.kokoro curve`` measured the figures, the mean of four voices; each is within 3% of it.
"""

from __future__ import annotations

import numpy as np

SPEEDS = (0.3, 0.35, 0.4)
SECONDS = (3.373, 2.906, 2.546)
"""How long sentences are at each speed, as a multiple of their time at speed 1."""


def speed(pace: float, calm: float) -> float:
    """The speed to ask for, so that lines take 1/``pace`` of their time at speed ``calm``; ``pace`` from 0.5 to 2."""
    wanted = float(np.interp(calm, SPEEDS, SECONDS)) / pace
    return float(np.interp(-wanted, [-seconds for seconds in SECONDS], SPEEDS))
