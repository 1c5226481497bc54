"""Plays a file through the system's player."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

_PLAYERS: tuple[tuple[str, ...], ...] = (
    ("afplay",),
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "error"),
    ("mpv", "--no-video", "--really-quiet"),
    ("play", "-q"),
)
"""Programs that play a WAV file and then exit: those that come with a system first."""


def played(path: Path) -> str | None:
    """Plays a WAV file to its end. None if it was played; else a sentence that says why it was not.

    If a player fails (it may find no loudspeaker), the next is tried.
    """
    if sys.platform == "win32":
        return _played_by_windows(path)
    said = ""
    for name, *options in _PLAYERS:
        program = shutil.which(name)
        if program is None:
            continue
        result = subprocess.run(
            [program, *options, str(path)], stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        if result.returncode == 0:
            return None
        complaint = result.stderr.strip().splitlines()
        said = f"The player {name} could not play it{': ' + complaint[-1].rstrip('.') if complaint else ''}."
    return said or f"No player was found on this computer (looked for {', '.join(name for name, *_ in _PLAYERS)})."


def _played_by_windows(path: Path) -> str | None:
    import importlib

    winsound = importlib.import_module("winsound")
    try:
        winsound.PlaySound(str(path), winsound.SND_FILENAME)
    except RuntimeError as error:
        return f"Windows could not play it: {error}."
    return None
