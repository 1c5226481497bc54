"""The sounds of many plans, each once, and where each plan places them.

A voice that rings on in a room is carried with its room, and as it was cut, since the room hears the cut. What sounds
dry is carried as long as any plan needs it, and cut and faded by whoever plays it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from voiceguide.mixing.placing import PlacedBed, PlacedClip
from voiceguide.routine import SoundRef
from voiceguide.timeline import ClipSource, Track

Sound = tuple[Track, tuple[ClipSource, int, int] | ClipSource, float]
"""What is heard, up to its length: the bus, what the clip's sound follows from, and its level in dB."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Sound number ``sound`` from frame ``start`` of the session on, for ``frames`` frames, of which the last ``fade``
    fall to silence."""

    sound: int
    start: int
    frames: int
    fade: int


@dataclass(slots=True)
class ClipTable:
    """The sounds in the order in which plans need them; ``longest`` has a clip of each that needs the most of it."""

    numbers: dict[Sound, int] = field(default_factory=dict)
    longest: list[PlacedClip] = field(default_factory=list)
    beds: dict[SoundRef, int] = field(default_factory=dict)

    def placements(self, clips: Iterable[PlacedClip]) -> list[Placement]:
        """Where a plan's clips stand."""
        return [self._placement(placed) for placed in clips]

    def bed(self, placed: PlacedBed) -> int:
        """The number of a bed's sound among the beds."""
        return self.beds.setdefault(placed.source, len(self.beds))

    def frames(self, number: int) -> int:
        """How long a sound is carried, in frames."""
        placed = self.longest[number]
        return placed.end - placed.start

    def _placement(self, placed: PlacedClip) -> Placement:
        sound = (placed.bus, placed.sounding, placed.clip.level)
        number = self.numbers.setdefault(sound, len(self.numbers))
        if number == len(self.longest):
            self.longest.append(placed)
        elif placed.end - placed.start > self.frames(number):
            self.longest[number] = placed
        return Placement(number, placed.start, placed.end - placed.start, placed.fade_out)
