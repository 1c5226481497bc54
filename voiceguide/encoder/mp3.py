"""MP3 by LAME, at a constant or a variable bit rate, gapless to the sample, written as the audio comes."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import soundfile

from voiceguide.encoder.format import Encoded, Integers, Progress, Quantiser, Samples
from voiceguide.encoder.info_frame import BITRATES, FRAME, Audio, Checksum, frame_length, info_frame, info_frame_length
from voiceguide.encoder.lame import Lame
from voiceguide.encoder.mp3_hearing import Mp3Hearing
from voiceguide.encoder.mp3_join import EARLY, LATE, Joiner, Run, frames_of
from voiceguide.encoder.tags import Tags, id3
from voiceguide.errors import OutputError
from voiceguide.stream import Stream, parts
from voiceguide.units import SAMPLE_RATE

_LOWEST_BITRATE = 64  # kbit/s; a smaller frame can't hold the Info tag
_VBR_INFO_BITRATE = 128  # kbit/s of the frame that holds the tag, as LAME has it
_SEEK_POINTS = 2_000  # frames at least whose places are kept for the seek table of a variable bit rate
_LAME_HOLDS = 3  # frames fed to LAME that it may not have given back yet
_PIECE = 2 * SAMPLE_RATE  # frames handed to LAME at a time; its output does not depend on it
_LAME_SCALES = ((160, 0.95), (192, 0.97), (224, 0.98), (320, 1.0))
"""Up to each bit rate (kbit/s), the factor that LAME turns its input down by; undone here, so that levels stay."""
_OVERSHOOTS = ((96, 1.2), (128, 0.8), (160, 0.6), (320, 0.4))  # dB up to each bit rate
_VBR_OVERSHOOTS = ((2, 0.3), (5, 0.6), (9, 1.2))  # dB up to each of LAME's variable bit rates


@dataclass(frozen=True, slots=True)
class Mp3:
    """``bitrate`` in kbit/s, one of MPEG-1 Layer III's from 64 up; ``quality`` LAME's, 2 (slow) to 9 (fast).

    With ``vbr``, LAME's 0 (best) to 9 (smallest), every frame has the bit rate that its sound needs instead.
    Levels come out as they went in: what LAME turns the sound down by is made good before it. That takes the room
    above :attr:`lame_scale`, which a mastered session (-1 dBTP) never needs.
    """

    bitrate: int = 128
    quality: int = 5
    vbr: int | None = None

    name: ClassVar[str] = "mp3"
    suffix: ClassVar[str] = ".mp3"
    media_type: ClassVar[str] = "audio/mpeg"
    lossless: ClassVar[bool] = False

    def __post_init__(self) -> None:
        allowed = [rate for rate in BITRATES if rate >= _LOWEST_BITRATE]
        if self.bitrate not in allowed:
            raise ValueError(f"an MP3's bit rate is one of {', '.join(map(str, allowed))} kbit/s, not {self.bitrate}")
        if not 0 <= self.quality <= 9:
            raise ValueError(f"LAME's quality goes from 0 to 9, not to {self.quality}")
        if self.vbr is not None and not 0 <= self.vbr <= 9:
            raise ValueError(f"LAME's variable bit rates go from 0 to 9, not to {self.vbr}")

    @property
    def lame_scale(self) -> float:
        """The factor by which LAME turns its input down at this bit rate, and so the largest sample it can be given.

        0.95 at 128 kbit/s: a sample may be as large as that (-0.45 dBFS) and no larger. 1.0 at a variable bit rate.
        """
        if self.vbr is not None:
            return 1.0
        return next(scale for bitrate, scale in _LAME_SCALES if self.bitrate <= bitrate)

    @property
    def overshoot(self) -> float:
        table, step = (_OVERSHOOTS, self.bitrate) if self.vbr is None else (_VBR_OVERSHOOTS, self.vbr)
        return next(overshoot for most, overshoot in table if step <= most)

    def lame(self, *, beside: bool = True) -> Lame:
        """LAME with these settings, for one stream; ``beside`` us in a thread of its own."""
        return Lame(self.bitrate, self.quality, self.vbr, beside=beside)

    @property
    def info_bitrate(self) -> int:
        """kbit/s of the frame that holds the Info tag."""
        return self.bitrate if self.vbr is None else _VBR_INFO_BITRATE

    def write(self, blocks: Iterable[Samples], place: Path, tags: Tags, progress: Progress | None = None) -> Encoded:
        quantise = Quantiser(16, gain=1.0 / self.lame_scale)
        with _Written(self, place, tags) as written:
            for data in _encoded(self, _quantised(blocks, quantise, progress)):
                written.add(data)
            return written.finish(quantise.frames, quantise.peak)

    def write_side_by_side(
        self,
        stream: Stream,
        place: Path,
        tags: Tags,
        jobs: int,
        heard: Callable[[Samples], None],
        progress: Progress | None = None,
    ) -> Encoded:
        """Writes a long stream in parts of which ``jobs`` are made at the same time; their number changes no byte.

        Each takes a thread of LAME beside this one, which makes the sound; 0 does everything in this one.
        ``heard`` gets what a player will hear, block by block.
        """
        spans = parts(stream.frames, FRAME)
        runs = _runs(self, stream, spans, jobs)
        joiner, hearing, peak = Joiner(), Mp3Hearing(stream.frames), 0.0
        with _Written(self, place, tags) as written:
            for (_, end), (run, highest) in zip(spans, runs, strict=True):
                frames = list(joiner.add(run))
                if end == stream.frames:
                    frames += joiner.finish()
                peak = max(peak, highest)
                if frames:
                    written.add(b"".join(frames))
                    for block in hearing(frames):
                        heard(block)
                if progress:
                    progress(end)
            encoded = written.finish(stream.frames, peak)
        if soundfile.info(str(place)).frames != stream.frames:
            raise OutputError("The MP3 does not tell its length rightly, so nothing was written. Please report this.")
        return encoded


class _Part:
    """A part of the stream on its way through LAME, with some more sound at either end."""

    def __init__(self, settings: Mp3, stream: Stream, span: tuple[int, int], *, beside: bool) -> None:
        start, end = span
        self._first, after = max(0, start // FRAME - EARLY), end // FRAME + LATE
        self._count = None if end == stream.frames else after - self._first
        last = stream.frames if self._count is None else min(stream.frames, (after + _LAME_HOLDS) * FRAME)
        self._length = last - self._first * FRAME
        self._quantise = Quantiser(16, gain=1.0 / settings.lame_scale)
        blocks = _quantised(stream.blocks(self._first * FRAME, last), self._quantise, None)
        self._pieces: Iterator[bytes] | None = _pieces(blocks)
        self.lame = settings.lame(beside=beside)

    @property
    def made(self) -> bool:
        """Whether LAME has been given all of the part's sound."""
        return self._pieces is None

    @property
    def at_work(self) -> bool:
        """Whether LAME has something to do for it, or will have."""
        return not self.made or self.lame.backlog > 0

    def make(self) -> None:
        """Makes the part's next piece of sound and gives it to LAME."""
        piece = next(self._pieces, None) if self._pieces else None
        if piece is None:
            self._pieces = None
            self.lame.end()
        else:
            self.lame.feed(piece)

    def run(self) -> tuple[Run, float]:
        """LAME's frames, when all is made, and the largest magnitude fed to it. Raises OutputError."""
        frames = frames_of(self.lame.rest())
        if self._quantise.frames != self._length:
            raise OutputError("A part of the session came out too short, so nothing was written. Please report this.")
        return Run(self._first, frames[: self._count]), self._quantise.peak


