"""The sound library on disk: small FLAC files that this project's own recipes make."""

from __future__ import annotations

import io
import os
from functools import lru_cache
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from voiceguide.errors import OutputError, SoundError, did_you_mean
from voiceguide.resources import data_folder
from voiceguide.routine import SoundRef
from voiceguide.sounds.catalogue import SOUNDS, sound_names
from voiceguide.sounds.synthesis import render
from voiceguide.units import SAMPLE_RATE


def flac(samples: NDArray[np.int16]) -> bytes:
    """A FLAC file of int16 samples ``(frames, 2)``.

    Level 2 predicts with whole numbers only. Higher ones choose their predictors in floating point, and the same
    samples would then give other bytes on another processor.
    """
    file = io.BytesIO()
    soundfile.write(file, samples, SAMPLE_RATE, format="FLAC", subtype="PCM_16", compression_level=0.25)
    return file.getvalue()


def build(folder: Path) -> tuple[Path, ...]:
    """Makes every sound of the catalogue as ``folder/<name>.flac`` and returns the files' paths.

    Raises OutputError when a file cannot be written; a file is either the old or the new one, never half.
    """
    paths = []
    for spec in SOUNDS:
        path = folder / f"{spec.name}.flac"
        part = folder / f".{spec.name}.flac.{os.getpid()}.part"
        content = flac(render(spec))
        try:
            folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(content)
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise OutputError(f"The sound {path} could not be written: {error.strerror or error}.") from error
        paths.append(path)
    return tuple(paths)


def names() -> tuple[str, ...]:
    """Every sound of the library."""
    return sound_names()


def samples(ref: SoundRef | str) -> NDArray[np.float32]:
    """A library sound, ``(frames, 2)``, full scale ±1, read-only and shared. Raises SoundError."""
    return _load(ref if isinstance(ref, str) else ref.name)


def frames(ref: SoundRef | str) -> int:
    """A library sound's length. Raises SoundError."""
    return len(samples(ref))


@lru_cache(maxsize=32)
def _load(name: str) -> NDArray[np.float32]:
    if name not in sound_names():
        raise SoundError(f"There is no sound '{name}' in the library{did_you_mean(name, sound_names())}.")
    path = data_folder("sounds") / f"{name}.flac"
    try:
        whole, rate = soundfile.read(path, dtype="int16", always_2d=True)
    except (soundfile.SoundFileError, OSError) as error:
        raise SoundError(
            f"The library's sound '{name}' could not be read from {path}. "
            "Installing voiceguide again, or running 'voiceguide sounds build', brings it back."
        ) from error
    if rate != SAMPLE_RATE or whole.shape[1] != 2:
        raise SoundError(f"{path} is not the library's sound '{name}'; 'voiceguide sounds build' makes it anew.")
    loaded: NDArray[np.float32] = whole.astype(np.float32) / np.float32(32768.0)
    loaded.setflags(write=False)
    return loaded
