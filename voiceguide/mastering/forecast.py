"""A mix's measurement, computed from the envelopes of its clips instead of mixing it, for speed.

Voice, chimes and beds are uncorrelated, so their powers add, and the mix's loudness over time is known without mixing
it. A bed's envelope is not known: it counts with its mean power, which is enough while it lies well below the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio.envelope import Envelope, gated_loudness
from voiceguide.audio.fast_loudness import Weigher
from voiceguide.audio.loudness import short_term
from voiceguide.audio.rooms import reflected_powers
from voiceguide.audio.steps import MOMENT, STEP, moments
from voiceguide.mastering.measurement import Measurement
from voiceguide.mixing.mixer import Mixer, Sources
from voiceguide.mixing.placing import Arrangement, PlacedBed
from voiceguide.routine import SoundRef
from voiceguide.timeline import Clip, ClipSource
from voiceguide.units import SAMPLE_RATE, decibels, gain

Powers = NDArray[np.float32]
"""K-weighted power of each :data:`~voiceguide.audio.envelope.MOMENT`, ``(moments,)`` float32."""

_COUNTS = 0.5  # LU: a bed whose level, 3 dB lower or higher, changes the mix by more has to be measured
_PIECES, _PIECE = 12, 2 * SAMPLE_RATE  # pieces of a bed from which its mean power is estimated, and their frames


@dataclass(frozen=True, slots=True)
class _Sources:
    """The envelope of every clip's source, and the mean power of every bed, each asked for once."""

    envelopes: Mapping[ClipSource, Envelope]
    means: Mapping[SoundRef, float]

    @classmethod
    def of(cls, sources: Sources, *arrangements: Arrangement) -> _Sources:
        clips = dict.fromkeys(placed.clip.source for one in arrangements for placed in one.clips)
        longest: dict[SoundRef, int] = {}
        for bed in (bed for one in arrangements for bed in one.beds):
            longest[bed.source] = max(longest.get(bed.source, 0), bed.end - bed.start)
        return cls(
            {source: sources.envelope(source) for source in clips},
            {source: _mean_power(sources, source, length) for source, length in longest.items()},
        )


