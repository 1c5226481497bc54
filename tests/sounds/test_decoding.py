"""Files of every kind through the real ffmpeg, and files that mean harm."""

import os
import socket
import subprocess
import threading
import wave
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from tests.support.waiting import HANGS
from voiceguide.errors import SoundError
from voiceguide.sounds import decoding
from voiceguide.sounds.decoding import decoded
from voiceguide.units import SAMPLE_RATE

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
SECONDS = 3

KINDS = {
    "wav": [],
    "flac": [],
    "aiff": [],
    "ogg": ["-c:a", "libvorbis"],
    "opus": ["-c:a", "libopus"],
    "mp3": ["-c:a", "libmp3lame", "-b:a", "128k"],
    "m4a": ["-c:a", "aac", "-b:a", "128k"],
    "m4b": ["-c:a", "aac", "-movflags", "+faststart", "-f", "mp4"],
    "mp4": ["-c:a", "alac"],
    "aac": ["-c:a", "aac", "-f", "adts"],
}


def ffmpeg(*arguments: str | Path) -> None:
    command = [FFMPEG, "-v", "error", "-nostdin", "-y", *map(str, arguments)]
    subprocess.run(command, check=True, timeout=HANGS, capture_output=True)


def tone(rate: int, seconds: float = SECONDS, hertz: float = 440.0) -> NDArray[np.float64]:
    """Left at 0.3, right at 0.15: which channel is which can be told."""
    time = np.arange(round(rate * seconds)) / rate
    return np.asarray(np.sin(2 * np.pi * hertz * time)[:, np.newaxis] * np.array([0.3, 0.15]))


def whole(path: Path) -> NDArray[np.float32]:
    return np.concatenate(list(decoded(path, path.name)))


def pitch(samples: NDArray[np.float32]) -> float:
    middle = samples[SAMPLE_RATE : 2 * SAMPLE_RATE, 0]
    return float(np.abs(np.fft.rfft(middle * np.hanning(len(middle)), 8 * SAMPLE_RATE)).argmax()) / 8


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("original") / "tone.wav"
    soundfile.write(path, tone(48_000), 48_000, subtype="PCM_16")
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_keeps_its_length_pitch_level_and_sides(kind: str, original: Path, tmp_path: Path) -> None:
    path = tmp_path / f"tone.{kind}"
    ffmpeg("-i", original, *KINDS[kind], path)
    samples = whole(path)
    assert samples.dtype == np.float32
    slack = 0.06 * SAMPLE_RATE if kind == "aac" else 0.001 * SAMPLE_RATE  # raw AAC cannot say what is padding
    assert abs(len(samples) - SECONDS * SAMPLE_RATE) <= slack
    assert pitch(samples) == pytest.approx(440, abs=0.25)
    left, right = np.sqrt(2 * (samples[SAMPLE_RATE : 2 * SAMPLE_RATE] ** 2).mean(axis=0))
    assert left == pytest.approx(0.3, rel=0.06)  # LAME scales by 0.95 of its own accord
    assert right == pytest.approx(0.15, rel=0.06)


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 96_000, 192_000])
def test_every_rate_becomes_ours(rate: int, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "x.wav", tone(rate), rate, subtype="PCM_24")
    samples = whole(tmp_path / "x.wav")
    assert abs(len(samples) - SECONDS * SAMPLE_RATE) <= 1
    ideal = tone(SAMPLE_RATE)
    inner = slice(2_000, SECONDS * SAMPLE_RATE - 2_000)
    assert np.abs(samples[inner] - ideal[inner]).max() < 1e-5  # and not a sample late


def test_what_our_rate_cannot_hold_is_gone_and_the_rest_stays(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "high.wav", tone(96_000, hertz=24_100), 96_000, subtype="PCM_24")
    assert np.abs(whole(tmp_path / "high.wav")[SAMPLE_RATE : 2 * SAMPLE_RATE]).max() < 0.3 * 1e-5  # -100 dB
    soundfile.write(tmp_path / "low.wav", tone(96_000, hertz=19_900), 96_000, subtype="PCM_24")
    assert np.abs(whole(tmp_path / "low.wav")[SAMPLE_RATE : 2 * SAMPLE_RATE]).max() == pytest.approx(0.3, rel=0.01)


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ULAW"])
def test_every_depth_is_read(subtype: str, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "x.wav", tone(SAMPLE_RATE, 0.5), SAMPLE_RATE, subtype=subtype)
    assert np.abs(whole(tmp_path / "x.wav") - tone(SAMPLE_RATE, 0.5)).max() < 0.02


def test_samples_over_full_scale_are_kept(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "x.wav", tone(SAMPLE_RATE) * 10, SAMPLE_RATE, subtype="FLOAT")
    assert np.abs(whole(tmp_path / "x.wav")).max() == pytest.approx(3.0, rel=1e-4)


