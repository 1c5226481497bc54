"""The library on disk: made by the recipes, the same everywhere, and loaded whole."""

from pathlib import Path

import mutagen.flac
import numpy as np
import pytest
import soundfile

from tests.sounds.page import pages
from voiceguide.errors import OutputError, SoundError
from voiceguide.resources import data_folder
from voiceguide.routine import SoundRef
from voiceguide.sounds import library
from voiceguide.sounds.catalogue import sound_names


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library") / "sounds"
    paths = library.build(folder)
    assert sorted(path.name for path in paths) == sorted(path.name for path in folder.iterdir())
    return folder


def test_the_library_holds_just_what_the_catalogue_says() -> None:
    assert sorted(path.stem for path in data_folder("sounds").glob("*.flac")) == sorted(sound_names())
    assert library.names() == sound_names()


@pytest.mark.parametrize("name", sound_names())
def test_building_again_gives_the_same_samples(name: str, built: Path) -> None:
    expected, rate = soundfile.read(data_folder("sounds") / f"{name}.flac", dtype="int16")
    found, built_rate = soundfile.read(built / f"{name}.flac", dtype="int16")
    assert rate == built_rate == 44_100
    assert np.array_equal(found, expected)


@pytest.mark.parametrize("name", sound_names())
def test_building_again_gives_the_same_bytes(name: str, built: Path) -> None:
    expected, found = data_folder("sounds") / f"{name}.flac", built / f"{name}.flac"
    vendors = {mutagen.flac.FLAC(path).tags.vendor for path in (expected, found)}
    if len(vendors) > 1:
        pytest.skip(f"the FLAC encoders differ: {', '.join(sorted(vendors))}")
    assert found.read_bytes() == expected.read_bytes()


def test_the_library_is_small() -> None:
    assert sum(path.stat().st_size for path in data_folder("sounds").glob("*.flac")) < 3_000_000


def test_the_pages_list_every_sound_and_bed_with_its_level() -> None:
    """``python -m tests.sounds.page`` prints their tables anew."""
    for path, text in pages().items():
        assert path.read_text("utf-8") == text


def test_a_build_that_cannot_write_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "bowl.flac").mkdir()
    with pytest.raises(OutputError, match=r"bowl\.flac could not be written"):
        library.build(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["bowl.flac"]


def test_samples_are_those_of_the_file() -> None:
    samples = library.samples(SoundRef("bowl"))
    assert samples.dtype == np.float32
    assert samples.shape == (12 * 44_100, 2)
    stored, _ = soundfile.read(data_folder("sounds") / "bowl.flac", dtype="int16")
    assert np.array_equal(samples * 32768, stored)
    assert library.frames(SoundRef("bowl")) == len(stored)


@pytest.mark.parametrize("name", sound_names())
def test_the_length_in_a_files_head_is_that_of_its_samples(name: str) -> None:
    assert library.frames(name) == len(library.samples(name))


def test_where_a_sound_lies() -> None:
    assert library.path_of("switch") == data_folder("sounds") / "switch.flac"
    with pytest.raises(SoundError, match="no sound 'swich' in the library"):
        library.path_of("swich")


def test_the_licence_is_told_beside_the_files() -> None:
    page = (data_folder("sounds") / "README.md").read_text(encoding="utf-8")
    assert "https://creativecommons.org/publicdomain/zero/1.0/" in page


def test_samples_are_shared_and_cannot_be_spoilt() -> None:
    samples = library.samples("bell")
    assert library.samples("bell") is samples
    with pytest.raises(ValueError, match="read-only"):
        samples[0] = 1.0


def test_an_unknown_sound_names_the_nearest() -> None:
    with pytest.raises(SoundError, match=r"There is no sound 'bowel' in the library \(did you mean 'bowl'\?\)\."):
        library.samples(SoundRef("bowel"))


def test_a_missing_or_foreign_library_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "data_folder", lambda name: tmp_path)
    library._load.cache_clear()
    try:
        with pytest.raises(SoundError, match="'voiceguide sounds build', brings it back"):
            library.samples("tick")
        soundfile.write(tmp_path / "tick.flac", np.zeros(10_000, np.int16), 22_050)
        with pytest.raises(SoundError, match="is not the library's sound 'tick'"):
            library.samples("tick")
    finally:
        library._load.cache_clear()
