"""Somebody who reads a recording sheet aloud: the neural voice, in a room, with slips and coughs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from voiceguide.speech import Studio
from voiceguide.timeline import Line

RATE = 44_100
JOE = "piper:en_US-joe-medium"


class Reader:
    """Adds one thing after the other to a take; ``noise`` is the room's, in dB to full scale."""

    def __init__(self, *, noise: float = -66.0, level: float = -6.0, voice: str = JOE) -> None:
        self.voice = voice
        self.level = 10 ** (level / 20)
        self._noise = 10 ** (noise / 20)
        self._random = np.random.default_rng(11)
        self._parts: list[Any] = [np.zeros(RATE)]
        self.times: dict[str, list[float]] = {}

    @property
    def seconds(self) -> float:
        return sum(map(len, self._parts)) / RATE

    def rest(self, seconds: float) -> Reader:
        self._parts.append(np.zeros(round(seconds * RATE)))
        return self

    def say(self, *texts: str, rest: float = 1.2) -> Reader:
        lines = [Line(text, self.voice, 1.3, "en") for text in texts]
        spoken = Studio().speak(lines, jobs=2)
        for text, line in zip(texts, lines, strict=True):
            self.times.setdefault(text, []).append(self.seconds)
            self._parts.append(spoken.samples(line) * self.level)
            self.rest(rest)
        return self

    def spoken_frames(self, text: str) -> int:
        """How long this voice says a text, in frames at 44.1 kHz."""
        line = Line(text, self.voice, 1.3, "en")
        return Studio().speak([line], jobs=1).frames(line)

    def cough(self, rest: float = 0.8) -> Reader:
        """Two bursts of coloured noise, as loud as the voice."""
        for seconds in (0.18, 0.3):
            count = round(seconds * RATE)
            burst = np.convolve(self._random.standard_normal(count), np.ones(12) / 12, mode="same")
            self._parts.append(0.3 * self.level * burst * np.exp(-np.arange(count) / (0.25 * count)))
            self.rest(0.05)
        return self.rest(rest)

    def take(self, path: Path) -> Path:
        samples = np.concatenate([*self._parts, np.zeros(RATE)])
        hum = 0.2 * self._noise * np.sin(2 * np.pi * 50 * np.arange(len(samples)) / RATE)
        samples += self._noise * self._random.standard_normal(len(samples)) + hum
        soundfile.write(path, samples, RATE, subtype="PCM_16")
        return path
