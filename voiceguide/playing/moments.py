"""What can be played, and one moment of its playing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from voiceguide.audio.stream import Samples
from voiceguide.timeline import Timeline

State = Literal["playing", "waiting", "paused", "over"]
"""``waiting``: for a line that is not spoken yet, with the bed going on."""

Knob = Literal["bed", "voice", "volume"]
"""What a listener can make louder or softer."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a playable stands: the next ``frame`` of its ``timeline``; ``waiting`` there for a line."""

    timeline: Timeline
    frame: int
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Jump:
    """From frame ``at`` of a timeline playing goes on at frame ``to``."""

    at: int
    to: int


class Playable(Protocol):
    """Something to listen to, read from one place on."""

    @property
    def place(self) -> Place:
        """Where the next read begins."""
        ...

    @property
    def levels(self) -> Mapping[Knob, float]:
        """The knobs that there are, and the dB of each."""
        ...

    def read(self, frames: int) -> Samples:
        """The next frames, float32 ``(frames, 2)`` at 44.1 kHz; fewer only at the end. Raises VoiceguideError."""
        ...

    def seek(self, frame: int) -> None:
        """Goes to a frame of the timeline, without a fade."""
        ...

    def turn(self, knob: Knob, decibels: float) -> bool:
        """Changes a level by so many dB. False when it has gone as far as it can, or there is no such knob."""
        ...


@dataclass(frozen=True, slots=True)
class Moment:
    """What is heard at a time, and how.

    ``timer``: frames until the sleep timer ends it all, None without one. ``levels`` are dB.
    """

    timeline: Timeline
    frame: int
    state: State
    timer: int | None
    levels: Mapping[Knob, float]

    def later(self, frames: int) -> Moment:
        """The moment so many frames later in the same piece of sound."""
        return replace(self, frame=self.frame + frames) if self.state == "playing" else self
