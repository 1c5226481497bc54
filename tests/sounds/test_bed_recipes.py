"""The beds of the library, each judged for what it is said to be."""

from __future__ import annotations

import itertools
import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import signal

from voiceguide.audio.loudness import Meter
from voiceguide.mix_levels import BED_DIPS, BED_LEVEL, VOICE_LOUDNESS
from voiceguide.routine import Settings
from voiceguide.sounds.bed_materials import bubble
from voiceguide.sounds.bed_recipes import RECIPES, SECOND, WAVE
from voiceguide.sounds.beds import LibraryBed
from voiceguide.sounds.catalogue import BEDS, bed_names
from voiceguide.sounds.layers import CELL, Changing, Drops, Layer, Part
from voiceguide.units import SAMPLE_RATE

every_bed = pytest.mark.parametrize("name", bed_names())
MINUTES = 4


@lru_cache
def parts(name: str) -> tuple[Part, ...]:
    return RECIPES[name].parts(RECIPES[name].gain)


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
    """At the usual level, ducked, even the loudest 400 ms lie 20 dB under the voice (WCAG 1.4.7)."""
    measures = heard(name)
    assert measures.momentary.max() - measures.integrated < BED_DIPS - BED_LEVEL - 20
    assert measures.momentary.min() - measures.integrated > -8


NOISES = ("rain", "ocean", "stream", "wind", "fire", "night", "forest", "brown", "pink", "silence")
TONES = ("pad", "drone", "notes", "binaural")
WIDTH = {**dict.fromkeys(NOISES, (0.3, 0.6)), **dict.fromkeys(TONES[:-1], (0.6, 0.95)), "binaural": (-0.01, 0.01)}


@every_bed
def test_a_bed_is_wide_and_not_lost_in_mono(name: str) -> None:
    low, high = WIDTH[name]
    assert low <= heard(name).correlation <= high
    assert heard(name).mono > -3.5


@every_bed
def test_a_bed_has_nothing_constant(name: str) -> None:
    assert heard(name).constant < 0.002


@pytest.mark.parametrize("name", NOISES)
def test_nothing_comes_again_after_a_fixed_time(name: str) -> None:
    """The sound of two minutes is like itself at no other time: a loop that went round would show where it does."""
    mono = LibraryBed(name).read(0, 120 * SAMPLE_RATE).sum(axis=1, dtype=np.float64)
    size = 1 << 23
    alike = np.fft.irfft(np.abs(np.fft.rfft(mono, size)) ** 2, size)[: 60 * SAMPLE_RATE]
    assert np.abs(alike[SAMPLE_RATE:]).max() < 0.15 * alike[0]


@every_bed
def test_a_bed_is_heard_on_a_phone_and_has_no_rumble(name: str) -> None:
    """Of the weighted power, which is what it is levelled by, a share lies in the band of a small loudspeaker."""
    if name == "binaural":
        pytest.skip("its tones lie below that band; it is for headphones")
    samples = LibraryBed(name).read(0, 60 * SAMPLE_RATE)
    band = signal.butter(4, (300, 8_000), "bandpass", fs=SAMPLE_RATE, output="sos")
    power = float(np.square(signal.sosfilt(band, samples, axis=0)).sum(axis=1).mean())
    loudness = -0.691 + 10 * math.log10(power)
    assert -8 < loudness - heard(name).integrated < 0
    hertz, levels = spectrum(name)
    density = 10 ** (levels / 10)
    assert density[hertz < 60].sum() < 0.1 * density.sum()


@every_bed
def test_a_bed_takes_little_memory(name: str) -> None:
    loops = [part.loop for part in parts(name) if isinstance(part, Layer)]
    loops += [loop for part in parts(name) if isinstance(part, Changing) for loop in part.loops]
    arrays = [*loops, *(part.kinds for part in parts(name) if isinstance(part, Drops))]
    assert sum(array.nbytes for array in arrays) < 18_000_000
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
    """From 250 Hz on; below begins the high-pass."""
    assert np.diff(octave_levels(name))[1:] == pytest.approx([slope] * 5, abs=0.5)


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
    """From 1 to 4 kHz as pink as can be, softer above, and below it a dull drumming."""
    slopes = np.diff(octave_levels("rain"))
    assert slopes[3:5] == pytest.approx([-3] * 2, abs=1.5)
    assert slopes[5] < -4


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


def test_the_oceans_waves_come_irregularly_and_about_every_ten_seconds() -> None:
    between = np.diff(WAVE.heights(0, 2_000)) / SECOND
    low, middle, high = np.percentile(between, (10, 50, 90))
    assert 6 <= low < 7.5
    assert middle == pytest.approx(10, abs=0.5)
    assert 12.5 < high <= 14


