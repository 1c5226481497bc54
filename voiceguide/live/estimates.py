"""How long lines will last that no voice has spoken yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE

_SECONDS_A_LETTER = 0.075  # at pace 1, of the English voices in docs/voices.md
_SHORTEST = 0.3  # seconds


@dataclass(frozen=True, slots=True)
class Estimates:
    """Frames for each character of a line, by voice and pace, as measured on lines that were spoken."""

    frames_a_letter: Mapping[tuple[str, float], float] = field(default_factory=dict)

    @classmethod
    def of(cls, spoken: Iterable[tuple[Line, int]]) -> Estimates:
        """From lines and the lengths of their clips in frames."""
        frames: defaultdict[tuple[str, float], int] = defaultdict(int)
        letters: defaultdict[tuple[str, float], int] = defaultdict(int)
        for line, length in spoken:
            frames[line.voice, line.pace] += length
            letters[line.voice, line.pace] += len(line.text)
        return cls({how: count / max(1, letters[how]) for how, count in frames.items()})

    def frames(self, line: Line) -> int:
        """How many frames a line will have, roughly; at least 0.3 s."""
        each = self.frames_a_letter.get((line.voice, line.pace), _SECONDS_A_LETTER * SAMPLE_RATE / line.pace)
        return round(max(_SHORTEST * SAMPLE_RATE, each * len(line.text)))
