"""What tells the sessions of one script apart, in words: their length and their voice."""

from __future__ import annotations

from collections.abc import Mapping

from voiceguide.publish.manifest import Manifest, PackSession
from voiceguide.publish.text import one_line
from voiceguide.publish.words import wording
from voiceguide.units import parse_duration


def voice_name(voice: str) -> str:
    """What a listener may call a voice: its name without the engine's."""
    return one_line(voice.partition(":")[2] or voice)


def length_in_words(seconds: float, language: str) -> str:
    """``5 minutes``, ``1 hour 30 minutes``, ``45 seconds``: whole seconds, from an hour on whole minutes."""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60 if whole < 3600 else 0
    parts = (("hours", hours), ("minutes", minutes), ("seconds", rest))
    own = wording(language)
    return " ".join(own.counted(name, number) for name, number in parts if number) or own.counted("seconds", 0)


def label(length: str | None, voice: str | None, language: str) -> str:
    """``5 minutes · heart``, for a length as a pack asks for it, and a voice; empty without both."""
    said = length_in_words(float(parse_duration(length)), language) if length else ""
    return " · ".join(part for part in (said, voice_name(voice) if voice else "") if part)


def labels(manifest: Manifest) -> Mapping[str, str]:
    """By the names of the sessions: what tells each from the others of its script; empty for its only one."""
    groups: dict[tuple[str, str], list[PackSession]] = {}
    for session in manifest.sessions:
        groups.setdefault((session.script, session.title), []).append(session)
    found: dict[str, str] = {}
    for sessions in groups.values():
        lengths, voices = ({getattr(one, name) for one in sessions} for name in ("length", "voice"))
        for one in sessions:
            length = one.length if len(lengths) > 1 else None
            found[one.name] = label(length, one.voice if len(voices) > 1 else None, one.language)
    return found
