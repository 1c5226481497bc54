"""Faults that can be heard without knowing the words: an utterance cut off, too long or too short, uneven, or followed
by a breath.

Measured on some 2,000 lines of guidance by the voices heart and joe; ``python -m tests.benchmarks.gate`` repeats that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voiceguide.speech.engines.engine import Utterance

_WINDOW = 0.005  # seconds
_HEARD = -40.0  # dB to the loudest window; below, it counts as silence
_CUT_START, _CUT_END = -27.0, -20.0  # dB likewise; joe begins an s at -28, and heart ends a slow n at -25
_PAUSE = 0.35  # seconds of silence that only a mark explains; joe rests up to 0.24 before a plosive
_LONGEST_PAUSE = 1.8  # seconds at pace 1
_MARKS = re.compile(r"[,;:.!?…()\"“”–—-]+(?=\s)|\s[–—-]\s|/")
_NOT_SAID = " .,;:!?…()\"'“”‘’»«–—-"  # at a text's end
_FASTEST, _SLOWEST = 22.0, 4.6  # letters a second without pauses, at pace 1
_FEW_LETTERS = 12  # of fewer the tempo says little
_LONGEST_WORD, _LONGEST_LETTER = 1.2, 0.17  # seconds at pace 1 that a few letters may take
_LETTERS_OF_A_PHRASE = 40  # a voice may rest once in so many, even without a mark
_LAST_LETTERS, _FASTEST_ENDING = 9, 30.0  # letters at the end, and letters a second, faster than anybody says them
_BREATH = 0.5  # seconds without a pitch at the end; an s lasts up to 0.35
_BREATH_AFTER_TONE = 0.24  # likewise after a last letter that has a pitch; heart takes up to 0.18, joe seldom more
_TONE = re.compile(r"([aiouymnlrw]|ng|[lmnrv]e|[aiou]d)$")  # as in Latin script; a silent e after s, c, t is left out
_FRAME = 0.02  # seconds, in which it is decided whether a sound has a pitch
_VOICED = 0.45  # autocorrelation at the pitch from which a sound has one
_PART, _QUIET_PART = 0.6, -13.0  # seconds, and dB to the rest
_CLIPPED = 0.98, 4, 6  # of full scale; samples in a row; such rows in an utterance


@dataclass(frozen=True, slots=True)
class _Shape:
    """An utterance's level from its first sound to its last: ``levels`` in dB to the loudest, and whether each window
    is heard. ``begin`` and ``end`` are the levels of the utterance's very first and last window."""

    levels: NDArray[np.float64]
    heard: NDArray[np.bool_]
    begin: float
    end: float

    @classmethod
    def of(cls, samples: NDArray[np.float64], rate: int) -> _Shape:
        length = max(1, round(rate * _WINDOW))
        count = max(1, len(samples) // length)
        power = np.square(np.resize(samples, count * length)).reshape(count, length).mean(axis=1)
        levels = 10 * np.log10(power / power.max() + 1e-12)
        heard = levels > _HEARD
        first, last = np.flatnonzero(heard)[[0, -1]]
        inside = slice(int(first), int(last) + 1)
        return cls(levels[inside], heard[inside], float(levels[0]), float(levels[-1]))

    def pauses(self, shortest: float) -> list[tuple[int, int]]:
        """The silences inside, as windows."""
        edges = np.flatnonzero(np.diff(np.concatenate(([False], ~self.heard, [False])).astype(np.int8)))
        found = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
        return [(start, end) for start, end in found if (end - start) * _WINDOW >= shortest]

    @property
    def seconds(self) -> float:
        return len(self.levels) * _WINDOW


def sound_faults(utterance: Utterance, text: str, pace: float) -> tuple[str, ...]:
    """What is wrong with an utterance that :func:`~voiceguide.speech.clips.make_clip` takes, in phrases that follow
    "it"; empty if nothing is."""
    samples = np.asarray(utterance.samples, np.float64)
    mono: NDArray[np.float64] = samples if samples.ndim == 1 else samples.mean(axis=1)
    mono = mono - mono.mean()
    shape = _Shape.of(mono, utterance.sample_rate)
    return tuple(
        dict.fromkeys(
            [
                *_edges(shape),
                *_clipping(mono),
                *_tempo(shape, text, pace),
                *_silences(shape, text, pace),
                *_evenness(shape, pace),
                *_ending(shape, mono, utterance.sample_rate, text, pace),
            ]
        )
    )


def _edges(shape: _Shape) -> Iterator[str]:
    if shape.begin > _CUT_START:
        yield "begins in the middle of a sound"
    if shape.end > _CUT_END:
        yield "breaks off at its end"


def _clipping(samples: NDArray[np.float64]) -> Iterator[str]:
    share, row, rows = _CLIPPED
    full = np.concatenate(([False], np.abs(samples) >= share, [False])).astype(np.int8)
    edges = np.flatnonzero(np.diff(full))
    if np.count_nonzero(edges[1::2] - edges[::2] >= row) >= rows:
        yield "is clipped"


def _tempo(shape: _Shape, text: str, pace: float) -> Iterator[str]:
    """The length without pauses against the number of letters; only where letters stand for sounds."""
    letters = [char for char in text if unicodedata.category(char)[0] == "L"]
    if not letters or any(ord(char) > 0x52F for char in letters) or re.search(r"\d|(\w)\1\1", text):
        return
    seconds = shape.seconds - sum(end - start for start, end in shape.pauses(0.15)) * _WINDOW
    few = len(letters) < _FEW_LETTERS
    longest = _LONGEST_WORD + len(letters) * _LONGEST_LETTER if few else len(letters) / _SLOWEST
    if seconds > longest / pace:
        yield "takes too long for its words"
    elif not few and seconds < len(letters) / _FASTEST / pace:
        yield "is too short for its words"


def _silences(shape: _Shape, text: str, pace: float) -> Iterator[str]:
    pauses = shape.pauses(_PAUSE / min(pace, 1.0))
    allowed = len(_MARKS.findall(text.rstrip(' .!?…"”'))) + sum(map(str.isalpha, text)) // _LETTERS_OF_A_PHRASE
    longest = max((end - start for start, end in pauses), default=0) * _WINDOW
    if len(pauses) > allowed or longest > _LONGEST_PAUSE / pace:
        yield "falls silent where no mark is"


def _evenness(shape: _Shape, pace: float) -> Iterator[str]:
    """No stretch of speech much quieter than the rest."""
    power = np.where(shape.heard, 10 ** (shape.levels / 10), 0.0)
    size = round(_PART / min(pace, 1.0) / _WINDOW)
    if len(power) < 3 * size:
        return
    window = np.ones(size)
    spoken = np.convolve(shape.heard, window, "valid")
    mean = np.convolve(power, window, "valid") / np.maximum(spoken, 1)
    full = mean[spoken > 0.6 * size]
    if len(full) and 10 * np.log10(full.min() / np.median(full)) < _QUIET_PART:
        yield "is far quieter in one part"


def _ending(shape: _Shape, samples: NDArray[np.float64], rate: int, text: str, pace: float) -> Iterator[str]:
    """A sound that is none of the words after the last pause, or noise."""
    pauses = shape.pauses(_PAUSE / min(pace, 1.0))
    if pauses:
        left = (len(shape.levels) - pauses[-1][1]) * _WINDOW
        letters = sum(char.isalpha() for char in _MARKS.split(text.rstrip(' .!?…"”'))[-1])
        if left < min(letters, _LAST_LETTERS) / _FASTEST_ENDING / pace:
            yield "makes a sound after its last word"
    voiced = _voiced(samples, rate)
    longest = _BREATH_AFTER_TONE if _TONE.search(text.lower().rstrip(_NOT_SAID)) else _BREATH
    if voiced.any() and (len(voiced) - 1 - np.flatnonzero(voiced)[-1]) * _FRAME > longest / min(pace, 1.0):
        yield "ends with a breath or noise"


def _voiced(samples: NDArray[np.float64], rate: int) -> NDArray[np.bool_]:
    """For each frame up to the last that is heard, whether it has a pitch between 70 and 400 Hz."""
    length = max(1, round(rate * _FRAME))
    count = len(samples) // length
    if count < 3:
        return np.zeros(0, np.bool_)
    power = np.square(samples[: count * length]).reshape(count, length).mean(axis=1)
    heard = power > power.max() * 10 ** (_HEARD / 10)
    last = int(np.flatnonzero(heard)[-1])
    padded = np.concatenate((samples, np.zeros(2 * length)))
    frames = np.lib.stride_tricks.sliding_window_view(padded, 2 * length)[: (last + 1) * length : length]
    spectrum = np.abs(np.fft.rfft(frames * np.hanning(2 * length), 4 * length)) ** 2
    spectrum[:, round(2_000 * 4 * length / rate) :] = 0.0  # what has a pitch has it below 2 kHz
    total = np.square(frames).sum(axis=1)
    correlation = np.fft.irfft(spectrum)
    lags = slice(max(1, round(rate / 400)), round(rate / 70))
    low = correlation[:, 0]
    peak = correlation[:, lags].max(axis=1) / np.maximum(low, 1e-20)
    weight = np.hanning(2 * length) ** 2
    share = low / np.maximum(total * weight.mean(), 1e-20)
    voiced: NDArray[np.bool_] = (peak > _VOICED) & (share > 0.3) & heard[: last + 1]
    return voiced
