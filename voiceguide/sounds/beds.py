"""Backgrounds that never end: those of the library, made as they are read, or a person's file gone round.

A bed is read by its own frames (0: it begins), in any order and in pieces of any size, always with the same result.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from voiceguide.audio.stream import Samples
from voiceguide.errors import SoundError, did_you_mean
from voiceguide.routine import SoundRef
from voiceguide.sounds.bed_recipes import RECIPES
from voiceguide.sounds.catalogue import bed_names
from voiceguide.sounds.file_bed import FileBed
from voiceguide.sounds.files import SoundStore
from voiceguide.sounds.layers import Part


@dataclass(frozen=True, slots=True)
class LibraryBed:
    """A bed of the catalogue. It holds no samples: what it is made of is shared, and made again when long unused."""

    name: str

    def read(self, start: int, frames: int) -> Samples:
        """``frames`` frames from frame ``start`` of the bed, a new array ``(frames, 2)``. Raises ValueError."""
        if start < 0 or frames < 0:
            raise ValueError(f"a bed has no frames from {start} on, {frames} long")
        first, *others = (part.sound(start, frames) for part in _parts(self.name))
        mix = first + others[0] if others else first.copy()
        for sound in others[1:]:
            mix += sound
        return mix.view(np.float32).reshape(frames, 2)


@lru_cache(maxsize=4)  # at most 12 MB each; two sound at once in a crossfade
def _parts(name: str) -> tuple[Part, ...]:
    recipe = RECIPES[name]
    return recipe.parts(recipe.gain)


def bed(ref: SoundRef | str, store: SoundStore) -> LibraryBed | FileBed:
    """The background ``ref`` names: a bed of the catalogue, or a person's file, which ``store`` holds while open.

    Raises SoundError when there is no such bed, or the file cannot be read or is too short.
    """
    ref = SoundRef(ref) if isinstance(ref, str) else ref
    if ref.path is not None:
        return FileBed.of(store.bed_file(ref), ref.name)
    if ref.name not in bed_names():
        raise SoundError(f"There is no bed '{ref.name}' in the library{did_you_mean(ref.name, bed_names())}.")
    return LibraryBed(ref.name)
