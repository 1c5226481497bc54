"""The inputs of a plan, and the numbers and durations that may be chosen in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from voiceguide.errors import Position
from voiceguide.planner.scene import Lengths
from voiceguide.routine import Breathe, Repeat, Routine, Settings
from voiceguide.spoken import SpokenForms
from voiceguide.units import frames


@dataclass(frozen=True, slots=True)
class Choices:
    """The number of rounds or cycles of each cue that has another than the written one, and the frames of each elastic
    duration and block in the order of play (None: their natural ones)."""

    numbers: Mapping[Position, int] = field(default_factory=lambda: MappingProxyType({}))
    durations: tuple[int, ...] | None = None

    def number(self, cue: Repeat | Breathe, *, in_block: bool) -> int:
        """How many rounds or cycles; in a block of a given length the number stays as written."""
        whole = cue.whole
        return whole.natural if in_block or not whole.elastic else self.numbers.get(cue.span.position, whole.natural)


WRITTEN = Choices()


@dataclass(frozen=True, slots=True)
class State:
    """The state between two parts of a script: whether a sentence came last (then a gap comes before the next one),
    whether a chapter waits for its first event, and who speaks at which pace."""

    spoke_last: bool
    waits: bool
    voice: str
    pace: float


@dataclass(frozen=True, slots=True)
class Material:
    """The inputs that no choice changes. ``voices`` maps the voices' names to their full names."""

    settings: Settings
    voices: Mapping[str, str]
    lengths: Lengths
    spoken: SpokenForms
    gaps: tuple[int, int]
    """Frames between two sentences, and between two paragraphs."""

    @classmethod
    def of(cls, routine: Routine, voices: Mapping[str, str], lengths: Lengths) -> Material:
        settings = routine.settings
        gaps = frames(settings.gaps.sentence), frames(settings.gaps.paragraph)
        return cls(settings, voices, lengths, SpokenForms.of(settings), gaps)

    @property
    def opening(self) -> State:
        settings = self.settings
        return State(False, False, self.voices[settings.voice], float(settings.pace.first))
