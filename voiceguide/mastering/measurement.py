"""The measurement of a stream: integrated loudness and true peak."""

from __future__ import annotations

from dataclasses import dataclass

from voiceguide.audio.fast_loudness import QuickMeter
from voiceguide.audio.stream import Stream
from voiceguide.audio.true_peak import TruePeakMeter


@dataclass(frozen=True, slots=True)
class Measurement:
    """A stream's integrated loudness in LUFS and true peak in dBTP; both minus infinity for silence."""

    loudness_lufs: float
    true_peak_dbtp: float


def measure(stream: Stream) -> Measurement:
    """Reads a whole stream and measures it."""
    loudness, peak = QuickMeter(), TruePeakMeter()
    for block in stream.blocks():
        loudness.feed(block)
        peak.feed(block)
    return Measurement(loudness.integrated(), peak.dbtp)