def _mean_power(sources: Sources, source: SoundRef, length: int) -> float:
    """The mean power of a bed at its own level, from pieces spread over its first ``length`` frames."""
    bed, weigher = sources.bed(source), Weigher()
    for number in range(_PIECES):
        weigher.feed(bed.read(number * max(0, length - _PIECE) // (_PIECES - 1), min(_PIECE, length)))
    powers = weigher.powers()
    return float(np.mean(powers)) if powers else 0.0


def forecast(mixer: Mixer) -> Measurement | None:
    """The mix's loudness within some 0.03 LU, and the highest peak of any single clip (its room may
    add 0.2 dB); None when its beds contribute so
    much that their mean powers are not exact enough.

    A tonal sound that overlaps itself is correlated with itself and adds up to more than is computed here.
    """
    return next(forecasts([mixer]))


def forecasts(mixers: Sequence[Mixer]) -> Iterator[Measurement | None]:
    """The :func:`forecast` of each, for mixers of the same sources, of which each is looked at once."""
    known = _Sources.of(mixers[0].sources, *(mixer.arrangement for mixer in mixers))
    return (_forecast(mixer, known) for mixer in mixers)


def _forecast(mixer: Mixer, known: _Sources) -> Measurement | None:
    arrangement = mixer.arrangement
    clips, peak = _clip_powers(arrangement, known.envelopes)
    beds = _bed_powers(arrangement, known.means, mixer.ducking.depth_db)
    softer, loudness, louder = (
        gated_loudness(clips + beds * np.float32(factor), arrangement.frames) for factor in (0.5, 1, 2)
    )
    if beds.any() and not abs(louder - softer) <= _COUNTS:  # NaN where only beds sound
        return None
    return Measurement(loudness, decibels(peak))


def course(mixer: Mixer, gain_db: float = 0.0) -> tuple[float, ...]:
    """The mix's short-term loudness (3 s, EBU Tech 3341) in LUFS around the middle of each second, ``gain_db`` louder;
    minus infinity for silence."""
    arrangement = mixer.arrangement
    known = _Sources.of(mixer.sources, arrangement)
    clips, _ = _clip_powers(arrangement, known.envelopes)
    powers = clips + _bed_powers(arrangement, known.means, mixer.ducking.depth_db)
    each, around = STEP // MOMENT, np.zeros(15)
    whole = len(powers) // each
    steps = powers[: whole * each].reshape(whole, each).mean(axis=1, dtype=np.float64)
    windows = short_term(np.concatenate([around, steps, around]).tolist())
    seconds = -(-arrangement.frames // SAMPLE_RATE)
    return tuple(loudness + gain_db for loudness in windows[: 10 * seconds : 10])


def _clip_powers(arrangement: Arrangement, envelopes: Mapping[ClipSource, Envelope]) -> tuple[Powers, float]:
    """The summed power of all clips in each moment of the session, and the highest peak (full scale 1.0) of any."""
    powers, peak = np.zeros(moments(arrangement.frames) + 1, np.float32), 0.0
    for placed in arrangement.clips:
        envelope, level = envelopes[placed.clip.source], gain(placed.clip.level)
        sounding = _sounding(envelope.powers, placed.clip) * np.float32(level**2)
        _add(powers, placed.start, sounding)
        if placed.room and len(sounding):
            _add(powers, placed.start, np.convolve(sounding, reflected_powers(placed.room)))
        peak = max(peak, envelope.peak * level)
    return powers, peak


def _sounding(powers: Powers, clip: Clip) -> Powers:
    """The part of its source's ``powers`` that sounds in a clip, under the clip's fade."""
    powers = powers[: moments(clip.frames)]
    if fading := clip.fade_out // MOMENT:
        powers = powers.copy()
        powers[-fading:] *= _falling(fading)[-len(powers) :] ** 4
    return powers


def _falling(count: int) -> Powers:
    """A quarter of a cosine, from 1 to 0: the gain of an equal-power fade; its square is a raised cosine."""
    return np.cos(np.pi / 2 * (np.arange(count) + 0.5) / count).astype(np.float32)


def _add(powers: Powers, start: int, piece: Powers) -> None:
    """Adds ``piece``, which begins at frame ``start``: each of its moments is shared by the two that it overlaps."""
    first, into = divmod(start, MOMENT)
    piece = piece[: max(0, len(powers) - 1 - first)]
    share = np.float32(into / MOMENT)
    powers[first : first + len(piece)] += piece * (1 - share)
    powers[first + 1 : first + 1 + len(piece)] += piece * share


def _bed_powers(arrangement: Arrangement, means: Mapping[SoundRef, float], ducking_db: float) -> Powers:
    """The summed power of all beds in each moment: their ``means`` under levels, fades and ducking."""
    powers, ducked = np.zeros((2, moments(arrangement.frames) + 1), np.float32)
    ducked[:] = 1
    for start, end in arrangement.speech:
        ducked[start // MOMENT : moments(end)] = np.float32(gain(-ducking_db) ** 2)
    for source, mean in means.items():
        for bed in arrangement.beds:
            if bed.source == source:
                first, after = bed.start // MOMENT, moments(bed.end)
                powers[first:after] += _faded(ducked[first:after] * np.float32(mean * gain(bed.event.level) ** 2), bed)
    return powers


def _faded(powers: Powers, bed: PlacedBed) -> Powers:
    """``powers``, changed in place, under the bed's fades."""
    for fading, fade in ((powers[::-1], bed.event.fade_in), (powers, bed.event.fade_out)):
        if falling := fade // MOMENT:
            fading[-falling:] *= _falling(falling)[-len(fading) :] ** 2
    return powers
