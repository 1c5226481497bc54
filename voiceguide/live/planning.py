"""From a text to a plan that can be played at once: only what is new is looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from voiceguide import planner
from voiceguide.errors import Diagnostic, ScriptError, Span, VoiceguideError, has_errors
from voiceguide.live.clips import LiveClips
from voiceguide.live.estimates import Estimates
from voiceguide.live.places import Places
from voiceguide.live.plan import LivePlan
from voiceguide.routine import Routine
from voiceguide.script.memory import Memory
from voiceguide.session.casting import CastScript, cast_script
from voiceguide.session.clips import Clips
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import ScriptText, read_script, with_length
from voiceguide.sounds.files import SoundStore
from voiceguide.speech import Studio
from voiceguide.speech.studio import Spoken
from voiceguide.timeline import Line


@dataclass(frozen=True, slots=True)
class Planned:
    """What became of a text: the plan, unless there are errors among the ``findings``.

    ``parts`` are the lines that are not spoken yet, each with the one that its engine gets, and ``places`` where the
    text needs each first.
    """

    plan: LivePlan | None
    findings: tuple[Diagnostic, ...]
    parts: Mapping[Line, Line] = field(default_factory=dict)
    places: Mapping[Line, Span] = field(default_factory=dict)


class LivePlanner:
    """Plans one text after another; in one thread at a time. It remembers which lines are spoken.

    ``paragraphs`` is the memory of whoever reads the same texts, too.
    """

    def __init__(
        self, options: SessionOptions, studio: Studio, sounds: SoundStore, paragraphs: Memory | None = None
    ) -> None:
        self._options, self._studio, self._sounds = options, studio, sounds
        self._paragraphs, self._chapters = paragraphs or Memory(), planner.Memory()
        self._spoken: Spoken | None = None
        self._estimates = Estimates()

    def plan(self, script: ScriptText) -> Planned:
        """The plan of a text, or why there is none."""
        try:
            return self._planned(script)
        except ScriptError as error:
            return Planned(None, tuple(error.diagnostics))
        except VoiceguideError as error:
            where = Span(script.source, 1, 1)
            return Planned(None, (Diagnostic(where, "error", str(error).rstrip(".")),))

    def _planned(self, script: ScriptText) -> Planned:
        known = read_script(script, self._options, self._paragraphs)
        cast = cast_script(known, self._options, memory=self._chapters)
        spoken, parts = self._found(cast)
        clips = LiveClips(Clips(spoken.only(cast.lines), self._sounds), self._estimates)
        routine = _fitted(cast.routine, self._options)
        timeline, problems = planner.plan(routine, cast.voices, clips, self._chapters)
        findings = (*cast.findings, *problems)
        if has_errors(problems):
            return Planned(None, findings, parts, cast.lines)
        plan = LivePlan(routine, cast.voices, Places(script.source, timeline), clips, findings)
        return Planned(plan, findings, parts, cast.lines)

    def _found(self, cast: CastScript) -> tuple[Spoken, dict[Line, Line]]:
        known = self._spoken
        new = [line for line in cast.lines if known is None or line not in known]
        found, missing = self._studio.find(new, cast.fallback)
        if known is None or any(True for _ in found):
            known = self._spoken = found if known is None else known.joined(found)
            self._estimates = Estimates.of((line, known.frames(line)) for line in known)
            self._chapters.forget_lengths()
        return known, missing


def _fitted(routine: Routine, options: SessionOptions) -> Routine:
    return with_length(routine, options.lengths[0]) if options.lengths else routine
