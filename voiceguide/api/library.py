"""The sounds, backgrounds and routines that come with voiceguide."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from voiceguide.errors import OptionError, SoundError, did_you_mean
from voiceguide.routine import SoundRef
from voiceguide.sounds.catalogue import BEDS, SOUNDS, Use
from voiceguide.units import seconds

if TYPE_CHECKING:
    from voiceguide.audio.stream import Samples


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound of the library, or a background, whose ``use`` is ``bed`` and which never ends."""

    name: str
    use: Use | Literal["bed"]
    summary: str

    @property
    def ref(self) -> SoundRef:
        """What an event of a timeline names it by."""
        return SoundRef(self.name)

    @property
    def seconds(self) -> float | None:
        """Its length; None for a background. Raises SoundError."""
        from voiceguide.sounds import library

        return None if self.use == "bed" else seconds(library.frames(self.name))

    def samples(self, frames: int | None = None) -> Samples:
        """The sound, or its first ``frames``, which a background needs: float32, ``(frames, 2)``, 44.1 kHz.

        Raises OptionError and SoundError.
        """
        from voiceguide.sounds import beds, library

        if frames is not None and frames < 0:
            raise OptionError(f"frames: {frames} is less than none.")
        if self.use != "bed":
            return library.samples(self.name)[:frames]
        if frames is None:
            raise OptionError(f"frames: '{self.name}' never ends, so say how many frames of it are wanted.")
        return beds.LibraryBed(self.name).read(0, frames)


def list_sounds() -> tuple[Sound, ...]:
    """Every sound of the library, then every background."""
    sounds = (Sound(spec.name, spec.use, spec.summary) for spec in SOUNDS)
    return (*sounds, *(Sound(spec.name, "bed", spec.summary) for spec in BEDS))


def find_sound(name: str) -> Sound:
    """A sound or background by name. Raises SoundError, naming the nearest one, if there is none."""
    known = {sound.name: sound for sound in list_sounds()}
    if name.casefold() not in known:
        raise SoundError(f"There is no sound or bed '{name}' in the library{did_you_mean(name, known)}.")
    return known[name.casefold()]


def list_routines() -> dict[str, Path]:
    """The scripts that come with voiceguide, by name, ready to be read; ``voiceguide new --from`` copies them."""
    from voiceguide.examples import routines

    return dict(routines())
