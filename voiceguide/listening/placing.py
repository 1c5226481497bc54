"""Where each planned line is said in the file: by its own samples, wherever an editor has moved it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from voiceguide.listening.correlation import Match, Template
from voiceguide.listening.expected import Expected
from voiceguide.listening.limits import LIKE
from voiceguide.listening.working_copy import WorkingCopy, position
from voiceguide.progress import ReportStage
from voiceguide.speech.recognition import SAMPLE_RATE as RATE
from voiceguide.timeline import Event

Known = Literal["sample", "ear"]
"""How a line was recognised: by the plan's own samples, or by its words."""

_NEAR = 5 * RATE // 2  # samples around where a line should be
_FAR = 75 * RATE
_FARTHEST = 15 * 60 * RATE
_FAR_LIKE = 0.45  # likeness that a place further away must have
_STRANGE = 6  # lines of which none is found before the voice counts as another one
_LOST = 3  # lines in a row after which the rest of the file is searched
_SHIFTS = 3  # of those found last that are tried


@dataclass(frozen=True, slots=True)
class Placement:
    """A line in the file: samples from ``start`` up to ``end``, its likeness to the plan and its gain (1 and 0 where it
    is known by ear)."""

    start: int
    end: int
    known: Known = "sample"
    likeness: float = 1.0
    gain: float = 0.0
    heard: str = ""

    def meets(self, start: int, end: int) -> bool:
        """Whether it covers more than half of the shorter of the two."""
        common = min(self.end, end) - max(self.start, start)
        return common > min(self.end - self.start, end - start) / 2


Placements = Mapping[int, Placement]
"""By the index of the line."""


@dataclass(slots=True)
class _Search:
    copy: WorkingCopy
    expected: Expected
    found: dict[int, Placement] = field(default_factory=dict)
    shifts: list[int] = field(default_factory=lambda: [0])
    missed: int = 0

    @property
    def strange(self) -> bool:
        """Whether so many lines were not found that the voice is another one."""
        return not self.found and self.missed >= _STRANGE

    def place(self, index: int, event: Event) -> None:
        template = self.expected.template(event)
        place = self.expected.place(event)
        match = self._near(template, place) or self._far(index, template, place)
        if match is None:
            self.missed += 1
            return
        self.missed = 0
        self.found[index] = Placement(match.at, match.at + len(template), "sample", match.likeness, match.gain)
        shift = match.at - place
        self.shifts = [shift, *(one for one in self.shifts if abs(one - shift) > RATE // 20)][:_SHIFTS]

    def _near(self, template: Template, place: int) -> Match | None:
        for shift in self.shifts:
            free = list(self._matches(template, place + shift - _NEAR, place + shift + _NEAR, LIKE))
            if free:
                return max(free, key=lambda match: match.likeness - abs(match.at - place - shift) / (20 * _NEAR))
        return None

    def _far(self, index: int, template: Template, place: int) -> Match | None:
        if self.strange:
            return None
        reach = _FARTHEST if self.missed == _LOST else _FAR
        centre = place + self.shifts[0]
        free = [
            match
            for match in self._matches(template, centre - reach, centre + reach, _FAR_LIKE)
            if not self._anothers(index, match.at)
        ]
        return max(free, key=lambda match: match.likeness - abs(match.at - centre) / (10 * reach), default=None)

    def _matches(self, template: Template, first: int, last: int, least: float) -> Iterable[Match]:
        """The places that no line has, with ``at`` in the file."""
        start, stop = max(first, -RATE), min(last, self.copy.samples + RATE)
        for match in template.find(self.copy.sound(start, stop + len(template)), least):
            at = start + match.at
            if not any(one.meets(at, at + len(template)) for one in self.found.values()):
                yield Match(at, match.likeness, match.gain)

    def _anothers(self, index: int, at: int) -> bool:
        """Whether another line with the same samples belongs there."""
        line = self.expected.lines[index]
        return any(
            other.clip == line.clip and abs(self.expected.place(other) + self.shifts[0] - at) < _NEAR
            for number, other in enumerate(self.expected.lines)
            if number != index
        )


def placed_by_sample(copy: WorkingCopy, expected: Expected, progress: ReportStage) -> dict[int, Placement]:
    """The lines that the file has as the plan's voice says them."""
    search = _Search(copy, expected)
    count = len(expected.lines)
    for index, event in enumerate(expected.lines):
        search.place(index, event)
        progress("Looking for", index + 1, count)
    return search.found


class Shifts:
    """By how many samples the file is later than the plan, as the lines tell that were found."""

    def __init__(self, placed: Placements, expected: Expected) -> None:
        lines = [(expected.lines[index].start, one) for index, one in sorted(placed.items())]
        self._frames = [frame for frame, _ in lines]
        self._shifts = [one.start - position(frame) for frame, one in lines]

    def before(self, frame: int) -> int:
        """At a frame of the plan, as the last line up to there is; as the first one is before it."""
        at = bisect_right(self._frames, frame) - 1
        return self._shifts[max(0, at)] if self._shifts else 0

    def after(self, frame: int) -> int:
        """The same as the first line after it is; as the last one is where none follows."""
        at = bisect_right(self._frames, frame)
        return self._shifts[min(at, len(self._shifts) - 1)] if self._shifts else 0
