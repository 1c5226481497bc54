"""The soft sounds that answer a key: the listener's eyes are closed."""

from __future__ import annotations

from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio.stream import Samples
from voiceguide.units import SAMPLE_RATE, gain

Answer = Literal["done", "end"]
"""``done``: the key did something. ``end``: there is nothing further in that direction, or no such key."""

_LEVEL = -30.0  # dBFS peak: some 20 dB under a voice at -16 LUFS
_SECONDS = 0.07
_TONES = {"done": (660.0,), "end": (440.0, 330.0)}  # Hz, one after the other


@cache
def answer(kind: Answer) -> Samples:
    """An answer as float32 ``(frames, 2)``, at most a fifth of a second long; read-only and shared."""
    mono = np.concatenate([_tone(hertz) for hertz in _TONES[kind]])
    sound = np.repeat((gain(_LEVEL) * mono).astype(np.float32)[:, np.newaxis], 2, axis=1)
    sound.flags.writeable = False
    return sound


def _tone(hertz: float) -> NDArray[np.float64]:
    """A sine under a raised cosine, so that it neither clicks nor startles."""
    frames = round(_SECONDS * SAMPLE_RATE)
    phase = 2 * np.pi * hertz / SAMPLE_RATE * np.arange(frames)
    tone: NDArray[np.float64] = np.sin(phase) * np.hanning(frames)
    return tone
