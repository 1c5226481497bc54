"""The beds of the library, each judged for what it is said to be."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import signal

from tests.support.seams import found
from voiceguide.audio.loudness import Meter
from voiceguide.mix_levels import BED_LEVEL, VOICE_LOUDNESS
from voiceguide.routine import Settings
from voiceguide.sounds.bed_recipes import LONGEST, RECIPES, WAVES, bubble
from voiceguide.sounds.beds import LibraryBed
from voiceguide.sounds.catalogue import BEDS, bed_names
from voiceguide.sounds.layers import Drops, Layer, Part
from voiceguide.units import SAMPLE_RATE

every_bed = pytest.mark.parametrize("name", bed_names())
MINUTES = 4


@lru_cache
def parts(name: str) -> tuple[Part, ...]:
    return RECIPES[name].parts(RECIPES[name].gain)


def loops(name: str) -> list[tuple[NDArray[np.float32], int, int]]:
    """Every loop of a bed, with the ears' shifts."""
    layers = [part for part in parts(name) if isinstance(part, Layer)]
    found = [(loop, shift, 0) for layer in layers for loop, shift in ((layer.left, 0), (layer.right, layer.shift))]
    return found + [(swell, 0, -layer.lag) for layer in layers for swell in layer.swells]


class Heard(NamedTuple):
    """What a few minutes of a bed measure, without keeping them."""

    integrated: float
    momentary: NDArray[np.float64]
    peak: float
    correlation: float
    constant: float
    mono: float


@lru_cache
def heard(name: str) -> Heard:
    meter, peak, products, sums = Meter(), 0.0, np.zeros((2, 2)), np.zeros(2)
    bed, frames = LibraryBed(name), 60 * MINUTES * SAMPLE_RATE
    for start in range(0, frames, SAMPLE_RATE):
        piece = bed.read(start, SAMPLE_RATE)
        meter.feed(piece)
        peak = max(peak, float(np.abs(piece).max()))
        products += piece.T.astype(np.float64) @ piece
        sums += piece.sum(axis=0, dtype=np.float64)
    (left, both), (_, right) = products
    mono = 10 * math.log10((left + right + 2 * both) / 4 / ((left + right) / 2))
    constant = float(np.abs(sums).max()) / frames / math.sqrt(left / frames)
    momentary = np.array(meter.momentary())
    return Heard(meter.integrated(), momentary, peak, both / math.sqrt(left * right), constant, mono)


def spectrum(name: str, seconds: int = 60) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Frequencies and the left ear's power per hertz, in dB."""
    frequencies, density = signal.welch(
        LibraryBed(name).read(0, seconds * SAMPLE_RATE)[:, 0], SAMPLE_RATE, nperseg=8192
    )
    return frequencies, 10 * np.log10(density + 1e-20)


# -- all of them


@every_bed
def test_a_bed_has_the_loudness_of_its_row(name: str) -> None:
    level = next(spec.level for spec in BEDS if spec.name == name)
    assert heard(name).integrated == pytest.approx(VOICE_LOUDNESS + level, abs=0.15)
    assert heard(name).peak < 0.5


@every_bed
def test_no_moment_of_a_bed_comes_near_the_voice_or_seems_to_end(name: str) -> None:
    """At the usual level even the loudest 400 ms lie 20 dB under the voice (WCAG 1.4.7)."""
    measures = heard(name)
    assert measures.momentary.max() - measures.integrated < -BED_LEVEL - 20
    assert measures.momentary.min() - measures.integrated > -8


WIDTH = {
    "rain": (0.2, 0.5),
    "ocean": (-0.1, 0.1),
    "stream": (0.0, 0.3),
    "wind": (-0.1, 0.1),
    "brown": (0.4, 0.6),
    "pink": (0.4, 0.6),
    "pad": (0.6, 0.95),
    "silence": (0.4, 0.6),
    "binaural": (-0.01, 0.01),
}


@every_bed
def test_a_bed_is_wide_and_not_lost_in_mono(name: str) -> None:
    low, high = WIDTH[name]
    assert low <= heard(name).correlation <= high
    assert heard(name).mono > -3.5


@every_bed
def test_a_bed_has_nothing_constant(name: str) -> None:
    assert heard(name).constant < 0.002


