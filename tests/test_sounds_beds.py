"""Beds: their colour, their level, and that nobody can find the place where they go round."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from scipy import signal

from voiceguide.errors import SoundError
from voiceguide.loudness import VOICE_LOUDNESS, Meter
from voiceguide.routine import SoundRef
from voiceguide.sounds.beds import LOOP_FRAMES, FileBed, bed
from voiceguide.sounds.catalogue import bed_names
from voiceguide.sounds.files import SoundStore
from voiceguide.units import SAMPLE_RATE

every_bed = pytest.mark.parametrize("name", bed_names())


@pytest.fixture(scope="module")
def store() -> Iterator[SoundStore]:
    with SoundStore() as opened:
        yield opened


def file_bed(store: SoundStore, folder: Path, samples: NDArray[np.float64]) -> FileBed:
    path = folder / "bed.wav"
    soundfile.write(path, samples, SAMPLE_RATE, subtype="FLOAT")
    return bed(SoundRef("bed.wav", path), store)


def integrated(samples: NDArray[np.float32]) -> float:
    meter = Meter()
    meter.feed(samples)
    return meter.integrated()


def octave_levels(samples: NDArray[np.float32]) -> list[float]:
    """Power per hertz, in dB, at the octaves from 125 Hz to 8 kHz."""
    frequencies, density = signal.welch(samples[:, 0], SAMPLE_RATE, nperseg=8192)
    levels = []
    for centre in 125.0 * 2.0 ** np.arange(7):
        band = (frequencies > centre / 2**0.25) & (frequencies < centre * 2**0.25)
        levels.append(10 * np.log10(np.exp(np.log(density[band]).mean())))
    return levels


@pytest.mark.parametrize(("name", "slope"), [("brown", -6.02), ("pink", -3.01)])
def test_a_noise_falls_by_its_slope_in_every_octave(name: str, slope: float, store: SoundStore) -> None:
    assert np.diff(octave_levels(bed(name, store).read(0, LOOP_FRAMES))) == pytest.approx([slope] * 6, abs=0.5)


@every_bed
def test_a_bed_has_the_voices_loudness_and_room_above(name: str, store: SoundStore) -> None:
    samples = bed(name, store).read(0, LOOP_FRAMES)
    assert integrated(samples) == pytest.approx(VOICE_LOUDNESS, abs=0.1)
    assert np.abs(samples).max() < 0.7
    left_right = np.corrcoef(samples.T)[0, 1]
    assert 0.3 < left_right < 0.7  # wide, and safe in mono


@every_bed
def test_nobody_finds_the_seam(name: str, store: SoundStore) -> None:
    """Energy and steepness of the 50 ms on both sides of the seam are such as occur everywhere else."""
    samples = bed(name, store).read(LOOP_FRAMES - 400 * 2205, 800 * 2205)
    energy = (samples**2).reshape(800, -1).mean(axis=1)
    steps = np.abs(np.diff(samples, axis=0, prepend=samples[:1])).reshape(800, -1).max(axis=1)
    for measure in (energy, steps):
        low, high = np.quantile(np.delete(measure, [399, 400]), [0.005, 0.995])
        assert low <= measure[399:401].min()
        assert measure[399:401].max() <= high


@every_bed
def test_a_bed_is_not_tied_to_how_it_is_read(name: str, store: SoundStore) -> None:
    source = bed(name, store)
    start = 3 * LOOP_FRAMES - 10_000
    whole = source.read(start, 30_000)
    pieces = [source.read(start + at, 777) for at in range(0, 30_000 - 777, 777)]
    joined = np.concatenate(pieces)
    assert np.array_equal(whole[: len(joined)], joined)
    assert np.array_equal(source.read(start - 2 * LOOP_FRAMES, 30_000), whole)
    assert source.read(5, 0).shape == (0, 2)
    assert whole.dtype == np.float32


def test_a_bed_is_a_copy_that_may_be_worked_on(store: SoundStore) -> None:
    first = bed("brown", store).read(0, 100)
    expected = first.copy()
    first *= 0
    assert np.array_equal(bed("brown", store).read(0, 100), expected)


def test_an_unknown_bed_names_the_nearest(store: SoundStore) -> None:
    with pytest.raises(SoundError, match=r"There is no bed 'brwn' in the library \(did you mean 'brown'\?\)\."):
        bed(SoundRef("brwn"), store)


def test_no_frames_before_the_session(store: SoundStore, tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, (2 * SAMPLE_RATE, 2))
    for source in (bed("brown", store), file_bed(store, tmp_path, noise)):
        with pytest.raises(ValueError, match="no frames from -1"):
            source.read(-1, 10)
        with pytest.raises(ValueError, match="no frames from 0 on, -1 long"):
            source.read(0, -1)


def test_a_file_goes_round_without_a_seam(store: SoundStore, tmp_path: Path) -> None:
    """Equal power: noise keeps its loudness in the crossfade; and no step is steeper there than elsewhere."""
    noise = np.random.default_rng(2).normal(0, 0.1, (24 * SAMPLE_RATE, 2))
    smooth = signal.sosfilt(signal.butter(2, 400, fs=SAMPLE_RATE, output="sos"), noise, axis=0)
    source = file_bed(store, tmp_path, smooth)
    samples = source.read(0, 50 * SAMPLE_RATE)
    assert integrated(samples) == pytest.approx(VOICE_LOUDNESS, abs=0.3)
    seam, fade = 19 * SAMPLE_RATE, 5 * SAMPLE_RATE
    level = 10 * np.log10((samples.astype(np.float64) ** 2).reshape(-1, SAMPLE_RATE, 2).mean(axis=(1, 2)))
    assert np.abs(level - np.median(level)).max() < 1.5
    assert level[19:24].mean() == pytest.approx(np.median(level), abs=0.5)
    steps = np.abs(np.diff(samples, axis=0)).max(axis=1)
    near = np.concatenate([steps[seam - 500 : seam + 500], steps[seam + fade - 500 : seam + fade + 500]])
    assert near.max() <= steps[1000 : seam - 1000].max()
    assert np.array_equal(samples[seam + fade : 2 * seam], samples[fade:seam])
    assert np.array_equal(source.read(2 * seam, seam), samples[seam : 2 * seam])


def test_a_file_is_not_tied_to_how_it_is_read(store: SoundStore, tmp_path: Path) -> None:
    source = file_bed(store, tmp_path, np.random.default_rng(3).normal(0, 0.1, (SAMPLE_RATE + 17, 2)))
    whole = source.read(0, 5 * SAMPLE_RATE)
    pieces = np.concatenate([source.read(at, 4900) for at in range(0, 5 * SAMPLE_RATE, 4900)])
    assert np.array_equal(whole, pieces)


def test_a_file_that_fades_in_starts_the_session_as_it_is(store: SoundStore, tmp_path: Path) -> None:
    """The first round does not begin under an end that nobody has heard."""
    samples = np.random.default_rng(4).normal(0, 0.1, (8 * SAMPLE_RATE, 2))
    samples[: 2 * SAMPLE_RATE] = 0
    source = file_bed(store, tmp_path, samples)
    assert not source.read(0, 2 * SAMPLE_RATE).any()
    assert np.abs(source.read(6 * SAMPLE_RATE, SAMPLE_RATE)).max() > 0.01


def test_a_files_loudest_moment_is_held_down(store: SoundStore, tmp_path: Path) -> None:
    """A file of even rustle and one thunderclap: the clap decides, or it would come near the voice."""
    samples = np.random.default_rng(5).normal(0, 0.02, (20 * SAMPLE_RATE, 2))
    samples[9 * SAMPLE_RATE : 10 * SAMPLE_RATE] *= 6
    source = file_bed(store, tmp_path, samples)
    meter = Meter()
    meter.feed(source.read(0, 15 * SAMPLE_RATE))
    assert max(meter.momentary()) == pytest.approx(VOICE_LOUDNESS + 6, abs=0.3)


def test_a_silent_file_is_a_silent_bed(store: SoundStore, tmp_path: Path) -> None:
    assert not file_bed(store, tmp_path, np.zeros((2 * SAMPLE_RATE, 2))).read(0, 3 * SAMPLE_RATE).any()


def test_a_file_too_short_to_go_round_is_told(store: SoundStore, tmp_path: Path) -> None:
    with pytest.raises(SoundError, match=r"'bed\.wav' is too short for a bed"):
        file_bed(store, tmp_path, np.ones((SAMPLE_RATE - 1, 2)) * 0.1)


def test_reading_a_file_takes_no_more_memory_than_is_read(store: SoundStore, tmp_path: Path) -> None:
    source = file_bed(store, tmp_path, np.random.default_rng(6).normal(0, 0.1, (3 * SAMPLE_RATE, 2)))
    assert isinstance(source, FileBed)
    assert source.rising.nbytes < 4 * SAMPLE_RATE
    assert source.read(10**9, 1000).shape == (1000, 2)
