"""What a session's file takes the place of, so that nobody loses another session without a word."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from pathlib import Path

from voiceguide.units import format_duration


@dataclass(frozen=True, slots=True)
class Earlier:
    """A file as it was before: its SHA-256, when it was made, and how long it lasts (seconds; None: nobody knows)."""

    sha256: str
    made: datetime.datetime
    seconds: float | None

    def __str__(self) -> str:
        lasted = "" if self.seconds is None else f" that lasted {format_duration(round(self.seconds, 1))}"
        return f"a file{lasted}, made on {self.made:%Y-%m-%d at %H:%M}"


def earlier_at(path: Path) -> Earlier | None:
    """The file at a path; None where there is none, or none that can be read."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        made = datetime.datetime.fromtimestamp(path.stat().st_mtime)
    except OSError:
        return None
    return Earlier(digest, made, _lasting(path))


def _lasting(path: Path) -> float | None:
    import mutagen

    try:
        found = mutagen.File(path)
    except mutagen.MutagenError:
        return None
    return None if found is None else float(found.info.length)
