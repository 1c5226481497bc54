"""The paths of the files beside a session's audio. Imports nothing heavy, so that a clash is reported at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from voiceguide.encoder.kinds import CHAPTERS_SUFFIX
from voiceguide.timeline import Track

BUSES: tuple[Track, ...] = get_args(Track)
"""Each is a stem: ``voice.wav`` and so on."""

PLAYLIST_SUFFIX = ".m3u8"
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

    @classmethod
    def beside(cls, audio: Path, captions: str | None, chapters: bool, stems: Path | None, split: bool) -> Companions:
        """The files beside ``audio``, named like it. ``captions``: the suffix of their kind."""
        return cls(
            audio.with_suffix(captions) if captions else None,
            audio.with_suffix(CHAPTERS_SUFFIX) if chapters else None,
            stems,
            audio.with_suffix(PLAYLIST_SUFFIX) if split else None,
        )

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files whose names are known before the session is planned."""
        return tuple(path for path in (self.captions, self.chapters, self.playlist, *self.stem_paths) if path)

    @property
    def stem_paths(self) -> tuple[Path, ...]:
        """The stems in the order of :data:`BUSES`, and the label track."""
        return tuple(self.stems / name for name in (*(f"{bus}.wav" for bus in BUSES), _LABELS)) if self.stems else ()


def require_apart(paths: Iterable[Path], scripts: Iterable[Path]) -> None:
    """Raises ValueError, with a sentence for the user, if one file would be written over another or over a script."""
    taken = {script.resolve() for script in scripts}
    for path in paths:
        if path.resolve() in taken:
            raise ValueError(f"{path} is named twice; give each file a name of its own.")
        taken.add(path.resolve())
