"""The steps in which loudness is measured."""

from __future__ import annotations

from voiceguide.units import SAMPLE_RATE

STEP = SAMPLE_RATE // 10
"""Frames of 100 ms: a 400 ms gating block moves on by a quarter of itself (BS.1770-4, annex 1)."""

MOMENT = STEP // 6
"""Frames (17 ms) for which an envelope has one power. Clips begin anywhere in a mix: with moments of 100 ms their sum
would be blurred so far that its gated loudness comes out 0.1 LU too low."""


def moments(frames: int) -> int:
    """The number of moments that a clip of so many frames touches."""
    return -(-frames // MOMENT)
