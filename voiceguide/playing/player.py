"""Fills a buffer with what is played, and does what the listener asks for. No thread, no clock: see ``playback``."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import numpy as np

from voiceguide.audio.stream import Samples
from voiceguide.playing.answers import Answer, answer
from voiceguide.playing.buffer import FADE, Buffer, Piece, crossfaded
from voiceguide.playing.moments import Jump, Knob, Moment, Place, Playable, State
from voiceguide.timeline import Timeline
from voiceguide.units import SAMPLE_RATE

if TYPE_CHECKING:
    from voiceguide.playing.moves import Moves

Command = Literal[
    "pause", "back", "forth", "chapter back", "chapter forth",
    "softer bed", "louder bed", "softer voice", "louder voice", "timer", "quit", "unknown",
]  # fmt: skip

TIMES = (5, 10, 20, 40)
"""Minutes of the sleep timer, one after the other, then off."""

TIMER_FADE = 30 * SAMPLE_RATE
"""Frames at the end of the sleep timer over which all fades out."""

QUIT_FADE = 3 * SAMPLE_RATE // 2
"""Frames over which all fades out when the listener ends it."""

_BLOCK = SAMPLE_RATE // 20
_STEP = 2.0  # dB for each press of a key
_RISE = SAMPLE_RATE  # frames in which the sound comes back when the timer is put on again while it fades
_MINUTE = 60 * SAMPLE_RATE
_NO_SOUND = np.zeros((0, 2), np.float32)


class Player:
    """Plays ``playable`` into ``buffer``, with a sleep timer of ``timer`` frames if it is given.

    :meth:`send` and :meth:`go` may be called from any thread, :meth:`work` from one.
    """

    def __init__(self, playable: Playable, buffer: Buffer, timer: int | None = None) -> None:
        self._playable, self._buffer = playable, buffer
        self._timer = self._timer_set = timer  # frames that are left, and that it was set to
        self._wanted: deque[Command | Callable[[], int | None]] = deque()
        self._moves: Moves | None = None
        self._paused = False
        self._moved = False  # since the pause
        self._jump: Jump | None = None
        self._ending: int | None = None  # frames until it is over
        self._over = False
        self._gain = 1.0  # what the timer and the end leave
        self._left = _NO_SOUND  # what would have been heard without a jump
        self._answering = _NO_SOUND  # the rest of an answer that is not in the buffer yet

    def send(self, command: Command) -> None:
        """Asks for something; a soft sound answers."""
        self._want(command)

    def go(self, find: Callable[[], int | None]) -> None:
        """Goes on at the frame of the timeline that ``find`` gives when its time has come, without an answer."""
        self._want(find)

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do at the moment."""
        return self._over or (not self._wanted and self._buffer.full)

    def work(self) -> bool:
        """Does the next thing that is to be done; False when there is nothing."""
        if self.idle:
            return False
        if self._wanted:
            self._do(self._wanted.popleft())
        elif (piece := self._next_piece()) is not None:
            self._buffer.put(piece)
        if self._over:
            self._buffer.finish()
        return True

    def _do(self, wanted: Command | Callable[[], int | None]) -> None:
        if isinstance(wanted, str):
            self._answer(self._done(wanted))
        elif (frame := wanted()) is not None:
            self._play_from(frame)

    def _want(self, wanted: Command | Callable[[], int | None]) -> None:
        self._wanted.append(wanted)
        with self._buffer.changed:
            self._buffer.changed.notify_all()

    # -- what is asked for

    def _done(self, command: Command) -> Answer:
        match command:
            case "pause":
                return self._go_on() if self._paused else self._pause()
            case "back" | "forth" | "chapter back" | "chapter forth":
                return self._move(command)
            case "softer bed" | "louder bed" | "softer voice" | "louder voice":
                return self._turn(command)
            case "timer":
                self._timer = self._timer_set = _next_time(self._timer_set)
                return "done"
            case "quit":
                return self._quit()
            case _:
                return "end"

    def _pause(self) -> Answer:
        self._paused, self._moved = True, False
        first = self._buffer.cut(self._silence(self._playable.place))
        if first is not None:
            self._return_to(first)
        return "done"

    def _go_on(self) -> Answer:
        self._paused = False
        place = self._playable.place
        if not self._moved and not place.waiting:
            resumption = self._moves_in(place.timeline).resumption(place.frame)
            if resumption.frame != place.frame:
                self._playable.seek(resumption.frame)
                self._jump = resumption.jump
        piece = self._next_piece()
        if piece is not None:
            self._buffer.cut(piece)
        return "done"

    def _move(self, command: Command) -> Answer:
        first = self._buffer.next
        place = self._playable.place
        moment = first.moment if first is not None else self._moment(place)
        here = moment.frame if moment.timeline is place.timeline else place.frame
        moves = self._moves_in(place.timeline)
        to = {
            "back": moves.back,
            "forth": moves.forth,
            "chapter back": moves.chapter_back,
            "chapter forth": moves.chapter_forth,
        }[command](here)
        if to is None:
            return "end"
        self._play_from(to)
        return "done"

    def _turn(self, command: Command) -> Answer:
        direction, _, name = command.partition(" ")
        knob: Knob = "volume" if "volume" in self._playable.levels else "bed" if name == "bed" else "voice"
        turned = self._playable.turn(knob, _STEP if direction == "louder" else -_STEP)
        return "done" if turned else "end"

    def _quit(self) -> Answer:
        if self._paused or self._ending is not None:
            self._over = True
        else:
            self._ending = QUIT_FADE
        return "done"

    def _play_from(self, frame: int) -> None:
        self._playable.seek(frame)
        self._jump, self._moved = None, True
        if self._paused:
            self._buffer.cut(self._silence(self._playable.place))
        elif (piece := self._next_piece()) is not None:
            self._buffer.cut(piece)

    def _return_to(self, first: Piece) -> None:
        """Takes back what lay ready and was not heard."""
        moment, place = first.moment, self._playable.place
        self._timer, self._jump = moment.timer, first.jump
        if moment.state == "playing" and moment.timeline is place.timeline:
            self._playable.seek(moment.frame)

    def _answer(self, kind: Answer) -> None:
        self._answering = self._buffer.mix(answer(kind))

    def _moves_in(self, timeline: Timeline) -> Moves:
        from voiceguide.playing.moves import Moves  # here, since the first sound comes before the first key
        from voiceguide.playing.outline import Outline

        if self._moves is None or self._moves.outline.timeline is not timeline:
            self._moves = Moves(Outline(timeline))
        return self._moves

    # -- the sound

    def _next_piece(self) -> Piece | None:
        """The next sound; None at the end."""
        place = self._jumped()
        if self._paused:
            return self._silence(place)
        moment, jump = self._moment(place), self._jump
        count = _BLOCK if jump is None else max(1, min(_BLOCK, jump.at - place.frame))
        samples = self._playable.read(count)
        samples = crossfaded(self._left[: len(samples)], samples)
        self._left = _NO_SOUND
        if len(samples) < count:
            self._over = True
        if not len(samples):
            return None
        return Piece(self._answered(self._faded(samples)), moment, jump)

    def _jumped(self) -> Place:
        place = self._playable.place
        if self._jump is not None and place.frame >= self._jump.at:
            self._left = self._playable.read(FADE)
            self._playable.seek(self._jump.to)
            self._jump = None
            place = self._playable.place
        return place

    def _silence(self, place: Place) -> Piece:
        return Piece(self._answered(np.zeros((_BLOCK, 2), np.float32)), self._moment(place))

    def _moment(self, place: Place) -> Moment:
        state: State = "paused" if self._paused else "waiting" if place.waiting else "playing"
        return Moment(place.timeline, place.frame, state, self._timer, self._playable.levels)

    def _answered(self, samples: Samples) -> Samples:
        part = self._answering[: len(samples)]
        if len(part):
            samples[: len(part)] += part
            self._answering = self._answering[len(part) :]
        return samples

    def _faded(self, samples: Samples) -> Samples:
        """The samples under the fades of the timer and of the end, whose time goes on with them."""
        count = len(samples)
        goal = 1.0
        if self._timer is not None:
            self._timer = max(0, self._timer - count)
            goal = min(1.0, self._timer / TIMER_FADE) ** 2
        if self._ending is not None:
            self._ending = max(0, self._ending - count)
            goal *= (self._ending / QUIT_FADE) ** 2
        goal = min(goal, self._gain + count / _RISE)
        if (self._gain, goal) != (1.0, 1.0):
            samples *= np.linspace(self._gain, goal, count, dtype=np.float32)[:, np.newaxis]
        self._gain = goal
        if 0 in (self._timer, self._ending):
            self._over = True
        return samples


def _next_time(timer: int | None) -> int | None:
    """What the sleep timer is set to next, in frames: the first of the times that is longer, then off."""
    return next((time * _MINUTE for time in TIMES if time * _MINUTE > (timer or 0)), None)