def test_the_oceans_waves_are_heard_as_loudness() -> None:
    """Where a wave is highest the bed is louder than half a slot before."""
    heights = WAVE.heights(1, 20) * CELL / SAMPLE_RATE
    course = np.convolve(heard("ocean").momentary, np.ones(5) / 5, "same")
    at, before = (course[np.round((heights + shift) * 10).astype(int) - 2] for shift in (0.5, -4.5))
    assert np.median(at - before) > 3


def test_the_ocean_is_low_noise_with_foam_above_2_khz() -> None:
    levels = dict(zip((125, 250, 500, 1_000, 2_000, 4_000, 8_000), octave_levels("ocean"), strict=True))
    assert levels[125] - levels[1_000] > 12
    assert 20 < levels[125] - levels[4_000] < 42
    assert levels[4_000] > levels[2_000] - 4


def test_a_wave_rises_faster_than_it_runs_out() -> None:
    assert WAVE.rise < WAVE.fall
    cells = np.arange(0, 100 * SECOND)
    course = WAVE.at(cells)
    assert WAVE.floor <= course.min()
    assert np.abs(np.diff(course)).max() < 0.01


def brightness(name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The level in dB and the spectral middle in Hz of each half second of two minutes."""
    pieces = LibraryBed(name).read(0, 120 * SAMPLE_RATE).reshape(240, SAMPLE_RATE // 2, 2).sum(axis=2)
    power = np.abs(np.fft.rfft(pieces * np.hanning(SAMPLE_RATE // 2), axis=1)) ** 2
    power[:, :150] = 0.0  # what a phone plays: the murmur below 300 Hz goes its own way
    return 10 * np.log10(power.sum(axis=1)), (power * np.arange(power.shape[1]) * 2).sum(axis=1) / power.sum(axis=1)


@pytest.mark.parametrize("name", ["ocean", "wind"])
def test_what_is_louder_is_brighter(name: str) -> None:
    level, middle = (np.convolve(course, np.ones(6) / 6, "valid") for course in brightness(name))
    assert np.corrcoef(level, middle)[0, 1] > 0.25


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


def pad() -> Changing:
    return next(part for part in parts("pad") if isinstance(part, Changing))


def test_the_pads_chords_change_every_20_to_40_seconds_and_none_twice() -> None:
    turns = [pad().turn(number) / SAMPLE_RATE for number in range(200)]
    between = np.diff(turns)
    assert 20 <= between.min() < 23
    assert 37 < between.max() <= 40
    order = [pad().which(number) for number in range(200)]
    assert all(one != other for one, other in itertools.pairwise(order))
    assert set(order) == set(range(len(pad().loops)))


@pytest.mark.parametrize("name", ["pad", "drone", "notes"])
def test_tones_have_partials_up_to_3_khz_and_little_above(name: str) -> None:
    samples = LibraryBed(name).read(0, 60 * SAMPLE_RATE)[:, 0]
    hertz, density = signal.welch(samples, SAMPLE_RATE, nperseg=1 << 15)
    assert density[(hertz > 1_500) & (hertz < 3_000)].max() > 1e-6 * density.max()
    assert density[hertz > 5_000].sum() < 1e-4 * density.sum()


def test_the_pads_filter_breathes() -> None:
    """Its upper partials come and go by more than its lower ones."""
    samples = LibraryBed("pad").read(0, 120 * SAMPLE_RATE)[:, 0]

    def moves(low: float, high: float) -> float:
        band = signal.butter(2, (low, high), "bandpass", fs=SAMPLE_RATE, output="sos")
        power = np.square(signal.sosfilt(band, samples)).reshape(120, -1).mean(axis=1)
        return float(np.ptp(10 * np.log10(power[1:])))

    assert moves(700, 3_000) > 8
    assert moves(700, 3_000) > moves(80, 400) + 2


def test_notes_are_sparse_and_begin_softly() -> None:
    (drops,) = (part for part in parts("notes") if isinstance(part, Drops))
    assert 2.5 < drops.slot / drops.share / SAMPLE_RATE < 3.5
    for note in drops.kinds:
        assert np.abs(note[:200]).max() < 0.1 * np.abs(note).max()
        assert np.abs(note[-400:]).max() < 0.01 * np.abs(note).max()


def test_crickets_stay_in_their_places() -> None:
    crickets = [part for part in parts("night") if isinstance(part, Drops)]
    assert len({cricket.side for cricket in crickets}) == len(crickets) == 3
    for cricket in crickets:
        both = cricket.sound(0, 20 * SAMPLE_RATE)
        left, right = (float(np.square(ear).sum()) for ear in (both.real, both.imag))
        assert (left > right) == ((cricket.side or 0) < 0.5) or cricket.side == 0.5


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
    assert Settings(title="x").bed.sound is None
