import math
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import av
import imageio_ffmpeg
import lameenc
import numpy as np
import pytest
import soundfile
from mutagen.mp3 import MP3, BitrateMode
from numpy.typing import NDArray

from tests.support.waiting import HANGS
from voiceguide.audio.stream import Samples
from voiceguide.encoder.format import Encoded
from voiceguide.encoder.mp3 import Mp3
from voiceguide.encoder.mp3.info_frame import Checksum, crc16, frame_length
from voiceguide.encoder.tags import Tags, id3
from voiceguide.errors import OutputError

RATE = 44_100
LENGTHS = [1, 100, 575, 576, 577, 1151, 1152, 1153, 1727, 1728, 44_100, 100_001]


def noise(frames: int) -> Samples:
    """Quiet noise with a click at a third: it has one place in time and no other."""
    sound = np.random.default_rng(frames).standard_normal((frames, 2)) * 0.02
    sound[frames // 3] = 0.9
    return sound.astype(np.float32)


def blocks(sound: Samples, length: int = 1000) -> Iterator[Samples]:
    for start in range(0, len(sound), length):
        yield sound[start : start + length]


def write(sound: Samples, place: Path, kind: Mp3 | None = None, block: int = 1000) -> Encoded:
    return (kind or Mp3()).write(blocks(sound, block), place, Tags("Test", len(sound)))


def by_ffmpeg(file: Path) -> Samples:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(file), "-f", "f32le", "-"]
    run = subprocess.run(command, capture_output=True, check=True, timeout=HANGS)
    return np.frombuffer(run.stdout, "<f4").reshape(-1, 2)


def by_pyav(file: Path) -> Samples:
    with av.open(str(file)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1).T


def by_libsndfile(file: Path) -> Samples:
    sound: Samples = soundfile.read(file, dtype="float32")[0]
    return sound


def lag(heard: Samples, sound: Samples) -> int:
    """Samples by which one is later than the other, where they are most alike; round the end for earlier."""
    spectrum = np.fft.rfft(heard[:, 0]) * np.fft.rfft(sound[:, 0]).conj()
    return int(np.fft.irfft(spectrum).argmax())


def audio(file: Path, frames: int) -> bytes:
    """The file without its ID3 tag."""
    return file.read_bytes()[len(id3(Tags("Test", frames))) :]


@pytest.mark.parametrize("decoded", [by_ffmpeg, by_pyav, by_libsndfile])
@pytest.mark.parametrize("frames", LENGTHS)
def test_any_decoder_gives_back_every_sample_in_its_place(tmp_path: Path, frames: int, decoded: object) -> None:
    sound = noise(frames)
    assert callable(decoded)
    file = tmp_path / "x.mp3"
    assert write(sound, file) == Encoded(frames, file.stat().st_size)
    heard: NDArray[np.float32] = decoded(file)
    assert len(heard) == frames
    assert int(np.abs(heard[:, 0]).argmax()) == frames // 3
    if frames >= RATE:
        assert lag(heard, sound) == 0


@pytest.mark.parametrize("bitrate", [64, 96, 192, 320])
def test_other_bit_rates_are_as_exact(tmp_path: Path, bitrate: int) -> None:
    sound = noise(RATE)
    file = tmp_path / "x.mp3"
    write(sound, file, Mp3(bitrate=bitrate))
    heard = by_ffmpeg(file)
    assert len(heard) == len(by_libsndfile(file)) == RATE
    assert lag(heard, sound) == 0
    info = MP3(file).info
    assert info.bitrate == pytest.approx(bitrate * 1000, rel=0.03)
    assert info.sample_rate == RATE


def test_the_tag_says_what_is_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "x.mp3"
    write(noise(100_001), file, Mp3(quality=7))
    data = audio(file, 100_001)
    first = frame_length(data[:4])
    lengths: list[int] = []
    while first + sum(lengths) < len(data):
        lengths.append(frame_length(data, first + sum(lengths)))
    assert first + sum(lengths) == len(data)
    assert set(lengths) == {417, 418}
    assert int.from_bytes(data[44:48], "big") == len(lengths)
    assert int.from_bytes(data[48:52], "big") == int.from_bytes(data[184:188], "big") == len(data)
    checksum = Checksum()
    checksum.feed(data[first:])
    assert int.from_bytes(data[188:190], "big") == checksum.value()
    assert int.from_bytes(data[190:192], "big") == crc16(data[:190])
    info = MP3(file).info
    assert info.encoder_info.startswith("LAME 3.100")
    assert info.bitrate_mode == BitrateMode.CBR
    assert info.mode == 1  # joint stereo
    assert info.track_peak == pytest.approx(0.9, abs=1e-4)
    assert info.length == pytest.approx(100_001 / RATE, abs=1e-9)


