"""What a mix will measure, told by the envelopes of its clips: almost at once, for a session of any length.

Voice, chimes and noise have nothing to do with each other, so the power of their sum is the sum of their powers, and
how loud the mix is from moment to moment is known without mixing it. What is not known is a bed from moment to moment:
it counts with its mean, which is enough for as long as it lies well below the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from voiceguide.envelope import MOMENT, Envelope, moments
from voiceguide.loudness import STEP, integrated
from voiceguide.mastering import Measurement
from voiceguide.mixer import BedSource, Mixer
from voiceguide.quick_loudness import Weigher
from voiceguide.timeline import Clip, ClipSource, Event, Timeline
from voiceguide.units import SAMPLE_RATE, decibels, gain

Powers = NDArray[np.float32]

_BED_COUNTS = 0.5  # LU that beds may add to the loudness of what sounds above them
_PLACES, _PIECE = 12, 2 * SAMPLE_RATE  # of a bed that is heard to know its mean


def forecast(mixer: Mixer, envelope: Callable[[ClipSource], Envelope]) -> Measurement | None:
    """The mix's loudness within some 0.03 LU and its highest single peak; None when its beds are too loud for that.

    ``envelope`` is asked once for each source.
    """
    timeline = mixer.timeline
    powers = np.zeros((timeline.frames // STEP + 1) * STEP // MOMENT + 1, np.float32)
    peak = 0.0
    envelope = cache(envelope)
    for event, clip in timeline.sounding():
        if event.start < timeline.frames:
            shape = envelope(clip.source)
            level = gain(clip.level + getattr(mixer.levels, event.track))
            _add(powers, event.start, _sounding(shape.powers, clip) * np.float32(level**2))
            peak = max(peak, shape.peak * level)
    above = integrated(_steps(powers, timeline.frames))
    _add_beds(powers, mixer)
    loudness = integrated(_steps(powers, timeline.frames))
    if loudness - above <= _BED_COUNTS or loudness == above:  # the latter for silence
        return Measurement(loudness, decibels(peak))
    return None


def _steps(powers: Powers, frames: int) -> list[float]:
    """The power of each whole step of ``frames`` frames."""
    whole, each = frames // STEP, STEP // MOMENT
    steps: list[float] = powers[: whole * each].reshape(whole, each).mean(axis=1, dtype=np.float64).tolist()
    return steps


def _sounding(powers: Powers, clip: Clip) -> Powers:
    """What of a source's envelope sounds in a clip, with its fade."""
    powers = powers[: moments(clip.frames)]
    fading = min(clip.fade_out // MOMENT, len(powers))
    if fading:
        powers = powers.copy()
        powers[-fading:] *= _falling(fading) ** 4
    return powers


def _falling(count: int) -> Powers:
    """A quarter of a cosine, from 1 to 0: the gain of an equal-power fade; its square is a raised cosine."""
    course: Powers = np.cos(np.pi / 2 * (np.arange(count, dtype=np.float32) + np.float32(0.5)) / count)
    return course


def _add(powers: Powers, start: int, piece: Powers) -> None:
    """Adds what begins at frame ``start``, shared by the moments on either side of where each of its own begins."""
    first, into = divmod(start, MOMENT)
    piece = piece[: max(0, len(powers) - 1 - first)]
    share = np.float32(into / MOMENT)
    powers[first : first + len(piece)] += piece * (1 - share)
    powers[first + 1 : first + 1 + len(piece)] += piece * share


def _add_beds(powers: Powers, mixer: Mixer) -> None:
    timeline = mixer.timeline
    means: dict[object, float] = {}
    ducked = None
    for event in timeline.events:
        if event.bed is None or event.start >= timeline.frames:
            continue
        if ducked is None:
            ducked = _ducked(timeline, len(powers), np.float32(gain(-mixer.ducking.depth_db) ** 2))
        if event.bed not in means:
            means[event.bed] = _mean(mixer.beds(event.bed), event)
        first, after = event.start // MOMENT, min(moments(event.end), len(powers))
        course = ducked[first:after] * np.float32(means[event.bed] * gain(event.level + mixer.levels.bed) ** 2)
        for direction, fade in ((course[::-1], event.fade_in), (course, event.fade_out)):
            if fading := min(fade // MOMENT, len(course)):
                direction[-fading:] *= _falling(fading) ** 2
        powers[first:after] += course


def _ducked(timeline: Timeline, count: int, power: np.float32) -> Powers:
    """The power that ducking leaves a bed at each moment."""
    ducked = np.ones(count, np.float32)
    for event in timeline.events:
        if event.kind == "speech":
            ducked[event.start // MOMENT : moments(event.end)] = power
    return ducked


def _mean(bed: BedSource, event: Event) -> float:
    """The mean power of a bed at its own level, from pieces spread over ``event``."""
    weigher = Weigher()
    length = event.end - event.start
    for place in range(_PLACES):
        weigher.feed(bed.read(place * max(0, length - _PIECE) // (_PLACES - 1), min(_PIECE, length)))
    powers = weigher.powers()
    return float(np.mean(powers)) if powers else 0.0
