"""The paths of the files beside a session's audio. Imports nothing heavy, so that a clash is reported at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from voiceguide.companions.projects.kinds import PROJECTS, STEMS_FOLDER
from voiceguide.encoder.kinds import BY_SUFFIX, CHAPTERS_SUFFIX
from voiceguide.timeline import Track

BUSES: tuple[Track, ...] = get_args(Track)
"""Each is a stem: ``voice.wav`` and so on."""

PLAYLIST_SUFFIX = ".m3u8"
DESCRIPTION_SUFFIX = ".description.txt"
_LABELS = "labels.txt"


@dataclass(frozen=True, slots=True)
class Companions:
    """The paths of the files that are wanted; None for one that is not.

    ``captions`` ends in the suffix of its kind (:data:`voiceguide.companions.captions.CAPTIONS`), ``project`` in that
    of its own (:data:`voiceguide.companions.projects.kinds.PROJECTS`), with the folder ``stems`` beside it.
    ``playlist`` asks for a file for each chapter, in a folder beside it that has its name without the ending;
    ``description`` is what is written below a video, ``library`` a folder into which the session is laid besides.
    """

    captions: Path | None = None
    chapters: Path | None = None
    stems: Path | None = None
    playlist: Path | None = None
    project: Path | None = None
    description: Path | None = None
    library: Path | None = None

    @classmethod
    def beside(
        cls,
        audio: Path,
        captions: str | None,
        chapters: bool,
        stems: Path | None,
        split: bool,
        project: str | None = None,
        library: Path | None = None,
    ) -> Companions:
        """The files beside ``audio``, named like it. ``captions``: the suffix of their kind; ``project``: the name of
        its kind. Raises ValueError, with a sentence for the user, for a video in parts."""
        kind = BY_SUFFIX.get(audio.suffix.casefold())
        video = kind is not None and kind.video
        if video and split:
            raise ValueError("a video stays whole; its chapters stand in it, and in the description beside it.")
        if project and stems is None:
            stems = audio.with_name(f"{audio.stem}{STEMS_FOLDER}")
        return cls(
            audio.with_suffix(captions) if captions else None,
            audio.with_suffix(CHAPTERS_SUFFIX) if chapters else None,
            stems,
            audio.with_suffix(PLAYLIST_SUFFIX) if split else None,
            stems.with_name(f"{audio.stem}{PROJECTS[project].suffix}") if project and stems else None,
            audio.with_suffix(DESCRIPTION_SUFFIX) if video else None,
            library,
        )

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files whose names are known before the session is planned."""
        return tuple(path for path in self._files if path)

    @property
    def _files(self) -> tuple[Path | None, ...]:
        return (self.captions, self.chapters, self.playlist, self.project, self.description, *self.stem_paths)

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