def _runs(settings: Mp3, stream: Stream, spans: Sequence[tuple[int, int]], jobs: int) -> Iterator[tuple[Run, float]]:
    """The runs of the parts in their order. LAME works on ``jobs`` of them at a time, each in a thread of its own; with
    0 it works on one in this thread.

    All sound is made here, a piece for each in turn: Python gains nothing from making it in several threads.
    """
    coming = iter(spans)
    under_way: deque[_Part] = deque()
    try:
        while True:
            working = [part for part in under_way if part.at_work]
            if len(working) < max(1, jobs) and (span := next(coming, None)):
                under_way.append(_Part(settings, stream, span, beside=jobs > 0))
                continue
            making = (part for part in working if not part.made)
            hungriest = min(making, key=lambda part: part.lame.backlog, default=None)
            if hungriest and not hungriest.lame.full:
                hungriest.make()  # before anything else, so that LAME has enough to do meanwhile
            elif under_way and not under_way[0].at_work:
                yield under_way[0].run()
                under_way.popleft().lame.close()
            elif working:
                Lame.wait_for_one([part.lame for part in working])
            else:
                return
    finally:
        for part in under_way:
            part.lame.close()


class _Written:
    """An MP3 file that is being written: tag, Info frame, audio."""

    def __init__(self, kind: Mp3, place: Path, tags: Tags) -> None:
        self._kind = kind
        self._tag = id3(tags)
        self._file = place.open("wb")
        self._stream = _Stream(tags.frames // (FRAME * _SEEK_POINTS) + 1)
        self._file.write(self._tag)
        self._file.write(bytes(info_frame_length(kind.info_bitrate)))  # filled in at the end, when the audio is known

    def __enter__(self) -> _Written:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, data: bytes) -> None:
        self._stream.add(data)
        self._file.write(data)

    def finish(self, frames: int, peak: float) -> Encoded:
        """``frames`` long in the end, with samples up to ``peak`` (full scale 1.0)."""
        self._file.seek(len(self._tag))
        self._file.write(first := self._stream.info_frame(self._kind, frames, peak))
        return Encoded(frames, len(self._tag) + len(first) + self._stream.size)


