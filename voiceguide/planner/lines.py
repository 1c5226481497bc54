"""What a voice has to say for a routine, before anything has been measured."""

from __future__ import annotations

from collections.abc import Mapping

from voiceguide.errors import Diagnostic, Span
from voiceguide.planner.chapters import left_out_in_turn, played
from voiceguide.planner.choices import Material, State
from voiceguide.planner.layout import Layout, Values
from voiceguide.planner.rounds import mentioned
from voiceguide.routine import Breathe, Chapter, Repeat, Routine, SoundRef, Within
from voiceguide.timeline import Line
from voiceguide.units import Elastic, frames

MOST_SPOKEN = 3_000
"""Rounds of one block whose sentences are spoken to find the number that fits."""

MOST_MEASURED = 150_000
"""Rounds, of all the numbers of rounds that a block may have, that are measured."""


class _NothingMeasured:
    """Lengths before anything has been spoken."""

    def line(self, line: Line) -> int:
        return 0

    def sound(self, sound: SoundRef) -> int:
        return 0


def lines(
    routine: Routine, voices: Mapping[str, str], *, any_length: bool = False
) -> tuple[dict[Line, Span], tuple[Diagnostic, ...]]:
    """What a voice has to say, each line once in order, with the first place that needs it.

    With a length to fit, or when ``any_length`` may be asked for, these are the lines of every number of rounds and
    every hold that the script allows, for only their lengths tell which will do. ``voices`` gives the full name of
    each voice. The errors are those that no voice could mend, such as 12 hours of pauses.
    """
    material = Material.of(routine, voices, _NothingMeasured())
    found: dict[Line, Span] = {}
    problems: list[Diagnostic] = []
    if routine.settings.length is None and not any_length:
        layout = _Unmeasured(material)
        layout.timeline(played(routine.chapters, frozenset(), sleep=routine.settings.sleep)[0])
        layout.tell_lines(found)
        problems += [problem for problem in layout.problems if problem.severity == "error"]
    else:
        heard: dict[tuple[int, State], State] = {}
        for left_out in left_out_in_turn(routine.chapters):
            state = material.opening
            for index, chapter in enumerate(routine.chapters):
                if index in left_out:
                    continue
                if (index, state) not in heard:
                    every = _EveryRound(material, state=state)
                    heard[index, state] = every.hear(chapter, found)
                    problems += every.too_many
                state = heard[index, state]
    return found, tuple(dict.fromkeys(problems))


class _Unmeasured(Layout):
    """A walk that cannot tell whether a block holds too much, since nothing has been spoken."""

    def _fill(self, node: Within, start: int, content: int, length: int) -> None:
        super()._fill(node, start, min(content, length), length)


class _EveryRound(Layout):
    """A walk through all rounds of all numbers of rounds, with every hold as long as can be."""

    too_many: list[Diagnostic]

    def hear(self, chapter: Chapter, found: dict[Line, Span]) -> State:
        """Adds the lines of a chapter; gives the state after it."""
        self.too_many = []
        self._body(chapter.body, {})
        self.tell_lines(found)
        return State(False, False, self._scene.speaker.voice, self._scene.speaker.pace)

    def _room(self, elastic: Elastic) -> int:
        return frames(elastic.longest)

    def _breathe(self, node: Breathe, start: int, cycles: int) -> int:
        return super()._breathe(node, start, node.cycles.natural)

    def _repeat(self, node: Repeat, values: Values, rounds: int) -> None:
        numbers = range(node.rounds.fewest, node.rounds.most + 1)
        names = mentioned(node)
        if self._block is not None or not node.rounds.elastic:
            super()._repeat(node, values, rounds)
        elif not names & {"n", "total"}:
            super()._repeat(node, values, min(node.rounds.most, max(2, rounds)))
        elif sum(numbers) > (MOST_SPOKEN if "total" in names else MOST_MEASURED):
            self._tell_of_too_many(node, numbers)
        else:
            for total in numbers if "total" in names else numbers[-1:]:
                super()._repeat(node, values, total)

    def _tell_of_too_many(self, node: Repeat, numbers: range) -> None:
        message = (
            f"this block may have {numbers[0]:,} to {numbers[-1]:,} rounds, and since it says {{n}} or {{total}}, all "
            f"{sum(numbers):,} rounds of them would have to be tried to find the number that fits"
        )
        hint = "allow fewer, such as [repeat 2..20], or leave {n} and {total} out"
        self.too_many.append(Diagnostic(node.span, "error", message, hint))
