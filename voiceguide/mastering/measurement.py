"""What a stream measures: integrated loudness and true peak."""

from __future__ import annotations

from dataclasses import dataclass

from voiceguide.audio.fast_loudness import QuickMeter
from voiceguide.audio.stream import FramesDone, Stream, with_progress
from voiceguide.audio.true_peak import TruePeakMeter


@dataclass(frozen=True, slots=True)
class Measurement:
    """A stream's integrated loudness in LUFS and true peak in dBTP; both minus infinity for silence."""

    loudness_lufs: float
    true_peak_dbtp: float


def measure(stream: Stream, progress: FramesDone | None = None) -> Measurement:
    """Loudness and true peak of a stream."""
    loudness, peak = QuickMeter(), TruePeakMeter()
    for block in with_progress(stream, progress):
        loudness.feed(block)
        peak.feed(block)
    return Measurement(loudness.integrated(), peak.dbtp)
