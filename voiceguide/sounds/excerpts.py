"""A sound of the library, or a part of a bed, as a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from voiceguide.audio.stream import Samples
from voiceguide.sounds import library
from voiceguide.sounds.beds import LibraryBed
from voiceguide.sounds.catalogue import bed_names
from voiceguide.units import SAMPLE_RATE

KINDS = {".wav": "WAV", ".flac": "FLAC"}
"""What a file's name may end in."""

_FADE = SAMPLE_RATE  # frames, at either end of a bed
_BLOCK = SAMPLE_RATE * 4


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sound of the library whole, or the first frames of a bed between two fades, as a stream. Raises SoundError."""

    name: str
    bed_frames: int

    @property
    def frames(self) -> int:
        return self.bed_frames if self.name in bed_names() else library.frames(self.name)

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        """As :meth:`~voiceguide.audio.stream.Stream.blocks`."""
        stop = self.frames if stop is None else min(stop, self.frames)
        if self.name not in bed_names():
            yield library.samples(self.name)[start:stop]
            return
        bed, fade = LibraryBed(self.name), min(_FADE, self.frames // 2)
        for first in range(start, stop, _BLOCK):
            block = bed.read(first, min(_BLOCK, stop - first))
            since = np.arange(first, first + len(block))
            near_an_end = np.minimum(since, self.frames - 1 - since) / max(fade, 1)
            yield block * np.sin(np.pi / 2 * np.minimum(near_an_end, 1.0)).astype(np.float32)[:, np.newaxis]


def save(name: str, frames: int, path: Path, kind: str) -> None:
    """Writes an :class:`Excerpt` as 16-bit stereo.

    ``kind`` is one of :data:`KINDS`. Raises SoundError, and OSError when the file cannot be written.
    """
    with path.open("wb") as out, soundfile.SoundFile(out, "w", SAMPLE_RATE, 2, "PCM_16", format=KINDS[kind]) as file:
        for block in Excerpt(name, frames).blocks():
            file.write(block)
