"""Several readings of a line. The model has but one, and its noise, the only thing that is random, changes nothing that
is heard; so further takes are said a trace faster or slower, which moves the lengths of single sounds, and with another
melody: the pitch that the model gives is bent by less than a semitone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_TEMPO = 0.01  # at most so much faster or slower; the model's tempo moves in steps, and more could be a tenth
_LEVEL, _TILT, _WAVE = 20.0, 35.0, 30.0  # cents at most: the whole line, from its start to its end, and up and down
_SHORTEST_WAVE, _LONGEST_WAVE = 0.9, 1.8  # seconds
_FRAME = 0.0125  # seconds of one value of the model's pitch
_PITCH = 5  # the place of the pitch among the model's outputs, (1, frames) in Hz
_OUTPUTS = 6


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a take differs from the first: ``tempo`` is a factor; ``level``, ``tilt`` and ``wave`` are cents, ``period``
    seconds, ``phase`` a share of it."""

    tempo: float = 1.0
    level: float = 0.0
    tilt: float = 0.0
    wave: float = 0.0
    period: float = 1.0
    phase: float = 0.0

    def bend(self, frames: int) -> NDArray[np.float64]:
        """Factors for the pitch of each frame."""
        seconds = np.arange(frames) * _FRAME
        across = np.linspace(0.5, -0.5, frames)
        up_and_down = np.sin(2 * np.pi * (seconds / self.period + self.phase))
        cents: NDArray[np.float64] = self.level + self.tilt * across + self.wave * up_and_down
        return np.exp2(cents / 1200)


def delivery(take: int) -> Delivery:
    """The reading of a take, from 1. ``RandomState`` gives the same values in every release of numpy."""
    if take == 1:
        return Delivery()
    tempo, level, tilt, wave, period, phase = np.random.RandomState(take).uniform(-1, 1, 6)
    return Delivery(
        float(np.exp(_TEMPO * tempo)),
        _LEVEL * level,
        _TILT * tilt,
        _WAVE * (0.75 + 0.25 * wave),
        _SHORTEST_WAVE + (_LONGEST_WAVE - _SHORTEST_WAVE) * (1 + period) / 2,
        (1 + phase) / 2,
    )


class Bent:
    """A session of a hibari model whose pitch is bent by :attr:`delivery`, which may be set anew for each line."""

    def __init__(self, session: Any) -> None:
        self.delivery = Delivery()
        self._session = session

    def run(self, names: Sequence[str] | None, inputs: Mapping[str, Any]) -> Sequence[Any]:
        """As onnxruntime's session."""
        outputs = list(self._session.run(names, inputs))
        if self.delivery != Delivery() and len(outputs) == _OUTPUTS:
            pitch = outputs[_PITCH]
            outputs[_PITCH] = (pitch * self.delivery.bend(pitch.shape[-1])).astype(pitch.dtype)
        return outputs
