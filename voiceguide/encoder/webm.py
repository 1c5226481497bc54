"""Opus in WebM, written by hand: short sounds that a browser decodes as a whole.

The container is EBML (RFC 8794) with the elements of Matroska (RFC 9559) that a browser asks for. Its codec delay is 0:
decoders differ in what they drop of the first packet, so they are told to drop nothing, and whoever plays the sound
knows where in it the sound begins.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from voiceguide.encoder.opus import PACKET

_RATE = 48_000
_MILLISECONDS = PACKET * 1000 // _RATE  # of a packet
_CLUSTER = 1000  # packets; a cluster's blocks count their milliseconds in 16 bits
_KEY = 0x80  # every packet of Opus can be the first


def webm(packets: Sequence[bytes]) -> bytes:
    """A file of these packets, each of 20 ms in stereo."""
    milliseconds = len(packets) * _MILLISECONDS
    header = _element(
        0x1A45DFA3,
        *(_number(name, value) for name, value in ((0x4286, 1), (0x42F7, 1), (0x42F2, 4), (0x42F3, 8))),
        _element(0x4282, b"webm"),
        _number(0x4287, 4),
        _number(0x4285, 2),
    )
    info = _element(
        0x1549A966,
        _number(0x2AD7B1, 1_000_000),  # nanoseconds of what times count in
        _element(0x4489, struct.pack(">d", milliseconds)),
        _element(0x4D80, b"voiceguide"),
        _element(0x5741, b"voiceguide"),
    )
    return header + _element(0x18538067, info, _tracks(), *_clusters(packets))


def _tracks() -> bytes:
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 2, 0, _RATE, 0, 0)  # RFC 7845, 5.1, without a pre-skip
    audio = _element(0xE1, _element(0xB5, struct.pack(">d", _RATE)), _number(0x9F, 2))
    entry = _element(
        0xAE,
        *(_number(name, value) for name, value in ((0xD7, 1), (0x73C5, 1), (0x9C, 0), (0x83, 2))),
        _element(0x86, b"A_OPUS"),
        _element(0x63A2, head),
        _number(0x56AA, 0),
        _number(0x56BB, 80_000_000),
        audio,
    )
    return _element(0x1654AE6B, entry)


def _clusters(packets: Sequence[bytes]) -> Iterator[bytes]:
    for first in range(0, len(packets), _CLUSTER):
        blocks = (
            _element(0xA3, struct.pack(">BhB", 0x81, at * _MILLISECONDS, _KEY), packet)
            for at, packet in enumerate(packets[first : first + _CLUSTER])
        )
        yield _element(0x1F43B675, _number(0xE7, first * _MILLISECONDS), *blocks)


def _number(name: int, value: int) -> bytes:
    return _element(name, value.to_bytes(max(1, -(-value.bit_length() // 8)), "big"))


def _element(name: int, *content: bytes) -> bytes:
    """An element: its name, the size of its content, and that; sizes in four bytes, of which three bits say so."""
    data = b"".join(content)
    return name.to_bytes(-(-name.bit_length() // 8), "big") + (0x10000000 | len(data)).to_bytes(4, "big") + data
