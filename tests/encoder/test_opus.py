import base64
from pathlib import Path

import numpy as np
import pytest
from mutagen.flac import Picture
from mutagen.oggopus import OggOpus

from tests.support.containers import FRAMES, RATE, TAGS, heard, picture, write
from tests.support.signals import tone
from voiceguide.encoder.opus import Opus, OpusCut
from voiceguide.encoder.tags import Tags
from voiceguide.errors import OutputError
from voiceguide.units import samples_at


def test_comments_hold_tags_chapters_and_cover(tmp_path: Path) -> None:
    found = OggOpus(write(tmp_path / "x.opus", Opus()))
    assert found["title"] == [TAGS.title]
    assert found["chapter002"] == ["00:00:01.000"]
    assert found["chapter002name"] == ["Two"]
    assert found["lyrics"] == ["Guten Abend.\nSchließe <die> Augen."]
    cover = Picture(base64.b64decode(found["metadata_block_picture"][0]))
    assert (cover.data, cover.mime, cover.type) == (picture().data, "image/jpeg", 3)
    assert found.info.length == pytest.approx(FRAMES / RATE, abs=2e-5)


@pytest.mark.parametrize("frames", [1, 100, 441, 882, 883, 4000, RATE, RATE + 1])
def test_any_length_is_exact_at_its_own_rate(tmp_path: Path, frames: int) -> None:
    wanted = samples_at(48_000, frames)
    assert abs(wanted - frames * 48_000 / RATE) <= 0.5
    assert len(heard(write(tmp_path / "x.opus", Opus(), Tags("t", frames)))) == wanted


def test_frames_and_samples_go_there_and_back() -> None:
    frames = np.arange(0, 10**9, 999_983)
    assert all(round(samples_at(48_000, int(n)) * RATE / 48_000) == n for n in frames)


def test_the_sound_is_the_session_s(tmp_path: Path) -> None:
    file = write(tmp_path / "x.opus", Opus(128), Tags("t", 2 * RATE), tone(2, -9, 700, fade=0.1))
    wave = 10 ** (-9 / 20) * np.sin(2 * np.pi * 700 / 48_000 * np.arange(96_000))
    inside = slice(9600, -9600)
    assert float(np.abs(heard(file)[inside, 0] - wave[inside]).max()) < 0.01


def test_more_bits_make_a_larger_file(tmp_path: Path) -> None:
    sizes = [write(tmp_path / "x.opus", Opus(bitrate)).stat().st_size for bitrate in (32, 96, 192)]
    assert sizes == sorted(sizes)
    assert sizes[0] < 0.6 * sizes[1]


@pytest.mark.parametrize("bitrate", [0, 31, 321])
def test_settings_outside_the_format_are_refused(bitrate: int) -> None:
    with pytest.raises(ValueError, match="Opus's bit rate goes from 32 to 320"):
        Opus(bitrate)


def test_a_part_from_anywhere_holds_the_samples_of_the_whole(tmp_path: Path) -> None:
    """To the last bits of a float: a decoder carries numbers along that take long to settle."""
    whole = write(tmp_path / "whole.opus", Opus())
    cut, expected = OpusCut.of(whole), heard(whole)
    rng = np.random.default_rng(4)
    for start in rng.integers(0, FRAMES - 1, 8).tolist():
        frames = int(rng.integers(1, FRAMES - start + 1))
        cut.part(start, tmp_path / "part.opus", Tags("Part", frames))
        begin, end = samples_at(48_000, start), samples_at(48_000, start + frames)
        if begin < end:
            part = heard(tmp_path / "part.opus")
            assert len(part) == end - begin
            assert float(np.abs(part - expected[begin:end]).max()) < 1e-6


def test_a_part_beyond_the_end_is_refused(tmp_path: Path) -> None:
    cut = OpusCut.of(write(tmp_path / "whole.opus", Opus()))
    with pytest.raises(OutputError, match="can't be cut into parts"):
        cut.part(FRAMES, tmp_path / "part.opus", Tags("Part", 2 * RATE))
