"""A routine and the lengths of its clips to a timeline. Pure: no file, no clock, no voice.

``calming`` gives each sentence its pace where a session calms down. ``walk`` goes through the routine from start to
end, in time (``exercises`` lay out breathing, holds, counts and chimes), and ``layout`` places every event on the way.
For a length, ``fitting`` chooses the ``chapters``, the ``rounds`` and the ``stretch`` of all pauses, from what
``measure`` finds with the same walk; ``advice`` explains a length that is impossible. ``memory`` keeps what chapters
came to, for the next plan of a script that is being written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from voiceguide import units
from voiceguide.errors import Diagnostic, Span, has_errors
from voiceguide.planner import advice
from voiceguide.planner.calming import calmed
from voiceguide.planner.chapters import played
from voiceguide.planner.choices import WRITTEN, Material
from voiceguide.planner.fitting import Fitted, Fitting, Range
from voiceguide.planner.layout import Layout
from voiceguide.planner.lines import lines, said
from voiceguide.planner.memory import Memory
from voiceguide.planner.scene import Lengths
from voiceguide.planner.takes import with_takes
from voiceguide.routine import Chime, Routine, SetVoice
from voiceguide.timeline import Timeline

__all__ = [
    "Fitted",
    "Fitting",
    "Lengths",
    "Memory",
    "Range",
    "fitting",
    "length_range",
    "lines",
    "plan",
    "plans",
    "said",
    "voice_names",
]


def voice_names(routine: Routine) -> dict[str, Span | None]:
    """Every voice that the routine asks for, with the first span that names it (None: the script names none)."""
    settings = routine.settings
    names: dict[str, Span | None] = {settings.voice: settings.spans.get("voice")}
    for node in routine.nodes():
        if isinstance(node, SetVoice):
            names.setdefault(node.name, node.span)
    return names


def plan(
    routine: Routine, voices: Mapping[str, str], lengths: Lengths, memory: Memory | None = None
) -> tuple[Timeline, tuple[Diagnostic, ...]]:
    """The timeline, of exactly the length that the settings ask for, else at natural lengths; and the findings.

    With errors among the findings, the timeline is for display only. With a ``memory``, which :func:`lines` of the
    same routine has used, chapters that were measured for the plan before are not measured again.
    """
    routine = calmed(with_takes(routine))
    material = Material.of(routine, voices, lengths)
    fitted: Fitted | None = None
    impossible: list[Diagnostic] = []
    if routine.settings.length is not None:
        frames = units.frames(routine.settings.length)
        fitting = Fitting(routine, material, memory)
        fitted = fitting.fitted(frames)
        if fitted is None:
            impossible.append(advice.impossible(fitting, routine, routine.settings.length, frames))
    timeline, placed = _laid_out(routine, material, fitted)
    problems = [*impossible, *(one for one in placed if not impossible or one.severity == "warning")]
    return timeline, tuple(dict.fromkeys(problems))


def plans(
    routine: Routine, voices: Mapping[str, str], lengths: Lengths, seconds: Iterable[Fraction]
) -> Iterator[tuple[Fraction, Timeline]]:
    """The timelines of those ``seconds`` that are possible, each as :func:`plan` gives it for that length. What the
    routine is made of is measured once for all of them."""
    routine = calmed(with_takes(routine))
    material = Material.of(routine, voices, lengths)
    fitting = Fitting(routine, material)
    for length in seconds:
        fitted = fitting.fitted(units.frames(length))
        if fitted is not None:
            timeline, problems = _laid_out(routine, material, fitted)
            if not has_errors(problems):
                yield length, timeline


def _laid_out(routine: Routine, material: Material, fitted: Fitted | None) -> tuple[Timeline, list[Diagnostic]]:
    left_out = fitted.left_out if fitted else frozenset[int]()
    chapters, chimes_left_out = played(routine.chapters, left_out, sleep=routine.settings.sleep)
    layout = Layout(material, fitted.choices if fitted else WRITTEN)
    timeline = layout.timeline(chapters)
    problems = [*map(_left_out, chimes_left_out), *layout.problems]
    return replace(timeline, fit=fitted.fit if fitted else None), problems


def length_range(routine: Routine, voices: Mapping[str, str], lengths: Lengths) -> Range:
    """The shortest, natural and longest length that a session of this routine can have."""
    return fitting(routine, voices, lengths).range()


def fitting(routine: Routine, voices: Mapping[str, str], lengths: Lengths) -> Fitting:
    """Everything that is measured once for all lengths of a routine; what its settings ask for is ignored."""
    routine = calmed(with_takes(routine))
    return Fitting(routine, Material.of(routine, voices, lengths))


def _left_out(chime: Chime) -> Diagnostic:
    message = "a session for sleep has no closing chime, so this one is left out"
    return Diagnostic(chime.span, "warning", message, "leave out sleep: true to keep it")
