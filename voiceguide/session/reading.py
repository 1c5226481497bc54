"""A script file and its options to a routine. Imports nothing heavy, so that mistakes are reported at once."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

from voiceguide.errors import Diagnostic, ScriptError, Source, has_errors
from voiceguide.mastering.profiles import PROFILES
from voiceguide.mix_levels import TARGET_LOUDNESS
from voiceguide.routine import OpeningBed, Routine, Settings, SoundRef
from voiceguide.script import parse, parse_file
from voiceguide.script.files import Folder
from voiceguide.script.memory import Memory
from voiceguide.session.options import SessionOptions, known_sounds
from voiceguide.session.preferences import preferred_settings, preferred_voice

_ROOM_TONE = "silence"  # the bed that shops want instead of digital silence


@dataclass(frozen=True, slots=True)
class ScriptText:
    """A script that is in memory: its text, the folder whose files it may name (None: it can name none), and the file
    that it was read from, if any."""

    source: Source
    folder: Folder | None = None
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class ReadScript:
    """A script as a routine with the options applied, the warnings about it, and the seconds that reading it took."""

    routine: Routine
    findings: tuple[Diagnostic, ...]
    seconds: float


def parsed(
    script: Path | ScriptText, options: SessionOptions, memory: Memory | None = None
) -> tuple[Routine | None, tuple[Diagnostic, ...]]:
    """A script as it was written, without the options that replace its settings; None when its file cannot be read.

    What it does not say is as the configuration has it. Raises ConfigurationError where that is wrong.
    """
    variables = options.variables
    defaults = preferred_settings() if options.defaults is None else options.defaults
    if isinstance(script, Path):
        routine, findings = parse_file(script, known_sounds(), variables, defaults)
    else:
        routine, findings = parse(
            script.source, known_sounds(), variables, script.folder, script.path, defaults, memory
        )
    if routine is None or options.defaults is not None or "voice" in routine.settings.spans:
        return routine, findings
    voice = preferred_voice(routine.settings.language) or routine.settings.voice
    return replace(routine, settings=replace(routine.settings, voice=voice)), findings


def read_script(script: Path | ScriptText, options: SessionOptions, memory: Memory | None = None) -> ReadScript:
    """Reads a script; with the ``memory`` of the reading before only what has changed since.

    Raises ScriptError with everything that was found, the warnings too.
    """
    begin = time.perf_counter()
    routine, findings = parsed(script, options, memory)
    if routine is None or has_errors(findings):
        raise ScriptError(findings)
    routine = replace(routine, settings=_with_options(routine.settings, options))
    return ReadScript(routine, findings, time.perf_counter() - begin)


def _with_options(settings: Settings, options: SessionOptions) -> Settings:
    changes: dict[str, Any] = {}
    if options.voice is not None:
        changes["voice"] = options.voice
    if options.pace is not None:
        changes["pace"] = options.pace
    if options.bed is not None:
        changes["bed"] = options.bed
    if options.verify is not None:
        changes["verify"] = options.verify
    if options.album is not None:
        changes["album"] = options.album
    asked = options.profile or ("sleep" if _sleeps(settings) else None)
    profile = PROFILES[asked or settings.profile]
    if asked is not None:
        changes |= {"profile": asked, "loudness": profile.loudness}
    if profile.shop and changes.get("bed", settings.bed).sound is None:
        changes["bed"] = OpeningBed(SoundRef(_ROOM_TONE))
    rate = options.sample_rate or settings.sample_rate or profile.sample_rate
    if rate != settings.sample_rate:
        changes["sample_rate"] = rate
    spans = {key: span for key, span in settings.spans.items() if key not in changes}
    return replace(settings, **changes, spans=MappingProxyType(spans))


def _sleeps(settings: Settings) -> bool:
    """Whether a session is for falling asleep, and asks for no profile and no loudness of its own."""
    asked = "profile" in settings.spans or "loudness" in settings.spans
    return settings.sleep and not asked and settings.profile == "podcast" and settings.loudness == TARGET_LOUDNESS


def with_length(routine: Routine, length: Fraction) -> Routine:
    """The routine fitted to another length (seconds) than its front matter asks for."""
    spans = {key: span for key, span in routine.settings.spans.items() if key != "length"}
    return replace(routine, settings=replace(routine.settings, length=length, spans=MappingProxyType(spans)))
