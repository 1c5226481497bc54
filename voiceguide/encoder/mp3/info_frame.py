"""The first frame of an MP3 file: silent, and holding the "Info" tag that makes the file gapless and seekable.

Without it a decoder can't know how many samples the encoder put before the first one, and plays everything 1105
samples (25 ms) late. The layout is that of the Xing header with LAME's extension (G. Bouvigne, "Mp3 Info Tag rev 1
specifications", http://gabriel.mp3-tech.org/mp3infotag.html); the frame is MPEG-1 Layer III (ISO/IEC 11172-3).
"""

from __future__ import annotations

import functools
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FRAME = 1152
"""Samples per channel of one MPEG-1 Layer III frame."""

ENCODER_DELAY = 576
"""Samples that LAME puts before the first one of the input."""

DECODER_DELAY = 529
"""Samples by which any Layer III decoder is late (528 + 1); the padding at the end must be no shorter."""

BITRATES = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
"""kbit/s of MPEG-1 Layer III in the order of their index, which starts at 1 (ISO/IEC 11172-3, 2.4.2.3)."""

HEADER = 4
"""Bytes of a frame's header."""

SIDE_INFO = 32
"""Bytes of side information after a frame's header, for two channels."""

OVERHEAD = HEADER + SIDE_INFO
"""Bytes of a frame that are not main data."""

_TAG = 192  # bytes from the frame's start to the end of the tag, both counted
_UNUSED_VBR = 4  # LAME's default
_LOWPASS = {64: 11000, 80: 13500, 96: 15100, 112: 15600, 128: 17000, 160: 17500, 192: 18600, 224: 19400, 256: 19700}
_LOWPASS_320 = 20500  # Hz; with the table above LAME 3.100's own choice for each bit rate


_RATES = (44_100, 48_000)
"""Hz in the order of their index in a header, and of their index less one in LAME's tag."""

_LENGTHS = {  # bytes of a frame by the third byte of its header: bit rate, sample rate, padding, private bit
    index << 4 | rate << 2 | padding << 1 | private: 144_000 * bitrate // _RATES[rate] + padding
    for index, bitrate in enumerate(BITRATES, start=1)
    for rate in (0, 1)
    for padding in (0, 1)
    for private in (0, 1)
}


def frame_length(data: bytes, at: int = 0) -> int:
    """Bytes of the frame whose header stands in ``data`` at ``at``. Raises ValueError when none of our kind does."""
    length = _LENGTHS.get(data[at + 2])
    if length is None or data[at] != 0xFF or data[at + 1] != 0xFB:
        raise ValueError("not the header of an MPEG-1 Layer III frame at 44.1 or 48 kHz")
    return length


def with_bitrate(header: bytes, bitrate: int) -> bytes:
    """The header of a frame at another bit rate (kbit/s), without a padding byte."""
    return bytes((*header[:2], (BITRATES.index(bitrate) + 1) << 4 | header[2] & 0x0D, header[3]))


def rate_of(header: bytes) -> int:
    """The sample rate in Hz that a frame's header tells."""
    return _RATES[header[2] >> 2 & 0b11]


def info_frame_length(bitrate: int, rate: int) -> int:
    """Bytes of the Info frame, which has the bit rate (kbit/s, at least 64 so that the tag fits) and the sample rate
    (Hz) of the audio; and of any frame without a padding byte."""
    return 144_000 * bitrate // rate


@dataclass(frozen=True, slots=True)
class Audio:
    """What the tag says about the audio after it, a stream encoded by LAME.

    ``header``: the first audio frame's four bytes. ``mpeg_frames`` and ``size`` (bytes) and ``crc`` are those of the
    audio frames alone, ``samples`` the number to be heard per channel, ``peak`` their largest magnitude
    (full scale 1.0; 0 when it is not known), ``bitrate`` kbit/s, ``quality`` LAME's 0 (best) to 9. A variable bit
    rate has LAME's ``vbr`` 0 (best) to 9, ``bitrate`` is then that of the Info frame alone, and ``seek`` holds the
    byte of the audio at which each hundredth of the playing time starts. ``delay``: samples before the first one to
    be heard, without the decoder's own.
    """

    header: bytes
    mpeg_frames: int
    size: int
    crc: int
    samples: int
    peak: float
    bitrate: int
    quality: int
    vbr: int | None = None
    seek: tuple[int, ...] = ()
    delay: int = ENCODER_DELAY

    @property
    def padding(self) -> int:
        """Samples after the last one to be heard."""
        return self.mpeg_frames * FRAME - self.delay - self.samples


