"""A person's file as a bed: from its start once, and then round and round with a crossfade."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voiceguide import units
from voiceguide.audio.stream import Samples
from voiceguide.errors import SoundError
from voiceguide.mix_levels import VOICE_LOUDNESS
from voiceguide.sounds.decoded_file import DecodedFile
from voiceguide.units import SAMPLE_RATE

CROSSFADE = 5 * SAMPLE_RATE
"""Frames over which a file runs on into itself; a quarter of a shorter one."""

SHORTEST_FILE = SAMPLE_RATE
"""Frames a file needs to serve as a bed."""

_LOUDEST_OVER_MEAN = 6.0
"""LU by which a file's loudest moment may pass the voice's loudness, before the mixer sets it below."""


@dataclass(frozen=True, slots=True, eq=False)
class FileBed:
    """A file that goes round: its beginning is heard once, then its body again and again.

    The last ``fade`` frames of the body lie over the next round's first, with equal power (weights cos and sin: their
    squares sum to 1, so that two unrelated sounds keep their loudness). What a file has of fades and silence at its
    ends lies outside of its body, so that a round never sinks away.
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
        fade = min(CROSSFADE, len(file.body) // 4)
        rising = np.sin(np.pi / 2 * (np.arange(fade) + 0.5) / fade).astype(np.float32)
        return cls(file, units.gain(change) if np.isfinite(change) else 1.0, rising[:, np.newaxis])

    @property
    def turn(self) -> int:
        """The frame at which the second round begins."""
        return self.file.body.stop - len(self.rising)

    @property
    def period(self) -> int:
        """Frames from the beginning of one further round to that of the next."""
        return self.turn - self.file.body.start

    def read(self, start: int, frames: int) -> Samples:
        """``frames`` frames from frame ``start`` of the bed, a new array ``(frames, 2)``. Raises ValueError."""
        if start < 0 or frames < 0:
            raise ValueError(f"a bed has no frames from {start} on, {frames} long")
        piece = np.empty((frames, 2), np.float32)
        filled = 0
        while filled < frames:
            now = start + filled
            at = now if now < self.turn else (now - self.turn) % self.period
            taken = min(frames - filled, (self.turn if now < self.turn else self.period) - at)
            piece[filled : filled + taken] = self.file.read(at, taken) if now < self.turn else self._round(at, taken)
            filled += taken
        piece *= np.float32(self.gain)
        return piece

    def _round(self, at: int, frames: int) -> Samples:
        """``frames`` frames from ``at`` of a further round, which begins under the end of the one before."""
        piece = self.file.read(self.file.body.start + at, frames)
        fade = len(self.rising)
        if at < fade:
            shared = min(frames, fade - at)
            ending = self.file.read(self.turn + at, shared)
            falling = self.rising[::-1][at : at + shared]
            piece[:shared] = piece[:shared] * self.rising[at : at + shared] + ending * falling
        return piece
