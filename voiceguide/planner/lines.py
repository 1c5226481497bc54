"""The lines that the voices have to speak for a routine, found before any length is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain

from voiceguide.errors import Diagnostic, Span
from voiceguide.planner.calming import calmed
from voiceguide.planner.chapters import Turns, played
from voiceguide.planner.choices import WRITTEN, Material, State
from voiceguide.planner.fold import Fold
from voiceguide.planner.layout import Layout
from voiceguide.planner.memory import ChapterLines, Memory, content_of
from voiceguide.planner.rounds import mentioned
from voiceguide.planner.takes import BEAT_TAKES, SENTENCE_TAKES, with_takes
from voiceguide.planner.visitor import Round, rounds_of
from voiceguide.planner.walk import Walk
from voiceguide.routine import Bed, Breathe, Chapter, Node, Repeat, Routine, SoundRef, Within
from voiceguide.routine import walk as nodes_of
from voiceguide.timeline import Event, Line
from voiceguide.units import Elastic, frames

MOST_SPOKEN = 3_000
"""Rounds of one block whose sentences are spoken to find the number that fits."""

MOST_MEASURED = 150_000
"""Rounds, of all the numbers of rounds that a block may have, that are measured."""

MOST_TRIED = 300_000
"""Events that are looked at to find every line, each counted for each number of rounds and each voice and pace."""


class _NothingMeasured:
    """Lengths before anything has been spoken."""

    def line(self, line: Line) -> int:
        return 0

    def sound(self, sound: SoundRef) -> int:
        return 0


def lines(
    routine: Routine, voices: Mapping[str, str], *, any_length: bool = False, memory: Memory | None = None
) -> tuple[dict[Line, Span], tuple[Diagnostic, ...]]:
    """The lines to speak, each once in order, with the span of what needs it first.

    With a length to fit, or with ``any_length``, these are the lines of every number of rounds and every hold that the
    script allows, since their lengths decide which are chosen. ``voices`` maps the voices' names to their full names.
    The errors do not depend on the voice, such as 12 hours of pauses. With the ``memory`` of the plan before, only
    chapters that have changed since are looked through.
    """
    routine = calmed(with_takes(routine))
    material = Material.of(routine, voices, _NothingMeasured())
    if memory is not None:
        memory.begin(routine.settings, voices)
    if routine.settings.length is None and not any_length:
        return _lines_as_written(routine, material)
    every = _EveryLine(1 if routine.settings.takes == "same" else SENTENCE_TAKES)

    def walked(index: int, state: State) -> tuple[None, State]:
        chapter = routine.chapters[index]
        every.count(chapter.span)
        content = content_of(chapter.body) if memory is not None else None
        if memory is None or content is None:
            return None, every.walk(material, chapter, state).after
        known = memory.lines.find((content, state))
        if known is None or not every.again(chapter, known):
            told = len(every.problems)
            known = every.walk(material, chapter, state)
            if len(every.problems) == told:
                memory.lines.keep((content, state), known)
        return None, known.after

    turns = Turns.of(routine.chapters)
    fold = Fold(len(routine.chapters), walked, lambda first, second: None, None)
    try:
        for left_out in turns.changes():
            for index in left_out:
                fold.leave_out(index)
            fold.over(material.opening)
    except _TooMuchToTry as found_too_much:
        every.problems.append(found_too_much.problem)
    return every.found, tuple(dict.fromkeys(every.problems))


def said(routine: Routine, voices: Mapping[str, str]) -> tuple[tuple[Line, Span], ...]:
    """Every line, as often as it is said at natural lengths, in the order of play."""
    numbered = with_takes(routine)
    layout = _laid_out(numbered, Material.of(numbered, voices, _NothingMeasured()))
    return tuple(
        (event.clip.source, event.span)
        for event in layout.events
        if event.clip is not None and isinstance(event.clip.source, Line) and event.span is not None
    )


def _laid_out(routine: Routine, material: Material) -> Layout:
    layout = Layout(material, measured=False)
    layout.timeline(played(routine.chapters, frozenset(), sleep=routine.settings.sleep)[0])
    return layout


def _lines_as_written(routine: Routine, material: Material) -> tuple[dict[Line, Span], tuple[Diagnostic, ...]]:
    layout = _laid_out(routine, material)
    found: dict[Line, Span] = {}
    for event in layout.events:
        _gather(event, found)
    errors = (problem for problem in layout.problems if problem.severity == "error")
    return found, tuple(dict.fromkeys(errors))


def _gather(event: Event, found: dict[Line, Span]) -> None:
    if event.clip is not None and isinstance(event.clip.source, Line) and event.span is not None:
        found.setdefault(event.clip.source, event.span)


class _TooMuchToTry(Exception):
    def __init__(self, span: Span) -> None:
        message = (
            f"to find what fits a length, more than {MOST_TRIED:,} events would have to be tried up to here: each in "
            "every number of rounds, and in every voice and pace that optional chapters leave to those after them"
        )
        hint = "allow fewer rounds where {total} is said, or set voice and pace again in the chapters that stay"
        super().__init__(message)
        self.problem = Diagnostic(span, "error", message, hint)


class _EveryLine:
    """A visitor that gathers the lines of every possible number of rounds, with every hold at its longest."""

    wants_breaths = True

    def __init__(self, takes: int) -> None:
        """``takes``: the readings of a sentence that is said several times."""
        self.found: dict[Line, Span] = {}
        self.problems: list[Diagnostic] = []
        self._own: dict[Line, Span] = {}  # the lines of the chapter that is walked
        self._takes = takes
        self._left = MOST_TRIED

    def walk(self, material: Material, chapter: Chapter, state: State) -> ChapterLines:
        """Gathers the lines of a chapter that is played after ``state``."""
        self._own, left = {}, self._left
        walk = Walk(material, self, state)
        try:
            walk.body(chapter.body)
        finally:
            for line, span in self._own.items():
                self.found.setdefault(line, span)
        nodes = {id(node.span): index for index, node in enumerate(nodes_of(chapter.body))}
        lines = tuple((line, nodes[id(span)]) for line, span in self._own.items())
        return ChapterLines(lines, left - self._left, replace(walk.state, spoke_last=False, waits=False))

    def again(self, chapter: Chapter, known: ChapterLines) -> bool:
        """Gathers the lines of a chapter with the same content as one before; False when that is too much to try."""
        if known.tried > self._left:
            return False
        self._left -= known.tried
        nodes = tuple(nodes_of(chapter.body))
        for line, index in known.lines:
            span = nodes[index].span
            assert span is not None, "what is said has a place"
            self.found.setdefault(line, span)
        return True

    def add(self, event: Event) -> None:
        if event.span is not None:
            self.count(event.span)
        _gather(event, self._own)

    def count(self, span: Span) -> None:
        """One thing more is tried. Raises _TooMuchToTry when it is one too many."""
        self._left -= 1
        if self._left < 0:
            raise _TooMuchToTry(span)

    def report(self, problem: Diagnostic) -> None:
        pass  # what does not fit its beat is known only when it has been spoken

    def chapter(self, title: str, start: int) -> None:
        pass

    def bed(self, node: Bed, start: int) -> None:
        pass

    def duration(self, elastic: Elastic) -> int:
        return frames(elastic.longest)

    def cycles(self, node: Breathe, *, in_block: bool) -> int:
        return max(node.cycles.natural, min(node.cycles.most, BEAT_TAKES))

    def open_block(self, node: Within) -> int:
        return frames(node.duration.longest)

    def close_block(self, node: Within, start: int, content: int, length: int) -> int:
        return start + max(content, length)

    def passed(self, node: Node, now: int) -> None:
        pass

    def rounds(self, node: Repeat, *, in_block: bool) -> Iterable[Round]:
        numbers = range(node.rounds.fewest, node.rounds.most + 1)
        names = mentioned(node)
        written = WRITTEN.number(node, in_block=in_block)
        if in_block or not node.rounds.elastic:
            return rounds_of(written)
        if not names & {"n", "total"}:
            # voice and pace may be others in the first round
            return rounds_of(min(node.rounds.most, max(1 + self._takes, written)))
        if sum(numbers) > (MOST_SPOKEN if "total" in names else MOST_MEASURED):
            self.problems.append(_too_many(node, numbers))
            return ()
        return chain.from_iterable(map(rounds_of, numbers if "total" in names else numbers[-1:]))


def _too_many(node: Repeat, numbers: range) -> Diagnostic:
    message = (
        f"this block may have {numbers[0]:,} to {numbers[-1]:,} rounds, and since it says {{n}} or {{total}}, all "
        f"{sum(numbers):,} rounds of them would have to be tried to find the number that fits"
    )
    hint = "allow fewer, such as [repeat 2..20], or leave {n} and {total} out"
    return Diagnostic(node.span, "error", message, hint)
