"""Levels as audiobook shops measure them: RMS of the whole and of its quietest and loudest half seconds, and its ends.

Decibels to full scale ±1.0 over both channels, so that a sine at full scale has -3.01 dB; no filter, no gate.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio.stream import Samples
from voiceguide.units import SAMPLE_RATE, power, power_decibels

_STEP = SAMPLE_RATE // 20  # frames: 50 ms
_WINDOW = 10  # steps: half a second


@dataclass(frozen=True, slots=True)
class Levels:
    """What was measured. ``steps``: the mean square of each whole 50 ms; ``rest``: the energy of what follows them;
    ``frames``: the length of all."""

    steps: array[float]
    rest: float
    frames: int

    @classmethod
    def joined(cls, stretches: Sequence[Levels]) -> Levels:
        """Of stretches that follow on one another, of which all but the last are whole steps long."""
        steps = array("d")
        for stretch in stretches:
            steps += stretch.steps
        return cls(steps, stretches[-1].rest, sum(stretch.frames for stretch in stretches))

    def rms(self) -> float:
        """RMS of the whole, in dB; minus infinity for silence."""
        energy = float(np.sum(self.steps)) * 2 * _STEP + self.rest
        return power_decibels(energy / (2 * self.frames)) if self.frames else -math.inf

    def quietest(self) -> float:
        """RMS of the quietest half second, in dB; of the whole if it is shorter."""
        windows = self._windows()
        return power_decibels(float(windows.min())) if len(windows) else self.rms()

    def loudest(self) -> float:
        """RMS of the loudest half second, in dB; of the whole if it is shorter."""
        windows = self._windows()
        return power_decibels(float(windows.max())) if len(windows) else self.rms()

    def edges(self, floor: float) -> tuple[float, float]:
        """Seconds at the beginning and at the end in which no 50 ms pass ``floor`` dB; to 50 ms."""
        loud = np.flatnonzero(np.asarray(self.steps) > power(floor))
        if not len(loud):
            return len(self.steps) * _STEP / SAMPLE_RATE, len(self.steps) * _STEP / SAMPLE_RATE
        tail = self.frames - (int(loud[-1]) + 1) * _STEP
        return int(loud[0]) * _STEP / SAMPLE_RATE, tail / SAMPLE_RATE

    def _windows(self) -> NDArray[np.float64]:
        if len(self.steps) < _WINDOW:
            return np.zeros(0)
        steps = np.asarray(self.steps)
        means: NDArray[np.float64] = np.lib.stride_tricks.sliding_window_view(steps, _WINDOW).mean(1)
        return means


class LevelMeter:
    """Measures a stream. Memory: 8 bytes for each 50 ms."""

    def __init__(self) -> None:
        self._steps = array("d")  # mean squares
        self._rest = np.zeros((0, 2), np.float32)

    def feed(self, block: Samples) -> None:
        """Takes the next block of the stream, ``(frames, 2)`` float32, of any length."""
        held = np.concatenate((self._rest, block))
        whole = len(held) // _STEP
        steps = held[: whole * _STEP].reshape(whole, _STEP * 2).astype(np.float64)
        self._steps.extend((np.einsum("sn,sn->s", steps, steps) / (_STEP * 2)).tolist())
        self._rest = held[whole * _STEP :].copy()

    def levels(self) -> Levels:
        """Of all blocks so far."""
        rest = float(np.einsum("nc,nc->", self._rest, self._rest, dtype=np.float64))
        return Levels(self._steps[:], rest, len(self._steps) * _STEP + len(self._rest))
