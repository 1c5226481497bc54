"""How long a file says it is."""

import math
import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voiceguide.sounds.truncation import declared_seconds


def written(path: Path, **options: str) -> Path:
    soundfile.write(path, np.random.default_rng(1).normal(0, 0.1, (22_050 * 4, 2)), 22_050, **options)
    return path


def cut(path: Path, share: float) -> Path:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    return path


@pytest.mark.parametrize("subtype", ["PCM_16", "PCM_24", "FLOAT"])
def test_a_wav_says_its_length_even_when_cut(subtype: str, tmp_path: Path) -> None:
    path = written(tmp_path / "x.wav", subtype=subtype)
    assert declared_seconds(path) == pytest.approx(4.0)
    assert declared_seconds(cut(path, 0.3)) == pytest.approx(4.0)


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF])
def test_a_streamed_wav_leaves_it_open(size: int, tmp_path: Path) -> None:
    path = written(tmp_path / "x.wav", subtype="PCM_16")
    content = bytearray(path.read_bytes())
    at = content.index(b"data") + 4
    content[at : at + 4] = struct.pack("<I", size)
    path.write_bytes(content)
    assert declared_seconds(path) is None


@pytest.mark.parametrize("share", [0.0, 0.0001, 0.001])
def test_a_wav_without_its_data_says_nothing(share: float, tmp_path: Path) -> None:
    assert declared_seconds(cut(written(tmp_path / "x.wav"), share)) in (None, pytest.approx(4.0))


def test_a_whole_ogg_says_nothing_and_a_cut_one_that_it_is_cut(tmp_path: Path) -> None:
    path = written(tmp_path / "x.ogg", subtype="VORBIS")
    assert declared_seconds(path) is None
    for share in (0.999, 0.9, 0.5):
        assert declared_seconds(cut(path, share)) == math.inf


def test_an_ogg_that_ends_within_a_pages_head_is_cut(tmp_path: Path) -> None:
    path = written(tmp_path / "x.ogg", subtype="VORBIS")
    content = path.read_bytes()
    last = content.rindex(b"OggS")
    for extra in (4, 26, 27, 28):
        path.write_bytes(content[: last + extra])
        assert declared_seconds(path) == math.inf
    path.write_bytes(content[:last])  # a stream that was ended between two pages is whole, as far as anyone can tell
    assert declared_seconds(path) is None


def test_other_files_say_nothing(tmp_path: Path) -> None:
    assert declared_seconds(written(tmp_path / "x.flac")) is None
    (tmp_path / "empty.wav").touch()
    assert declared_seconds(tmp_path / "empty.wav") is None
    with pytest.raises(OSError, match="No such file"):
        declared_seconds(tmp_path / "none.wav")


def test_a_wav_of_endless_chunks_ends(tmp_path: Path) -> None:
    path = tmp_path / "x.wav"
    path.write_bytes(b"RIFF\0\0\0\0WAVE" + b"junk\0\0\0\0" * 100_000)
    assert declared_seconds(path) is None
