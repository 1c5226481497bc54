"""The options of a session besides its script. Imports nothing heavy, so that mistakes are reported at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from voiceguide.routine import OpeningBed, Pace, Settings, SoundRef
from voiceguide.script.sounds import SoundNames, bed_of, find_sound
from voiceguide.sounds.catalogue import bed_names, sound_names


@dataclass(frozen=True, slots=True)
class SessionOptions:
    """Settings that replace a script's own; None leaves the script's.

    Each of ``lengths`` (seconds) is a session of its own; without any there is one as the script has it.
    ``fallback_voice`` says the lines of which a recorded voice has no recording. ``profile`` is one of
    :data:`~voiceguide.mastering.profiles.PROFILES`; its loudness replaces the script's. ``sample_rate``: Hz of the
    finished file. ``album`` is the
    collection that the session is part of, ``cast`` the full name of every voice that the script names (None: they are
    chosen), and ``defaults`` the settings that hold where the script has none (None: those of the configuration file).
    ``verify``: whether speech recognition checks every line's words.
    """

    voice: str | None = None
    pace: Pace | None = None
    bed: OpeningBed | None = None
    variables: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lengths: tuple[Fraction, ...] = ()
    jobs: int = 1
    fallback_voice: str | None = None
    profile: str | None = None
    album: str | None = None
    cast: Mapping[str, str] | None = None
    defaults: Settings | None = None
    verify: bool | None = None
    sample_rate: int | None = None


def known_sounds() -> SoundNames:
    """The names of the sound library."""
    return SoundNames(sound_names(), bed_names())


def bed_named(text: str, beside: Path = Path()) -> OpeningBed:
    """A bed as it is named outside of a script: one of the library's, a file anywhere (relative to ``beside``), or
    none; then perhaps a level and a fade, as in the cue. Raises ValueError."""

    def find(name: str) -> SoundRef:
        path = beside / Path(name).expanduser()
        return SoundRef(path.name, path.resolve()) if path.is_file() else find_sound(name, "bed", bed_names(), None)

    return bed_of(text, find)