@every_bed
def test_no_two_loops_that_lie_over_each_other_ever_meet_again(name: str) -> None:
    """Lengths without a common divisor come together after their product. (The two loops of a layer are one sound.)"""
    lengths = [{len(layer.left), *map(len, layer.swells)} for layer in parts(name) if isinstance(layer, Layer)]
    assert all(len(layer.left) == len(layer.right) for layer in parts(name) if isinstance(layer, Layer))
    for length, other in itertools.combinations(sorted(set().union(*lengths)), 2):
        assert math.gcd(length, other) == 1
        assert length * other > 12 * 3600 * SAMPLE_RATE


@every_bed
def test_nobody_finds_the_seam_of_a_loop(name: str) -> None:
    """Where any of its loops goes round, in either ear, a bed is as it is elsewhere."""
    if name == "binaural":
        pytest.skip("a steady tone has no spread; its loops hold whole turns")
    samples = LibraryBed(name).read(0, 60 * SAMPLE_RATE)
    places = {(-shift - lag) % len(loop) or len(loop) for loop, shift, lag in loops(name)}
    assert found(samples, [(place, place) for place in sorted(places)]) == []


def test_a_bad_loop_would_be_found() -> None:
    """Some samples left out where the loop goes round, in the noise that hides a step best of the deep ones."""
    samples = LibraryBed("brown").read(0, 60 * SAMPLE_RATE)
    cut = np.concatenate((samples[:LONGEST], samples[LONGEST + 500 :]))
    assert found(samples, [(LONGEST, LONGEST)]) == []
    assert any("step" in line for line in found(cut, [(LONGEST, LONGEST)]))


@every_bed
def test_a_loop_is_too_long_to_be_heard_coming_again(name: str) -> None:
    """Noise that comes again within a second or two is heard as a rhythm."""
    if name != "binaural":
        assert min(len(layer.left) for layer in parts(name) if isinstance(layer, Layer)) > 5 * SAMPLE_RATE


@every_bed
def test_a_bed_takes_little_memory(name: str) -> None:
    layers = [part for part in parts(name) if isinstance(part, Layer)]
    arrays = [array for layer in layers for array in (layer.left, layer.right, *layer.swells)]
    arrays += [part.kinds for part in parts(name) if isinstance(part, Drops)]
    arrays += [layer._both for layer in layers if layer._both is not None]
    whole = [array if array.base is None else array.base for array in arrays]
    assert sum({id(array): array.nbytes for array in whole}.values()) < 12_000_000
    assert not any(array.flags.writeable for array in arrays)


@every_bed
def test_a_bed_is_made_anew_bit_for_bit(name: str) -> None:
    again = RECIPES[name].parts(RECIPES[name].gain)
    for part, other in zip(parts(name), again, strict=True):
        assert np.array_equal(part.sound(1_234_567, 100_000), other.sound(1_234_567, 100_000))


# -- noises


def octave_levels(name: str) -> list[float]:
    """Power per hertz, in dB, at the octaves from 125 Hz to 8 kHz."""
    frequencies, levels = spectrum(name)
    centres = 125.0 * 2.0 ** np.arange(7)
    return [float(levels[(frequencies > f / 2**0.25) & (frequencies < f * 2**0.25)].mean()) for f in centres]


@pytest.mark.parametrize(("name", "slope"), [("brown", -6.02), ("pink", -3.01)])
def test_a_noise_falls_by_its_slope_in_every_octave(name: str, slope: float) -> None:
    assert np.diff(octave_levels(name)) == pytest.approx([slope] * 6, abs=0.5)


@pytest.mark.parametrize("name", ["brown", "pink", "silence"])
def test_steady_noise_is_steady(name: str) -> None:
    assert np.ptp(heard(name).momentary) < 2.5


def test_the_rooms_tone_is_faint_and_soft_in_colour_but_never_nothing() -> None:
    """In a session at -16 LUFS it lies near -60 LUFS, which audiobook shops take for silence (ACX: -60 dB RMS)."""
    assert heard("silence").integrated + BED_LEVEL + 7 == pytest.approx(-60, abs=0.5)
    levels = octave_levels("silence")
    assert np.diff(levels) == pytest.approx([-4.5] * 4 + [-8, -14], abs=2.5)
    samples = LibraryBed("silence").read(0, 10 * SAMPLE_RATE)
    assert np.abs(samples.reshape(-1, 441, 2)).max(axis=1).min() > 0


# -- rain


def drops() -> Drops:
    (only,) = (part for part in parts("rain") if isinstance(part, Drops))
    return only


def test_rain_is_pink_hiss() -> None:
    """From 1 to 4 kHz as pink as can be; softer at both ends."""
    slopes = np.diff(octave_levels("rain"))
    assert slopes[3:5] == pytest.approx([-3] * 2, abs=1)
    assert min(slopes[:2]) > 0 > -4 > slopes[5]


