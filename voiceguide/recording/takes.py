"""Opens a recording: mixed to one channel, high-passed, in a temporary file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray
from scipy import signal

from voiceguide.audio.filtering import RUMBLE
from voiceguide.recording.phrases import Phrase, levels, phrases
from voiceguide.recording.room import Room, room_of, softened
from voiceguide.scratch import scratch
from voiceguide.sounds.decoding import decoded
from voiceguide.speech import recognition
from voiceguide.speech.cache import cache_folder
from voiceguide.units import SAMPLE_RATE

_LEAD = round(0.03 * SAMPLE_RATE)  # frames kept before a phrase, for a soft first consonant
_TAIL = round(0.12 * SAMPLE_RATE)  # and after it, for the room's reverberation


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """``samples``: ``(frames,)`` float32 at 44.1 kHz, high-passed; they are on disk, memory-mapped."""

    path: Path
    samples: NDArray[np.float32]
    phrases: tuple[Phrase, ...]
    room: Room | None = None

    def bounds(self, first: int, last: int) -> Phrase:
        """The stretch of the phrases from ``first`` up to, not including, ``last``, with half of the rest around them
        at most."""
        before = self.phrases[first - 1].end if first else 0
        after = self.phrases[last].start if last < len(self.phrases) else len(self.samples)
        start, end = self.phrases[first].start, self.phrases[last - 1].end
        return Phrase(max(start - _LEAD, (start + before) // 2), min(end + _TAIL, (end + after) // 2))

    def without_rests(self, stretch: Phrase) -> Phrase:
        """A stretch without the rests at its ends, in which there is only the room's noise."""
        inside = [phrase for phrase in self.phrases if phrase.end > stretch.start and phrase.start < stretch.end]
        if not inside:
            return stretch
        return Phrase(max(stretch.start, inside[0].start - _LEAD), min(stretch.end, inside[-1].end + _TAIL))

    def sound(self, stretch: Phrase) -> NDArray[np.float32]:
        """A copy of the samples of a stretch."""
        return np.array(self.samples[stretch.start : stretch.end])

    def clean_sound(self, stretch: Phrase) -> NDArray[np.float32]:
        """The same, with the room softened where it is near."""
        if self.room is None or not self.room.near:
            return self.sound(stretch)
        return softened(self.samples, stretch.start, stretch.end, self.room)

    def for_recogniser(self, first: int, last: int) -> NDArray[np.float32]:
        """Phrases in the recogniser's form: at 16 kHz, and no longer than its limit."""
        return for_recogniser(self.sound(self.bounds(first, last)))


def for_recogniser(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """A sound at 44.1 kHz, ``(frames,)`` float32, at the recogniser's rate, normalised, and cut to its limit."""
    sound = sound[: round(recognition.LONGEST * SAMPLE_RATE)]
    peak = float(np.abs(sound).max(initial=0.0))
    loud = sound * np.float32(0.5 / peak) if peak > 0 else sound
    made: NDArray[np.float32] = soxr.resample(loud, SAMPLE_RATE, recognition.SAMPLE_RATE, quality="HQ")
    return made[: round(recognition.LONGEST * recognition.SAMPLE_RATE)]


@contextmanager
def opened(path: Path, progress: Callable[[float], None] = lambda seconds: None) -> Iterator[Take]:
    """A take of up to 3 hours in any format that ffmpeg reads; ``progress`` is called with the seconds read so far.

    Its samples are in a temporary folder until the block ends. Raises SoundError if it cannot be read.
    """
    folder = cache_folder().parent
    folder.mkdir(parents=True, exist_ok=True)
    with scratch(folder) as held:
        samples_file = held / "take.f32"
        filtered = signal.butter(2, RUMBLE, "highpass", fs=SAMPLE_RATE, output="sos")
        state = np.zeros((len(filtered), 2))
        frames = 0
        with samples_file.open("wb") as file:
            for piece in decoded(path, path.name):
                mono, state = signal.sosfilt(filtered, piece.mean(axis=1, dtype=np.float64), zi=state)
                file.write(mono.astype("<f4").tobytes())
                frames += len(mono)
                progress(frames / SAMPLE_RATE)
        samples = np.memmap(samples_file, "<f4", "r", shape=(frames,))
        found = phrases(levels(samples))
        yield Take(path, samples, found, room_of(samples, found))
        del samples
