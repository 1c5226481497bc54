"""A clip's power over time and its peak: enough to compute what a mix of clips will measure, without mixing it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio.fast_loudness import Weigher
from voiceguide.audio.loudness import integrated
from voiceguide.audio.steps import MOMENT, STEP, moments
from voiceguide.audio.stream import Samples
from voiceguide.audio.true_peak import TruePeakMeter

_BLOCK = 30 * STEP  # frames
_QUIET = 1e-4  # power to that of the loudest moment (-40 dB)
_PAUSE = 8  # moments (133 ms) of quiet that make a pause; closures of plosives are shorter


@dataclass(frozen=True, slots=True, eq=False)
class Envelope:
    """``powers``: the K-weighted power (BS.1770-4, both channels together) of each :data:`MOMENT`, ``(moments,)``
    float32, the last one padded with silence. ``peak``: the true peak, 1.0 is full scale."""

    powers: NDArray[np.float32]
    peak: float


def envelope(samples: Samples) -> Envelope:
    """The envelope of a clip, ``(frames, 2)`` or, for both channels alike, ``(frames,)``."""
    weigher, peak = Weigher(MOMENT), TruePeakMeter()
    for first in range(0, len(samples), _BLOCK):
        block = samples[first : first + _BLOCK]
        stereo = block if block.ndim == 2 else np.stack((block, block), axis=1)
        peak.feed(stereo)
        weigher.feed(stereo)
    weigher.feed(np.zeros((moments(len(samples)) * MOMENT - len(samples), 2), np.float32))
    return Envelope(np.array(weigher.powers(), np.float32), float(np.float32(peak.peak)))


def sounding(powers: NDArray[np.float32]) -> int:
    """The frames of a spoken clip without the pauses inside it: those of 133 ms and more, 40 dB below the loudest."""
    quiet = np.concatenate(([False], powers < powers.max(initial=0.0) * _QUIET, [False]))
    edges = np.flatnonzero(np.diff(quiet.astype(np.int8)))
    lengths = edges[1::2] - edges[::2]
    return int(len(powers) - lengths[lengths >= _PAUSE].sum()) * MOMENT


def gated_loudness(powers: NDArray[np.float32], frames: int) -> float:
    """Integrated loudness, in LUFS, of ``frames`` frames with such powers; minus infinity for silence."""
    whole, each = frames // STEP, STEP // MOMENT
    steps: list[float] = powers[: whole * each].reshape(whole, each).mean(axis=1, dtype=np.float64).tolist()
    return integrated(steps)
