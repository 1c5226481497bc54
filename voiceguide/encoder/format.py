"""What every output format is to the rest of the program, and the one way from float samples to whole numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio.stream import FramesDone, Samples
from voiceguide.encoder.tags import Tags
from voiceguide.errors import OutputError
from voiceguide.units import SAMPLE_RATE

Integers = NDArray[np.int16] | NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A finished file: its length in frames as a decoder gives it back, and its size in bytes."""

    frames: int
    size: int


class Cut(Protocol):
    """A finished file from which parts are taken, as :func:`voiceguide.encoder.split.split` does."""

    def part(self, start: int, place: Path, tags: Tags) -> Encoded:
        """Writes the ``tags.frames`` frames from frame ``start`` on as a file of their own. Raises OutputError.

        Parts that follow on one another decode to what the whole decodes to.
        """
        ...


class Format(Protocol):
    """A kind of file that a session can be written as, with its settings: a frozen value.

    ``suffix`` starts with a dot, ``media_type`` is the IANA name. A ``lossless`` one gives back the very samples that
    went in (to 24 bits), so that their peaks stay what they were. ``overshoot``: dB by which the true peak of what
    comes back is expected to pass that of what went in; found by measuring sessions, and now and then too little.
    """

    @property
    def name(self) -> str: ...
    @property
    def suffix(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def lossless(self) -> bool: ...
    @property
    def overshoot(self) -> float: ...

    def write(self, blocks: Iterable[Samples], place: Path, tags: Tags, progress: FramesDone | None) -> Encoded:
        """Encodes the blocks one after the other into the file ``place``. Raises OutputError."""
        ...


class Quantiser:
    """Turns blocks into signed whole numbers of ``bits``, to the nearest: 16 (int16) or 24 (the low bits of an int32).

    Full scale 1.0 is 2^(bits-1), as decoders have it; +1.0 itself becomes the largest number there is. ``gain`` is a
    factor on top of that. ``frames`` and ``peak`` (full scale 1.0, without the gain) are those of all blocks so far.
    """

    def __init__(self, bits: int, gain: float = 1.0) -> None:
        self._bits = bits
        self._full = float(2 ** (bits - 1))
        self._scale = self._full * gain
        self._peak = 0.0
        self.frames = 0

    @property
    def peak(self) -> float:
        return self._peak / self._scale

    def __call__(self, block: Samples) -> Integers:
        """The next block's numbers, in an array of their own.

        Raises OutputError when a sample is above full scale (with the gain) or no number: a limiter that let it through
        has failed, and a clipped session must not pass for a good one.
        """
        if block.ndim != 2 or block.shape[1] != 2 or block.dtype != np.float32:
            raise ValueError(f"a block must be float32 of shape (frames, 2), not {block.dtype} of {block.shape}")
        scaled = block * np.float32(self._scale)
        np.rint(scaled, out=scaled)
        high, low = float(scaled.max(initial=0.0)), float(scaled.min(initial=0.0))
        if not (low >= -self._full and high <= self._full):  # false for NaN too
            raise OutputError(_too_loud(block, self._full / self._scale, self.frames))
        if high == self._full:
            np.minimum(scaled, np.float32(self._full - 1), out=scaled)
        self._peak = max(self._peak, high, -low)
        self.frames += len(block)
        return scaled.astype(np.int16) if self._bits == 16 else scaled.astype(np.int32)


def _too_loud(block: Samples, loudest: float, frames: int) -> str:
    wrong = np.flatnonzero(~(np.abs(block).max(axis=1) <= loudest))
    moment = (frames + int(wrong[0])) / SAMPLE_RATE if len(wrong) else frames / SAMPLE_RATE
    return (
        f"The sound at {moment:.1f} s is louder than a file can hold, so nothing was written. "
        "This is a fault in the mastering; please report it together with the script."
    )
