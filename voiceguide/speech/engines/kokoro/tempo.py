"""How long Kokoro speaks at which of its speeds."""
from __future__ import annotations


def speed(pace: float, calm: float) -> float:
    return calm * pace
