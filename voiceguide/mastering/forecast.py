"""What a mix will measure, told by the envelopes of its clips: almost at once, for a session of any length.

Voice, chimes and noise have nothing to do with each other, so the power of their sum is the sum of their powers, and
how loud the mix is from moment to moment is known without mixing it. What is not known is a bed from moment to moment:
it counts with its mean, which is enough for as long as it lies well below the rest.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio.envelope import MOMENT, moments
from voiceguide.audio.fast_loudness import Weigher
from voiceguide.audio.loudness import STEP, integrated
from voiceguide.mastering.measurement import Measurement
from voiceguide.mixing.mixer import Mixer
from voiceguide.mixing.placing import BedSource, placed_beds, placed_clips
from voiceguide.timeline import Clip, Timeline
from voiceguide.units import SAMPLE_RATE, decibels, gain

Powers = NDArray[np.float32]

_COUNTS = 0.5  # LU by which a bed that is 3 dB softer or louder may make a difference
_PLACES, _PIECE = 12, 2 * SAMPLE_RATE  # of a bed that is heard to know its mean


def forecast(mixer: Mixer) -> Measurement | None:
    """The mix's loudness within some 0.03 LU and its highest single peak; None when its beds count for too much.

    Each source is asked for its envelope once. A tonal sound that overlaps itself adds up to more than is told here.
    """
    timeline = mixer.timeline
    clips = np.zeros((timeline.frames // STEP + 1) * STEP // MOMENT + 1, np.float32)
    peak = 0.0
    envelope = cache(mixer.sources.envelope)
    for placed in placed_clips(timeline, None, mixer.levels):
        shape, level = envelope(placed.clip.source), gain(placed.clip.level)
        _add(clips, placed.start, _sounding(shape.powers, placed.clip) * np.float32(level**2))
        peak = max(peak, shape.peak * level)
    beds = _beds(mixer, len(clips))
    softer, loudness, louder = (_loudness(clips + beds * np.float32(by), timeline.frames) for by in (0.5, 1, 2))
    if beds.any() and not abs(louder - softer) <= _COUNTS:  # also where there is nothing else
        return None
    return Measurement(loudness, decibels(peak))


def _loudness(powers: Powers, frames: int) -> float:
    """Gated loudness of the whole steps in ``frames`` frames, in LUFS."""
    whole, each = frames // STEP, STEP // MOMENT
    steps: list[float] = powers[: whole * each].reshape(whole, each).mean(axis=1, dtype=np.float64).tolist()
    return integrated(steps)


def _sounding(powers: Powers, clip: Clip) -> Powers:
    """What of its source's envelope sounds in a clip, with its fade."""
    powers = powers[: moments(clip.frames)]
    if fading := clip.fade_out // MOMENT:
        powers = powers.copy()
        powers[-fading:] *= _falling(fading)[-len(powers) :] ** 4
    return powers


def _falling(count: int) -> Powers:
    """A quarter of a cosine, from 1 to 0: the gain of an equal-power fade; its square is a raised cosine."""
    return np.cos(np.pi / 2 * (np.arange(count) + 0.5) / count).astype(np.float32)


def _add(powers: Powers, start: int, piece: Powers) -> None:
    """Adds what begins at frame ``start``, shared by the moments on either side of where each of its own begins."""
    first, into = divmod(start, MOMENT)
    piece = piece[: max(0, len(powers) - 1 - first)]
    share = np.float32(into / MOMENT)
    powers[first : first + len(piece)] += piece * (1 - share)
    powers[first + 1 : first + 1 + len(piece)] += piece * share


def _beds(mixer: Mixer, count: int) -> Powers:
    """The power of all beds in each of so many moments: their means, with levels, fades and ducking."""
    timeline = mixer.timeline
    powers = np.zeros(count, np.float32)
    beds = placed_beds(timeline, None, mixer.levels)
    if not beds:
        return powers
    ducked = _ducked(timeline, count, np.float32(gain(-mixer.ducking.depth_db) ** 2))
    for source in dict.fromkeys(bed.source for bed in beds):
        own = [bed.event for bed in beds if bed.source == source]
        mean = _mean(mixer.sources.bed(source), max(event.end - event.start for event in own))
        for event in own:
            first, after = event.start // MOMENT, moments(event.end)
            course = ducked[first:after] * np.float32(mean * gain(event.level) ** 2)
            for fading, fade in ((course[::-1], event.fade_in), (course, event.fade_out)):
                if falling := fade // MOMENT:
                    fading[-falling:] *= _falling(falling)[-len(fading) :] ** 2
            powers[first:after] += course
    return powers


def _ducked(timeline: Timeline, count: int, power: np.float32) -> Powers:
    """The power that ducking leaves a bed at each moment."""
    ducked = np.ones(count, np.float32)
    for event in timeline.events:
        if event.kind == "speech":
            ducked[event.start // MOMENT : moments(event.end)] = power
    return ducked


def _mean(bed: BedSource, length: int) -> float:
    """The mean power of a bed at its own level, from pieces spread over its first ``length`` frames."""
    weigher = Weigher()
    for place in range(_PLACES):
        weigher.feed(bed.read(place * max(0, length - _PIECE) // (_PLACES - 1), min(_PIECE, length)))
    powers = weigher.powers()
    return float(np.mean(powers)) if powers else 0.0
