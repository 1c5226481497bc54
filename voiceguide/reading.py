"""A script file and the command line's options to a routine. Imports nothing heavy, so mistakes are told at once."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

from voiceguide.errors import Diagnostic, ScriptError, has_errors
from voiceguide.profiles import PROFILES
from voiceguide.routine import Routine, Settings, SoundRef
from voiceguide.script import parse_file
from voiceguide.script.sounds import SoundNames, find_sound
from voiceguide.sounds.catalogue import bed_names, sound_names

_ROOM_TONE = "silence" if "silence" in bed_names() else "pink"  # what shops want in the place of digital silence

_DEFAULTS = Settings(title="")


@dataclass(frozen=True, slots=True)
class BedChoice:
    """A bed that was asked for; ``sound`` None is none."""

    sound: SoundRef | None


@dataclass(frozen=True, slots=True)
class SessionOptions:
    """What the command line puts in the place of a script's settings; None leaves the script's.

    Each of ``lengths`` (seconds) is a session of its own; without any there is one as the script has it.
    ``fallback_voice`` says the lines of which a recorded voice has no recording. ``profile`` is one of
    :data:`~voiceguide.profiles.PROFILES`; its loudness stands in the place of the script's. ``album`` is what the
    session belongs to, ``cast`` has the full name of every voice that the script names, so that none is chosen, and
    ``defaults`` are the settings of a script that does not say.
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


@dataclass(frozen=True, slots=True)
class Read:
    """What :func:`read` gave for a script, and the seconds it took."""

    routine: Routine
    findings: tuple[Diagnostic, ...]
    seconds: float

    @classmethod
    def of(cls, script: Path, options: SessionOptions) -> Read:
        """Raises ScriptError."""
        begin = time.perf_counter()
        routine, findings = read(script, options)
        return cls(routine, findings, time.perf_counter() - begin)


def read(script: Path, options: SessionOptions) -> tuple[Routine, tuple[Diagnostic, ...]]:
    """The routine with the options applied, and its warnings. Raises ScriptError, which carries the warnings too."""
    routine, findings = parse_file(script, known_sounds(), options.variables, options.defaults)
    if routine is None or has_errors(findings):
        raise ScriptError(findings)
    return replace(routine, settings=_with_options(routine.settings, options)), findings


def _with_options(settings: Settings, options: SessionOptions) -> Settings:
    changes: dict[str, Any] = {}
    if options.voice is not None:
        changes["voice"] = options.voice
    if options.pace is not None:
        changes["pace"] = options.pace
    if options.bed is not None:
        changes["bed"] = options.bed.sound
    if options.album is not None:
        changes["album"] = options.album
    if options.profile is not None:
        changes |= {"profile": options.profile, "loudness": PROFILES[options.profile].loudness}
        if PROFILES[options.profile].shop and changes.get("bed", settings.bed) is None:
            changes["bed"] = SoundRef(_ROOM_TONE)
    places = {key: place for key, place in settings.places.items() if key not in changes}
    return replace(settings, **changes, places=MappingProxyType(places))


def with_length(routine: Routine, length: Fraction) -> Routine:
    """The routine fitted to another length (seconds) than its front matter asks for."""
    places = {key: place for key, place in routine.settings.places.items() if key != "length"}
    return replace(routine, settings=replace(routine.settings, length=length, places=MappingProxyType(places)))


def bed_named(name: str) -> BedChoice:
    """The bed that the command line names: one of the library's, a file anywhere, or none. Raises ValueError."""
    if name.casefold() == "none":
        return BedChoice(None)
    path = Path(name)
    if path.is_file():
        return BedChoice(SoundRef(path.name, path.resolve()))
    return BedChoice(find_sound(name, "bed", bed_names(), None))
