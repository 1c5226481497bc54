"""Where the keys lead from a frame of a timeline."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from voiceguide.playing.moments import Jump
from voiceguide.playing.outline import LEAD, Outline
from voiceguide.publish.steps import listening
from voiceguide.publish.timeline_document import Document
from voiceguide.units import SAMPLE_RATE

LONGEST_PIECE = 30 * SAMPLE_RATE
"""Frames; a step that lasts longer is gone through in pieces."""

_AGAIN = 2 * SAMPLE_RATE  # frames into a step after which "back" goes to its start first
_CUE_FADES = 20 * SAMPLE_RATE  # frames after which a listener may have forgotten what the exercise is


@dataclass(frozen=True, slots=True)
class Resumption:
    """Where playing goes on after a pause, and the jump over what the listener has done already."""

    frame: int
    jump: Jump | None = None


@dataclass(frozen=True)
class Moves:
    """Steps are those of the published player: a spoken line with all that follows until the next one."""

    outline: Outline

    def back(self, frame: int) -> int | None:
        """The start of the step, or soon after it the start of the one before; None at the very start."""
        return _before(self._marks, frame)

    def forth(self, frame: int) -> int | None:
        """The start of the next step or piece; None after the last."""
        return _after(self._marks, frame)

    def chapter_back(self, frame: int) -> int | None:
        """The same with chapters."""
        return _before(self._chapters, frame)

    def chapter_forth(self, frame: int) -> int | None:
        return _after(self._chapters, frame)

    def resumption(self, frame: int) -> Resumption:
        """Where playing goes on when it was paused at a frame.

        In a hold or a breathing exercise at the start of the current cycle, for half a hold is none. When the line
        that told what to do is long ago, it is heard again first.
        """
        exercise = self.outline.exercise_at(frame)
        if exercise is None:
            return Resumption(frame)
        cycle = exercise.cycles[exercise.cycle_at(frame) - 1]
        cue = self.outline.line_at(exercise.start)
        if cue is None or frame - cue.end <= _CUE_FADES:
            return Resumption(cycle)
        return Resumption(max(0, cue.start - LEAD), Jump(min(cue.end + LEAD, exercise.start), cycle))

    @cached_property
    def _chapters(self) -> tuple[int, ...]:
        return tuple(self._led(chapter.start) for chapter in self.outline.timeline.chapters)

    def _led(self, start: int) -> int:
        """Where the step begins with which a chapter starts: a little before it, so that its first sound is whole."""
        index = bisect_left(self._marks, start - LEAD)
        return min(self._marks[index], start) if index < len(self._marks) else start

    @cached_property
    def _marks(self) -> tuple[int, ...]:
        """The frames at which steps and their pieces begin, in order."""
        timeline = self.outline.timeline
        steps = listening(Document.of(timeline.to_json()))["steps"]
        starts = sorted({0, *(round(step["at"] * SAMPLE_RATE) for step in steps)})
        return tuple(sorted(set(self._with_pieces((*starts, timeline.frames)))))

    def _with_pieces(self, starts: Sequence[int]) -> Iterator[int]:
        for start, end in pairwise(starts):
            pieces = -(-(end - start) // LONGEST_PIECE)
            yield start
            for number in range(1, pieces):
                yield self._whole_cycle(start + number * (end - start) // pieces)

    def _whole_cycle(self, frame: int) -> int:
        """The start of the breathing cycle in which a frame lies; else the frame itself."""
        exercise = self.outline.exercise_at(frame)
        if exercise is None or len(exercise.cycles) == 1:
            return frame
        return exercise.cycles[exercise.cycle_at(frame) - 1]


def _before(marks: Sequence[int], frame: int) -> int | None:
    index = bisect_right(marks, frame) - 1
    if index < 0:
        return None
    if frame - marks[index] > _AGAIN or index == 0:
        return marks[index] if index or frame - marks[0] > _AGAIN else None
    return marks[index - 1]


def _after(marks: Sequence[int], frame: int) -> int | None:
    index = bisect_left(marks, frame + 1)
    return marks[index] if index < len(marks) else None
