"""Parts of a finished MP3 without encoding it again: joined, they decode to the very samples of the whole.

A frame's sound also needs what stands before it: its main data may begin up to 511 bytes back in earlier frames
(the bit reservoir, ISO/IEC 11172-3, 2.4.2.7), and its first samples are the sum of two frames' transforms. So a part
begins one frame early, preceded by a silent frame that carries the bytes of the reservoir. The part's own Info tag
says how many samples a player skips at either end.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from voiceguide.encoder.failures import changed_since
from voiceguide.encoder.format import Encoded
from voiceguide.encoder.mp3.info_frame import (
    BITRATES,
    DECODER_DELAY,
    ENCODER_DELAY,
    FRAME,
    HEADER,
    OVERHEAD,
    Audio,
    Checksum,
    frame_length,
    info_frame,
    info_frame_length,
    with_bitrate,
)
from voiceguide.encoder.tags import Tags, id3

if TYPE_CHECKING:
    from voiceguide.encoder.mp3 import Mp3

_LATE = ENCODER_DELAY + DECODER_DELAY  # samples by which what a decoder gives is later than the session
_FEWEST = 3  # frames; some decoders do not recognise a shorter file
_CHUNK = 2**20  # bytes read at a time


@dataclass(frozen=True, slots=True)
class Mp3Cut:
    """A file that ``kind`` has written. ``offsets``: the byte at which each frame after the Info frame starts, and the
    end of the last."""

    whole: Path
    kind: Mp3
    offsets: array[int]

    @classmethod
    def of(cls, whole: Path, kind: Mp3) -> Mp3Cut:
        """Reads the file's structure. Raises OutputError when it is damaged."""
        size = whole.stat().st_size
        with whole.open("rb") as file:
            head = file.read(10)
            if head[:3] != b"ID3":
                raise changed_since(whole)
            at = 10 + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9])
            at += info_frame_length(kind.info_bitrate, kind.rate)
            offsets, data, first = array("Q", [at]), b"", 0
            while at < size:
                if at + HEADER > first + len(data):
                    file.seek(at)
                    data, first = file.read(_CHUNK), at
                try:
                    at += frame_length(data, at - first)
                except (ValueError, IndexError) as error:
                    raise changed_since(whole) from error
                offsets.append(at)
        if at != size:
            raise changed_since(whole)
        return cls(whole, kind, offsets)

    def part(self, start: int, path: Path, tags: Tags) -> Encoded:
        begin, end = self.kind.samples(start), self.kind.samples(start + tags.frames)
        first = max(0, (begin + _LATE) // FRAME - 1)
        after = (end + _LATE - 1) // FRAME + 1
        after = max(after, min(first + _FEWEST, len(self.offsets) - 1))
        if after >= len(self.offsets):
            raise changed_since(self.whole)
        tag, checksum, bitrate, rate = id3(tags), Checksum(), self.kind.info_bitrate, self.kind.rate
        with self.whole.open("rb") as file, path.open("wb") as out:
            carrier = self._carrier(file, first)
            out.write(tag + bytes(info_frame_length(bitrate, rate)))
            for data in (carrier, *self._read(file, first, after)):
                checksum.feed(data)
                out.write(data)
            file.seek(self.offsets[first])
            header = carrier[:HEADER] or file.read(HEADER)
            lead = first - bool(carrier)  # the whole's frame that the part's first one replaces
            audio = Audio(
                header,
                after - lead,
                len(carrier) + self.offsets[after] - self.offsets[first],
                checksum.value(),
                end - begin,
                0.0,
                bitrate,
                self.kind.quality,
                self.kind.vbr,
                self._seek_offsets(first, after, len(carrier)) if self.kind.vbr is not None else (),
                begin + ENCODER_DELAY - lead * FRAME,
            )
            out.seek(len(tag))
            out.write(head := info_frame(audio))
        return Encoded(tags.frames, len(tag) + len(head) + audio.size)

    def _read(self, file: BinaryIO, first: int, after: int) -> Iterator[bytes]:
        file.seek(self.offsets[first])
        left = self.offsets[after] - self.offsets[first]
        while left:
            data = file.read(min(left, _CHUNK))
            if not data:
                raise changed_since(self.whole)
            yield data
            left -= len(data)

    def _carrier(self, file: BinaryIO, first: int) -> bytes:
        """A silent frame whose main data is what frame ``first`` expects before itself; empty if it expects nothing."""
        file.seek(self.offsets[first])
        head = file.read(HEADER + 2)
        wanted = head[4] << 1 | head[5] >> 7  # main_data_begin: 9 bits
        if not wanted:
            return b""
        held, frame = b"", first
        while len(held) < wanted:
            frame -= 1
            if frame < 0:
                raise changed_since(self.whole)
            file.seek(self.offsets[frame] + OVERHEAD)
            held = file.read(self.offsets[frame + 1] - self.offsets[frame] - OVERHEAD) + held
        fits = (b for b in BITRATES if info_frame_length(b, self.kind.rate) - OVERHEAD >= wanted)
        bitrate = next(b for b in fits if b >= self.kind.bitrate or self.kind.vbr is not None)
        room = info_frame_length(bitrate, self.kind.rate) - HEADER
        return with_bitrate(head[:HEADER], bitrate) + held[-wanted:].rjust(room, b"\0")

    def _seek_offsets(self, first: int, after: int, carrier: int) -> tuple[int, ...]:
        frames = [first + (after - first) * percent // 100 for percent in range(100)]
        return tuple(self.offsets[frame] - self.offsets[first] + (carrier if frame > first else 0) for frame in frames)
