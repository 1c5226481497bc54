"""The voices of hibari, from the list inside its package: one comes along, the others can be downloaded.

Nothing here imports the package, which loads numpy, nor opens a model.
"""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import platformdirs

from voiceguide.languages import base_language
from voiceguide.speech.engines.engine import Voice
from voiceguide.speech.voice_folders import chosen_folders, own_folder

PACKAGE = "hibari-tts"
LICENCE = "Apache-2.0"
FOLDER = "hibari"
"""The folder, inside a folder of voices, that holds the downloaded models."""


@dataclass(frozen=True, slots=True)
class Model:
    """A voice as the package lists it; ``language`` is a BCP 47 tag, ``size`` the model's in bytes, ``sha256`` its hash
    (hex). ``in_package``: its file lies in the package's own ``assets``."""

    short: str
    file: str
    language: str
    gender: Literal["female", "male"]
    size: int
    sha256: str
    in_package: bool

    @property
    def full_name(self) -> str:
        return f"hibari:{self.short}"

    def path(self) -> Path | None:
        """Where the model is; None if it is not on this computer."""
        folders = (assets(),) if self.in_package else model_folders()
        return next((path for folder in folders if folder and (path := folder / self.file).is_file()), None)

    def voice(self) -> Voice | None:
        """The voice, if its model is on this computer."""
        path = self.path()
        if path is None:
            return None
        return Voice(
            self.full_name,
            "hibari",
            self.language,
            self.gender,
            "neural",
            serves=(base_language(self.language),) if self.in_package else (),
            aliases=(self.short,),
            licence=LICENCE,
            size=self.size,
            location=str(path.parent),
            fault=_fault(self, path),
        )


@functools.cache
def release() -> str | None:
    """The installed release of the package, if any."""
    try:
        return importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return None


@functools.cache
def assets() -> Path | None:
    """The package's folder of data, if it is installed."""
    if release() is None:
        return None
    found = importlib.util.find_spec("hibari")
    return next((Path(entry) / "assets" for entry in (found.submodule_search_locations or ())), None) if found else None


@functools.cache
def registry() -> tuple[Model, ...]:
    """Every voice that the package lists, the one that comes along first; none if the package is not installed."""
    folder = assets()
    if folder is None:
        return ()
    listed = json.loads((folder / "voices.json").read_text("utf-8"))
    models = [
        Model(
            name,
            str(row["file"]),
            str(row["language"]),
            "male" if row["gender"] == "male" else "female",
            int(row["bytes"]),
            str(row["sha256"]),
            bool(row.get("bundled", False)),
        )
        for name, row in listed.items()
    ]
    return tuple(sorted(models, key=lambda model: not model.in_package))


def model_folders() -> tuple[Path, ...]:
    """The folders in which downloaded models are looked for; the package's own cache comes last."""
    if own := os.environ.get("HIBARI_HOME"):
        cache = Path(own)
    elif sys.platform == "win32":
        cache = platformdirs.user_data_path("hibari", appauthor=False)
    else:
        cache = platformdirs.user_cache_path("hibari", appauthor=False)
    return (*(folder / FOLDER for folder in (*chosen_folders(), own_folder())), cache)


def _fault(model: Model, path: Path) -> str:
    if importlib.util.find_spec("onnxruntime") is None:
        return (
            f"The voice {model.full_name} needs the package onnxruntime, which is not installed. "
            "Install it with pip, or use the voice of your system: --voice system."
        )
    if path.stat().st_size != model.size:
        return (
            f"The model {path} of the voice {model.full_name} is damaged or only partly there. "
            + ("Install hibari-tts again with pip." if model.in_package else f"'voiceguide voices add {model.short}' "
               "fetches it again.")
        )  # fmt: skip
    return ""
