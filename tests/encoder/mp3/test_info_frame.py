import random
import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest

from tests.support.waiting import HANGS
from voiceguide.encoder.mp3.info_frame import (
    BITRATES,
    Audio,
    Checksum,
    crc16,
    frame_length,
    info_frame,
    info_frame_length,
    rate_of,
)

HEADER = bytes.fromhex("fffb9064")


def audio(**changes: object) -> Audio:
    values: dict[str, object] = {
        "header": HEADER, "mpeg_frames": 40, "size": 16718, "crc": 0x1234, "samples": 44100, "peak": 0.5,
        "bitrate": 128, "quality": 5,
    }  # fmt: skip
    return Audio(**(values | changes))  # type: ignore[arg-type]


def test_the_checksum_is_crc_16_arc() -> None:
    assert crc16(b"123456789") == 0xBB3D  # the check value of the catalogue of parametrised CRC algorithms


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 200_001])
def test_the_fast_checksum_is_that_of_every_byte(size: int) -> None:
    data = random.Random(size).randbytes(size)
    checksum = Checksum()
    at = 0
    for step in (1, 70_000, 3, 140_000):
        checksum.feed(data[at : at + step])
        at += step
    assert checksum.value() == crc16(data)


def test_both_checksums_agree_with_those_in_a_file_by_ffmpeg(tmp_path: Path) -> None:
    file = tmp_path / "reference.mp3"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", "sine=440:duration=9:r=44100"]
    command += ["-ac", "2", "-c:a", "libmp3lame", "-b:a", "128k", "-id3v2_version", "0", "-write_id3v1", "0", file]
    subprocess.run(command, check=True, timeout=HANGS)
    data = file.read_bytes()
    music = data[frame_length(data[:4]) :]
    checksum = Checksum()
    checksum.feed(music)
    assert data[36:40] == b"Info"
    assert int.from_bytes(data[188:190], "big") == checksum.value()
    assert int.from_bytes(data[190:192], "big") == crc16(data[:190])


def test_every_field_stands_in_its_place() -> None:
    frame = info_frame(audio())
    assert len(frame) == 417 == info_frame_length(128, 44_100)
    assert frame[:4] == HEADER
    assert frame[4:36] == bytes(32)  # side information of silence
    assert frame[36:40] == b"Info"
    assert int.from_bytes(frame[40:44], "big") == 0x0F
    assert int.from_bytes(frame[44:48], "big") == 40
    assert int.from_bytes(frame[48:52], "big") == 16718 + 417
    assert frame[156:165] == b"LAME3.100"
    assert frame[165:167] == bytes((1, 170))  # constant bit rate, 17 kHz
    assert int.from_bytes(frame[167:171], "big") == 2**22  # half of full scale
    assert frame[176] == 128
    assert int.from_bytes(frame[177:180], "big") == 576 << 12 | 40 * 1152 - 576 - 44100
    assert frame[180] == 0x4C  # 44.1 kHz, joint stereo
    assert int.from_bytes(frame[184:188], "big") == 16718 + 417
    assert frame[188:190] == b"\x12\x34"
    assert int.from_bytes(frame[190:192], "big") == crc16(frame[:190])
    assert frame[192:] == bytes(417 - 192)


def test_the_seek_points_rise_through_the_whole_file() -> None:
    points = info_frame(audio(mpeg_frames=4000, size=1_671_836, samples=4_606_000))[52:152]
    assert list(points) == sorted(points)
    assert points[0] == 0
    assert points[50] == 128
    assert points[99] == 253


def test_the_frame_itself_is_never_padded() -> None:
    frame = info_frame(audio(header=bytes.fromhex("fffb9264")))
    assert frame_length(frame[:4]) == len(frame)


@pytest.mark.parametrize("rate", [44_100, 48_000])
@pytest.mark.parametrize("bitrate", [rate for rate in BITRATES if rate >= 64])
def test_the_tag_fits_every_bit_rate_that_is_offered(bitrate: int, rate: int) -> None:
    header = bytes((0xFF, 0xFB, (BITRATES.index(bitrate) + 1) << 4 | (rate == 48_000) << 2, 0x04))
    frame = info_frame(audio(header=header, bitrate=bitrate))
    assert len(frame) == info_frame_length(bitrate, rate) == frame_length(header)
    assert rate_of(frame) == rate
    assert frame[180] >> 6 == (2 if rate == 48_000 else 1)  # as LAME's tag tells it


@pytest.mark.parametrize("samples", [44_100 + 1404 - 528, 1])
def test_padding_that_cannot_be_exact_is_refused(samples: int) -> None:
    with pytest.raises(ValueError, match="samples at the end"):
        info_frame(audio(samples=samples))


@pytest.mark.parametrize("header", ["ffe39064", "fffb0064", "fffbf064", "fffb9864", "00000000"])
def test_a_foreign_header_is_refused(header: str) -> None:
    with pytest.raises(ValueError, match="not the header"):
        frame_length(bytes.fromhex(header))
