"""Finds a known sound in another one: a matched filter, by correlation in the frequency domain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from voiceguide.listening.working_copy import Signal

_EMPHASIS = np.float32(0.95)
_FAINTEST = 1e-6  # of a template's energy; less in the sound counts as silence


def emphasised(sound: Signal) -> Signal:
    """The sound with its low frequencies lowered (a first difference), where rumble lies and little speech."""
    result = sound.copy()
    result[1:] -= _EMPHASIS * sound[:-1]
    return result


@dataclass(frozen=True, slots=True)
class Match:
    """Where a template begins in a sound (``at``, samples), its ``likeness`` (correlation coefficient, -1 to 1) there,
    and the ``gain`` by which it was multiplied, if it is there."""

    at: int
    likeness: float
    gain: float


class Template:
    """A sound to look for."""

    def __init__(self, sound: Signal) -> None:
        self._sound = emphasised(sound)
        self._energy = float(np.square(self._sound, dtype=np.float64).sum())

    def __len__(self) -> int:
        return len(self._sound)

    @property
    def silent(self) -> bool:
        return self._energy < 1e-9

    def find(self, sound: Signal, least: float, most: int = 3, apart: int = 4_000) -> tuple[Match, ...]:
        """The likest places in a sound, best first: of at least that likeness, ``apart`` samples from one another."""
        if self.silent or len(sound) < len(self):
            return ()
        gains, likeness = self._correlated(sound)
        found: list[Match] = []
        rest = likeness.copy()
        while len(found) < most and rest[at := int(np.argmax(rest))] >= least:
            found.append(Match(at, float(likeness[at]), float(gains[at])))
            rest[max(0, at - apart) : at + apart] = -1.0
        return tuple(found)

    def strongest(self, sound: Signal) -> Match | None:
        """Where the template would have the greatest gain: that of a sound under louder ones."""
        if self.silent or len(sound) < len(self):
            return None
        gains, likeness = self._correlated(sound)
        at = int(np.argmax(gains))
        return Match(at, float(likeness[at]), float(gains[at]))

    def _correlated(self, sound: Signal) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The gain and the likeness for each place."""
        wanted = emphasised(sound)
        places = len(wanted) - len(self) + 1
        size = fft.next_fast_len(len(wanted), real=True)
        product = fft.rfft(wanted, size) * np.conj(fft.rfft(self._sound, size))
        correlation = fft.irfft(product, size)[:places]
        sums = np.concatenate(([0.0], np.cumsum(np.square(wanted, dtype=np.float64))))
        energy = sums[len(self) :] - sums[: -len(self)]
        scale = np.sqrt(np.maximum(energy, _FAINTEST * self._energy) * self._energy)
        return (correlation / self._energy).astype(np.float32), (correlation / scale).astype(np.float32)
