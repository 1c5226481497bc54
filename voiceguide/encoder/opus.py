"""Opus in Ogg, gapless: pre-skip and the last page's granule position say where the sound begins and ends.

Opus has 48 kHz alone, so a session of n frames has n·160/147 samples, rounded; resampled to 44.1 kHz these are n frames
again. Chapters and the cover are in the comments, as for FLAC (RFC 7845; Xiph's chapter extension).
"""

# mypy: disable-error-code="no-untyped-call,no-any-return"
# mutagen has types for its values but not for its functions.

from __future__ import annotations

import base64
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from voiceguide.audio.stream import FramesDone, Samples
from voiceguide.encoder import ffmpeg
from voiceguide.encoder.failures import changed_since, not_tagged
from voiceguide.encoder.format import Encoded, Format, Quantiser, constant_bitrate
from voiceguide.encoder.kinds import KINDS, Kind
from voiceguide.encoder.tags import Tags, picture, vorbis_comments
from voiceguide.units import samples_at

if TYPE_CHECKING:
    from mutagen.ogg import OggPage

(_RATE,) = KINDS["opus"].rates
PACKET = 960
"""Samples at 48 kHz of one packet: 20 ms."""

_BITRATES = range(32, 321)  # kbit/s
_EARLY = 24_000  # samples at 48 kHz before a part; RFC 7845, 4.6 asks for 3840, but to be exact takes longer
_PAGE_PACKETS = 50  # a page a second


@dataclass(frozen=True, slots=True)
class Opus(Format):
    """Opus at about ``bitrate`` kbit/s: more where the sound needs it, less in quiet."""

    kind: ClassVar[Kind] = KINDS["opus"]

    bitrate: int = kind.bitrate
    rate: int = field(default=_RATE, init=False)

    def __post_init__(self) -> None:
        if self.bitrate not in _BITRATES:
            raise ValueError(
                f"Opus's bit rate goes from {_BITRATES[0]} to {_BITRATES[-1]} kbit/s, not to {self.bitrate}"
            )

    @property
    def overshoot(self) -> float:
        return 0.5 if self.bitrate >= 160 else 0.9

    def write(self, blocks: Iterable[Samples], path: Path, tags: Tags, progress: FramesDone | None = None) -> Encoded:
        checked = Quantiser(24)
        return Format.write(self, _checked(blocks, checked, progress), path, tags)

    def write_samples(
        self, blocks: Iterable[Samples], path: Path, tags: Tags, progress: FramesDone | None = None
    ) -> Encoded:
        samples = self.encode(blocks, path, progress)
        return Encoded(self.frames(samples), _tagged(path, tags))

    def encode(self, blocks: Iterable[Samples], path: Path, progress: FramesDone | None = None) -> int:
        """Writes blocks at 48 kHz, float32 ``(samples, 2)``, without tags; returns how many samples these are."""
        samples = 0
        pcm = ("-f", "f32le", "-ar", str(_RATE), "-ac", "2", "-i", "pipe:0")
        codec = ("-c:a", "libopus", "-b:a", f"{self.bitrate}k", "-application", "audio", "-frame_duration", "20")
        with ffmpeg.into(path, pcm, (*codec, "-f", "opus")) as pipe:
            for block in blocks:
                pipe.write(block.astype("<f4", copy=False).tobytes())
                samples += len(block)
                if progress:
                    progress(samples)
        return samples

    def with_bitrate(self, bitrate: str) -> Opus:
        return replace(self, bitrate=constant_bitrate(bitrate))

    def cut(self, whole: Path) -> OpusCut:
        return OpusCut.of(whole)


def _checked(blocks: Iterable[Samples], check: Quantiser, progress: FramesDone | None) -> Iterator[Samples]:
    """The blocks unchanged. Raises OutputError, as for every kind of file, for one that is too loud."""
    for block in blocks:
        check(block)
        yield block
        if progress:
            progress(check.frames)


