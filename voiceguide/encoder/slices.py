"""Many short sounds encoded in one go, and cut into slices that a browser decodes one by one.

The sounds lie in one stream, with silence between them, each on the codec's grid of packets. A slice has the packets of
its sound and :attr:`Codec.early` ones before it, in which a decoder settles. So its sound begins at the same place in
every slice of a codec: after the early packets and the encoder's delay, or sooner where a decoder drops some of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voiceguide.audio.resampling import resampled_whole
from voiceguide.audio.stream import Samples
from voiceguide.encoder import ffmpeg
from voiceguide.encoder.mp4 import PACKET as AAC_PACKET
from voiceguide.encoder.mp4 import adts_frames
from voiceguide.encoder.opus import PACKET as OPUS_PACKET
from voiceguide.encoder.opus import Opus, OpusCut
from voiceguide.encoder.webm import webm
from voiceguide.scratch import scratch
from voiceguide.units import SAMPLE_RATE

RATE = 48_000
"""Hz of the slices, whatever the sounds have."""

_OPUS = Opus(64)
_AAC_BITRATE = 96  # kbit/s; AAC needs more for the same


@dataclass(frozen=True, slots=True)
class Codec:
    """How sounds become packets and these a slice: ``packet`` samples each, ``early`` of them before a sound, and
    ``delay`` samples by which the encoder's output lags behind its input, rounded up to packets for the end of a slice.
    """

    packet: int
    early: int
    delay: int
    encode: Callable[[Iterable[Samples], Path], Sequence[bytes]]
    file: Callable[[Sequence[bytes]], bytes]


def slices(sounds: Iterable[Samples], codec: Codec) -> list[bytes]:
    """The slice of each sound, which is float32 ``(frames, 2)`` at 44.1 kHz. Raises OutputError."""
    spans: list[tuple[int, int]] = []

    def stream() -> Iterator[Samples]:
        at = 0
        for sound in sounds:
            samples = resampled_whole(sound, SAMPLE_RATE, RATE)
            count = -(-(len(samples) + codec.delay) // codec.packet)
            spans.append((at, at + codec.early + count))
            padded = np.zeros(((codec.early + count) * codec.packet, 2), np.float32)
            begin = codec.early * codec.packet
            padded[begin : begin + len(samples)] = samples
            yield padded
            at += codec.early + count
        yield np.zeros((codec.packet + codec.delay, 2), np.float32)

    with scratch() as folder:
        packets = codec.encode(stream(), folder / "sounds")
    return [codec.file(packets[first:after]) for first, after in spans]


def _opus_packets(blocks: Iterable[Samples], path: Path) -> Sequence[bytes]:
    _OPUS.encode(blocks, path)
    whole = OpusCut.of(path)
    return list(whole.packets(0, whole.count))


def _aac_frames(blocks: Iterable[Samples], path: Path) -> Sequence[bytes]:
    pcm = ("-f", "f32le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0")
    codec = ("-c:a", "aac", "-b:a", f"{_AAC_BITRATE}k", "-aac_coder", "fast", "-aac_pns", "0", "-f", "adts")
    with ffmpeg.into(path, pcm, codec) as pipe:
        for block in blocks:
            pipe.write(block.astype("<f4", copy=False).tobytes())
    return list(adts_frames(path.read_bytes()))


OPUS = Codec(OPUS_PACKET, 4, 312, _opus_packets, webm)
"""Opus in WebM; 80 ms before a sound, as RFC 7845, 4.6 asks for."""

AAC = Codec(AAC_PACKET, 3, AAC_PACKET, _aac_frames, b"".join)
"""AAC-LC in ADTS, for browsers that decode no Opus."""
