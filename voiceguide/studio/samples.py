"""Short sounds by which a person chooses: a line in a voice, a bed, a chime, the sounds of a breath."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from voiceguide.audio.stream import Samples
from voiceguide.live.plan import LivePlan
from voiceguide.mix_levels import VOICE_LOUDNESS
from voiceguide.routine import Pace, SoundRef
from voiceguide.script.files import Folder
from voiceguide.script.sounds import find_sound
from voiceguide.session.options import known_sounds
from voiceguide.sounds import library
from voiceguide.sounds.beds import bed
from voiceguide.sounds.files import SoundStore
from voiceguide.speech import resolve, speak
from voiceguide.speech.cache import cache_folder
from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE, gain
from voiceguide.vocabulary import BREATH_SETS

_VOICE_GAIN = -18.0 - VOICE_LOUDNESS  # dB: a sample is as loud as what a browser plays otherwise
_BED_GAIN = _VOICE_GAIN - 8.0
_PEAK = 0.9
_BED_SECONDS = 7
_BED_FADES = SAMPLE_RATE, 2 * SAMPLE_RATE
_LONGEST_SOUND = 8 * SAMPLE_RATE
_BREATH_STEP = 3 * SAMPLE_RATE // 2


def first_line(plan: LivePlan) -> Line | None:
    """What the script says first."""
    return next((clip.source for _, clip in plan.timeline.sounding() if isinstance(clip.source, Line)), None)


def said_by(line: Line, voice: str, pace: Pace, phrasing: Fraction | None) -> Samples:
    """A line in a voice, ``(frames,)``. Raises SpeechError."""
    name = resolve(voice, line.language, lambda: (line.as_written,))
    said = replace(line, voice=name, pace=float(pace.first), take=1, verify=False)
    said = replace(said, phrasing=None if phrasing is None else float(phrasing))
    return _levelled(speak([said], jobs=1).samples(said), _VOICE_GAIN)


def bed_sample(name: str, folder: Folder) -> Samples:
    """Some seconds of a bed, ``(frames, 2)``. Raises SoundError, and ValueError for a name that is none."""
    ref = find_sound(name, "bed", known_sounds().beds, folder)
    with SoundStore(cache_folder().parent) as store:
        samples = bed(ref, store).read(0, _BED_SECONDS * SAMPLE_RATE).copy()
    rise, fall = _BED_FADES
    samples[:rise] *= np.linspace(0, 1, rise, dtype=np.float32)[:, np.newaxis]
    samples[-fall:] *= np.linspace(1, 0, fall, dtype=np.float32)[:, np.newaxis]
    return _levelled(samples, _BED_GAIN)


def chime_sample(name: str) -> Samples:
    """A sound of the library, ``(frames, 2)``. Raises ValueError for a name that is none."""
    ref = find_sound(name, "sound", known_sounds().sounds, None)
    return _levelled(_stereo(ref), _VOICE_GAIN)


def breath_sample(name: str) -> Samples:
    """In, hold and out with a set of breath sounds, ``(frames, 2)``. Raises ValueError for a name that is none."""
    if name not in BREATH_SETS:
        raise ValueError(f"there is no set of breath sounds '{name}'")
    sounds = [_stereo(SoundRef(BREATH_SETS[name][kind])) for kind in ("in", "hold", "out")]
    mix = np.zeros((2 * _BREATH_STEP + max(map(len, sounds)), 2), np.float32)
    for index, sound in enumerate(sounds):
        mix[index * _BREATH_STEP : index * _BREATH_STEP + len(sound)] += sound
    return _levelled(mix, _VOICE_GAIN)


def _stereo(ref: SoundRef) -> Samples:
    samples = library.samples(ref.name)[:_LONGEST_SOUND]
    return samples if samples.ndim == 2 else np.repeat(samples[:, np.newaxis], 2, axis=1)


def _levelled(samples: Samples, decibels: float) -> Samples:
    peak = float(np.abs(samples).max(initial=0.0)) or 1.0
    factor: float = min(gain(decibels), _PEAK / peak)
    return (samples * np.float32(factor)).astype(np.float32)
