"""A finished piece of sound that is played: an audio file, or a sound of the library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

import numpy as np

from voiceguide.audio.stream import Samples, Stream
from voiceguide.encoder.listening import AudioFile
from voiceguide.playing.moments import Knob, Place
from voiceguide.timeline import Event, Timeline
from voiceguide.units import gain

SOFTEST = -40.0
"""dB; it can be made softer, and as loud as it is."""


class Blocks(Protocol):
    """Sound that can be read from any frame on."""

    def blocks(self, start: int = 0, /) -> Iterator[Samples]:
        """Blocks ``(frames, 2)`` from a frame to the end."""
        ...


class StreamPlayable:
    """A stream with its timeline as a playable; its volume can be turned down."""

    def __init__(self, stream: Blocks, timeline: Timeline) -> None:
        self._stream, self._timeline = stream, timeline
        self._frame = 0
        self._blocks: Iterator[Samples] = stream.blocks()
        self._held = np.zeros((0, 2), np.float32)
        self._volume = 0.0

    @property
    def place(self) -> Place:
        return Place(self._timeline, self._frame)

    @property
    def levels(self) -> Mapping[Knob, float]:
        return {"volume": self._volume}

    def read(self, frames: int) -> Samples:
        while len(self._held) < frames and (block := next(self._blocks, None)) is not None:
            self._held = np.concatenate((self._held, block)) if len(self._held) else block
        samples = self._held[:frames] * np.float32(gain(self._volume))
        self._held = self._held[frames:]
        self._frame += len(samples)
        return samples

    def seek(self, frame: int) -> None:
        self._frame = min(max(0, frame), self._timeline.frames)
        self._blocks = self._stream.blocks(self._frame)
        self._held = self._held[:0]

    def turn(self, knob: Knob, decibels: float) -> bool:
        volume = self._volume + decibels
        if knob != "volume" or not SOFTEST <= volume <= 0.0:
            return False
        self._volume = volume
        return True


def untagged(stream: Stream, title: str) -> StreamPlayable:
    """A stream that has nothing but a title."""
    return StreamPlayable(stream, Timeline(title, "und", "", stream.frames, (), ()))


def timeline_of(file: AudioFile) -> Timeline:
    """What the tags of an audio file tell of its course: chapters, and the spoken lines with their times."""
    tags = file.tags
    ends = [*(start for start, _ in tags.text[1:]), file.frames]
    lines = (
        Event("speech", "voice", start, end, None, text=line)
        for (start, line), end in zip(tags.text, ends, strict=False)
    )
    return Timeline(tags.title, tags.language, "", file.frames, tags.chapters, tuple(lines))
