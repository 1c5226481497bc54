"""Plans of made-up clips: every line is a tone of its own, as long as its text, and may be missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np

from tests.support.cases import NAMES
from voiceguide import planner
from voiceguide.audio.envelope import Envelope, envelope
from voiceguide.audio.stream import Samples
from voiceguide.errors import Source, has_errors
from voiceguide.live.clips import LiveClips
from voiceguide.live.estimates import Estimates
from voiceguide.live.places import Places
from voiceguide.live.plan import LivePlan, Mastering
from voiceguide.mastering.measurement import Measurement
from voiceguide.mastering.solve import Master
from voiceguide.mixing.placing import BedSource
from voiceguide.routine import SoundRef
from voiceguide.script import parse
from voiceguide.timeline import ClipSource, Line
from voiceguide.units import SAMPLE_RATE

PLAIN = Mastering(Master(0.0, 0.0, -20.0, 0.0, Measurement(-20.0, -3.0)))
"""No gain, and nothing to limit."""

_SOUND = SAMPLE_RATE // 2


def frames_of(line: Line) -> int:
    """A hundredth of a second a letter."""
    return len(line.text) * SAMPLE_RATE // 100


def tone(line: Line) -> Samples:
    """Without a click at either end."""
    frames = frames_of(line)
    hertz = 200 + sum(map(ord, line.text)) % 400
    course = np.arange(frames) / SAMPLE_RATE
    return (0.2 * np.sin(2 * np.pi * hertz * course) * np.sin(np.pi * np.arange(frames) / frames)).astype(np.float32)


@dataclass(frozen=True)
class MadeClips:
    """Stands for the session's clips; ``spoken`` are the lines that are there."""

    spoken: frozenset[Line] = field(default_factory=frozenset)

    def line(self, line: Line) -> int:
        return frames_of(line)

    def sound(self, sound: SoundRef) -> int:
        return _SOUND

    def samples(self, source: ClipSource) -> Samples:
        return tone(source) if isinstance(source, Line) else np.zeros((_SOUND, 2), np.float32)

    def envelope(self, source: ClipSource) -> Envelope:
        return envelope(self.samples(source))

    def bed(self, ref: SoundRef) -> BedSource:
        return _Hum()


class _Hum:
    def read(self, start: int, frames: int) -> Samples:
        course = np.arange(start, start + frames) / SAMPLE_RATE
        return np.repeat((0.05 * np.sin(2 * np.pi * 60 * course)).astype(np.float32)[:, np.newaxis], 2, axis=1)


def plan_of(text: str, *, missing: tuple[str, ...] = ()) -> LivePlan:
    """The plan of a script; of the lines whose text is in ``missing`` there is no sound yet."""
    source = Source("x.md", text)
    routine, problems = parse(source, NAMES)
    assert not has_errors(problems), [problem.message for problem in problems]
    voices = dict.fromkeys(planner.voice_names(routine), "silent:x")
    lines, _ = planner.lines(routine, voices)
    spoken = frozenset(line for line in lines if line.text not in missing)
    clips = LiveClips(cast("Any", MadeClips(spoken)), Estimates())
    timeline, problems = planner.plan(routine, voices, clips)
    assert not has_errors(problems), [problem.message for problem in problems]
    return LivePlan(routine, voices, Places(source, timeline), clips, problems)