def info_frame(audio: Audio) -> bytes:
    """The frame's bytes. Raises ValueError when the padding can't make the decoded length exact."""
    if not (DECODER_DELAY <= audio.padding < 4096 and 0 <= audio.delay < 4096):
        raise ValueError(f"the encoder left {audio.padding} samples at the end, where 529 to 4095 are needed")
    length = info_frame_length(audio.bitrate, rate_of(audio.header))
    whole = length + audio.size
    mode = audio.header[3] >> 6  # 0 stereo, 1 joint stereo
    tag = bytearray(with_bitrate(audio.header, audio.bitrate))
    tag += bytes(SIDE_INFO)
    tag += b"Info" if audio.vbr is None else b"Xing"
    tag += struct.pack(">III", 0x0F, audio.mpeg_frames, whole)  # all four fields present
    tag += _seek_points(audio, whole)
    vbr = _UNUSED_VBR if audio.vbr is None else audio.vbr
    tag += struct.pack(">I", 100 - 10 * vbr - audio.quality)  # LAME's scale
    tag += b"LAME3.100"  # whose layout this is; decoders trust delays under that name only
    if audio.vbr is None:
        tag += bytes((0x01, _LOWPASS.get(audio.bitrate, _LOWPASS_320) // 100))  # revision 0, constant bit rate
    else:
        tag += bytes((0x04, 0))  # revision 0, variable bit rate by LAME's newer method; low-pass not given
    tag += struct.pack(">IHH", round(audio.peak * 2**23), 0, 0)  # peak; no replay gain: it is mastered already
    tag += bytes((0, min(audio.bitrate if audio.vbr is None else BITRATES[0], 255)))
    tag += (audio.delay << 12 | audio.padding).to_bytes(3, "big")
    source = _RATES.index(rate_of(audio.header)) + 1
    tag += bytes((source << 6 | (0x0C if mode == 1 else 0x04), 0))  # source rate, stereo mode; no gain applied
    preset = 0 if audio.vbr is None else 500 - 10 * audio.vbr  # LAME's number for each variable bit rate
    tag += struct.pack(">HIH", preset, whole, audio.crc)  # bytes and checksum of the music
    tag += crc16(bytes(tag)).to_bytes(2, "big")
    assert len(tag) == _TAG
    return bytes(tag).ljust(length, b"\0")


def count_frame(header: bytes, mpeg_frames: int) -> bytes:
    """A first frame that gives only the number of frames, so that no decoder has to guess it."""
    tag = with_bitrate(header, 128) + bytes(SIDE_INFO) + b"Info" + struct.pack(">II", 0x01, mpeg_frames)
    return tag.ljust(info_frame_length(128, rate_of(header)), b"\0")


def _seek_points(audio: Audio, whole: int) -> bytes:
    """100 bytes: where each hundredth of the playing time starts, in 256ths of the file. Linear at a constant rate."""
    first = info_frame_length(audio.bitrate, rate_of(audio.header))
    points = audio.seek or [audio.size * percent // 100 for percent in range(100)]
    return bytes((first + point) * 256 // whole for point in points)


_CHUNK = 2**16  # bytes that the checksum takes at a time


class Checksum:
    """CRC-16 (polynomial 0x8005, reflected, from 0) of a stream of bytes, as LAME's tag has it.

    The checksum is linear over XOR, so that of many 16-bit words w0, w1, … is the XOR of each word's, advanced past
    the words after it. A chunk's two halves are joined word by word, then what that leaves, and so on: a table for each
    length says what advancing by that many words does to a state. That is hundreds of times as fast as byte by byte.
    """

    def __init__(self) -> None:
        self._state = 0
        self._rest = bytearray()

    def feed(self, data: bytes | bytearray) -> None:
        self._rest += data
        while len(self._rest) >= _CHUNK:
            self._state = _chunk_crc16(bytes(self._rest[:_CHUNK]), self._state)
            del self._rest[:_CHUNK]

    def value(self) -> int:
        return crc16(bytes(self._rest), self._state)


def crc16(data: bytes, state: int = 0) -> int:
    """CRC-16 of ``data`` byte by byte, going on from ``state``."""
    table = _byte_table()
    for byte in data:
        state = state >> 8 ^ table[(state ^ byte) & 0xFF]
    return state


def _advanced(states: NDArray[np.uint16], bits: int) -> NDArray[np.uint16]:
    """Each state after so many zero bits; 0xA001 is the polynomial 0x8005 with its bits reversed."""
    for _ in range(bits):
        odd = (states & np.uint16(1)).astype(bool)
        states = np.bitwise_xor(states >> np.uint16(1), np.where(odd, np.uint16(0xA001), np.uint16(0)))
    return states


@functools.cache
def _byte_table() -> tuple[int, ...]:
    return tuple(_advanced(np.arange(256, dtype=np.uint16), 8).tolist())


@functools.cache
def _half_tables() -> tuple[NDArray[np.uint16], ...]:
    """For every state, that state advanced by half a chunk of words, by a quarter, … by one word."""
    tables = [_advanced(np.arange(2**16, dtype=np.uint16), 16)]
    while 2 ** len(tables) < _CHUNK // 2:
        tables.insert(0, tables[0][tables[0]])
    return tuple(tables)


def _chunk_crc16(chunk: bytes, state: int) -> int:
    words = np.frombuffer(chunk, "<u2").astype(np.uint16)
    words[0] ^= state
    tables = _half_tables()
    for table in tables:
        before, after = np.split(words, 2)
        words = table.take(before)
        words ^= after
    return int(tables[-1][words[0]])
