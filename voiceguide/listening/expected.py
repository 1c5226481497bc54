"""What the plan says is to be heard: each event's own sound, and how loud each track is from moment to moment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import soxr
from numpy.typing import NDArray

from voiceguide.audio.fast_loudness import QuickMeter
from voiceguide.listening.correlation import Template, emphasised
from voiceguide.listening.working_copy import Signal, position
from voiceguide.mastering.target import Requirement
from voiceguide.session.session import Session
from voiceguide.speech.recognition import SAMPLE_RATE as RATE
from voiceguide.timeline import Event, Timeline, Track
from voiceguide.units import SAMPLE_RATE, power_decibels

WINDOW = RATE // 100
"""Samples of one short level: 10 ms."""

_LONGEST = 12 * SAMPLE_RATE  # frames of a sound that are looked for; a bowl's ring adds nothing after that
_TRACKS: tuple[Track, ...] = ("voice", "breath", "chimes", "bed")


@dataclass(frozen=True)
class Expected:
    """The plan of a session as a listener would hear it, unmastered: voice lines have -23 LUFS."""

    session: Session

    @property
    def timeline(self) -> Timeline:
        return self.session.timeline

    @property
    def requirement(self) -> Requirement:
        """What the file should measure."""
        return self.session.mix.requirement

    @cached_property
    def mastered(self) -> Requirement:
        """The requirement that the file was made for: the voice decides how loud a session is."""
        mix = self.session.mix
        return mix.anchored(mix.measured())

    @cached_property
    def lines(self) -> tuple[Event, ...]:
        """The spoken events, in order of start."""
        return tuple(event for event in self.timeline.events if event.kind == "speech" and event.clip is not None)

    @cached_property
    def sounds(self) -> tuple[Event, ...]:
        """The events of chimes, breath sounds and sound files, in order of start."""
        events = (event for event in self.timeline.events if event.clip is not None)
        return tuple(event for event in events if event.kind != "speech" and event.start < self.timeline.frames)

    def end(self, event: Event) -> int:
        """The frame at which an event's clip ends, within the session."""
        frames = event.clip.frames if event.clip else event.end - event.start
        return min(event.start + frames, self.timeline.frames)

    def template(self, event: Event) -> Template:
        """An event's track while its clip sounds."""
        return Template(self.sound(event.start, min(self.end(event), event.start + _LONGEST), event.track))

    def sound(self, start: int, stop: int, track: Track) -> Signal:
        """One track from frame ``start`` up to ``stop``, at :data:`~voiceguide.speech.recognition.SAMPLE_RATE`."""
        blocks = [block.mean(axis=1) for block in self.session.mix.mixer.blocks(start, stop, track)]
        mono = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
        return np.asarray(soxr.resample(mono, SAMPLE_RATE, RATE, quality="HQ"), np.float32)

    @cached_property
    def powers(self) -> dict[Track, NDArray[np.float64]]:
        """The weighted power of each 100 ms of each track (BS.1770-4)."""
        found: dict[Track, NDArray[np.float64]] = {}
        for track in _TRACKS:
            meter = QuickMeter()
            for block in self.session.mix.mixer.blocks(bus=track):
                meter.feed(block)
            found[track] = np.array(meter.steps(), np.float64)
        return found

    @cached_property
    def other_levels(self) -> NDArray[np.float32]:
        """The level of all that is not the voice, emphasised, in dB (RMS) for each whole :data:`WINDOW`."""
        stream = soxr.ResampleStream(SAMPLE_RATE, RATE, 1, dtype="float32", quality="HQ")
        levels = LevelsOfWindows()
        tracks = [self.session.mix.mixer.blocks(bus=track) for track in _TRACKS[1:]]
        for blocks in zip(*tracks, strict=True):
            mono = np.sum([block.mean(axis=1) for block in blocks], axis=0, dtype=np.float32)
            levels.feed(stream.resample_chunk(mono))
        return levels.levels()

    def place(self, event: Event) -> int:
        """Where an event begins, in samples of the working copy."""
        return position(event.start)


class LevelsOfWindows:
    """Measures the level of each :data:`WINDOW` of a stream, emphasised."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.float32)
        self._levels: list[NDArray[np.float32]] = []

    def feed(self, sound: Signal) -> None:
        """Takes the next samples, of any number."""
        held = np.concatenate((self._rest, sound))
        whole = len(held) // WINDOW * WINDOW
        self._rest = held[whole:]
        self._levels.append(window_levels(held[:whole]))

    def levels(self) -> NDArray[np.float32]:
        return np.concatenate(self._levels) if self._levels else np.zeros(0, np.float32)


def window_levels(sound: Signal) -> NDArray[np.float32]:
    """The level of each whole :data:`WINDOW` of a sound, emphasised, in dB (RMS); -120 for silence."""
    whole = len(sound) // WINDOW * WINDOW
    powers = np.square(emphasised(sound[:whole])).reshape(-1, WINDOW).mean(axis=1) if whole else np.zeros(0)
    return (10.0 * np.log10(np.maximum(powers, 1e-12))).astype(np.float32)


def level_of(sound: Signal) -> float:
    """A sound's level, emphasised, in dB (RMS)."""
    return power_decibels(float(np.square(emphasised(sound), dtype=np.float64).mean())) if len(sound) else -120.0
