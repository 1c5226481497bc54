"""The folders in which voices are kept: those that the user names, and voiceguide's own."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import platformdirs

from voiceguide.configuration import configuration
from voiceguide.errors import ConfigurationError

VARIABLE = "VOICEGUIDE_VOICES"
"""The environment variable that names further folders with voices, separated like those of ``PATH``."""


def own_folder() -> Path:
    """Voiceguide's own folder for voices."""
    return platformdirs.user_data_path("voiceguide", appauthor=False) / "voices"


def chosen_folders() -> tuple[Path, ...]:
    """The folders that the environment and the configuration name, absolute, the former first.

    A configuration with a mistake names none; :mod:`voiceguide.speech.casting` reports it.
    """
    named = [Path(entry).expanduser() for entry in os.environ.get(VARIABLE, "").split(os.pathsep) if entry.strip()]
    configured: tuple[Path, ...] = ()
    with suppress(ConfigurationError):
        configured = configuration().voice_folders
    return tuple(dict.fromkeys(folder.absolute() for folder in (*named, *configured)))


def new_voice_folder() -> Path:
    """The folder in which a new voice is kept: the first that the user names, else voiceguide's own."""
    return next(iter(chosen_folders()), own_folder())


def add_folders(folders: tuple[Path, ...]) -> None:
    """Puts folders before those that the environment names, for this process and the workers that it starts."""
    if folders:
        entries = [*map(str, folders), *filter(None, [os.environ.get(VARIABLE, "")])]
        os.environ[VARIABLE] = os.pathsep.join(entries)
