"""The sound library on disk: small FLAC files that this project's own recipes make."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.errors import OutputError, SoundError, did_you_mean
from voiceguide.resources import data_folder
from voiceguide.routine import SoundRef
from voiceguide.sounds.catalogue import SOUNDS, sound_names
from voiceguide.units import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def flac(samples: NDArray[np.int16]) -> bytes:
    """A FLAC file of int16 samples ``(frames, 2)``.

    Level 2 predicts with whole numbers only. Higher ones choose their predictors in floating point, and the same
    samples would then give other bytes on another processor.
    """
    import soundfile

    file = io.BytesIO()
    soundfile.write(file, samples, SAMPLE_RATE, format="FLAC", subtype="PCM_16", compression_level=0.25)
    return file.getvalue()


def build(folder: Path) -> tuple[Path, ...]:
    """Makes every sound of the catalogue as ``folder/<name>.flac`` and returns the files' paths.

    Raises OutputError when a file cannot be written; a file is either the old or the new one, never half.
    """
    from voiceguide.sounds.sound_recipes import render  # loads what only making the sounds needs

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
    """A library sound's length, from its file's head. Raises SoundError."""
    return _length(ref if isinstance(ref, str) else ref.name)


def path_of(name: str) -> Path:
    """The file of a library sound. Raises SoundError when the library has no such sound."""
    if name not in sound_names():
        raise SoundError(f"There is no sound '{name}' in the library{did_you_mean(name, sound_names())}.")
    return data_folder("sounds") / f"{name}.flac"


@contextmanager
def _readable(name: str) -> Iterator[Path]:
    """The file of a library sound, which is read in the block. Raises SoundError."""
    path = path_of(name)
    try:
        yield path
    except (RuntimeError, OSError) as error:  # soundfile's errors are RuntimeErrors
        raise SoundError(
            f"The library's sound '{name}' could not be read from {path}. "
            "Installing voiceguide again, or running 'voiceguide sounds build', brings it back."
        ) from error


def _another(path: Path, name: str) -> SoundError:
    return SoundError(f"{path} is not the library's sound '{name}'; 'voiceguide sounds build' makes it anew.")


@lru_cache(maxsize=64)
def _length(name: str) -> int:
    with _readable(name) as path:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if len(head) < _HEAD or head[:4] != b"fLaC":
            raise OSError("it is no FLAC file")
        stream = int.from_bytes(head[18:26])
        rate, channels, frames = stream >> 44, (stream >> 41 & 0b111) + 1, stream & (1 << 36) - 1
        if (rate, channels) != (SAMPLE_RATE, 2):
            raise _another(path, name)
        return frames


_HEAD = 4 + 4 + 34
"""Bytes of a FLAC file up to the end of its stream's description (RFC 9639, 8.2): rate, channels, bits and frames are
the 64 bits from byte 18 on. Read here, since whoever plans a session needs the lengths and no library that decodes."""


@lru_cache(maxsize=32)
def _load(name: str) -> NDArray[np.float32]:
    import numpy as np
    import soundfile

    with _readable(name) as path, soundfile.SoundFile(path) as file:
        if file.samplerate != SAMPLE_RATE or file.channels != 2:
            raise _another(path, name)
        loaded: NDArray[np.float32] = file.read(dtype="int16", always_2d=True).astype(np.float32)
    loaded /= np.float32(32768.0)
    loaded.setflags(write=False)
    return loaded
