"""A listener without a loudspeaker or a clock: takes what a player gives, frame by frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tests.support.cases import NAMES, plan
from voiceguide.audio.stream import Samples
from voiceguide.errors import Source, has_errors
from voiceguide.playing.buffer import Buffer
from voiceguide.playing.moments import Moment, Playable
from voiceguide.playing.player import Command, Player
from voiceguide.playing.streams import StreamPlayable
from voiceguide.script import parse
from voiceguide.timeline import Timeline
from voiceguide.units import SAMPLE_RATE

_PERIOD = 441  # frames that a device asks for at a time
SCALE = 2.0**24
ANSWERED = SAMPLE_RATE // 5
"""Frames after which the sound that answers a key is over."""


def timeline_of(script: str) -> Timeline:
    """The timeline of a script with made-up lengths: a tenth of a second for each letter."""
    routine, findings = parse(Source("x.md", script), NAMES)
    assert not has_errors(findings), findings
    timeline, problems = plan(routine)
    assert not has_errors(problems), problems
    return timeline  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Counted:
    """A stream whose samples tell their own frame, as a fraction of 2^24."""

    frames: int

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        stop = self.frames if stop is None else stop
        for first in range(start, stop, 10_000):
            count = np.arange(first, min(first + 10_000, stop), dtype=np.float64) + 1
            yield np.repeat((count / SCALE).astype(np.float32)[:, np.newaxis], 2, axis=1)


def counted(script: str) -> StreamPlayable:
    """A script's timeline, whose sound tells its own frames."""
    timeline = timeline_of(script)
    return StreamPlayable(Counted(timeline.frames), timeline)


class Listener:
    """Hears a playable; it is never too slow."""

    def __init__(self, playable: Playable, timer: int | None = None) -> None:
        self.buffer = Buffer()
        self.player = Player(playable, self.buffer, timer)

    def hear(self, frames: int) -> Samples:
        """The next frames, fewer at the end: ``(frames, 2)``."""
        pieces = []
        while frames > 0 and not self.buffer.drained:
            while self.player.work():
                pass
            taken = self.buffer.take(min(_PERIOD, frames))
            pieces.append(np.frombuffer(taken, np.float32).reshape(-1, 2))
            frames -= len(pieces[-1])
        return np.concatenate(pieces) if pieces else np.zeros((0, 2), np.float32)

    def press(self, *commands: Command) -> Samples:
        """Presses a key, or some one after another, each when the sound that answers the one before is over."""
        heard = []
        for command in commands:
            self.player.send(command)
            heard.append(self.hear(ANSWERED))
        return np.concatenate(heard)

    def frame(self) -> int:
        """The frame of the stream that is heard next, of a :class:`Counted`."""
        return round(float(self.hear(1)[0, 0]) * SCALE) - 1

    @property
    def moment(self) -> Moment:
        heard = self.buffer.heard
        assert heard is not None
        return heard