def test_the_audio_is_lame_s_own_bytes_whatever_the_blocks(tmp_path: Path) -> None:
    sound = noise(100_001)
    lame = lameenc.Encoder()
    lame.silence()
    lame.set_in_sample_rate(RATE)
    lame.set_channels(2)
    lame.set_bit_rate(128)
    lame.set_quality(5)
    samples = np.rint(sound * np.float32(32768 / 0.95)).astype("<i2")  # LAME turns it down by 0.95 at 128 kbit/s
    bare = bytes(lame.encode(samples.tobytes()) + lame.flush())
    uneven = [sound[:1], sound[1:1], sound[1:60_000], sound[60_000:]]
    for number, cut in enumerate((blocks(sound, 997), blocks(sound, RATE), uneven)):
        file = tmp_path / f"{number}.mp3"
        Mp3().write(cut, file, Tags("Test", len(sound)))
        assert audio(file, len(sound))[417:] == bare


def test_blocks_may_be_reused_by_their_maker(tmp_path: Path) -> None:
    sound = noise(4 * RATE)

    def reused() -> Iterator[Samples]:
        block = np.empty((RATE // 2, 2), np.float32)
        for part in blocks(sound, RATE // 2):
            block[:] = part
            yield block
            block[:] = 0.5

    write(sound, tmp_path / "kept.mp3")
    Mp3().write(reused(), tmp_path / "reused.mp3", Tags("Test", len(sound)))
    assert (tmp_path / "reused.mp3").read_bytes() == (tmp_path / "kept.mp3").read_bytes()


@pytest.mark.parametrize("bitrate", [64, 80, 96, 112, 128, 160, 192, 224, 256, 320])
def test_levels_come_out_as_they_went_in(tmp_path: Path, bitrate: int) -> None:
    wave = 0.5 * np.sin(2 * np.pi * 1000 / RATE * np.arange(2 * RATE))
    sound = np.stack((wave, wave), axis=1).astype(np.float32)
    write(sound, tmp_path / "x.mp3", Mp3(bitrate=bitrate))
    heard = by_libsndfile(tmp_path / "x.mp3")
    change = 20 * math.log10(heard[2000:-2000].std() / sound[2000:-2000].std())
    assert change == pytest.approx(0.0, abs=0.01)


@pytest.mark.parametrize(("kind", "loudest"), [(Mp3(), 0.95), (Mp3(bitrate=192), 0.97), (Mp3(bitrate=320), 1.0)])
def test_the_loudest_sample_is_written_and_more_is_refused(tmp_path: Path, kind: Mp3, loudest: float) -> None:
    assert kind.lame_scale == loudest
    sound = np.zeros((2 * RATE, 2), np.float32)
    sound[100], sound[200] = loudest, -loudest
    write(sound, tmp_path / "full.mp3", kind)
    assert MP3(tmp_path / "full.mp3").info.track_peak == pytest.approx(loudest, abs=1e-6)
    for loud in (loudest + 0.001, -loudest - 0.001, math.nan, math.inf):
        sound[RATE + RATE // 2, 1] = loud
        with pytest.raises(OutputError, match=r"The sound at 1\.5 s is louder than a file can hold"):
            write(sound, tmp_path / "loud.mp3", kind)


def test_a_fault_in_the_blocks_comes_through_and_the_thread_ends(tmp_path: Path) -> None:
    def faulty() -> Iterator[Samples]:
        yield from blocks(noise(RATE * 3), RATE)
        raise RuntimeError("the mixer's own")

    with pytest.raises(RuntimeError, match="the mixer's own"):
        Mp3().write(faulty(), tmp_path / "x.mp3", Tags("Test", RATE * 3))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("lame")]


def test_blocks_of_another_kind_are_refused(tmp_path: Path) -> None:
    for wrong in (np.zeros((10, 2)), np.zeros(10, np.float32), np.zeros((2, 10), np.float32)):
        with pytest.raises(ValueError, match="a block must be float32 of shape"):
            Mp3().write([wrong], tmp_path / "x.mp3", Tags("Test", 10))  # type: ignore[list-item]


def test_settings_outside_the_format_are_refused() -> None:
    for bitrate in (0, 32, 127, 384):
        with pytest.raises(ValueError, match="bit rate is one of 64, 80"):
            Mp3(bitrate=bitrate)
    with pytest.raises(ValueError, match="from 0 to 9"):
        Mp3(quality=10)


def test_progress_counts_every_frame(tmp_path: Path) -> None:
    told: list[int] = []
    Mp3().write(blocks(noise(5000), 2000), tmp_path / "x.mp3", Tags("Test", 5000), told.append)
    assert told == [2000, 4000, 5000]


def test_nothing_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write(noise(5000), tmp_path / "x.mp3")
    assert capfd.readouterr() == ("", "")


def test_memory_does_not_grow_with_the_session(tmp_path: Path) -> None:
    code = (
        "import resource, sys, numpy as np\nfrom pathlib import Path\nfrom voiceguide.encoder.mp3 import Mp3\n"
        "from voiceguide.encoder.tags import Tags\n"
        "seconds = int(sys.argv[1])\nquiet = np.zeros((44100, 2), np.float32)\n"
        "Mp3(quality=9).write((quiet for _ in range(seconds)), Path(sys.argv[2]), Tags('t', 44100 * seconds))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    peaks = [
        int(subprocess.check_output([sys.executable, "-c", code, seconds, str(tmp_path / "x.mp3")], timeout=HANGS))
        for seconds in ("5", "600")
    ]
    assert peaks[1] < peaks[0] + 8_000  # KiB; the samples alone are 105,000