def _tagged(path: Path, tags: Tags) -> int:
    """Writes the comments, and gives the file's size in bytes."""
    from mutagen import MutagenError
    from mutagen.oggopus import OggOpus

    try:
        file = OggOpus(path)
        file.clear()
        file.update(vorbis_comments(tags))
        if tags.cover:
            file["METADATA_BLOCK_PICTURE"] = base64.b64encode(picture(tags.cover).write()).decode()
        file.save(padding=lambda _: 0)
    except MutagenError as error:
        raise not_tagged() from error
    return path.stat().st_size


@dataclass(frozen=True, slots=True)
class OpusCut:
    """A file that :class:`Opus` has written, to take parts from without encoding it again.

    A part begins some packets early, so that a decoder has settled before the first sample that is played.
    ``pages``: the byte at which each page with sound starts; ``before``: the packets that begin before it.
    """

    whole: Path
    head: bytes
    pages: array[int]
    before: array[int]

    @classmethod
    def of(cls, whole: Path) -> OpusCut:
        """Reads the file's structure. Raises OutputError when it is damaged."""
        pages, before, head = array("Q"), array("Q", [0]), b""
        with whole.open("rb") as file:
            for page in _pages(file, whole):
                if page.first:
                    head = page.packets[0]
                elif pages or (page.position or 0) > 0:  # the comments, before, may take several pages
                    pages.append(page.offset or 0)
                    before.append(before[-1] + len(page.packets) - page.continued)
        if head[:8] != b"OpusHead" or not pages:
            raise changed_since(whole)
        return cls(whole, head, pages, before)

    def part(self, start: int, path: Path, tags: Tags) -> Encoded:
        skip = int.from_bytes(self.head[10:12], "little")
        begin, end = samples_at(_RATE, start), samples_at(_RATE, start + tags.frames)
        first = max(0, begin + skip - max(skip, _EARLY)) // PACKET
        after = -(-(end + skip) // PACKET)
        if after > self.count:
            raise changed_since(self.whole)
        skipped = begin + skip - first * PACKET
        head = self.head[:10] + skipped.to_bytes(2, "little") + self.head[12:]
        with path.open("wb") as out:
            for page in _paged(head, self.packets(first, after), skipped + end - begin):
                out.write(page)
        return Encoded(tags.frames, _tagged(path, tags))

    @property
    def count(self) -> int:
        """How many packets there are."""
        return self.before[-1]

    def packets(self, first: int, after: int) -> Iterator[bytes]:
        """The packets from number ``first`` up to ``after``."""
        page = bisect_right(self.before, first) - 1
        number, held = self.before[page] - 1, b""
        with self.whole.open("rb") as file:
            file.seek(self.pages[page])
            for found in _pages(file, self.whole):
                for at, packet in enumerate(found.packets):
                    goes_on = at == 0 and found.continued
                    held = held + packet if goes_on else packet
                    number += not goes_on
                    whole = found.complete or at < len(found.packets) - 1
                    if number >= after:
                        return
                    if number >= first and whole:
                        yield held


def _pages(file: BinaryIO, whole: Path) -> Iterator[OggPage]:
    from mutagen.ogg import OggPage, error

    while True:
        try:
            page = OggPage(file)
        except EOFError:
            return
        except error as fault:
            raise changed_since(whole) from fault
        yield page


def _paged(head: bytes, packets: Iterator[bytes], end: int) -> Iterator[bytes]:
    """An Ogg stream of the head, empty comments and the packets; sample ``end`` at 48 kHz is its last."""
    comments = b"OpusTags" + bytes(8)
    yield _page([head], 0, 0, first=True)
    yield _page([comments], 1, 0)
    position, number = 0, 2
    held: list[bytes] = []
    for packet in packets:
        if len(held) == _PAGE_PACKETS or sum(len(p) // 255 + 1 for p in (*held, packet)) > 255:
            yield _page(held, number, position)
            held, number = [], number + 1
        held.append(packet)
        position += PACKET
    yield _page(held, number, end, last=True)


def _page(packets: list[bytes], number: int, position: int, *, first: bool = False, last: bool = False) -> bytes:
    from mutagen.ogg import OggPage

    page = OggPage()
    page.packets, page.sequence, page.position = packets, number, position
    page.first, page.last = first, last
    return page.write()
