import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
import soundfile

from tests.support.signals import speech_like
from tests.support.waiting import HANGS
from voiceguide.audio.stream import Samples
from voiceguide.encoder import cover
from voiceguide.encoder.decoding import decode
from voiceguide.encoder.encode import encode
from voiceguide.encoder.kinds import KINDS
from voiceguide.encoder.mp3 import Mp3
from voiceguide.encoder.tags import Tags
from voiceguide.errors import OutputError

RATE = 44_100


def sound(frames: int) -> Samples:
    return (np.random.default_rng(1).standard_normal((frames, 2)) * 0.1).astype(np.float32)


def ffmpeg(*arguments: str | int | Path) -> bytes:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, timeout=HANGS).stdout


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "opus"])
def test_a_file_comes_back_whole_and_as_ffmpeg_has_it(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"x.{kind}"
    encode([sound(100_001)], file, kind, Tags("Test", 100_001))
    heard = list(decode(file, 30_000))
    assert [len(block) for block in heard] == [30_000, 30_000, 30_000, 10_001]
    assert all(block.dtype == np.float32 and block.shape[1] == 2 for block in heard)
    reference = np.frombuffer(ffmpeg("-i", file, "-f", "f32le", "-"), "<f4").reshape(-1, 2)
    assert len(reference) == 100_001
    assert float(np.abs(np.concatenate(heard) - reference).max()) < 4e-6  # 2 of the last of 24 bits' steps is 2.4e-7


def test_opus_comes_back_at_the_rate_and_length_of_the_session(tmp_path: Path) -> None:
    wave = 0.3 * np.sin(2 * np.pi * 700 / RATE * np.arange(100_001))
    file = tmp_path / "x.opus"
    encode([np.stack((wave, wave), axis=1).astype(np.float32)], file, "opus", Tags("Test", 100_001))
    heard = list(decode(file, 30_000))
    assert [len(block) for block in heard] == [30_000, 30_000, 30_000, 10_001]
    whole = np.concatenate(heard)
    reference = np.frombuffer(ffmpeg("-i", file, "-ar", RATE, "-f", "f32le", "-"), "<f4").reshape(-1, 2)
    assert len(reference) in (100_001, 100_002)  # ffmpeg's resampler rounds up
    inside = slice(1000, -1000)  # resamplers differ at the edges
    assert float(np.abs(whole - reference[:100_001])[inside].max()) < 0.003  # as far as ffmpeg's own decoder goes
    assert float(np.abs(whole[:, 0] - wave)[inside].max()) < 0.02


def test_other_formats_are_heard_through_ffmpeg(tmp_path: Path) -> None:
    wav, file = tmp_path / "x.wav", tmp_path / "-odd name.m4a"
    encode([sound(100_000)], wav, "wav", Tags("Test", 100_000))
    ffmpeg("-i", wav, "-c:a", "aac", "-b:a", "192k", f"file:{file}")
    heard = list(decode(file, 30_000))
    assert {len(block) for block in heard[:-1]} == {30_000}
    assert sum(len(block) for block in heard) == pytest.approx(100_000, abs=1024)
    assert all(block.dtype == np.float32 and block.flags.writeable for block in heard)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_not_in_its_place_yet_is_heard(tmp_path: Path, kind: str) -> None:
    part = tmp_path / f".x.{kind}.0123abcd.part"
    tags = Tags("Test", 10_000, cover=cover.generate("Test"))
    encode([sound(10_000)], part, kind, tags)
    assert sum(len(block) for block in decode(part, suffix=f".{kind}")) == 10_000


def test_peaks_above_full_scale_are_heard(tmp_path: Path) -> None:
    square = np.where(np.arange(RATE) // 50 % 2, 0.9, -0.9).astype(np.float32)
    file = tmp_path / "x.mp3"
    encode([np.stack((square, square), axis=1)], file, "mp3", Tags("Test", RATE))
    assert max(float(np.abs(block).max()) for block in decode(file)) > 1.01  # as it rings


@pytest.mark.parametrize("name", ["x.mp3", "x.flac", "x.m4a"])
def test_a_damaged_or_missing_file_is_told(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    with pytest.raises(OutputError, match="can't be decoded to its end"):
        list(decode(file))
    file.write_bytes(b"no sound at all" * 100)
    with pytest.raises(OutputError, match="can't be decoded to its end"):
        list(decode(file))


def test_a_cut_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "x.flac"
    encode([sound(200_000)], file, "flac", Tags("Test", 200_000))
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])
    with pytest.raises(OutputError, match="can't be decoded to its end"):
        list(decode(file))


def test_a_file_of_another_rate_is_told(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "x.wav", np.zeros((100, 2)), 32_000)
    with pytest.raises(OutputError, match=r"not stereo at 44\.1 or 48 kHz"):
        list(decode(tmp_path / "x.wav"))


def test_a_reader_may_stop_early(tmp_path: Path) -> None:
    wav, file = tmp_path / "x.wav", tmp_path / "x.m4a"
    encode([sound(20 * RATE)], wav, "wav", Tags("Test", 20 * RATE))
    ffmpeg("-i", wav, "-c:a", "aac", file)
    for path in (wav, file):
        blocks = decode(path, 1000)
        assert len(next(blocks)) == 1000
        blocks.close()  # type: ignore[attr-defined]


def test_blocks_of_small_frames_are_those_of_the_whole(tmp_path: Path) -> None:
    """Their bits lie so far back that a decoder that has been moved has lost them."""
    file, samples = tmp_path / "x.mp3", speech_like(20, seed=3)
    encode([samples], file, Mp3(vbr=9), Tags("Test", len(samples)))
    whole = soundfile.read(file, dtype="float32")[0]
    for block in (1000, 2**16):
        assert np.array_equal(np.concatenate(list(decode(file, block))), whole)