def test_mono_sounds_alike_on_both_sides_and_many_channels_become_two(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "mono.wav", tone(SAMPLE_RATE)[:, 0], SAMPLE_RATE)
    mono = whole(tmp_path / "mono.wav")
    assert np.array_equal(mono[:, 0], mono[:, 1])
    soundfile.write(tmp_path / "six.wav", np.repeat(tone(SAMPLE_RATE)[:, :1], 6, axis=1), SAMPLE_RATE)
    assert whole(tmp_path / "six.wav").shape == mono.shape


def test_silence_at_the_ends_stays(tmp_path: Path) -> None:
    samples = np.zeros((3 * SAMPLE_RATE, 2))
    samples[SAMPLE_RATE : 2 * SAMPLE_RATE] = tone(SAMPLE_RATE, 1)
    soundfile.write(tmp_path / "x.flac", samples, SAMPLE_RATE)
    found = whole(tmp_path / "x.flac")
    assert len(found) == 3 * SAMPLE_RATE
    assert not found[: SAMPLE_RATE - 1].any()


def test_what_a_file_holds_decides_and_not_its_name(original: Path, tmp_path: Path) -> None:
    (tmp_path / "tone.mp3").write_bytes(original.read_bytes())
    assert pitch(whole(tmp_path / "tone.mp3")) == pytest.approx(440, abs=0.25)


@pytest.mark.parametrize("name", ["-i.wav", "a b'c\"d.wav", "größe.wav", "concat:a|b.wav", "%03d.wav", "http:..x.wav"])
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_is_a_name(name: str, original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / name).write_bytes(original.read_bytes())
    monkeypatch.chdir(tmp_path)
    assert pitch(whole(Path(name))) == pytest.approx(440, abs=0.25)


def test_a_wav_that_was_streamed_says_no_length_and_is_whole(original: Path, tmp_path: Path) -> None:
    command = [FFMPEG, "-v", "error", "-nostdin", "-i", original, "-f", "wav", "pipe:1"]
    content = subprocess.run(command, check=True, capture_output=True, timeout=HANGS).stdout
    (tmp_path / "x.wav").write_bytes(content)
    assert abs(len(whole(tmp_path / "x.wav")) - SECONDS * SAMPLE_RATE) <= 1


def test_a_picture_and_a_title_are_no_matter(original: Path, tmp_path: Path) -> None:
    picture = tmp_path / "cover.png"
    ffmpeg("-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1", picture)
    path = tmp_path / "x.mp3"
    title = ["-metadata", "title=\n  Duration: 99:00:00.00, start"]
    ffmpeg("-i", original, "-i", picture, "-map", "0", "-map", "1", "-c:v", "copy", *title, path)
    assert abs(len(whole(path)) - SECONDS * SAMPLE_RATE) <= 44


# What cannot be used, and what is said about it.


