"""The play head: reads a plan's mastered sound, goes on in another plan without a gap, and waits for missing lines."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from voiceguide.audio.stream import Samples
from voiceguide.live.follow import Switch, follow
from voiceguide.live.plan import Balance, LivePlan, Mastering
from voiceguide.mixing.mixer import Mixer
from voiceguide.units import SAMPLE_RATE

_FADE = SAMPLE_RATE // 30
"""Frames of crossfade where the sound changes; two that are alike are faded without a trace."""

_WAIT_FADE = SAMPLE_RATE // 4
_GLIDE = SAMPLE_RATE  # from one gain of the whole session to another


class _Reader:
    """Pieces of any length from an iterator of blocks."""

    def __init__(self, blocks: Iterator[Samples]) -> None:
        self._blocks = blocks
        self._block: Samples = np.zeros((0, 2), np.float32)

    def take(self, count: int) -> Samples:
        """The next ``count`` frames, silence after the end, in a new array ``(count, 2)``."""
        piece = np.zeros((count, 2), np.float32)
        done = 0
        while done < count:
            if not len(self._block):
                block = next(self._blocks, None)
                if block is None:
                    break
                self._block = block
            taken = self._block[: count - done]
            piece[done : done + len(taken)] = taken
            self._block = self._block[len(taken) :]
            done += len(taken)
        return piece


class _Crossfade:
    """From one sound to another, itself perhaps still fading, over ``length`` frames."""

    def __init__(self, old: _Taker, new: _Reader, length: int) -> None:
        # What nobody has heard is not faded from: a text may change a thousand times while nothing is read.
        self._old: _Taker | None = old.before if isinstance(old, _Crossfade) else old
        self._new, self._length, self._done = new, length, 0

    @property
    def before(self) -> _Taker:
        """What was heard last: this, or the old sound where nothing of this has been heard yet."""
        return self if self._old is None or self._done else self._old

    def take(self, count: int) -> Samples:
        """As :meth:`_Reader.take`."""
        piece = self._new.take(count)
        if self._old is None:
            return piece
        left = min(count, self._length - self._done)
        rising = ((np.arange(self._done, self._done + left) + 0.5) / self._length).astype(np.float32)[:, np.newaxis]
        piece[:left] *= rising
        piece[:left] += self._old.take(left) * (1 - rising)
        self._done += left
        if self._done == self._length:
            self._old = None
        return piece


_Taker = _Reader | _Crossfade


class PlayHead:
    """A position in a plan from which sound is read, in one thread at a time.

    ``frame`` is the next frame of ``plan`` that will be heard. While a line is missing there, ``waiting`` is true, the
    bed goes on, and the frame stays.
    """

    def __init__(self, plan: LivePlan, mastering: Mastering, frame: int = 0) -> None:
        self.plan, self.mastering, self.balance = plan, mastering, Balance()
        self.frame = plan.playable(min(max(0, frame), plan.timeline.frames))
        self.waiting = False
        self._mixer = self._mixed_anew()
        self._sound: _Taker = self._opened()
        self._coming: tuple[Switch, LivePlan] | None = None

    @property
    def ended(self) -> bool:
        """Whether everything has been heard."""
        return self.frame >= self.plan.timeline.frames

    @property
    def newest(self) -> LivePlan:
        """The plan that :meth:`seek` goes to: the one that is heard, or the one that is to follow it."""
        return self.plan if self._coming is None else self._coming[1]

    def read(self, count: int) -> Samples:
        """The next frames, float32 ``(count, 2)``; fewer only at the session's end."""
        pieces = []
        while count > 0 and not self.ended:
            self._arrive()
            taken = min(count, self._room())
            pieces.append(self._sound.take(taken))
            if not self.waiting:
                self.frame += taken
            count -= taken
        return np.concatenate(pieces) if pieces else np.zeros((0, 2), np.float32)

    def change(self, plan: LivePlan) -> None:
        """Goes on in another plan, at the same place of the text; a sentence that is being spoken is finished first."""
        if self.waiting:  # for a line that has not begun
            before = follow(self.plan.places, plan.places, self.frame - 1)
            switch = Switch(self.frame, min(before.to + 1, plan.timeline.frames))
        else:
            switch = follow(self.plan.places, plan.places, self.frame)
        self._coming = (switch, plan)
        self._arrive()

    def seek(self, frame: int, *, faded: bool = True) -> None:
        """Goes to a frame of the plan; of the new one where a change was still to come. ``faded``: with a short
        crossfade from what was heard before."""
        if self._coming is not None:
            self._adopt(self._coming[1])
        self._go(frame, _FADE if faded else 0)

    def tune(self, mastering: Mastering, balance: Balance) -> None:
        """Goes on with another gain of the whole, or of voice and beds."""
        self.mastering, self.balance = mastering, balance
        self._mixer = self._mixed_anew()
        self._go(self.frame, _GLIDE)

    def _arrive(self) -> None:
        """Changes to the coming plan when its time has come, and begins to wait."""
        if self._coming is not None and self.frame >= self._coming[0].at:
            switch, plan = self._coming
            fade = _WAIT_FADE if self.waiting else _FADE
            self._adopt(plan)
            self._go(switch.to, fade)
        elif not self.waiting and self.plan.waits_at(self.frame) == self.frame:
            self._go(self.frame, _WAIT_FADE)

    def _adopt(self, plan: LivePlan) -> None:
        self.plan, self._coming = plan, None
        self._mixer = self._mixed_anew()

    def _mixed_anew(self) -> Mixer:
        return self.plan.mixer(self.plan.levels(self.mastering, self.balance))

    def _go(self, frame: int, fade: int) -> None:
        self.frame = self.plan.playable(min(max(0, frame), self.plan.timeline.frames))
        self._sound = _Crossfade(self._sound, self._opened(), fade) if fade else self._opened()

    def _opened(self) -> _Reader:
        self.waiting = self.plan.waits_at(self.frame) == self.frame
        mixer = self.plan.waiting(self._mixer, self.frame) if self.waiting else self._mixer
        return _Reader(self.mastering.master.apply(mixer).blocks(self.frame))

    def _room(self) -> int:
        """Frames up to the next place at which something changes."""
        if self.waiting:
            return SAMPLE_RATE
        stops = [self.plan.timeline.frames, self.plan.waits_at(self.frame + 1)]
        stops += [self._coming[0].at] if self._coming is not None else []
        return min(stop for stop in stops if stop is not None) - self.frame
