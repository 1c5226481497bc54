"""Measures the mix of a planned session for the rules of ``check`` that need sound."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from voiceguide.audio.fast_loudness import QuickMeter
from voiceguide.checks.mixed import STEP, Misheard, Mixed
from voiceguide.listening.expected import Expected
from voiceguide.listening.words import LineListener
from voiceguide.progress import ReportStage, quiet
from voiceguide.session.session import Session
from voiceguide.speech.recognition import Recogniser
from voiceguide.timeline import Track
from voiceguide.units import SAMPLE_RATE, power_decibels

PHONE = (300.0, 8000.0)
"""The band in Hz that a phone's loudspeaker plays."""

_TRACKS: tuple[Track, ...] = ("voice", "breath", "chimes", "bed")
_FEWEST = 3  # words of a line; a recogniser makes up words where it hears only one or two
_EDGE = SAMPLE_RATE // 100


def mixed(session: Session, recogniser: Recogniser | None = None, progress: ReportStage = quiet) -> Mixed:
    """What the session's mix measures; with a ``recogniser`` also which of its lines it does not understand."""
    whole: dict[Track, tuple[float, ...]] = {}
    phone: dict[Track, tuple[float, ...]] = {}
    edges = np.zeros((2, _EDGE))
    for number, track in enumerate(_TRACKS, 1):
        whole[track], phone[track], own = _measured(session, track)
        edges += own
        progress("Measuring", number, len(_TRACKS))
    spoken = [power for power in phone["voice"] if power > 1e-9]
    voice = power_decibels(float(np.median(spoken))) if spoken else 0.0
    first, last = (power_decibels(float(np.square(edge).mean())) - voice for edge in edges)
    heard = None if recogniser is None else misheard(session, recogniser, progress)
    return Mixed(MappingProxyType(whole), MappingProxyType(phone), (first, last), heard)


def _measured(session: Session, track: Track) -> tuple[tuple[float, ...], tuple[float, ...], NDArray[np.float64]]:
    """The powers of a track, those in a phone's band, and its first and last 10 ms ``(2, frames)``."""
    meter, band = QuickMeter(), _PhoneMeter()
    head: NDArray[np.float64] | None = None
    tail = np.zeros(0)
    for block in session.mixer().blocks(bus=track):
        meter.feed(block)
        mono = np.asarray(block, np.float64).mean(axis=1)
        band.feed(mono)
        head = mono[:_EDGE] if head is None else head
        tail = np.concatenate((tail, mono))[-_EDGE:]
    edges = np.zeros((2, _EDGE))
    if head is not None:
        edges[0, : len(head)], edges[1, _EDGE - len(tail) :] = head, tail
    return tuple(meter.steps()), band.powers(), edges


class _PhoneMeter:
    """The power of each whole :data:`~voiceguide.checks.mixed.STEP` of a stream in the band of a phone."""

    def __init__(self) -> None:
        self._sections = butter(4, PHONE, "bandpass", fs=SAMPLE_RATE, output="sos")
        self._state = np.zeros((len(self._sections), 2))
        self._rest = np.zeros(0)
        self._powers: list[float] = []

    def feed(self, mono: NDArray[np.float64]) -> None:
        sound, self._state = sosfilt(self._sections, mono, zi=self._state)
        held = np.concatenate((self._rest, np.square(sound)))
        whole = len(held) // STEP * STEP
        self._powers += held[:whole].reshape(-1, STEP).mean(axis=1).tolist()
        self._rest = held[whole:]

    def powers(self) -> tuple[float, ...]:
        return tuple(self._powers)


def misheard(session: Session, recogniser: Recogniser, progress: ReportStage = quiet) -> Mapping[int, Misheard]:
    """What a recogniser makes of the lines that it does not understand in the voice's own clips, by their events."""
    expected = Expected(session)
    listener = LineListener(expected, recogniser, session.timeline.language)
    events = {id(event): index for index, event in enumerate(session.timeline.events)}
    lines = [event for event in reversed(expected.lines) if listener.count(event) >= _FEWEST]
    once = {(event.text, event.clip.source if event.clip else None): event for event in lines}
    found: dict[int, Misheard] = {}
    for number, event in enumerate(reversed(once.values()), 1):
        missed, heard = listener.alone(event)
        if missed:
            found[events[id(event)]] = Misheard(missed, heard)
        progress("Listening to", number, len(once))
    return MappingProxyType(found)
