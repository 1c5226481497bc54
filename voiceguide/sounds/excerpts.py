"""A sound of the library, or a part of a bed, as a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
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


def save(name: str, frames: int, path: Path, kind: str) -> None:
    """Writes a sound of the library whole, or the first ``frames`` of a bed between two fades, as 16-bit stereo.

    ``kind`` is one of :data:`KINDS`. Raises SoundError, and OSError when the file cannot be written.
    """
    with path.open("wb") as out, soundfile.SoundFile(out, "w", SAMPLE_RATE, 2, "PCM_16", format=KINDS[kind]) as file:
        for block in _blocks(name, frames):
            file.write(block)


def _blocks(name: str, frames: int) -> Iterator[Samples]:
    if name not in bed_names():
        yield library.samples(name)
        return
    bed, fade = LibraryBed(name), min(_FADE, frames // 2)
    for start in range(0, frames, _BLOCK):
        block = bed.read(start, min(_BLOCK, frames - start))
        since = np.arange(start, start + len(block))
        near_an_end = np.minimum(since, frames - 1 - since) / max(fade, 1)
        yield block * np.sin(np.pi / 2 * np.minimum(near_an_end, 1.0)).astype(np.float32)[:, np.newaxis]
