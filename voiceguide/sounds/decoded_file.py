"""A person's file, decoded, levelled and held on disk."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voiceguide import units
from voiceguide.audio.filtering import RUMBLE, filtered_stream, high_pass
from voiceguide.audio.loudness import Meter
from voiceguide.audio.steps import STEP
from voiceguide.audio.stream import Samples
from voiceguide.errors import SoundError
from voiceguide.mix_levels import FILE_LEVEL, VOICE_LOUDNESS
from voiceguide.routine import SoundRef
from voiceguide.sounds.decoding import LONGEST_SOUND, decoded
from voiceguide.units import SAMPLE_RATE

LOUDEST_PEAK = -12.0
"""dBFS; the peak that bringing a file to its loudness may not pass. It decides for clicks and other short sounds."""

MOST_GAIN = 40.0
"""dB; what is softer still is mere noise, and stays soft."""

MOST_SOUND = 4 * LONGEST_SOUND
"""Seconds of files that one store holds, all together."""

_BODY = -8.0
"""LU against a file's integrated loudness; a file's ends are softer than that where they fade, or have not begun."""

_END_FADE = SAMPLE_RATE // 200  # 5 ms against a click where a file begins or ends away from zero
_FRAME = np.dtype(np.float32).itemsize * 2
_PIECE = SAMPLE_RATE * 4


@dataclass(frozen=True, slots=True)
class DecodedFile:
    """A person's file at 44.1 kHz stereo float32, levelled, raw on disk.

    ``loudest`` is the loudness of its loudest 400 ms, ``integrated`` its gated loudness, both in LUFS as it now is;
    minus infinity for silence. ``body`` is the frames from where it has come up to its usual loudness to where it
    sinks below for good: without the fades and silences at its ends.
    """

    path: Path
    frames: int
    loudest: float
    integrated: float
    body: range

    def read(self, start: int, frames: int) -> Samples:
        """``frames`` frames from frame ``start``, a new array ``(frames, 2)``.

        Raises ValueError when they do not all lie within the file.
        """
        if start < 0 or frames < 0 or start + frames > self.frames:
            raise ValueError(f"a sound of {self.frames} frames has no {frames} frames from {start} on")
        return np.fromfile(self.path, np.float32, 2 * frames, offset=start * _FRAME).reshape(-1, 2)

    def samples(self) -> Samples:
        """The whole of it, mapped from disk and read-only: only what is looked at is loaded."""
        return np.memmap(self.path, np.float32, mode="r", shape=(self.frames, 2))


def decoded_into(target: Path, ref: SoundRef, held: int, *, without_rumble: bool) -> DecodedFile:
    """Decodes a person's file into ``target`` and levels it there; with ``held`` frames of others no more than
    :data:`MOST_SOUND`. Raises SoundError and OSError."""
    assert ref.path is not None, "the caller has looked"
    pieces = decoded(ref.path, ref.name)
    if without_rumble:
        pieces = filtered_stream(pieces, (high_pass(RUMBLE),))
    meter, peak, frames = Meter(), 0.0, 0
    edge = np.zeros((4 * STEP, 2), np.float32)
    meter.feed(edge)  # so that a sound shorter than 400 ms fills a whole measuring window too
    with target.open("wb") as out:
        for piece in pieces:
            frames += len(piece)
            if frames > MOST_SOUND * SAMPLE_RATE - held:
                most = units.format_duration(MOST_SOUND)
                raise SoundError(f"The sounds of this session are longer than {most} together, with '{ref.name}'.")
            peak = max(peak, float(np.abs(piece).max()))
            meter.feed(piece)
            piece.tofile(out)
    meter.feed(edge)
    momentary, integrated = meter.momentary(), meter.integrated()
    loudest = max(momentary)
    factor = _factor(loudest, peak)
    _rescale(target, frames, factor)
    change = units.decibels(factor)
    body = _body(momentary, integrated, frames)
    return DecodedFile(target, frames, loudest + change, integrated + change, body)


def _body(momentary: list[float], integrated: float, frames: int) -> range:
    """The frames of a file without the fades and silences at its ends; all of them when less than half would be left.

    ``momentary`` is measured with 400 ms of silence before and after the file: its window ``n`` ends ``n`` steps
    into the file.
    """
    usual = [window for window, loudness in enumerate(momentary) if loudness >= integrated + _BODY]
    if not usual:
        return range(frames)
    start, stop = (usual[0] - 1) * STEP, (usual[-1] - 3) * STEP
    start, stop = (0 if start < 2 * STEP else start), (frames if frames - stop < 2 * STEP else stop)
    return range(start, stop) if 2 * (stop - start) >= frames else range(frames)


def _factor(loudest: float, peak: float) -> float:
    """The amplitude factor for a file of this ``loudest`` moment (LUFS) and sample ``peak``."""
    if math.isinf(loudest):
        return 1.0
    change = min(VOICE_LOUDNESS + FILE_LEVEL - loudest, MOST_GAIN, LOUDEST_PEAK - units.decibels(peak))
    return float(f"{units.gain(change):.6g}")


def _rescale(path: Path, frames: int, factor: float) -> None:
    """Multiplies the samples on disk, and rounds the file's two ends off, a piece at a time."""
    fade = min(_END_FADE, frames // 2)
    rising = (0.5 - 0.5 * np.cos(np.pi * np.arange(fade) / max(fade, 1))).astype(np.float32)
    with path.open("r+b") as file:
        for start, length in _spans(frames):
            file.seek(start * _FRAME)
            piece = np.frombuffer(file.read(length * _FRAME), np.float32).reshape(-1, 2) * np.float32(factor)
            at = np.arange(start, start + length)
            for distance in (at, frames - 1 - at):  # frames from either end of the file
                near = distance < fade
                piece[near] *= rising[distance[near], np.newaxis]
            file.seek(start * _FRAME)
            file.write(piece.tobytes())


def _spans(frames: int) -> Iterator[tuple[int, int]]:
    for start in range(0, frames, _PIECE):
        yield start, min(_PIECE, frames - start)
