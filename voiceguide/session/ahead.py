"""The lines of many sessions spoken at once, before the first of them is made.

A voice is then loaded once, several lines are spoken at the same time, and a line that all of them have is spoken once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from voiceguide.errors import VoiceguideError
from voiceguide.progress import ReportStage, quiet
from voiceguide.session.casting import cast_script
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import ReadScript
from voiceguide.speech import speak
from voiceguide.timeline import Line


def speak_ahead(
    scripts: Iterable[tuple[ReadScript, SessionOptions]], jobs: int, progress: ReportStage = quiet
) -> tuple[int, int]:
    """Speaks the lines of all scripts, with ``jobs`` workers, and returns how many were spoken and how many were kept
    from before. What cannot be spoken is left to the session that needs it, which tells it."""
    spoken = kept = 0
    for fallback, lines in _by_fallback(scripts).items():
        try:
            said = speak(lines, jobs=jobs, fallback=fallback, progress=progress)
        except VoiceguideError:
            continue
        spoken, kept = spoken + said.spoken, kept + said.cached
    return spoken, kept


def _by_fallback(scripts: Iterable[tuple[ReadScript, SessionOptions]]) -> Mapping[str | None, dict[Line, None]]:
    """The lines, by the voice that says what a recorded one lacks."""
    found: dict[str | None, dict[Line, None]] = {}
    for known, options in scripts:
        try:
            cast = cast_script(known, options)
        except VoiceguideError:
            continue
        found.setdefault(cast.fallback, {}).update(dict.fromkeys(cast.lines))
    return found
