"""Levels as audiobook shops measure them: RMS of the whole and of its quietest and loudest half seconds, and its ends.

Decibels to full scale ±1.0 over both channels, so that a sine at full scale has -3.01 dB; no filter, no gate.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio.stream import Samples
from voiceguide.units import SAMPLE_RATE, power, power_decibels

_STEP = SAMPLE_RATE // 20  # frames: 50 ms
_WINDOW = 10  # steps: half a second


class LevelMeter:
    """Measures a stream. Memory: 8 bytes for each 50 ms."""

    def __init__(self) -> None:
        self._steps: list[float] = []  # mean squares
        self._rest = np.zeros((0, 2), np.float32)
        self._energy = 0.0
        self._frames = 0

    def feed(self, block: Samples) -> None:
        """Takes the next block of the stream, ``(frames, 2)`` float32, of any length."""
        held = np.concatenate((self._rest, block))
        whole = len(held) // _STEP
        steps = held[: whole * _STEP].reshape(whole, _STEP * 2).astype(np.float64)
        energies = np.einsum("sn,sn->s", steps, steps)
        self._energy += float(energies.sum())
        self._frames += whole * _STEP
        self._steps.extend((energies / (_STEP * 2)).tolist())
        self._rest = held[whole * _STEP :].copy()

    def rms(self) -> float:
        """RMS of all blocks so far, in dB; minus infinity for silence."""
        rest = float(np.einsum("nc,nc->", self._rest, self._rest, dtype=np.float64))
        frames = self._frames + len(self._rest)
        return power_decibels((self._energy + rest) / (2 * frames)) if frames else -math.inf

    def quietest(self) -> float:
        """RMS of the quietest half second, in dB; of all blocks so far if they are shorter."""
        windows = self._windows()
        return power_decibels(float(windows.min())) if len(windows) else self.rms()

    def loudest(self) -> float:
        """RMS of the loudest half second, in dB; of all blocks so far if they are shorter."""
        windows = self._windows()
        return power_decibels(float(windows.max())) if len(windows) else self.rms()

    def edges(self, floor: float) -> tuple[float, float]:
        """Seconds at the beginning and at the end in which no 50 ms pass ``floor`` dB; to 50 ms."""
        loud = np.flatnonzero(np.array(self._steps) > power(floor))
        if not len(loud):
            return len(self._steps) * _STEP / SAMPLE_RATE, len(self._steps) * _STEP / SAMPLE_RATE
        tail = (len(self._steps) - 1 - int(loud[-1])) * _STEP + len(self._rest)
        return int(loud[0]) * _STEP / SAMPLE_RATE, tail / SAMPLE_RATE

    def _windows(self) -> NDArray[np.float64]:
        if len(self._steps) < _WINDOW:
            return np.zeros(0)
        means: NDArray[np.float64] = np.lib.stride_tricks.sliding_window_view(np.array(self._steps), _WINDOW).mean(1)
        return means
