import stat
import sys
from pathlib import Path

import imageio_ffmpeg
import pytest

from tests.support import audio as support
from tests.support.containers import TAGS, write
from voiceguide.encoder import ffmpeg
from voiceguide.encoder.mp4 import M4a
from voiceguide.encoder.opus import Opus
from voiceguide.errors import OutputError

WAV = ("-f", "s16le", "-ar", "44100", "-ac", "2", "-i", "pipe:0")


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    sound = bytes(range(256)) * 40
    with ffmpeg.into(tmp_path / "-odd: name", WAV, ("-f", "wav")) as pipe:
        pipe.write(sound)
    assert support.ffmpeg("-i", f"file:{tmp_path}/-odd: name", "-f", "s16le", "pipe:1").stdout == sound


def test_a_codec_that_is_missing_is_told_with_what_to_do(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match="pip install imageio-ffmpeg"),
        ffmpeg.into(tmp_path / "x", WAV, ("-c:a", "no_such_codec", "-f", "wav")) as pipe,
    ):
        pipe.write(bytes(10**6))


def test_no_ffmpeg_at_all_is_told_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> str:
        raise RuntimeError("no ffmpeg exe could be found")

    monkeypatch.setattr(imageio_ffmpeg, "get_ffmpeg_exe", missing)
    with pytest.raises(OutputError, match="needs ffmpeg, and none was found"):
        write(tmp_path / "x.m4a", M4a())


@pytest.mark.skipif(sys.platform == "win32", reason="a script as a program")
def test_an_ffmpeg_that_dies_on_the_way_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\nhead -c 1000 > /dev/null\nexit 1\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(imageio_ffmpeg, "get_ffmpeg_exe", lambda: str(program))
    with pytest.raises(OutputError, match="could not be written to its end"):
        write(tmp_path / "x.opus", Opus())


def test_a_fault_of_the_writer_ends_ffmpeg_and_comes_through(tmp_path: Path) -> None:
    with pytest.raises(KeyError), ffmpeg.into(tmp_path / "x", WAV, ("-f", "wav")):
        raise KeyError("the mixer's own")


@pytest.mark.parametrize("kind", [M4a(), Opus()], ids=["m4a", "opus"])
def test_neither_name_nor_time_of_the_encoder_is_in_the_file(tmp_path: Path, kind: M4a | Opus) -> None:
    first = write(tmp_path / "first", kind).read_bytes()
    assert first == write(tmp_path / "second", kind).read_bytes()
    assert b"Lavf6" not in first
    assert b"Lavc6" not in first
    assert TAGS.title.encode() in first