def test_rains_near_drops_are_sparse_and_irregular() -> None:
    mix = drops().sound(0, 120 * SAMPLE_RATE)
    sounding = np.maximum(np.abs(mix.real), np.abs(mix.imag)) > 0.02
    assert 0.01 < sounding.mean() < 0.12
    starts = np.flatnonzero(np.diff(np.convolve(sounding, np.ones(1_323), "full")[: len(sounding)] > 0, prepend=False))[
        ::2
    ]
    assert 1.5 < len(starts) / 120 < 3.5
    gaps = np.diff(starts) / SAMPLE_RATE
    assert gaps.std() > 0.5 * gaps.mean()
    assert gaps.max() > 1


def test_rains_near_drops_are_short_ringing_tones() -> None:
    for drop in drops().kinds:
        power = np.abs(np.fft.rfft(drop, SAMPLE_RATE)) ** 2
        pitch = int(power.argmax())
        assert 850 < pitch < 3_600
        assert power[round(pitch * 0.7) : round(pitch * 1.5)].sum() > 0.9 * power.sum()
        energy = np.cumsum(drop**2)
        assert np.searchsorted(energy, 0.99 * energy[-1]) < 0.03 * SAMPLE_RATE
        assert np.abs(drop[:4]).max() < 0.02 * np.abs(drop).max()  # it begins softly


def test_drops_are_heard_over_the_hiss_and_no_drop_startles() -> None:
    """In their band the loudest 10 ms stand out, and yet no peak passes the bed's loudness by what a voice's does."""
    samples = LibraryBed("rain").read(0, 60 * SAMPLE_RATE)
    band = signal.butter(2, (900, 3_000), "bandpass", fs=SAMPLE_RATE, output="sos")
    power = (signal.sosfilt(band, samples, axis=0) ** 2).reshape(-1, 441, 2).mean(axis=(1, 2))
    outstanding = 10 * np.log10(power / np.median(power))
    assert 6 < outstanding.max() < 15
    assert 0.005 < (outstanding > 4).mean() < 0.06
    assert heard("rain").peak < 0.5


def test_a_bubble_rises_and_dies_in_its_time() -> None:
    tone = bubble(1_000.0, decay=0.1, rise=0.3, frames=4_410)
    analytic = signal.hilbert(tone)
    pitch = np.diff(np.unwrap(np.angle(analytic))) * SAMPLE_RATE / (2 * np.pi)
    assert np.median(pitch[300:600]) < np.median(pitch[1_200:1_500]) < np.median(pitch[2_000:2_300])
    level = 20 * np.log10(np.abs(analytic))
    assert level[441] - level[2_646] == pytest.approx(30, abs=1)
    assert abs(tone[-1]) < 1e-6


# -- the others


def lines(levels: NDArray[np.float64], count: int) -> list[float]:
    """The periods in seconds of the strongest waves in a course of loudness with ten values a second."""
    power = 10 ** (levels / 10)
    spectrum = np.abs(np.fft.rfft((power - power.mean()) * np.hanning(len(power)), 1 << 16))
    peaks, _ = signal.find_peaks(spectrum)
    strongest = sorted(peaks, key=lambda peak: -spectrum[peak])[:count]
    return sorted((float((1 << 16) / 10 / peak) for peak in strongest), reverse=True)


def test_the_oceans_waves_come_in_their_own_times() -> None:
    assert lines(heard("ocean").momentary, 3) == pytest.approx(WAVES, rel=0.02)
    assert all(6 <= seconds <= 12 for seconds in WAVES)
    for longer, shorter in itertools.combinations(WAVES, 2):
        nearest = Fraction(longer / shorter).limit_denominator(8)
        assert abs(longer / shorter / nearest - 1) > 0.01


def test_the_ocean_is_low_noise_with_some_foam() -> None:
    levels = dict(zip((125, 250, 500, 1_000, 2_000, 4_000, 8_000), octave_levels("ocean"), strict=True))
    assert levels[125] - levels[1_000] > 12
    assert levels[125] - levels[4_000] > 25
    assert levels[4_000] > levels[125] - 45


def test_a_wave_rises_faster_than_it_runs_out() -> None:
    swell = next(part for part in parts("ocean") if isinstance(part, Layer)).swells[0]
    assert len(swell) == pytest.approx(WAVES[0] * SAMPLE_RATE, abs=100)
    rising = (swell.argmax() - swell.argmin()) % len(swell)
    assert rising / len(swell) == pytest.approx(0.4, abs=0.01)
    assert swell.min() == pytest.approx(0.35, abs=0.001)
    assert swell.max() == pytest.approx(1.0, abs=0.001)
    assert np.abs(np.diff(swell, append=swell[:1])).max() < 2e-5


