"""The sounds of a render: levels, ends, memory, and what is left when it is over."""

import shutil
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from voiceguide.audio.loudness import Meter, loudest_moment
from voiceguide.errors import SoundError
from voiceguide.mix_levels import VOICE_LOUDNESS
from voiceguide.routine import SoundRef
from voiceguide.sounds import decoded_file, library
from voiceguide.sounds.files import SoundStore
from voiceguide.units import SAMPLE_RATE


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SoundStore]:
    with SoundStore(tmp_path / "store") as opened:
        yield opened


def saved(folder: Path, samples: NDArray[np.float64], name: str = "x.wav", rate: int = SAMPLE_RATE) -> SoundRef:
    soundfile.write(folder / name, samples, rate, subtype="FLOAT" if name.endswith("wav") else None)
    return SoundRef(name, folder / name)


def noise(seconds: float, level: float = 0.1) -> NDArray[np.float64]:
    return np.random.default_rng(1).normal(0, level, (round(seconds * SAMPLE_RATE), 2))


def test_a_library_sound_is_the_librarys(store: SoundStore) -> None:
    ref = SoundRef("bell")
    assert store.samples(ref) is library.samples("bell")
    assert store.frames(ref) == 5 * SAMPLE_RATE
    assert np.array_equal(store.read(ref, 100, 50), library.samples("bell")[100:150])


@pytest.mark.parametrize("level", [1.0, 0.1, 0.002])
def test_a_file_is_brought_to_the_level_of_a_chime(level: float, store: SoundStore, tmp_path: Path) -> None:
    ref = saved(tmp_path, noise(3, level))
    assert loudest_moment(np.array(store.samples(ref))) == pytest.approx(VOICE_LOUDNESS - 4, abs=0.1)
    assert store.file(ref).loudest == pytest.approx(VOICE_LOUDNESS - 4, abs=0.01)


def test_the_loudest_moment_decides(store: SoundStore, tmp_path: Path) -> None:
    samples = noise(6, 0.01)
    samples[2 * SAMPLE_RATE : 3 * SAMPLE_RATE] *= 20
    ref = saved(tmp_path, samples)
    assert loudest_moment(np.array(store.samples(ref))) == pytest.approx(VOICE_LOUDNESS - 4, abs=0.1)
    meter = Meter()
    meter.feed(np.array(store.samples(ref)))
    assert store.file(ref).integrated == pytest.approx(meter.integrated(), abs=0.3)


def test_a_click_does_not_become_a_crack(store: SoundStore, tmp_path: Path) -> None:
    samples = np.zeros((SAMPLE_RATE, 2))
    samples[20_000:20_010] = 0.3
    assert np.abs(store.samples(saved(tmp_path, samples))).max() == pytest.approx(10 ** (-12 / 20), rel=1e-3)


def test_hiss_is_not_made_a_storm_and_silence_stays_silence(store: SoundStore, tmp_path: Path) -> None:
    hiss = saved(tmp_path, noise(2, 1e-5))
    assert np.abs(store.samples(hiss)).max() < 1e-2
    nothing = saved(tmp_path, np.zeros((1000, 2)), "silence.wav")
    assert store.frames(nothing) == 1000
    assert not store.samples(nothing).any()


@pytest.mark.parametrize("frames", [1, 2, 3, 100, 441, SAMPLE_RATE, 4 * SAMPLE_RATE, 4 * SAMPLE_RATE + 1, 400_000])
def test_a_file_of_any_length_begins_and_ends_without_a_click(frames: int, store: SoundStore, tmp_path: Path) -> None:
    """The two ends are faded over 5 ms, and nothing but the ends."""
    ref = saved(tmp_path, np.full((frames, 2), 0.1))
    samples = np.array(store.samples(ref))
    assert samples.shape == (frames, 2)
    if frames < 441:
        return
    top = samples.max()
    assert samples[0].max() == samples[-1].max() == 0
    assert np.diff(samples[:, 0])[:220].min() > 0 > np.diff(samples[:, 0])[-219:].max()
    assert np.all(samples[220:-220] == top)


