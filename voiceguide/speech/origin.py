"""Where a session's voice comes from: a person's recording, or which engine in which version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from voiceguide.speech.engines.registry import engine_name, quality_of, version_of
from voiceguide.timeline import Line


@dataclass(frozen=True, order=True, slots=True)
class VoiceOrigin:
    """A voice by its full name. ``version`` is empty for a recording. ``trained``: a model that has learned to speak
    made it, as far as is known; a server's voice counts as one."""

    voice: str
    version: str = ""
    recorded: bool = False
    trained: bool = False


def origins(lines: Iterable[Line], engines: Mapping[str, str]) -> tuple[VoiceOrigin, ...]:
    """The voices that say these lines, each once, by name. ``engines`` are the engines' factories by name. Raises
    SpeechError for a voice that is not there."""
    return tuple(_origin(voice, engines) for voice in sorted({line.voice for line in lines}))


def _origin(voice: str, engines: Mapping[str, str]) -> VoiceOrigin:
    name = engine_name(voice)
    quality = quality_of(name, engines[name], voice)
    if quality == "recorded":
        return VoiceOrigin(voice, recorded=True)
    return VoiceOrigin(voice, version_of(name, engines[name], voice), trained=quality in ("neural", "server"))
