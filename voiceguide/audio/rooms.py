"""The room that a voice sounds in, so that a line does not end in digital silence.

An impulse response for each ear is calculated, and a spoken clip convolved with it as a whole: the same from wherever a
session is read. It has the first reflection of each wall (J. B. Allen and D. A. Berkley, "Image method for efficiently
simulating small-room acoustics", J. Acoust. Soc. Am. 65, 1979), and after them noise that decays exponentially
(J. A. Moorer, "About this reverberation business", Computer Music Journal 3(2), 1979), another for each ear.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio.filtering import overlapping
from voiceguide.audio.reproducible import settled, white
from voiceguide.audio.steps import MOMENT
from voiceguide.audio.stream import Samples
from voiceguide.sound_settings import RoomName
from voiceguide.units import SAMPLE_RATE, gain, power

_SOUND = 343.0  # m/s, the speed of sound at 20 °C
_END = -45.0  # dB from where the decay is left out: with its level, 65 dB below the voice
_SIZE = 2**16  # frames of a transform
_RISE = 0.02  # seconds after the first reflection in which the many that follow come up


@dataclass(frozen=True, slots=True)
class Room:
    """A room of ``volume`` m³ that takes ``decay`` seconds to fall by 60 dB.

    ``walls``: the distance of each in metres, and where it is heard, -1 (left) to 1 (right). ``level``: dB of all that
    is reflected to the voice, before it is low-passed at ``corner`` Hz.
    """

    decay: float
    level: float
    corner: float
    volume: float
    walls: tuple[tuple[float, float], ...]
    seed: int

    @property
    def tail(self) -> int:
        """Frames for which a clip rings on."""
        return math.ceil(self.decay * _END / -60.0 * SAMPLE_RATE)


ROOMS: Mapping[RoomName, Room | None] = MappingProxyType(
    {
        "none": None,
        "small": Room(
            decay=0.5,
            level=-20.0,
            corner=6_000.0,
            volume=40.0,
            walls=((1.2, 0.0), (1.4, 0.0), (1.6, -0.9), (1.9, 0.2), (2.1, -0.2), (2.4, 0.9)),
            seed=1_960,
        ),
        "hall": Room(
            decay=1.6,
            level=-18.0,
            corner=5_000.0,
            volume=900.0,
            walls=((1.3, 0.0), (4.8, 0.0), (5.2, -0.9), (6.5, 0.2), (7.3, 0.9), (8.1, -0.2)),
            seed=1_962,
        ),
    }
)
"""The rooms by the names that ``room`` in the front matter can have."""


def in_room(samples: Samples, room: Room) -> Samples:
    """A clip, ``(frames,)`` or ``(frames, 2)``, and what the room adds to it: ``(frames + room.tail, 2)``.

    Overlap-save; a clip in stereo is reflected as the mean of its channels.
    """
    frames = len(samples) + room.tail
    channels = samples.T if samples.ndim == 2 else (samples, samples)
    heard = samples if samples.ndim == 1 else samples.mean(axis=1)
    pieces = overlapping(heard, frames, _size(room), room.tail)
    spectra = np.fft.rfft(pieces, axis=1, norm="ortho")  # any other norm makes it double
    sound = np.empty((frames, 2), np.float32)
    for channel, response in enumerate(_spectra(room)):
        rows_of = np.fft.irfft(spectra * response, _size(room), axis=1, norm="ortho")[:, room.tail :]
        wet = settled(rows_of.reshape(-1)[:frames])
        wet[: len(samples)] += channels[channel]
        sound[:, channel] = wet
    return sound


def impulse(room: Room) -> NDArray[np.float64]:
    """What the room makes of a single sample in both channels, without the sample itself: ``(room.tail + 1, 2)``."""
    length = room.tail + 1
    time = np.arange(length) / SAMPLE_RATE
    first = 2 * room.walls[0][0] / _SOUND
    rise = np.clip((time - first) / _RISE, 0.0, 1.0) ** 2
    decaying = rise * 10.0 ** (-3.0 * time / room.decay)
    early, total = _early(room), power(room.level)
    found = np.empty((length, 2))
    for channel in (0, 1):
        late = decaying * white(room.seed + channel, length)
        direct = early[:, channel]
        late *= math.sqrt((total - float(direct @ direct)) / float(late @ late))
        found[:, channel] = _low_passed(direct + late, room.corner)
    return found


def _early(room: Room) -> NDArray[np.float64]:
    """The first reflection of each wall, as it follows from the walls' absorption and from where the voice must be for
    all reflections together to have the room's level.

    That is ``level`` below the critical distance, at which both are alike: 0.057·√(volume / decay) metres (H. Kuttruff,
    Room Acoustics, 5th ed., 5.6); the absorption is Eyring's.
    """
    distance = 0.057 * math.sqrt(room.volume / room.decay) * gain(room.level)
    surface = 6.0 * room.volume ** (2 / 3)
    reflected = math.exp(-0.161 * room.volume / (surface * room.decay) / 2)
    found = np.zeros((room.tail + 1, 2))
    for wall, side in room.walls:
        angle = (side + 1) * math.pi / 4  # equal power, 1 in the middle
        amplitude = distance / (2 * wall) * reflected * math.sqrt(2)
        found[round(2 * wall / _SOUND * SAMPLE_RATE)] += amplitude * np.array((math.cos(angle), math.sin(angle)))
    return found


def _low_passed(impulse: NDArray[np.float64], corner: float) -> NDArray[np.float64]:
    """By the amplitude of a second-order Butterworth low-pass, without a delay: it spreads to the front by far less
    than the time before the first reflection."""
    size = 1 << (2 * len(impulse)).bit_length()
    hertz = np.arange(size // 2 + 1, dtype=np.float64) * (SAMPLE_RATE / size)
    return np.fft.irfft(np.fft.rfft(impulse, size) / np.sqrt(1.0 + (hertz / corner) ** 4), size)[: len(impulse)]


def _size(room: Room) -> int:
    return max(_SIZE, 1 << (2 * room.tail).bit_length())


@functools.cache
def _spectra(room: Room) -> NDArray[np.complex64]:
    """``(2, bins)``."""
    return np.fft.rfft(impulse(room), _size(room), axis=0).T.astype(np.complex64)


@functools.cache
def reflected_powers(room: Room) -> NDArray[np.float32]:
    """The power that a voice of power 1 gets from the room in each :data:`~voiceguide.audio.envelope.MOMENT` after it;
    as if it had nothing above the corner."""
    squares = np.square(impulse(room)).mean(axis=1)
    squares *= power(room.level) / squares.sum()
    whole = -(-len(squares) // MOMENT)
    moments = np.pad(squares, (0, whole * MOMENT - len(squares))).reshape(whole, MOMENT)
    powers: NDArray[np.float32] = moments.sum(axis=1).astype(np.float32)
    return powers
