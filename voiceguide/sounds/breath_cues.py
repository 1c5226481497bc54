"""The sounds that lead a breath, made as long as their phase asks: rising for in, falling for out, faint for a hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from voiceguide import units
from voiceguide.audio.reproducible import settled
from voiceguide.audio.stream import Samples
from voiceguide.mix_levels import BREATH_LEVEL, HELD_LEVEL, VOICE_LOUDNESS
from voiceguide.sounds.synthesis import Signal, breath, glide
from voiceguide.timeline import BreathCue
from voiceguide.units import SAMPLE_RATE

_LOW, _HIGH = 0.55, 1.0  # amplitude: an inhale grows, an exhale sinks


def _tone(low: float, high: float) -> Mapping[str, Callable[[float, float], Signal]]:
    return {
        "in": lambda seconds, edge: glide(low, high, seconds, attack=1.6 * edge, fade=edge),
        "out": lambda seconds, edge: glide(high, low, seconds, attack=edge, fade=1.6 * edge),
        "hold": lambda seconds, edge: glide(high, high, seconds, attack=1.6 * edge, fade=1.6 * edge),
        "rest": lambda seconds, edge: glide(low, low, seconds, attack=1.6 * edge, fade=1.6 * edge),
    }


_AIR: Mapping[str, Callable[[float, float], Signal]] = {
    "in": lambda seconds, edge: breath(2_031, 420.0, 1_300.0, seconds, attack=1.6 * edge, fade=edge),
    "out": lambda seconds, edge: breath(2_041, 1_100.0, 360.0, seconds, attack=edge, fade=1.6 * edge),
    "hold": lambda seconds, edge: breath(2_051, 1_250.0, 1_150.0, seconds, attack=1.6 * edge, fade=1.6 * edge),
    "rest": lambda seconds, edge: breath(2_061, 420.0, 380.0, seconds, attack=1.6 * edge, fade=1.6 * edge),
}

_SETS: Mapping[str, Mapping[str, Callable[[float, float], Signal]]] = MappingProxyType(
    {"plain": _tone(294.0, 440.0), "air": _AIR, "tone": _tone(196.0, 294.0)}
)

_OWN_LOUDNESS: Mapping[str, float] = MappingProxyType({"plain": -1.84, "air": 3.15, "tone": -1.95})
"""LUFS of the loudest 400 ms of each set's inhale of 4 s at an amplitude of 1; the tests hold it to 1 LU."""


@lru_cache(maxsize=4)
def breath_cue(source: BreathCue) -> Samples:
    """The sound of a phase, ``(frames, 2)`` float32, read-only, deterministic: silent at both ends."""
    if not source.frames:
        return np.zeros((0, 2), np.float32)
    seconds = source.frames / SAMPLE_RATE
    sound = _SETS[source.set][source.phase](seconds, min(0.11 * seconds, 1.2))[: source.frames]
    level = BREATH_LEVEL if source.phase in ("in", "out") else HELD_LEVEL
    way = np.arange(len(sound)) / len(sound)
    course = {"in": way, "out": 1 - way}.get(source.phase, np.full(1, 0.6))
    factor = units.gain(VOICE_LOUDNESS + level - _OWN_LOUDNESS[source.set])
    cue = settled(sound * (factor * (_LOW + (_HIGH - _LOW) * course))[:, np.newaxis])
    cue.setflags(write=False)
    return cue