@pytest.mark.parametrize("kind", ["wav", "flac", "aiff", "ogg", "opus", "mp3", "m4b"])
def test_a_file_that_was_cut_off_is_told(kind: str, original: Path, tmp_path: Path) -> None:
    path = tmp_path / f"x.{kind}"
    ffmpeg("-i", original, *KINDS[kind], path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    with pytest.raises(SoundError, match=rf"^The sound 'x\.{kind}' is cut off"):
        whole(path)


def test_a_file_that_lost_its_index_is_told(original: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.m4a"
    ffmpeg("-i", original, path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(SoundError, match=r"could not be read\. It should be a complete sound file: WAV, FLAC"):
        whole(path)


@pytest.mark.parametrize("suffix", ["wav", "mp3", "m4a"])
@pytest.mark.parametrize("content", ["Dear diary,\n" * 50, "RIFF", "\0" * 5000, "\x7fELF" + "x" * 500])
def test_a_file_that_is_no_sound_is_told(suffix: str, content: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{suffix}"
    path.write_text(content)
    with pytest.raises(SoundError, match=rf"^The sound 'x\.{suffix}' (could not be read|is empty)"):
        whole(path)


def test_a_film_without_sound_is_told(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=red:s=64x64:d=1", path)
    with pytest.raises(SoundError, match=r"'film\.mp4' could not be read"):
        whole(path)


def test_a_film_with_sound_is_heard(original: Path, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=red:s=64x64:d=3", "-i", original, path)
    assert pitch(whole(path)) == pytest.approx(440, abs=0.25)


def test_an_empty_a_missing_and_a_folder(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    with pytest.raises(SoundError, match=r"^The sound 'empty\.wav' is an empty file\.$"):
        whole(tmp_path / "empty.wav")
    with pytest.raises(SoundError, match=r"^There is no sound file 'none\.wav'"):
        whole(tmp_path / "none.wav")
    with pytest.raises(SoundError, match=r"^There is no sound file"):
        whole(tmp_path)


def test_a_wav_without_samples_is_told(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "x.wav"), "wb") as file:
        file.setparams((1, 2, 44_100, 0, "NONE", "not compressed"))
    with pytest.raises(SoundError, match=r"is empty|could not be read"):
        whole(tmp_path / "x.wav")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.wav")
    with pytest.raises(SoundError, match="There is no sound file"):
        whole(tmp_path / "x.wav")


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "x.wav").open("wb") as file:
        file.truncate(decoding.LARGEST_FILE + 1)
    with pytest.raises(SoundError, match="is 500 MB; the largest that can be used is 500 MB"):
        whole(tmp_path / "x.wav")


@pytest.mark.parametrize("rate", [1, 999, 1_000_000, 2_000_000_000])
def test_an_absurd_sample_rate_is_refused(rate: int, tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "x.wav"), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", "not compressed"))
        file.writeframes(b"\1\2" * 10_000)
    with pytest.raises(SoundError, match="could not be read"):
        whole(tmp_path / "x.wav")


@pytest.mark.parametrize("told", ["in its head", "by its packets", "nowhere"])
def test_a_sound_that_is_too_long_is_refused_before_it_is_decoded(
    told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "LONGEST_SOUND", 5)
    kind, arguments = {
        "in its head": ("flac", ()),
        "by its packets": ("aac", ("-b:a", "64k")),
        "nowhere": ("flac", ("-write_header", "0")),
    }[told]
    bomb = tmp_path / f"bomb.{kind}"
    silence = ("-f", "lavfi", "-i", "anullsrc=r=44100:cl=stereo", "-t", "8")
    ffmpeg(*silence, *arguments, bomb)
    monkeypatch.setattr(decoding, "_pieces", lambda output, rate: pytest.fail("it was decoded"))
    with pytest.raises(SoundError, match="is longer than 5s"):
        whole(bomb)


def test_a_sound_that_says_less_than_it_holds_is_stopped(original: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "LONGEST_SOUND", 1)
    monkeypatch.setattr(decoding, "_length", lambda notes: (0.5, False))
    with pytest.raises(SoundError, match="longer than 1s"):
        whole(original)


def test_an_ffmpeg_that_hangs_is_stopped(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.name == "nt":
        pytest.skip("the stand-in is a shell script")
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(imageio_ffmpeg, "get_ffmpeg_exe", lambda: str(program))
    monkeypatch.setattr(decoding, "_PATIENCE", 0.2)
    with pytest.raises(SoundError, match="could not be read"):
        whole(original)


def test_no_ffmpeg_at_all_is_told(original: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise RuntimeError("No ffmpeg exe could be found.")

    monkeypatch.setattr(imageio_ffmpeg, "get_ffmpeg_exe", none)
    with pytest.raises(SoundError, match="needs ffmpeg, and none was found"):
        whole(original)


def test_a_reader_that_stops_half_way_leaves_no_ffmpeg_behind(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "x.flac", np.zeros((60 * SAMPLE_RATE, 2), np.int16), SAMPLE_RATE)
    before = threading.active_count()
    pieces = decoded(tmp_path / "x.flac", "x.flac")
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before


PLAYLISTS = {
    "m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n{target}\n#EXT-X-ENDLIST\n",
    "ffconcat": "ffconcat version 1.0\nfile '{target}'\n",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio {port} RTP/AVP 0\n",
    "mpd": (
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
        'mediaPresentationDuration="PT3S"><Period><AdaptationSet mimeType="audio/mp4">'
        '<Representation id="1" bandwidth="1000">'
        "<BaseURL>{target}</BaseURL></Representation></AdaptationSet></Period></MPD>"
    ),
}


@pytest.mark.parametrize("suffix", ["wav", "own"])
@pytest.mark.parametrize("kind", PLAYLISTS)
@pytest.mark.parametrize("far", [True, False], ids=["network", "file"])
def test_a_playlist_opens_nothing(kind: str, suffix: str, far: bool, original: Path, tmp_path: Path) -> None:
    (tmp_path / "tone.wav").write_bytes(original.read_bytes())
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        port = server.getsockname()[1]
        target = f"http://127.0.0.1:{port}/x.wav" if far else "tone.wav"
        path = tmp_path / f"x.{kind if suffix == 'own' else suffix}"
        path.write_text(PLAYLISTS[kind].format(target=target, port=port))
        with pytest.raises(SoundError, match="could not be read"):
            whole(path)
        with pytest.raises(TimeoutError):
            server.accept()


def test_an_unguarded_ffmpeg_would_have_opened_the_playlist(original: Path, tmp_path: Path) -> None:
    """Otherwise the test above would prove nothing."""
    (tmp_path / "tone.wav").write_bytes(original.read_bytes())
    playlist = tmp_path / "x.wav"
    playlist.write_text(PLAYLISTS["ffconcat"].format(target="tone.wav"))
    ffmpeg("-i", playlist, tmp_path / "out.wav")
    assert (tmp_path / "out.wav").stat().st_size > 100_000
