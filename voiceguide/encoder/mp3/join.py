"""One MP3 stream out of runs of LAME over parts of the sound, encoded at the same time and joined seamlessly.

Each run begins some frames early, so that LAME's hearing model, its filters and its transforms are settled when the
run's own frames come, and goes on some frames late, so that there is a choice of where to join. At a join

- both runs agree on the shape of the transform's window, for neighbouring frames overlap (ISO/IEC 11172-3, 2.4.3.4);
- the main data that the new run's frame expects before itself (its ``main_data_begin`` bytes, at most 511) replaces
  what the old run kept there for its own next frame. Where that is too short, the last frame before the join gets a
  higher bit rate in its header, and so the room.

So every frame decodes as it was encoded. Where the parts begin depends on the stream's length alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from voiceguide.encoder.mp3.frames import Run
from voiceguide.encoder.mp3.info_frame import (
    BITRATES,
    HEADER,
    OVERHEAD,
    SIDE_INFO,
    info_frame_length,
    rate_of,
    with_bitrate,
)
from voiceguide.errors import OutputError

EARLY = 16
"""Frames (0.4 s) that a run begins before its own."""

LATE = 8
"""Frames that a run continues after its own: the candidates for the join."""

_OPEN = LATE + 16
"""Frames at a run's end that are held until the join is chosen: the candidates, and before them the 511 bytes that the
new run may need, which at 32 kbit/s are in eight frames."""

_GRANULES_AT = 20  # bits of the side information before the first granule's, for two channels
_GRANULE = 59  # bits for each channel of each of two granules
_WINDOW_AT = 33  # bits of these before the window's shape: one flag, and if it is set two bits of block type


def joined(runs: Iterable[Run]) -> Iterator[list[bytes]]:
    """The stream's frames, some at a time, out of runs as :class:`Joiner` takes them. Raises OutputError."""
    joiner = Joiner()
    for run in runs:
        yield list(joiner.add(run))
    yield list(joiner.finish())


class Joiner:
    """Joins runs in the order of the stream. A run comes in pieces of any size; the first piece of the next run is
    recognised by its ``first``, which is lower than the last run's end."""

    def __init__(self) -> None:
        self._old = Run(0, ())  # the current run's frames that have not been returned yet
        self._new: Run | None = None  # the next run's, until the join is chosen

    def add(self, piece: Run) -> Iterator[bytes]:
        """The stream's next frames that no later join can change. Raises OutputError when no frame allows a join."""
        run = self._new or self._old
        if piece.first == run.after:
            piece = Run(run.first, (*run.frames, *piece.frames))
            self._old, self._new = (self._old, piece) if self._new else (piece, None)
        else:
            assert self._new is None, "a run is longer than what two runs share"
            self._new = piece
        if self._new and self._new.after >= self._old.after:
            yield from self._joined(self._new)
        if self._new is None:
            yield from self._given(max(self._old.first, self._old.after - _OPEN))

    def finish(self) -> Iterator[bytes]:
        """The remaining frames, after the last piece."""
        if self._new:
            yield from self._joined(self._new)
        yield from self._given(self._old.after)

    def _given(self, join: int) -> Iterator[bytes]:
        """All frames before ``join``."""
        count = join - self._old.first
        frames = self._old.frames
        self._old = Run(join, frames[count:])
        yield from frames[:count]

    def _joined(self, run: Run) -> Iterator[bytes]:
        """The frames before the join with this run, which then is the current one."""
        before = self._old
        join = next(iter(_joins(before, run)), None)
        if join is None:
            raise OutputError("The parts of the MP3 could not be joined, so nothing was written. Please report this.")
        frames = list(before.frames[: join - before.first])
        wanted = main_data_begin(run.frames[join - run.first])
        _put_before_the_join(frames, wanted, main_data_begin(before.frames[join - before.first]), run, join)
        self._old, self._new = Run(join, run.frames[join - run.first :]), None
        yield from frames


def main_data_begin(frame: bytes) -> int:
    """Bytes before the frame at which its main data begins."""
    return frame[HEADER] << 1 | frame[HEADER + 1] >> 7


def _joins(before: Run, after: Run) -> Iterator[int]:
    """The frames, best first, from which the new run can continue the stream."""
    for join in range(max(after.first + EARLY, before.first + 1), min(before.after, after.after)):
        old, new = before.frames[join - before.first], after.frames[join - after.first]
        last = before.frames[join - 1 - before.first]
        if _windows(last) == _windows(after.frames[join - 1 - after.first]):
            lacking = main_data_begin(new) - main_data_begin(old)
            if lacking <= 0 or _enlarged(last, lacking) is not None:
                yield join


def _windows(frame: bytes) -> tuple[int, ...]:
    """The shape of the window of each channel's second granule: 0 for the usual one, else 4 + the block type."""
    side = int.from_bytes(frame[HEADER:OVERHEAD], "big")
    bits = 8 * SIDE_INFO
    starts = (_GRANULES_AT + (2 + channel) * _GRANULE + _WINDOW_AT for channel in (0, 1))
    shapes = (side >> bits - start - 3 & 0b111 for start in starts)
    return tuple(shape if shape & 0b100 else 0 for shape in shapes)


def _enlarged(frame: bytes, lacking: int) -> bytes | None:
    """The frame at the lowest bit rate that gives it so many bytes more; None if there is none."""
    for bitrate in BITRATES:
        length = info_frame_length(bitrate, rate_of(frame))
        if length >= len(frame) + lacking:
            return with_bitrate(frame[:HEADER], bitrate) + frame[HEADER:].ljust(length - HEADER, b"\0")
    return None


def _put_before_the_join(frames: list[bytes], wanted: int, held: int, run: Run, join: int) -> None:
    """Lets the last ``wanted`` bytes of main data in ``frames``, of which ``held`` are free, be those of the run."""
    if wanted > held:
        larger = _enlarged(frames[-1], wanted - held)
        assert larger is not None, "the join was chosen so"
        frames[-1] = larger
    data, frame = b"", join - run.first
    while len(data) < wanted:
        frame -= 1
        data = run.frames[frame][OVERHEAD:] + data
    left, at = data[len(data) - wanted :], len(frames)
    while left:
        at -= 1
        room = min(len(frames[at]) - OVERHEAD, len(left))
        frames[at] = frames[at][: len(frames[at]) - room] + left[len(left) - room :]
        left = left[: len(left) - room]
