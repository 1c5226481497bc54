"""How long hibari speaks at which of its speeds.

The model stretches sounds by whole frames, so its tempo moves in steps: from speed 0.7 to 0.65 lines become 15%
longer, from there to 0.6 3%. ``python -m tests.benchmarks.tempo hibari:heart`` measured the figures; the other voices
are models of the same kind.
"""

from __future__ import annotations

import numpy as np

_CALM = 0.65
"""The speed at pace 1: 3.0 syllables a second, pauses not counted."""

_SPEEDS = (
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
    1.35,
)
_SECONDS = (
    219.25,
    193.67,
    165.52,
    141.47,
    133.53,
    127.09,
    111.28,
    108.28,
    93.97,
    91.14,
    82.25,
    73.74,
    69.68,
    67.81,
    66.44,
    65.32,
    64.45,
    63,
    60.77,
    58.57,
    57.32,
    44.64,
)  # that 24 sentences take


def speed(pace: float) -> float:
    """The speed to ask for, so that lines take 1/``pace`` of their time at pace 1; ``pace`` from 0.5 to 2."""
    calm = _SECONDS[_SPEEDS.index(_CALM)]
    return float(np.interp(pace, [calm / seconds for seconds in _SECONDS], _SPEEDS))
