"""The folders in which voices are kept: those that the user names, and voiceguide's own."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from voiceguide.configuration import configuration

VARIABLE = "VOICEGUIDE_VOICES"
"""The environment variable that names further folders with voices, separated like those of ``PATH``."""


def own_folder() -> Path:
    """The folder for voices that voiceguide itself has."""
    return platformdirs.user_data_path("voiceguide", appauthor=False) / "voices"


def chosen_folders() -> tuple[Path, ...]:
    """The folders that the environment and the configuration name, absolute, the former first.

    Raises ConfigurationError if the configuration has a mistake.
    """
    named = [Path(entry).expanduser() for entry in os.environ.get(VARIABLE, "").split(os.pathsep) if entry.strip()]
    return tuple(dict.fromkeys(folder.absolute() for folder in (*named, *configuration().voice_folders)))


def add_folders(folders: tuple[Path, ...]) -> None:
    """Puts folders before those that the environment names, for this process and the workers that it starts."""
    if folders:
        entries = [*map(str, folders), *filter(None, [os.environ.get(VARIABLE, "")])]
        os.environ[VARIABLE] = os.pathsep.join(entries)
