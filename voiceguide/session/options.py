"""The options of a session besides its script. Imports nothing heavy, so that mistakes are reported at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from voiceguide.routine import Settings, SoundRef
from voiceguide.script.sounds import SoundNames, find_sound
from voiceguide.sounds.catalogue import bed_names, sound_names

_DEFAULTS = Settings(title="")


@dataclass(frozen=True, slots=True)
class BedChoice:
    """The bed that a session is asked for; None stands for no bed."""

    sound: SoundRef | None


@dataclass(frozen=True, slots=True)
class SessionOptions:
    """Settings that replace a script's own; None leaves the script's.

    Each of ``lengths`` (seconds) is a session of its own; without any there is one as the script has it.
    ``fallback_voice`` says the lines of which a recorded voice has no recording. ``profile`` is one of
    :data:`~voiceguide.mastering.profiles.PROFILES`; its loudness stands in the place of the script's. ``album`` is
    what the session belongs to, ``cast`` has the full name of every voice that the script names, so that none is
    chosen, and ``defaults`` are the settings of a script that does not say.
    """

    voice: str | None = None
    pace: Fraction | None = None
    bed: BedChoice | None = None
    variables: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lengths: tuple[Fraction, ...] = ()
    jobs: int = 1
    fallback_voice: str | None = None
    profile: str | None = None
    album: str | None = None
    cast: Mapping[str, str] | None = None
    defaults: Settings = _DEFAULTS


def known_sounds() -> SoundNames:
    """The names of the sound library."""
    return SoundNames(sound_names(), bed_names())


def bed_named(name: str) -> BedChoice:
    """The bed that the command line names: one of the library's, a file anywhere, or none. Raises ValueError."""
    if name.casefold() == "none":
        return BedChoice(None)
    path = Path(name)
    if path.is_file():
        return BedChoice(SoundRef(path.name, path.resolve()))
    return BedChoice(find_sound(name, "bed", bed_names(), None))
