"""The file that is heard: measured in one pass, and kept on disk at the recogniser's rate, to be read anywhere.

Memory does not grow with the file but for 8 bytes each 100 ms; on disk are 32 kB for each second, until the block ends.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import numpy as np
import soxr
from numpy.typing import NDArray

from voiceguide.audio.fast_loudness import QuickMeter
from voiceguide.audio.loudness import integrated, short_term
from voiceguide.audio.rms import LevelMeter, Levels
from voiceguide.audio.stream import Samples
from voiceguide.audio.true_peak import TruePeakMeter
from voiceguide.encoder.listening import AudioFile
from voiceguide.errors import SoundError
from voiceguide.progress import ReportStage
from voiceguide.speech.recognition import SAMPLE_RATE as RATE
from voiceguide.units import SAMPLE_RATE

Signal = NDArray[np.float32]
"""Sound in one channel, ``(samples,)``, float32 at :data:`RATE` Hz."""

_STORED = np.float16  # an error of -66 dB to the signal
_SIZE = 2  # bytes of a stored sample


def position(frames: int) -> int:
    """A place in frames as one in samples at :data:`RATE`."""
    return (frames * RATE + SAMPLE_RATE // 2) // SAMPLE_RATE


def in_seconds(samples: int) -> float:
    """A place or a length at :data:`RATE` in seconds."""
    return samples / RATE


@dataclass(frozen=True)
class WorkingCopy:
    """A file of ``frames`` frames at 44.1 kHz that could be read; of those that its head promises, ``promised``.

    ``samples``: its length at :data:`~voiceguide.speech.recognition.SAMPLE_RATE`. ``powers``: the weighted power
    of each 100 ms (BS.1770-4). ``true_peak`` in dBTP; ``levels``: RMS as shops measure it. Valid inside the block of
    :func:`working_copy`, in one thread.
    """

    path: Path
    frames: int
    promised: int
    powers: Sequence[float]
    true_peak: float
    levels: Levels
    samples: int
    _stored: BinaryIO

    @cached_property
    def loudness(self) -> float:
        """Integrated, in LUFS; minus infinity for silence."""
        return integrated(self.powers)

    @cached_property
    def short_term(self) -> tuple[tuple[float, float], ...]:
        """Seconds and short-term loudness in LUFS, windows of 3 s at their middle, one a second."""
        return tuple((second + 1.5, level) for second, level in enumerate(short_term(self.powers, 10)))

    def sound(self, start: int, stop: int) -> Signal:
        """The samples from ``start`` up to ``stop``, with silence before the file and after it."""
        found = np.zeros(max(0, stop - start), np.float32)
        first, last = max(0, start), min(self.samples, stop)
        if first < last:
            self._stored.seek(first * _SIZE)
            found[first - start : last - start] = np.frombuffer(self._stored.read((last - first) * _SIZE), _STORED)
        return found


@contextmanager
def working_copy(path: Path, folder: Path, progress: ReportStage) -> Iterator[WorkingCopy]:
    """Reads a finished file and stores it in ``folder`` while the block lasts. Raises SoundError when nothing of it can
    be read."""
    file = AudioFile.of(path)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as held:
        loudness, peak, levels = QuickMeter(), TruePeakMeter(), LevelMeter()
        stream = soxr.ResampleStream(SAMPLE_RATE, RATE, 1, dtype="float32", quality="HQ")
        frames = 0
        for block in _readable(file):
            loudness.feed(block)
            peak.feed(block)
            levels.feed(block)
            held.write(stream.resample_chunk(block.mean(axis=1)).astype(_STORED).tobytes())
            frames += len(block)
            progress("Reading", frames, max(frames, file.frames))
        held.write(stream.resample_chunk(np.zeros(0, np.float32), last=True).astype(_STORED).tobytes())
        held.flush()
        if not held.tell():
            raise SoundError(f"There is no sound in {path}.")
        measured = loudness.steps(), peak.dbtp, levels.levels()
        yield WorkingCopy(path, frames, file.frames, *measured, held.tell() // _SIZE, held)


def _readable(file: AudioFile) -> Iterator[Samples]:
    """The blocks up to where the file is damaged."""
    reached = 0
    try:
        for block in file.blocks():
            reached += len(block)
            yield block
    except SoundError:
        if not reached:
            raise
