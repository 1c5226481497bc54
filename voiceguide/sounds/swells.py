"""The wave of noise that goes with a breath: it rises with the inhale and falls with the exhale."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from voiceguide.audio.reproducible import settled
from voiceguide.audio.stream import Samples
from voiceguide.mix_levels import SWELL_LEVEL, VOICE_LOUDNESS
from voiceguide.sounds.noise import gain_to, high_pass, low_pass, turning, wide
from voiceguide.timeline import Swell

_LOOP_FRAMES = 2**19  # 11.9 s


@lru_cache(maxsize=1)
def _wave() -> tuple[Samples, Samples]:
    """Two noise loops, a dark and a bright one, whose sum is the wave at its height."""
    dark = wide(3_011, _LOOP_FRAMES, lambda hertz: high_pass(hertz, 60.0) * low_pass(hertz, 300.0))
    bright = wide(3_013, _LOOP_FRAMES, lambda hertz: high_pass(hertz, 300.0) * low_pass(hertz, 900.0))
    bright *= 0.5
    factor = gain_to(VOICE_LOUDNESS + SWELL_LEVEL, dark + bright)
    return (dark * factor).astype(np.float32), (bright * factor).astype(np.float32)


def swell(source: Swell, start: int = 0, frames: int | None = None) -> Samples:
    """The wave, or ``frames`` frames of it from frame ``start``; ``(frames, 2)`` float32, deterministic.

    The amplitude is a raised cosine, highest where inhale and exhale meet; the brighter part follows its square, so
    that the wave opens as it comes nearer. Both halves take their noise from the two sides of one point of a loop:
    a rising swell followed at once by a falling one is a single wave. Where something else follows a rising swell,
    the clip needs a fade-out. Raises ValueError when the part asked for does not lie within the wave.
    """
    frames = source.frames - start if frames is None else frames
    if start < 0 or frames < 0 or start + frames > source.frames:
        raise ValueError(f"a swell of {source.frames} frames has no {frames} frames from {start} on")
    at = np.arange(start, start + frames, dtype=np.float64)
    way = (at if source.rising else source.frames - at) / max(source.frames, 1)
    amplitude = (0.5 - 0.5 * np.cos(np.pi * way))[:, np.newaxis]
    dark, bright = _wave()
    place = start - source.frames if source.rising else start
    near = turning(dark, place, frames) * amplitude
    return settled(near + turning(bright, place, frames) * amplitude**2)