def _quantised(blocks: Iterable[Samples], quantise: Quantiser, progress: Progress | None) -> Iterator[Integers]:
    for block in blocks:
        yield quantise(block)
        if progress:
            progress(quantise.frames)


class _Stream:
    """What has come out of the encoder so far. Every ``seek_step``-th frame's place is kept."""

    def __init__(self, seek_step: int) -> None:
        self.size = 0  # bytes
        self._seek_step = seek_step
        self._places = array("Q")  # bytes from the stream's start
        self._header = b""  # the first frame's
        self._mpeg_frames = 0
        self._checksum = Checksum()
        self._rest = b""  # the beginning of a frame whose header is not whole yet
        self._skip = 0  # bytes up to the next frame's header

    def add(self, data: bytes) -> None:
        """Counts the frames of the next bytes of the stream; they may end anywhere within a frame."""
        self._checksum.feed(data)
        before = self.size - len(self._rest)
        self.size += len(data)
        data = self._rest + data
        at, end = self._skip, len(data)
        while at + 4 <= end:
            if not self._header:
                self._header = data[at : at + 4]
            if self._mpeg_frames % self._seek_step == 0:
                self._places.append(before + at)
            try:
                at += frame_length(data, at)
            except ValueError as error:
                raise OutputError("The MP3 encoder gave a damaged stream, so nothing was written.") from error
            self._mpeg_frames += 1
        self._rest = data[at:]
        self._skip = max(0, at - end)

    def info_frame(self, kind: Mp3, frames: int, peak: float) -> bytes:
        audio = Audio(
            self._header,
            self._mpeg_frames,
            self.size,
            self._checksum.value(),
            frames,
            peak,
            kind.info_bitrate,
            kind.quality,
            kind.vbr,
            self._seek_places() if kind.vbr is not None else (),
        )
        try:
            return info_frame(audio)
        except ValueError as error:
            raise OutputError(f"The MP3 encoder gave a stream that can't be made exact: {error}.") from error

    def _seek_places(self) -> tuple[int, ...]:
        """The byte at which each hundredth of the playing time starts."""
        return tuple(self._places[len(self._places) * percent // 100] for percent in range(100)) if self._places else ()


def _encoded(settings: Mp3, blocks: Iterable[Integers]) -> Iterator[bytes]:
    """The MP3 stream piece by piece. LAME runs beside us while the next blocks are made."""
    with closing(settings.lame()) as lame:
        for piece in _pieces(blocks):
            lame.feed(piece)
            while lame.full:
                Lame.wait_for_one([lame])
            yield lame.ready()
        lame.end()
        yield lame.rest()


def _pieces(blocks: Iterable[Integers]) -> Iterator[bytes]:
    """Interleaved little-endian samples, some seconds at a time, so that small blocks cost no thread switches."""
    held: list[bytes] = []
    frames = 0
    for block in blocks:
        held.append(block.astype("<i2", copy=False).tobytes())
        frames += len(block)
        if frames >= _PIECE:
            yield b"".join(held)
            held, frames = [], 0
    if held:
        yield b"".join(held)
