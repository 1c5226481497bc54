"""The sound of a plan whose lines are not all spoken yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from voiceguide.audio.envelope import Envelope
from voiceguide.audio.steps import moments
from voiceguide.audio.stream import Samples
from voiceguide.live.estimates import Estimates
from voiceguide.mixing.placing import BedSource
from voiceguide.routine import SoundRef
from voiceguide.session.clips import Clips
from voiceguide.timeline import ClipSource, Line

_EXAMPLES = 4  # lines that stand for those that are not spoken yet, where only loudness matters


@dataclass(frozen=True, slots=True)
class LiveClips:
    """As :class:`~voiceguide.session.clips.Clips`, but a line that is not spoken yet has an estimated length and no
    sound; with ``examples``, that of a spoken line."""

    clips: Clips
    estimates: Estimates
    examples: tuple[Line, ...] = ()

    def __contains__(self, line: Line) -> bool:
        return line in self.clips.spoken

    def line(self, line: Line) -> int:
        """A line's length in frames."""
        try:
            return self.clips.line(line)
        except KeyError:
            return self.estimates.frames(line)

    def sound(self, sound: SoundRef) -> int:
        """A sound's length in frames."""
        return self.clips.sound(sound)

    def samples(self, source: ClipSource) -> Samples:
        """As :meth:`Clips.samples`; ``(frames,)`` zeros for a line that is not spoken yet."""
        if not isinstance(source, Line) or source in self:
            return self.clips.samples(source)
        frames = self.estimates.frames(source)
        example = self._example(source)
        return np.zeros(frames, np.float32) if example is None else np.resize(self.clips.samples(example), frames)

    def envelope(self, source: ClipSource) -> Envelope:
        """As :meth:`Clips.envelope`."""
        if not isinstance(source, Line) or source in self:
            return self.clips.envelope(source)
        count = moments(self.estimates.frames(source))
        example = self._example(source)
        if example is None:
            return Envelope(np.zeros(count, np.float32), 0.0)
        known = self.clips.envelope(example)
        return Envelope(np.resize(known.powers, count), known.peak)

    def bed(self, ref: SoundRef) -> BedSource:
        """The endless bed that a reference names."""
        return self.clips.bed(ref)

    def with_examples(self) -> LiveClips:
        """The same with some spoken lines in place of those that are not spoken yet, for measuring the loudness."""
        return replace(self, examples=tuple(islice(self.clips.spoken, _EXAMPLES)))

    def _example(self, line: Line) -> Line | None:
        return self.examples[len(line.text) % len(self.examples)] if self.examples else None
