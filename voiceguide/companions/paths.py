"""The paths of the files beside a session's audio. Imports nothing heavy, so that a clash is reported at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from voiceguide.timeline import Track

BUSES: tuple[Track, ...] = get_args(Track)
"""Each is a stem: ``voice.wav`` and so on."""

_LABELS = "labels.txt"


@dataclass(frozen=True, slots=True)
class Companions:
    """The paths of the files that are wanted; None for one that is not.

    ``captions`` ends in the suffix of its kind (:data:`voiceguide.companions.captions.CAPTIONS`), ``stems`` is a
    folder, ``playlist`` asks for a file for each chapter, in a folder beside it that has its name without the ending.
    """

    captions: Path | None = None
    chapters: Path | None = None
    stems: Path | None = None
    playlist: Path | None = None

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files whose names are known before the session is planned."""
        return tuple(path for path in (self.captions, self.chapters, self.playlist, *self.stem_paths) if path)

    @property
    def stem_paths(self) -> tuple[Path, ...]:
        """The stems in the order of :data:`BUSES`, and the label track."""
        return tuple(self.stems / name for name in (*(f"{bus}.wav" for bus in BUSES), _LABELS)) if self.stems else ()
