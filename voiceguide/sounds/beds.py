"""Backgrounds that never end: noise made here, or a person's file gone round with a crossfade.

A bed is read by its own frames (0: it begins), in any order and in pieces of any size, always with the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from voiceguide import units
from voiceguide.errors import SoundError, did_you_mean
from voiceguide.loudness import VOICE_LOUDNESS, Samples
from voiceguide.routine import SoundRef
from voiceguide.sounds.catalogue import bed_names
from voiceguide.sounds.files import DecodedFile, SoundStore
from voiceguide.sounds.noise import Loop, gain_to, high_pass, round_and_round, settled, wide
from voiceguide.units import SAMPLE_RATE

LOOP_FRAMES = 2**21
"""Frames after which a noise bed comes round (47.6 s: far longer than anyone remembers noise)."""

CROSSFADE = 5 * SAMPLE_RATE
"""Frames over which a person's file runs on into itself; a quarter of a shorter file."""

SHORTEST_FILE = SAMPLE_RATE
"""Frames a person's file needs to serve as a bed."""

_LOUDEST_OVER_MEAN = 6.0
"""LU by which the loudest moment of a person's bed may pass the voice's loudness, before the mixer sets it below."""


def _require_range(start: int, frames: int) -> None:
    if start < 0 or frames < 0:
        raise ValueError(f"a bed has no frames from {start} on, {frames} long")


@dataclass(frozen=True, slots=True, eq=False)
class NoiseBed:
    """A noise loop, ``(frames, 2)`` float32, as loud as the voice."""

    loop: Samples

    def read(self, start: int, frames: int) -> Samples:
        _require_range(start, frames)
        return round_and_round(self.loop, start, frames)


@dataclass(frozen=True, slots=True, eq=False)
class FileBed:
    """A person's file, from its start once and then round and round.

    The last ``fade`` frames lie over the next round's first, with equal power (weights cos and sin: their squares
    sum to 1, so that two unrelated sounds keep their loudness).
    """

    file: DecodedFile
    gain: float
    rising: NDArray[np.float32]

    @classmethod
    def of(cls, file: DecodedFile, name: str) -> FileBed:
        """Raises SoundError when the file is too short to go round."""
        if file.frames < SHORTEST_FILE:
            raise SoundError(f"'{name}' is too short for a bed; it should last a second or longer.")
        change = VOICE_LOUDNESS - max(file.integrated, file.loudest - _LOUDEST_OVER_MEAN)
        fade = min(CROSSFADE, file.frames // 4)
        rising = np.sin(np.pi / 2 * (np.arange(fade) + 0.5) / fade).astype(np.float32)
        return cls(file, units.gain(change) if np.isfinite(change) else 1.0, rising[:, np.newaxis])

    def read(self, start: int, frames: int) -> Samples:
        _require_range(start, frames)
        period = self.file.frames - len(self.rising)
        piece = np.empty((frames, 2), np.float32)
        filled = 0
        while filled < frames:
            lap, at = divmod(start + filled, period)
            taken = min(frames - filled, period - at)
            piece[filled : filled + taken] = self._lap(lap, at, taken)
            filled += taken
        return piece * np.float32(self.gain)

    def _lap(self, lap: int, at: int, frames: int) -> Samples:
        """``frames`` frames from ``at`` of one round; all but the first begin under the end of the one before."""
        piece = self.file.read(at, frames)
        fade = len(self.rising)
        if lap > 0 and at < fade:
            shared = min(frames, fade - at)
            ending = self.file.read(self.file.frames - fade + at, shared)
            falling = self.rising[::-1][at : at + shared]
            piece[:shared] = piece[:shared] * self.rising[at : at + shared] + ending * falling
        return piece


def brown() -> Loop:
    """-6 dB an octave; below 40 Hz it would only use up the headroom."""
    return wide(1_827, LOOP_FRAMES, lambda hertz: high_pass(hertz, 40.0) * (100.0 / hertz))


def pink() -> Loop:
    """-3 dB an octave."""
    return wide(1_925, LOOP_FRAMES, lambda hertz: high_pass(hertz, 30.0) * np.sqrt(100.0 / hertz))


RECIPES: Mapping[str, Callable[[], Loop]] = MappingProxyType({recipe.__name__: recipe for recipe in (brown, pink)})
"""How each bed of the catalogue is made, by its name: a loop of no particular level."""


@lru_cache(maxsize=2)
def _noise(name: str) -> NoiseBed:
    made = RECIPES[name]()
    loop = settled(made * gain_to(VOICE_LOUDNESS, made))
    loop.setflags(write=False)
    return NoiseBed(loop)


def bed(ref: SoundRef | str, store: SoundStore) -> NoiseBed | FileBed:
    """The background ``ref`` names: a bed of the catalogue, or a person's file, which ``store`` holds while open.

    Raises SoundError when there is no such bed, or the file cannot be read or is too short.
    """
    ref = SoundRef(ref) if isinstance(ref, str) else ref
    if ref.path is not None:
        return FileBed.of(store.file(ref), ref.name)
    if ref.name not in bed_names():
        raise SoundError(f"There is no bed '{ref.name}' in the library{did_you_mean(ref.name, bed_names())}.")
    return _noise(ref.name)
