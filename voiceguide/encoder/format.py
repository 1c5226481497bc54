"""The interface of the writers, one for each kind of file, and the quantiser from float samples to integers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

import numpy as np
import soundfile
from numpy.typing import NDArray

from voiceguide.audio.measures import Measures, StretchMeter
from voiceguide.audio.resampling import resampled, resampled_length
from voiceguide.audio.stream import FramesDone, Samples, Stream
from voiceguide.encoder.decoding import decode
from voiceguide.encoder.failures import ends_early
from voiceguide.encoder.kinds import Kind
from voiceguide.encoder.tags import Tags
from voiceguide.errors import OutputError
from voiceguide.kept import Kept
from voiceguide.timeline import Timeline
from voiceguide.units import SAMPLE_RATE, samples_at

Integers = NDArray[np.int16] | NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A finished file: its length in frames as a decoder gives it back, and its size in bytes."""

    frames: int
    size: int


@dataclass(frozen=True, slots=True)
class Completed:
    """A file with everything that its kind has; ``notes`` are sentences on what could not be done quite as wanted."""

    encoded: Encoded
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file is encoded and measured. None of it changes the file.

    Up to ``jobs`` parts may be encoded at the same time; 0 keeps all work in this thread. ``kept`` may have what was
    encoded and measured before, and gets what was not. ``levels`` asks for RMS as well, which audiobook shops measure.
    """

    jobs: int = 1
    kept: Kept | None = None
    levels: bool = False
    progress: FramesDone | None = None


class Cut(Protocol):
    """A finished file from which parts are taken, as :func:`voiceguide.encoder.split.split` does."""

    def part(self, start: int, path: Path, tags: Tags) -> Encoded:
        """Writes the ``tags.frames`` frames from frame ``start`` on as a file of their own. Raises OutputError.

        Parts that follow on one another decode to what the whole decodes to.
        """
        ...


class Format(ABC):
    """The writer of a kind of file, with its settings: the base of a frozen value.

    A new one has a ``kind``, its row of the table, a ``rate`` and a :meth:`write_samples`. What is encoded with loss
    also has its ``overshoot``, its bit rates and a :meth:`cut` that does not encode it again.
    """

    __slots__ = ()

    kind: ClassVar[Kind]

    @property
    def rate(self) -> int:
        """Hz of its files; positions and lengths are frames of the session all the same."""
        return SAMPLE_RATE

    @property
    def overshoot(self) -> float:
        """dB by which the decoded file's true peak is expected to exceed the input's.

        Measured on sessions; a file may exceed it, and is then mastered again.
        """
        return 0.0

    def write(self, blocks: Iterable[Samples], path: Path, tags: Tags, progress: FramesDone | None = None) -> Encoded:
        """Encodes a session's blocks in order into the file ``path``, whose name need not end in the kind's suffix.
        Raises OutputError."""
        converted = blocks if self.rate == SAMPLE_RATE else resampled(blocks, SAMPLE_RATE, self.rate)
        return self.write_samples(converted, path, tags, progress and (lambda done: progress(self.frames(done))))

    @abstractmethod
    def write_samples(
        self, blocks: Iterable[Samples], path: Path, tags: Tags, progress: FramesDone | None = None
    ) -> Encoded:
        """As :meth:`write`, of blocks at :attr:`rate`; ``progress`` gets samples."""

    def write_and_measure(self, stream: Stream, path: Path, tags: Tags, how: Encoding) -> tuple[Encoded, Measures]:
        """Writes the stream into the file ``path``, decodes it, and measures that. Raises OutputError.

        This default writes the whole file, then decodes it; each is half of the progress.
        """
        progress, frames = how.progress, 0
        encoded = self.write(stream.blocks(), path, tags, progress and (lambda done: progress(done // 2)))
        meter = StretchMeter(0, tags.frames, levels=how.levels, last=True)
        for block in decode(path, suffix=self.kind.suffix, rate=self.rate):
            meter.feed(block)
            frames += len(block)
            if progress:
                progress((tags.frames + frames) // 2)
        return encoded, meter.measures()

    def completed(
        self, path: Path, encoded: Encoded, tags: Tags, timeline: Timeline, progress: FramesDone | None = None
    ) -> Completed:
        """Adds to the written file what is made when its sound is final, such as the picture of a video. The sound and
        its place stay as they are. Raises OutputError."""
        return Completed(encoded)

    def with_rate(self, rate: int) -> Format:
        """The same for files of ``rate`` Hz, one of :data:`~voiceguide.units.FILE_RATES`; where the kind has that."""
        return self

    def samples(self, frames: int) -> int:
        """The sample of a file that is nearest to a frame of the session."""
        return samples_at(self.rate, frames)

    def frames(self, samples: int) -> int:
        """The inverse of :meth:`samples`."""
        return resampled_length(samples, self.rate, SAMPLE_RATE)

    def with_bitrate(self, bitrate: str) -> Format:
        """The same with another bit rate: kbit/s, or ``v0`` to ``v9`` for a variable one. Raises ValueError, with a
        sentence, when the kind has no such bit rate."""
        raise ValueError(f"{self.kind.name} keeps every sample, so it has no bit rate to choose")

    def with_picture(self, scene: str) -> Format:
        """The same with another picture, one of :data:`~voiceguide.picture.scenes.SCENES`. Raises ValueError, with a
        sentence, when the kind has none."""
        raise ValueError(f"{self.kind.name} has no picture; mp4 has one")

    def cut(self, whole: Path) -> Cut:
        """The finished file ``whole``, which this format has written, to take parts from. Raises OutputError when it
        is damaged. Here a part is decoded and encoded again, which is exact for what is lossless."""
        return Reencoded(whole, self)


@dataclass(frozen=True, slots=True)
class Reencoded:
    """A lossless file that ``writer`` has written; its parts are encoded anew from its samples."""

    whole: Path
    writer: Format

    def part(self, start: int, path: Path, tags: Tags) -> Encoded:
        return self.writer.write_samples(self._blocks(start, tags.frames), path, tags)

    def _blocks(self, start: int, frames: int) -> Iterator[Samples]:
        begin, frames = self.writer.samples(start), self.writer.samples(start + frames) - self.writer.samples(start)
        try:
            with soundfile.SoundFile(self.whole) as file:
                file.seek(begin)
                while frames and len(block := file.read(min(frames, SAMPLE_RATE), dtype="float32", always_2d=True)):
                    yield block
                    frames -= len(block)
        except soundfile.LibsndfileError as error:
            raise OutputError(f"{self.whole} could not be read again. Please render it again.") from error
        if frames:
            raise ends_early(self.whole)


def constant_bitrate(bitrate: str) -> int:
    """kbit/s. Raises ValueError, with a sentence, for ``v0`` to ``v9``."""
    if bitrate.startswith("v"):
        raise ValueError("v0 to v9 are for MP3; write kbit/s, like 96")
    return int(bitrate)


class Quantiser:
    """Turns blocks into signed whole numbers of ``bits``, to the nearest: 16 (int16) or 24 (the low bits of an int32).

    Full scale 1.0 is 2^(bits-1), as decoders have it; +1.0 itself becomes the largest number there is. ``gain`` is a
    factor on top of that, ``rate`` Hz that of the blocks. ``frames`` and ``peak`` (full scale 1.0, without the gain)
    are those of all blocks so far.
    """

    def __init__(self, bits: int, gain: float = 1.0, rate: int = SAMPLE_RATE) -> None:
        self._bits, self._rate = bits, rate
        self._full = float(2 ** (bits - 1))
        self._scale = self._full * gain
        self._peak = 0.0
        self.frames = 0

    @property
    def peak(self) -> float:
        return self._peak / self._scale

    def __call__(self, block: Samples) -> Integers:
        """The next block's numbers, in an array of their own.

        Raises OutputError when a sample is above full scale (with the gain) or not a number: the limiter has failed,
        and a clipped session must not be written.
        """
        if block.ndim != 2 or block.shape[1] != 2 or block.dtype != np.float32:
            raise ValueError(f"a block must be float32 of shape (frames, 2), not {block.dtype} of {block.shape}")
        scaled = block * np.float32(self._scale)
        np.rint(scaled, out=scaled)
        high, low = float(scaled.max(initial=0.0)), float(scaled.min(initial=0.0))
        if not (low >= -self._full and high <= self._full):  # false for NaN too
            raise OutputError(_too_loud(block, self._full / self._scale, self.frames, self._rate))
        if high == self._full:
            np.minimum(scaled, np.float32(self._full - 1), out=scaled)
        self._peak = max(self._peak, high, -low)
        self.frames += len(block)
        return scaled.astype(np.int16) if self._bits == 16 else scaled.astype(np.int32)


def _too_loud(block: Samples, loudest: float, frames: int, rate: int) -> str:
    wrong = np.flatnonzero(~(np.abs(block).max(axis=1) <= loudest))
    moment = (frames + (int(wrong[0]) if len(wrong) else 0)) / rate
    return (
        f"The sound at {moment:.1f} s is louder than a file can hold, so nothing was written. "
        "This is a fault in the mastering; please report it together with the script."
    )
