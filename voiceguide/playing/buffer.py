"""The sound that lies ready for the device: one thread fills it, another one takes from it and only copies."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, replace

import numpy as np

from voiceguide.audio.stream import Samples
from voiceguide.playing.moments import Jump, Moment
from voiceguide.units import SAMPLE_RATE

AHEAD = SAMPLE_RATE // 4
"""Frames that are kept ready."""

FADE = SAMPLE_RATE // 30
"""Frames of crossfade where other sound takes the place of what would have been heard."""


def crossfaded(old: Samples, new: Samples) -> Samples:
    """A copy of ``new`` whose start comes out of ``old``, which is no longer."""
    rising = ((np.arange(len(old)) + 0.5) / max(1, len(old))).astype(np.float32)[:, np.newaxis]
    samples = new.copy()
    samples[: len(old)] = samples[: len(old)] * rising + old * (1 - rising)
    return samples


@dataclass(frozen=True, slots=True)
class Piece:
    """Samples ``(frames, 2)``, the moment of the first one, and the jump that was to come then."""

    samples: Samples
    moment: Moment
    jump: Jump | None = None

    def since(self, frames: int) -> Piece:
        """What is left after so many frames."""
        return replace(self, samples=self.samples[frames:], moment=self.moment.later(frames))


class Buffer:
    """A queue of pieces, at most ``ahead`` frames and one piece long. ``changed`` is notified whenever it changes.

    ``underruns`` counts the times that the device asked for more than there was.
    """

    def __init__(self, ahead: int = AHEAD) -> None:
        self.changed = threading.Condition()
        self.underruns = 0
        self._ahead = ahead
        self._pieces: deque[Piece] = deque()
        self._frames = 0
        self._finished = False
        self._heard: Moment | None = None

    # -- the side that fills

    @property
    def full(self) -> bool:
        """Whether there is as much as shall lie ready, or as will ever come."""
        with self.changed:
            return self._finished or self._frames >= self._ahead

    @property
    def next(self) -> Piece | None:
        """What the device takes next; None when nothing lies ready."""
        with self.changed:
            return self._pieces[0] if self._pieces else None

    def put(self, piece: Piece) -> None:
        with self.changed:
            self._append(piece)

    def cut(self, piece: Piece) -> Piece | None:
        """Puts a piece in the place of all that lies ready, with a crossfade. Gives what was to be taken next."""
        with self.changed:
            first = self._pieces[0] if self._pieces else None
            samples = crossfaded(self._first_frames(min(FADE, self._frames, len(piece.samples))), piece.samples)
            self._pieces.clear()
            self._frames = 0
            self._append(replace(piece, samples=samples))
            return first

    def mix(self, sound: Samples) -> Samples:
        """Adds a sound to what lies ready, from now on; gives the rest of it that is too long for that."""
        with self.changed:
            done = 0
            for number, piece in enumerate(self._pieces):
                part = sound[done : done + len(piece.samples)]
                samples = piece.samples.copy()
                samples[: len(part)] += part
                self._pieces[number] = replace(piece, samples=samples)
                done += len(part)
            return sound[done:]

    def finish(self) -> None:
        """Nothing will be put any more."""
        with self.changed:
            self._finished = True
            self.changed.notify_all()

    # -- the side that listens

    @property
    def heard(self) -> Moment | None:
        """The moment that the device has come to; None when it has taken nothing yet."""
        with self.changed:
            return self._heard

    @property
    def drained(self) -> bool:
        """Whether all is taken, and nothing will come any more."""
        with self.changed:
            return self._finished and not self._pieces

    def take(self, frames: int) -> bytes:
        """The next frames as the device gets them: float32, both channels; silence where nothing lies ready."""
        with self.changed:
            taken = []
            wanted = frames
            while wanted and self._pieces:
                piece = self._pieces.popleft()
                part = piece.samples[:wanted]
                taken.append(part.tobytes())
                wanted -= len(part)
                self._heard = piece.moment.later(len(part))
                if len(part) < len(piece.samples):
                    self._pieces.appendleft(piece.since(len(part)))
            self._frames -= frames - wanted
            if wanted:
                self.underruns += not self._finished
                taken.append(bytes(8 * wanted))
            self.changed.notify_all()
            return b"".join(taken)

    def _append(self, piece: Piece) -> None:
        self._pieces.append(piece)
        self._frames += len(piece.samples)
        self.changed.notify_all()

    def _first_frames(self, count: int) -> Samples:
        found = np.zeros((count, 2), np.float32)
        done = 0
        for piece in self._pieces:
            part = piece.samples[: count - done]
            found[done : done + len(part)] = part
            done += len(part)
            if done >= count:
                break
        return found
