"""Takes of one line each, as a microphone would have them: a real voice in a room."""

from __future__ import annotations

import io

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from voiceguide.errors import Source, Span
from voiceguide.recording.sheet import Sheet, SheetLine
from voiceguide.speech import Studio, resolve
from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE

RATE = 48_000
LINES = ("Sit down and rest your hands.", "Let your eyes close.", "Breathe out slowly.")


def sheet_of(*lines: str, language: str = "en") -> Sheet:
    """A sheet with these lines, each on a row of its own."""
    source = Source("x.md", "\n".join(lines))
    rows = (SheetLine(number, text, Span(source, number, 1)) for number, text in enumerate(lines, 1))
    return Sheet("x", language, tuple(rows))


def spoken(text: str) -> NDArray[np.float32]:
    """The system's voice at 48 kHz, at about half of full scale."""
    line = Line(text, resolve("system", "en"), 1.0, "en")
    samples = soxr.resample(Studio().speak([line], jobs=1).samples(line), SAMPLE_RATE, RATE)
    return (samples * (0.5 / np.abs(samples).max())).astype(np.float32)


def take_of(
    text: str | None, *, before: float = 0.5, after: float = 0.6, noise: float = -66.0, gain: float = 1.0
) -> NDArray[np.float32]:
    """A line with the room around it; ``noise`` in dBFS. No text: the room alone."""
    words = np.zeros(RATE) if text is None else spoken(text) * gain
    silence = [np.zeros(round(seconds * RATE)) for seconds in (before, after)]
    samples = np.concatenate((silence[0], words, silence[1]))
    room = np.random.default_rng(7).standard_normal(len(samples)) * 10 ** (noise / 20)
    return np.clip(samples + room, -1.0, 1.0).astype(np.float32)


def wav_of(samples: NDArray[np.float32], rate: int = RATE) -> bytes:
    """As the page sends it: 24 bits."""
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format="WAV", subtype="PCM_24")
    return file.getvalue()
