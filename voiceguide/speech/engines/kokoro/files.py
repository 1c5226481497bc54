"""Kokoro's two files, as its ONNX release publishes them, and where they are looked for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from voiceguide.speech.voice_folders import chosen_folders, own_folder

PAGE = "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0/"
FOLDER = "kokoro"
"""The folder, inside a folder of voices, that holds the files."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the release: ``size`` in bytes, ``sha256`` in hex."""

    name: str
    size: int
    sha256: str


MODEL = File(
    "kokoro-v1.0.int8.onnx",
    92_361_271,
    "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
)
"""The smallest of the published models, with weights of 8 bits; the one of 32 bits takes 325 MB."""

STYLES = File(
    "voices-v1.0.bin",
    28_214_398,
    "bca610b8308e8d99f32e6fe4197e7ec01679264efed0cac9140fe9c29f1fbf7d",
)
"""What makes each voice sound as it does: an archive of numpy arrays, one for each of 54 voices."""

FILES = (MODEL, STYLES)


def folder() -> Path | None:
    """The folder with the files; if none has both, one that has some of them; None if there is no such folder."""
    places = [place / FOLDER for place in (*chosen_folders(), own_folder())]
    count, place = max(
        ((sum((place / file.name).is_file() for file in FILES), place) for place in places), key=lambda found: found[0]
    )
    return place if count else None


def damaged(place: Path) -> tuple[File, ...]:
    """The files that a folder has not, or not whole, by their sizes alone."""
    return tuple(
        file for file in FILES if not (place / file.name).is_file() or (place / file.name).stat().st_size != file.size
    )


def is_genuine(place: Path, file: File) -> bool:
    """Whether a file that is there has the released content. Raises OSError."""
    with (place / file.name).open("rb") as stored:
        return hashlib.file_digest(stored, "sha256").hexdigest() == file.sha256
