"""A routine and the lengths of its clips to a timeline. Pure: no file, no clock, no voice.

``scene`` holds what is known beforehand and what has been placed, ``exercises`` lays out breathing, holds, counts and
chimes from their first frame on, and ``layout`` walks the routine from start to end.
"""

from __future__ import annotations

from collections.abc import Mapping

from voiceguide.errors import Diagnostic, Span
from voiceguide.planner.layout import Layout
from voiceguide.planner.scene import Lengths
from voiceguide.routine import Routine, SetVoice, SoundRef
from voiceguide.timeline import Line, Timeline

__all__ = ["Lengths", "lines", "plan", "voice_names"]


def voice_names(routine: Routine) -> dict[str, Span | None]:
    """Every voice that the routine asks for, with the first place that names it (None: no place does)."""
    settings = routine.settings
    names: dict[str, Span | None] = {settings.voice: settings.places.get("voice")}
    for node in routine.nodes():
        if isinstance(node, SetVoice):
            names.setdefault(node.name, node.span)
    return names


class _NothingMeasured:
    """Lengths before anything has been spoken."""

    def line(self, line: Line) -> int:
        return 0

    def sound(self, sound: SoundRef) -> int:
        return 0


def lines(routine: Routine, voices: Mapping[str, str]) -> tuple[dict[Line, Span], tuple[Diagnostic, ...]]:
    """What a voice has to say for this routine, each line once in order, with the first place that needs it.

    ``voices`` gives the full name of each voice in :func:`voice_names`. The errors are those that no voice could
    mend, such as 12 hours of pauses.
    """
    timeline, problems = plan(routine, voices, _NothingMeasured())
    found: dict[Line, Span] = {}
    for event, clip in timeline.sounding():
        if isinstance(clip.source, Line):
            found.setdefault(clip.source, event.span or routine.span)
    return found, tuple(problem for problem in problems if problem.severity == "error")


def plan(routine: Routine, voices: Mapping[str, str], lengths: Lengths) -> tuple[Timeline, tuple[Diagnostic, ...]]:
    """The timeline at natural lengths, and what did not fit. With errors it is good for looking at only."""
    layout = Layout(routine, voices, lengths)
    timeline = layout.timeline()
    return timeline, tuple(dict.fromkeys(layout.problems))
