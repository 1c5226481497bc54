"""What lies ready for the device."""

from __future__ import annotations

import numpy as np

from tests.playing.listener import timeline_of
from voiceguide.audio.stream import Samples
from voiceguide.playing.buffer import Buffer, Piece
from voiceguide.playing.moments import Moment

TIMELINE = timeline_of("Hi. [pause 9s]")


def piece(frame: int, count: int, value: float = 1.0) -> Piece:
    return Piece(np.full((count, 2), value, np.float32), Moment(TIMELINE, frame, "playing", None, {}))


def taken(buffer: Buffer, count: int) -> Samples:
    return np.frombuffer(buffer.take(count), np.float32).reshape(-1, 2)


def test_the_device_gets_what_was_put_and_knows_where_it_is() -> None:
    buffer = Buffer(100)
    buffer.put(piece(0, 60, 0.5))
    assert not buffer.full
    buffer.put(piece(60, 60, 0.25))
    assert buffer.full
    heard = taken(buffer, 80)[:, 0]
    assert heard.tolist() == [0.5] * 60 + [0.25] * 20
    assert buffer.heard is not None
    assert buffer.heard.frame == 80
    assert buffer.next is not None
    assert buffer.next.moment.frame == 80


def test_too_little_is_silence_and_counted() -> None:
    buffer = Buffer(100)
    buffer.put(piece(0, 10))
    assert taken(buffer, 30)[:, 0].tolist() == [1.0] * 10 + [0.0] * 20
    assert buffer.underruns == 1
    buffer.finish()
    taken(buffer, 30)
    assert buffer.underruns == 1, "after the end nothing is missing"
    assert buffer.drained


def test_other_sound_takes_its_place_with_a_crossfade() -> None:
    buffer = Buffer(10_000)
    for frame in range(0, 9000, 3000):
        buffer.put(piece(frame, 3000))
    taken(buffer, 1000)
    first = buffer.cut(piece(50_000, 4000, 0.0))
    assert first is not None
    assert first.moment.frame == 1000
    heard = taken(buffer, 4000)[:, 0]
    assert heard[0] > 0.99
    assert np.diff(heard).max() <= 0
    assert not heard[1470:].any()
    assert buffer.heard is not None
    assert buffer.heard.frame == 54_000


def test_a_cut_of_nothing_has_no_fade() -> None:
    buffer = Buffer(10_000)
    assert buffer.cut(piece(0, 100)) is None
    assert taken(buffer, 100).all()


def test_a_sound_is_added_to_what_lies_ready() -> None:
    buffer = Buffer(10_000)
    buffer.put(piece(0, 50))
    buffer.put(piece(50, 50))
    rest = buffer.mix(np.full((120, 2), 0.5, np.float32))
    assert len(rest) == 20
    assert taken(buffer, 100)[:, 0].tolist() == [1.5] * 100