def brightness(name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The level in dB and the spectral middle in Hz of each half second of two minutes."""
    pieces = LibraryBed(name).read(0, 120 * SAMPLE_RATE).reshape(240, SAMPLE_RATE // 2, 2).sum(axis=2)
    power = np.abs(np.fft.rfft(pieces * np.hanning(SAMPLE_RATE // 2), axis=1)) ** 2
    return 10 * np.log10(power.sum(axis=1)), (power * np.arange(power.shape[1]) * 2).sum(axis=1) / power.sum(axis=1)


@pytest.mark.parametrize("name", ["ocean", "wind"])
def test_what_is_louder_is_brighter(name: str) -> None:
    level, middle = brightness(name)
    assert np.corrcoef(level, middle)[0, 1] > 0.4


def test_wind_comes_in_slow_gusts() -> None:
    level = heard("wind").momentary
    slow = np.convolve(level, np.ones(20) / 20, "valid")
    assert np.ptp(slow) > 4
    assert np.abs(np.diff(slow)).max() < 1


def test_a_stream_bubbles() -> None:
    """Many short tones: in a narrow band the level goes up and down far more than that of noise."""

    def unrest(samples: NDArray[np.float32]) -> float:
        band = signal.butter(2, (900, 1_100), "bandpass", fs=SAMPLE_RATE, output="sos")
        power = (signal.sosfilt(band, samples[:, 0]) ** 2).reshape(-1, 882).mean(axis=1)
        return float(power.std() / power.mean())

    assert unrest(LibraryBed("stream").read(0, 60 * SAMPLE_RATE)) > 1.5 * unrest(
        LibraryBed("pink").read(0, 60 * SAMPLE_RATE)
    )
    levels = octave_levels("stream")
    assert max(levels[1:4]) - levels[6] > 20


def test_the_pad_is_a_chord_and_nothing_else() -> None:
    samples = LibraryBed("pad").read(0, 30 * SAMPLE_RATE)[:, 0]
    power = np.abs(np.fft.rfft(samples * signal.windows.blackmanharris(len(samples)))) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    notes = 73.42 * np.array([1, 3 / 2, 2, 5 / 2, 3, 9 / 2, 6])
    for note in notes:
        near = np.abs(hertz - note) < 0.5
        assert power[near].max() > 1e-3 * power.max()
    multiples = np.concatenate([notes * harmonic for harmonic in (1, 2, 3, 4)])
    belongs = np.abs(hertz[:, np.newaxis] - multiples).min(axis=1) < 1.0
    assert power[~belongs].sum() < 1e-6 * power.sum()
    assert np.ptp(heard("pad").momentary) > 2  # it moves


def test_the_pads_tones_beat_so_slowly_that_they_seem_to_breathe() -> None:
    """Two tones less than 15 Hz apart are heard as one that trembles; here it comes and goes in two seconds or more."""
    samples = LibraryBed("pad").read(0, 60 * SAMPLE_RATE)
    for ear in samples.T:
        power = np.abs(np.fft.rfft(ear * signal.windows.blackmanharris(len(ear)))) ** 2
        tones, _ = signal.find_peaks(power, height=1e-6 * power.max())
        apart = [abs(low - high) / 60 for low, high in itertools.combinations(tones.tolist(), 2)]
        assert min(apart) < 0.2
        assert not [hertz for hertz in apart if 0.5 < hertz < 15]


def test_the_binaural_bed_is_one_tone_in_each_ear() -> None:
    samples = LibraryBed("binaural").read(12_345, 10 * SAMPLE_RATE)
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples))[:, np.newaxis], axis=0)) ** 2
    for ear, hertz in ((0, 200.0), (1, 206.0)):
        assert power[:, ear].argmax() / 10 == hertz
        assert power[round(hertz * 10) - 3 : round(hertz * 10) + 4, ear].sum() > 0.999999 * power[:, ear].sum()
    steps = np.abs(np.diff(samples, axis=0)).max(axis=0)
    amplitude = np.abs(samples).max(axis=0)
    assert steps == pytest.approx(amplitude * 2 * np.pi * np.array([200, 206]) / SAMPLE_RATE, rel=0.01)


def test_no_bed_is_chosen_unasked() -> None:
    assert Settings(title="x").bed is None
