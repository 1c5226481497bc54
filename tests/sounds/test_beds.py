"""Beds as they are read, and a person's own file as one: nobody can find the place where it goes round."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from scipy import signal

from tests.support.seams import found
from voiceguide.audio.loudness import Meter
from voiceguide.errors import SoundError
from voiceguide.mix_levels import VOICE_LOUDNESS
from voiceguide.routine import SoundRef
from voiceguide.sounds.beds import bed
from voiceguide.sounds.catalogue import bed_names
from voiceguide.sounds.file_bed import FileBed
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


@every_bed
def test_a_bed_is_not_tied_to_how_it_is_read(name: str, store: SoundStore) -> None:
    source, hour = bed(name, store), 3600 * SAMPLE_RATE
    whole = source.read(hour, 30_000)
    pieces = [source.read(hour + at, 777) for at in range(0, 30_000 - 777, 777)]
    joined = np.concatenate(pieces)
    assert np.array_equal(whole[: len(joined)], joined)
    assert np.array_equal(bed(name, store).read(hour, 30_000), whole)
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
    source = file_bed(store, tmp_path, rumble(24))
    samples = source.read(0, 50 * SAMPLE_RATE)
    assert integrated(samples) == pytest.approx(VOICE_LOUDNESS, abs=0.3)
    seam, fade = 19 * SAMPLE_RATE, 5 * SAMPLE_RATE
    level = 10 * np.log10((samples.astype(np.float64) ** 2).reshape(-1, SAMPLE_RATE, 2).mean(axis=(1, 2)))
    assert np.abs(level - np.median(level)).max() < 1.5
    assert level[19:24].mean() == pytest.approx(np.median(level), abs=0.5)
    assert np.array_equal(samples[seam + fade : 2 * seam], samples[fade:seam])
    assert np.array_equal(source.read(2 * seam, seam), samples[seam : 2 * seam])


@pytest.mark.parametrize("kind", ["noise", "music"])
def test_nobody_finds_the_seams_of_a_file(kind: str, store: SoundStore, tmp_path: Path) -> None:
    """At both ends of every crossfade and half-way through."""
    source = file_bed(store, tmp_path, rumble(24) if kind == "noise" else music(24))
    assert isinstance(source, FileBed)
    first, fade = source.turn, len(source.rising)
    rounds = [first, first + source.period]
    assert (
        found(
            source.read(0, 60 * SAMPLE_RATE),
            [(at, at) for start in rounds for at in (start, start + fade // 2, start + fade)],
        )
        == []
    )


def test_a_hard_cut_would_be_found() -> None:
    samples = rumble(24).astype(np.float32)
    assert found(np.concatenate((samples, samples)), [(len(samples), len(samples))])


def rumble(seconds: int) -> NDArray[np.float64]:
    """Noise without much above 400 Hz, in which a step stands out."""
    noise = np.random.default_rng(8).normal(0, 0.1, (seconds * SAMPLE_RATE, 2))
    smooth: NDArray[np.float64] = signal.sosfilt(signal.butter(2, 400, fs=SAMPLE_RATE, output="sos"), noise, axis=0)
    return smooth


def music(seconds: int) -> NDArray[np.float64]:
    """A slow tune of soft plucked notes over a changing chord, a note each 0.4 s."""
    chance, samples = np.random.default_rng(9), np.zeros(((seconds + 4) * SAMPLE_RATE, 2))
    time = np.arange(3 * SAMPLE_RATE) / SAMPLE_RATE
    envelope = np.minimum(1.0, time / 0.03) * np.exp(-2.5 * time)
    for start in range(0, seconds * SAMPLE_RATE, round(0.4 * SAMPLE_RATE)):
        hertz = 220.0 * 2 ** (chance.choice([0, 2, 4, 7, 9, 12, 14, 16]) / 12)
        note = envelope * sum(np.sin(2 * np.pi * hertz * harmonic * time) / harmonic**2 for harmonic in (1, 2, 3))
        samples[start : start + len(time)] += 0.1 * note[:, np.newaxis] * chance.uniform(0.5, 1.0, 2)
    return samples[2 * SAMPLE_RATE : (seconds + 2) * SAMPLE_RATE]


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


def test_a_file_loses_its_rumble_as_a_bed_alone(store: SoundStore, tmp_path: Path) -> None:
    """A hum of 35 Hz, an octave below the filter's corner, falls by 12 dB against a tone of 350 Hz."""
    time = np.arange(4 * SAMPLE_RATE) / SAMPLE_RATE
    hum, tone = (0.1 * np.sin(2 * np.pi * hertz * time) for hertz in (35.0, 350.0))
    source = file_bed(store, tmp_path, np.stack((hum + tone,) * 2, axis=1))
    ref = SoundRef("bed.wav", tmp_path / "bed.wav")
    assert _over(store.samples(ref), 35, 350) == pytest.approx(0.0, abs=0.1)
    assert _over(source.read(0, 3 * SAMPLE_RATE), 35, 350) == pytest.approx(-12.3, abs=0.2)


def _over(samples: NDArray[np.float32], *hertz: int) -> float:
    """dB of one tone over another, in the second second."""
    spectrum = np.abs(np.fft.rfft(samples[SAMPLE_RATE : 2 * SAMPLE_RATE, 0]))
    return float(20 * np.log10(spectrum[hertz[0]] / spectrum[hertz[1]]))


def test_a_file_too_short_to_go_round_is_told(store: SoundStore, tmp_path: Path) -> None:
    with pytest.raises(SoundError, match=r"'bed\.wav' is too short for a bed"):
        file_bed(store, tmp_path, np.ones((SAMPLE_RATE - 1, 2)) * 0.1)


def test_reading_a_file_takes_no_more_memory_than_is_read(store: SoundStore, tmp_path: Path) -> None:
    source = file_bed(store, tmp_path, np.random.default_rng(6).normal(0, 0.1, (3 * SAMPLE_RATE, 2)))
    assert isinstance(source, FileBed)
    assert source.rising.nbytes < 4 * SAMPLE_RATE
    assert source.read(10**9, 1000).shape == (1000, 2)