def test_length_is_that_of_the_file(store: SoundStore, tmp_path: Path) -> None:
    samples = noise(2)
    samples[:SAMPLE_RATE] = 0
    assert store.frames(saved(tmp_path, samples)) == 2 * SAMPLE_RATE
    assert store.frames(saved(tmp_path, noise(1)[:22_050], "half.flac", 22_050)) == SAMPLE_RATE


def test_a_part_equals_the_part_of_the_whole(store: SoundStore, tmp_path: Path) -> None:
    ref = saved(tmp_path, noise(2))
    whole = store.samples(ref)
    assert np.array_equal(store.read(ref, 777, 5000), whole[777:5777])
    assert store.read(ref, 2 * SAMPLE_RATE, 0).shape == (0, 2)
    with pytest.raises(ValueError, match="read-only"):
        whole[0] = 1
    for each in (ref, SoundRef("bowl")):
        for start, frames in ((-1, 5), (0, -1), (store.frames(each) - 4, 5)):
            with pytest.raises(ValueError, match="frames from"):
                store.read(each, start, frames)


def test_the_same_file_gives_the_same_samples_in_another_store(store: SoundStore, tmp_path: Path) -> None:
    ref = saved(tmp_path, noise(2)[:80_000], "x.flac", 48_000)
    with SoundStore() as other:
        assert np.array_equal(store.samples(ref), other.samples(ref))


def test_a_file_is_decoded_once(store: SoundStore, tmp_path: Path) -> None:
    ref = saved(tmp_path, noise(1))
    first = store.file(ref)
    assert ref.path is not None
    ref.path.unlink()
    assert store.file(SoundRef("another name", ref.path)) is first


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def most(seconds: int) -> int:
        path = tmp_path / f"{seconds}.flac"
        soundfile.write(path, np.zeros((seconds * 48_000, 2), np.int16), 48_000)
        with SoundStore() as opened:
            tracemalloc.start()
            assert opened.frames(SoundRef("long", path)) == seconds * SAMPLE_RATE
            opened.read(SoundRef("long", path), 0, 4096)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return peak

    most(1)  # what is imported on the way counts once
    assert most(90) < most(15) + 3_000_000  # as an array the longer one would take 26 MB more


def test_nothing_is_left_when_the_store_closes(tmp_path: Path) -> None:
    folder = tmp_path / "somewhere" / "store"
    with SoundStore(folder) as opened:
        opened.samples(saved(tmp_path, noise(1)))
        assert sum(path.stat().st_size for path in folder.rglob("*.f32")) == 8 * SAMPLE_RATE
    assert not list(folder.iterdir())
    with pytest.raises(ValueError, match="the store is not open"):
        opened.samples(SoundRef("x.wav", tmp_path / "x.wav"))


def test_a_file_that_fails_leaves_nothing_and_fails_again(store: SoundStore, tmp_path: Path) -> None:
    ref = saved(tmp_path, noise(2))
    assert ref.path is not None
    ref.path.write_bytes(ref.path.read_bytes()[:300_000])
    for _ in range(2):
        with pytest.raises(SoundError, match="is cut off"):
            store.samples(ref)
        assert not list((tmp_path / "store").rglob("*.f32"))


def test_all_sounds_together_have_a_limit(store: SoundStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoded_file, "MOST_SOUND", 3)
    store.samples(saved(tmp_path, noise(2), "a.wav"))
    with pytest.raises(SoundError, match=r"longer than 3s together, with 'b\.wav'"):
        store.samples(saved(tmp_path, noise(2), "b.wav"))
    assert store.frames(saved(tmp_path, noise(0.5), "c.wav")) == SAMPLE_RATE // 2


def test_no_room_on_the_disk_is_told(tmp_path: Path) -> None:
    ref = saved(tmp_path, noise(1))
    with SoundStore(tmp_path / "store") as opened:
        opened.samples(saved(tmp_path, noise(1), "first.wav"))
        for path in (tmp_path / "store").iterdir():
            shutil.rmtree(path)
        with pytest.raises(SoundError, match=r"The sound 'x\.wav' could not be unpacked into .*: No such file"):
            opened.samples(ref)
