"""What is heard when keys are pressed, to the frame."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from tests.playing.listener import ANSWERED, SCALE, Listener, counted
from voiceguide.errors import SoundError
from voiceguide.playing.answers import answer
from voiceguide.playing.player import QUIT_FADE, TIMER_FADE, TIMES, Command
from voiceguide.units import SAMPLE_RATE

SECOND = SAMPLE_RATE
CUT = SAMPLE_RATE // 20  # frames after which a crossfade is over

STEPS = """# One
First sentence here. [pause 5s]
Second sentence here. [pause 5s]

# Two
Third sentence here. [pause 70s]
The last one.
"""

BREATH = """# Breathe
Breathe with me now. [pause 2s] [breathe 4-6 x6 words none]
Well done.
"""

HOLD = """# Hold
Keep still. [hold 60s]
Let go.
"""


def _exercise(listener: Listener) -> tuple[int, int]:
    """The start of the exercise, and the end of the line before it."""
    events = listener.player._playable.place.timeline.events
    first = next(event for event in events if event.kind in ("breath", "hold"))
    return first.start, events[0].end


def test_all_is_heard_in_order_and_then_it_is_over() -> None:
    listener = Listener(counted("Hi. [pause 3s]"))
    heard = listener.hear(100 * SECOND)
    frames = listener.moment.timeline.frames
    assert listener.buffer.drained
    np.testing.assert_array_equal(np.round(heard[:frames, 0] * SCALE), np.arange(frames) + 1)
    assert not heard[frames:].any()
    assert listener.buffer.underruns == 0


def test_a_pause_is_silent_and_goes_on_with_the_next_frame() -> None:
    listener = Listener(counted(STEPS))
    listener.hear(2 * SECOND)
    listener.press("pause")
    assert listener.moment.state == "paused"
    assert not listener.hear(3 * SECOND).any()
    stopped = listener.moment.frame
    assert stopped == 2 * SECOND
    listener.press("pause")
    assert listener.moment.state == "playing"
    assert listener.frame() == stopped + ANSWERED


def test_the_sound_ends_at_once_and_softly() -> None:
    listener = Listener(counted("Hi. [pause 200s]"))
    listener.hear(150 * SECOND)
    before = float(listener.hear(1)[0, 0])
    paused = listener.press("pause")[:, 0] - _in_full(answer("done"))
    assert np.abs(np.diff(paused[:CUT])).max() < before / 500
    assert not np.abs(paused[CUT:]).max() > 1e-6


def _in_full(sound: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    return np.concatenate((sound, np.zeros((ANSWERED - len(sound), 2), np.float32)))[:, 0]


def test_in_a_breath_it_goes_on_with_the_cycle() -> None:
    listener = Listener(counted(BREATH))
    start, _ = _exercise(listener)
    listener.hear(start + 13 * SECOND)
    listener.press("pause", "pause")
    assert listener.frame() == start + 10 * SECOND + ANSWERED


def test_when_the_cue_is_long_ago_it_is_heard_again_first() -> None:
    listener = Listener(counted(BREATH))
    start, said = _exercise(listener)
    listener.hear(start + 33 * SECOND)
    listener.press("pause", "pause")
    line = listener.frame() - ANSWERED
    assert line == SECOND - SECOND // 5  # a little before the sentence
    jump = said + SECOND // 5 - line - ANSWERED - 1
    heard = np.round(listener.hear(jump)[:, 0] * SCALE) - 1
    assert said in heard
    listener.hear(CUT)
    assert listener.frame() == start + 30 * SECOND + CUT


def test_a_second_pause_while_the_cue_is_repeated_forgets_nothing() -> None:
    listener = Listener(counted(BREATH))
    start, _ = _exercise(listener)
    listener.hear(start + 33 * SECOND)
    listener.press("pause", "pause", "pause", "pause")
    heard = np.round(listener.hear(4 * SECOND)[:, 0] * SCALE) - 1
    assert start + 31 * SECOND in heard
    assert start + 5 * SECOND not in heard


def test_a_hold_begins_again() -> None:
    listener = Listener(counted(HOLD))
    start, _ = _exercise(listener)
    listener.hear(start + 10 * SECOND)
    listener.press("pause", "pause")
    assert listener.frame() == start + ANSWERED


def test_one_who_has_moved_during_a_pause_goes_on_there() -> None:
    listener = Listener(counted(HOLD))
    start, _ = _exercise(listener)
    listener.hear(start + 55 * SECOND)
    listener.press("pause", "back", "pause")
    frame = listener.frame()
    assert start < frame < start + 45 * SECOND


def test_steps_and_chapters() -> None:
    listener = Listener(counted(STEPS))
    places = [event.start for event in listener.player._playable.place.timeline.events if event.kind == "speech"]
    lead = SECOND // 5

    def after(*commands: Command) -> int:
        listener.press(*commands)
        return listener.frame() - ANSWERED

    assert after("forth") == places[1] - lead
    assert after("forth") == places[2] - lead
    assert after("back") == places[1] - lead
    assert after("back") == 0
    listener.hear(5 * SECOND)
    assert after("back") == 0, "long into a step it begins again"
    assert after("chapter forth") == places[2] - lead
    pieces = [after("forth") for _ in range(3)]
    assert max(np.diff([places[2], *pieces])) <= 30 * SECOND
    assert pieces[-1] == places[3] - lead
    assert after("chapter back") == places[2] - lead


def _answer_in(heard: np.ndarray) -> str:  # type: ignore[type-arg]
    """Which answer is heard over silence."""
    for kind in ("done", "end"):
        sound = answer(kind)  # type: ignore[arg-type]
        if len(heard) >= len(sound) and np.allclose(heard[: len(sound)], sound, atol=1e-6):
            return kind
    return "none"


def test_every_key_is_answered_and_another_sound_tells_the_ends() -> None:
    wanted: dict[Command, str] = {
        "back": "end",  # there is nothing before
        "chapter back": "end",
        "forth": "done",
        "chapter forth": "done",
        "softer bed": "done",
        "louder bed": "done",
        "softer voice": "done",  # a stream has but one volume
        "louder voice": "done",
        "timer": "done",
        "unknown": "end",
    }
    assert {*wanted, "pause", "quit"} == {*get_args(Command)}
    listener = Listener(counted(STEPS))
    listener.hear(SECOND)
    listener.press("pause")
    assert {command: _answer_in(listener.press(command)) for command in wanted} == wanted


def test_the_first_and_the_last_place_are_told() -> None:
    listener = Listener(counted("One sentence. [pause 9s]"))
    listener.hear(1)
    listener.press("pause")
    assert _answer_in(listener.press("back")) == "end"
    listener.press("forth")
    assert _answer_in(listener.press("chapter forth")) == "end"
    assert _answer_in(listener.press("louder bed")) == "end", "it is as loud as it is"


def test_answers_are_soft_and_short() -> None:
    for kind in ("done", "end"):
        sound = answer(kind)  # type: ignore[arg-type]
        assert len(sound) <= ANSWERED
        assert np.abs(sound).max() < 10 ** (-29 / 20)
        assert np.abs(np.diff(sound, axis=0)).max() < 0.005, "it does not click"


def test_the_sleep_timer_fades_out_and_ends() -> None:
    listener = Listener(counted("Hi. [pause 200s]"), timer=50 * SECOND)
    heard = listener.hear(100 * SECOND)
    played = np.arange(len(heard)) + 1
    gains = heard[: 50 * SECOND, 0] * SCALE / played[: 50 * SECOND]
    assert listener.buffer.drained
    assert not heard[50 * SECOND :].any()
    np.testing.assert_allclose(gains[: 20 * SECOND], 1.0, atol=1e-6)
    assert np.diff(gains[20 * SECOND :: 1000]).max() < 0
    assert gains[-1] < 1e-4
    assert TIMER_FADE == 30 * SECOND


def test_the_timer_goes_through_its_times() -> None:
    listener = Listener(counted("Hi. [pause 200s]"))
    told = []
    for _ in range(6):
        listener.press("timer")
        listener.hear(SECOND)
        timer = listener.moment.timer
        told.append(None if timer is None else -(-timer // (60 * SECOND)))
    assert told == [*TIMES, None, TIMES[0]]


def test_a_timer_that_is_put_on_again_while_it_fades_brings_the_sound_back() -> None:
    listener = Listener(counted("Hi. [pause 200s]"), timer=31 * SECOND)
    listener.hear(20 * SECOND)
    listener.press("timer")
    heard = listener.hear(3 * SECOND)[:, 0] * SCALE
    frames = 20 * SECOND + ANSWERED + np.arange(len(heard)) + 1
    gains = heard / frames
    assert np.diff(gains).min() > -1e-5
    assert gains[-1] == pytest.approx(1.0, abs=1e-6)


def test_a_pause_does_not_use_the_timer_up() -> None:
    listener = Listener(counted("Hi. [pause 200s]"), timer=100 * SECOND)
    listener.hear(10 * SECOND)
    listener.press("pause")
    listener.hear(60 * SECOND)
    assert listener.moment.timer == 90 * SECOND


def test_the_end_is_a_fade() -> None:
    listener = Listener(counted("Hi. [pause 200s]"))
    listener.hear(50 * SECOND)
    listener.player.send("quit")
    heard = listener.hear(60 * SECOND)
    assert listener.buffer.drained
    assert QUIT_FADE <= len(heard) < QUIT_FADE + SECOND
    gains = heard[len(answer("done")) :, 0]
    assert np.abs(np.diff(gains)).max() < 1e-4


def test_a_second_time_it_is_over_at_once() -> None:
    listener = Listener(counted("Hi. [pause 200s]"))
    listener.hear(SECOND)
    listener.player.send("quit")
    listener.player.send("quit")
    assert len(listener.hear(60 * SECOND)) < SECOND // 2


def test_the_volume() -> None:
    listener = Listener(counted("Hi. [pause 200s]"))
    listener.hear(SECOND)
    listener.press("softer bed", "softer bed", "softer bed")
    listener.hear(SECOND)
    assert listener.moment.levels == {"volume": -6.0}
    at = listener.moment.frame
    assert float(listener.hear(1)[0, 0]) * SCALE / (at + 1) == pytest.approx(0.501, abs=0.001)


def test_a_sound_that_cannot_be_read_ends_it() -> None:
    class Broken:
        frames = 10 * SECOND

        def blocks(self, start: int = 0, stop: int | None = None):  # type: ignore[no-untyped-def]
            raise SoundError("It is damaged.")
            yield

    from voiceguide.playing.streams import StreamPlayable

    listener = Listener(StreamPlayable(Broken(), counted("Hi.").place.timeline))
    with pytest.raises(SoundError, match="damaged"):
        listener.hear(SECOND)
