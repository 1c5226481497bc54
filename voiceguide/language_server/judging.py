"""What is wrong with a text that is being written: mistakes at once, what would trouble a listener after a pause."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voiceguide.editing.changes import TextChange
from voiceguide.errors import Diagnostic, Source, has_errors
from voiceguide.script.memory import Memory
from voiceguide.script.text import LineIndex
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import ScriptText, parsed

if TYPE_CHECKING:
    from voiceguide.live.plan import LivePlan
    from voiceguide.live.planning import LivePlanner

_AS_WRITTEN = SessionOptions()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found in a text, and its plan (None: there is none, or not yet)."""

    source: Source
    findings: tuple[Diagnostic, ...]
    plan: LivePlan | None = None


class Judge:
    """Judges one text of a script after another; in one thread at a time. :meth:`close` it.

    A text is read with the memory of the one before, so that only changed paragraphs are read. No line is spoken:
    lengths are those of lines spoken before, and estimates.
    """

    def __init__(self) -> None:
        self._memory = Memory()
        self._planner: LivePlanner | None = None
        self._held = ExitStack()
        self._last: Judgement | None = None  # of the rules, whose findings stay until the rules are applied again

    def read(self, script: ScriptText) -> Judgement:
        """The mistakes of a text; what the rules found in an earlier one is kept where its place still stands."""
        _, findings = parsed(script, _AS_WRITTEN, self._memory)
        return Judgement(script.source, (*findings, *self._still_found(script.source, findings)))

    def judge(self, script: ScriptText) -> Judgement:
        """The mistakes of a text and, without errors, its plan and what the rules find in it."""
        _, findings = parsed(script, _AS_WRITTEN, self._memory)
        if has_errors(findings):
            return Judgement(script.source, findings)
        from voiceguide.live.judgement import judged  # here, since a text's mistakes are told before all this is loaded

        planned = self._plans().plan(script)
        every = judged(planned.findings, planned.plan)
        own = set(findings)
        rules = tuple(finding for finding in every if finding not in own)
        self._last = Judgement(script.source, rules)
        return Judgement(script.source, every, planned.plan)

    def close(self) -> None:
        """Lets go of the files that it holds."""
        self._held.close()

    def _plans(self) -> LivePlanner:
        if self._planner is None:
            from voiceguide.live.planning import LivePlanner
            from voiceguide.sounds.files import SoundStore
            from voiceguide.speech import Studio
            from voiceguide.speech.cache import cache_folder

            sounds = self._held.enter_context(SoundStore(cache_folder().parent))
            self._planner = LivePlanner(_AS_WRITTEN, Studio(), sounds, self._memory)
        return self._planner

    def _still_found(self, source: Source, findings: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
        if self._last is None:
            return ()
        change = TextChange.between(self._last.source.text, source.text)
        old, new = LineIndex.of(self._last.source), LineIndex.of(source)
        kept = []
        for finding in self._last.findings:
            if finding.span.file != source.name:
                continue
            start, end = old.offsets(finding.span)
            at = change.moved(start)
            if at is not None:
                kept.append(replace(finding, span=new.span(at, at + end - start)))
        return tuple(finding for finding in kept if finding not in findings)
