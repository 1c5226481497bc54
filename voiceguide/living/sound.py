"""The sound of clips as it is in the finished file: mastered one by one, so that a player only adds them up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from voiceguide.audio.stream import Samples
from voiceguide.living.clips import ClipTable
from voiceguide.mastering.limiter import Limiter
from voiceguide.mixing.mixer import Sources
from voiceguide.mixing.placing import PlacedClip
from voiceguide.units import SAMPLE_RATE

PROBE_AT = 0.05
"""Seconds into the probe at which its pulse has its middle."""

_PROBE_LENGTH = SAMPLE_RATE // 10
_PROBE_WIDTH = 0.001  # seconds, of a Gaussian
_PROBE_PITCH = 2_000.0  # Hz


@dataclass(frozen=True, slots=True)
class Mastering:
    """How the rendered session was mastered: a gain of ``gain_db`` dB, then a limiter at ``ceiling_dbtp``."""

    gain_db: float
    ceiling_dbtp: float


def mastered(table: ClipTable, sources: Sources, mastering: Mastering) -> Iterator[Samples]:
    """Each sound of the table, ``(frames, 2)``, at its level, with the master's gain and limited by itself."""
    for number, placed in enumerate(table.longest):
        yield _limited(_stereo(placed, sources)[: table.frames(number)], placed.clip.level, mastering)


def _stereo(placed: PlacedClip, sources: Sources) -> Samples:
    samples = placed.sound(sources.samples(placed.clip.source))
    return samples if samples.ndim == 2 else np.stack((samples, samples), axis=1)


def _limited(samples: Samples, level: float, mastering: Mastering) -> Samples:
    limiter = Limiter(mastering.ceiling_dbtp, mastering.gain_db + level)
    return np.concatenate((limiter.process(np.ascontiguousarray(samples)), limiter.flush()))


def probe() -> Samples:
    """A pulse, ``(frames, 2)``, that is even around :data:`PROBE_AT`: where a decoder puts the middle of its energy
    tells where in a slice the sound begins."""
    since = np.arange(_PROBE_LENGTH) / SAMPLE_RATE - PROBE_AT
    pulse = 0.5 * np.cos(2 * np.pi * _PROBE_PITCH * since) * np.exp(-0.5 * (since / _PROBE_WIDTH) ** 2)
    return np.stack((pulse, pulse), axis=1).astype(np.float32)
