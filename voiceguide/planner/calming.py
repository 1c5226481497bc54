"""A session that calms down: a pace for each sentence, from the first to the last."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from voiceguide.errors import Span
from voiceguide.routine import Each, Node, Pace, Repeat, Routine, Sentence, SetPace, Within

STEP = Fraction(1, 50)
"""The most by which the pace changes at a time. Listeners notice a change of tempo from about 5% on (Quené 2007), and
with fewer paces fewer lines are spoken twice."""


def calmed(routine: Routine) -> Routine:
    """The routine with a :class:`~voiceguide.routine.SetPace` wherever the session's pace changes by a step.

    A sentence's pace follows from its place among all that are written, so it is known before any length, and the
    same in every round and whichever chapters are left out. The first ``[pace]`` of the script ends this: it holds
    from there on.
    """
    pace = routine.settings.pace
    if pace.first == pace.last:
        return routine
    sentences = sum(isinstance(node, Sentence) for node in routine.nodes())
    course = _Course(pace, sentences)
    return replace(routine, chapters=tuple(replace(c, body=course.body(c.body, c.span)) for c in routine.chapters))


@dataclass(slots=True)
class _Course:
    """Goes through the sentences in the order in which they are written."""

    pace: Pace
    sentences: int
    passed: int = 0
    current: Fraction | None = None
    ended: bool = False

    @property
    def wanted(self) -> Fraction:
        """The pace of the next sentence."""
        first, last = self.pace.first, self.pace.last
        steps = math.ceil(abs(last - first) / STEP)
        share = Fraction(min(self.passed, self.sentences - 1), max(1, self.sentences - 1))
        return first + (last - first) * round(share * steps) / steps

    def body(self, body: tuple[Node, ...], span: Span) -> tuple[Node, ...]:
        """A body that may be played again, or after another than the one before it: it sets its pace itself."""
        self.current = None
        return (*self._turn(span), *(inner for node in body for inner in self._node(node)))

    def _node(self, node: Node) -> Iterator[Node]:
        match node:
            case Sentence():
                yield from self._turn(node.span)
                self.passed += 1
                yield node
            case SetPace():
                self.ended = True
                yield node
            case Repeat() | Each() | Within():
                yield replace(node, body=self.body(node.body, node.span))
            case _:
                yield node

    def _turn(self, span: Span) -> Iterator[SetPace]:
        if not self.ended and self.wanted != self.current:
            self.current = self.wanted
            yield SetPace(self.current, span)
