"""M4A and M4B: AAC in an MP4 file, gapless to the sample, with chapters, text and cover.

Chapters are written twice, since players read one or the other: as a text track (Apple's) and as a ``chpl`` atom
(Nero's). The edit list says where the sound begins and ends within the encoder's packets, with the roll group that
Apple's players look for beside it; ``iTunSMPB`` says the same to older players.
"""

# mypy: disable-error-code="no-untyped-call"
# mutagen has types for its values but not for its constructors.

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio.stream import FramesDone, Samples
from voiceguide.encoder import ffmpeg
from voiceguide.encoder.atoms import Moov
from voiceguide.encoder.failures import ends_early, not_tagged
from voiceguide.encoder.format import Encoded, Format, Quantiser, constant_bitrate
from voiceguide.encoder.kinds import KINDS, Kind
from voiceguide.encoder.tags import Tags, language_code
from voiceguide.errors import OutputError
from voiceguide.scratch import scratch
from voiceguide.timeline import ChapterRange
from voiceguide.units import SAMPLE_RATE

PACKET = 1024
"""Samples per channel of one AAC packet; also those that the encoder puts before the first one of the input."""

_BITS = 24
_BITRATES = range(64, 321)  # kbit/s; the encoder's fast search is also its better one from 64 up
_EARLY = 2  # packets that a part begins before the one in which its first sample lies
_ADTS_RATES = {48_000: 3, 44_100: 4}  # the index of a sample rate (ISO/IEC 13818-7, table 35)
_LONGEST_TITLE = 255  # bytes of a chapter's title, which chpl counts in a byte
_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "=;#\\"})


@dataclass(frozen=True, slots=True)
class M4a(Format):
    """AAC-LC at ``bitrate`` kbit/s. Without noise substitution, so that every decoder gives the same samples."""

    kind: ClassVar[Kind] = KINDS["m4a"]
    brand: ClassVar[str] = "M4A "  # of the file type box, from which players know the kind of media
    stik: ClassVar[tuple[int, ...]] = ()  # iTunes' kind of media; music needs none

    bitrate: int = kind.bitrate
    rate: int = SAMPLE_RATE

    def __post_init__(self) -> None:
        if self.bitrate not in _BITRATES:
            raise ValueError(
                f"AAC's bit rate goes from {_BITRATES[0]} to {_BITRATES[-1]} kbit/s, not to {self.bitrate}"
            )

    @property
    def overshoot(self) -> float:
        return 0.4 if self.bitrate >= 128 else 0.6

    def write_samples(
        self, blocks: Iterable[Samples], path: Path, tags: Tags, progress: FramesDone | None = None
    ) -> Encoded:
        codec = ("-map", "0:a", "-c:a", "aac", "-b:a", f"{self.bitrate}k", "-aac_coder", "fast", "-aac_pns", "0")
        quantise = Quantiser(_BITS, rate=self.rate)
        with scratch() as folder:
            chapters = folder / "chapters"
            chapters.write_text("".join(chapter_notes(tags.chapters)), "utf-8", newline="\n")
            pcm = ("-f", "s32le", "-ar", str(self.rate), "-ac", "2", "-i", "pipe:0")
            notes = ("-f", "ffmetadata", "-i", f"file:{chapters}", "-map_chapters", "1")
            with ffmpeg.into(path, (*pcm, *notes), (*codec, *_container(self, tags))) as pipe:
                for block in blocks:
                    pipe.write((quantise(block) << (32 - _BITS)).astype("<i4", copy=False).tobytes())
                    if progress:
                        progress(quantise.frames)
        finish(path, self, tags, PACKET, self.samples(tags.frames))
        return Encoded(self.frames(quantise.frames), path.stat().st_size)

    def with_bitrate(self, bitrate: str) -> M4a:
        return replace(self, bitrate=constant_bitrate(bitrate))

    def with_rate(self, rate: int) -> M4a:
        return replace(self, rate=rate)

    def cut(self, whole: Path) -> M4aCut:
        return M4aCut.of(whole, self)


@dataclass(frozen=True, slots=True)
class M4b(M4a):
    """The same with the brand of an audiobook, so that players remember where the listener stopped."""

    kind: ClassVar[Kind] = KINDS["m4b"]
    brand: ClassVar[str] = "M4B "
    stik: ClassVar[tuple[int, ...]] = (2,)  # an audiobook


def _container(kind: M4a, tags: Tags) -> Iterator[str]:
    yield from ("-f", "ipod", "-brand", kind.brand, "-movie_timescale", str(kind.rate))
    yield from ("-movflags", "+faststart", "-metadata:s:a:0", f"language={language_code(tags.language)}")


def chapter_notes(chapters: Iterable[ChapterRange]) -> Iterator[str]:
    """The chapters in ffmpeg's metadata format."""
    yield ";FFMETADATA1\n"
    for chapter in chapters:
        title = chapter.title.encode()[:_LONGEST_TITLE].decode("utf-8", "ignore")
        yield f"[CHAPTER]\nTIMEBASE=1/{SAMPLE_RATE}\nSTART={chapter.start}\nEND={chapter.end}\n"
        yield f"title={title.translate(_ESCAPED)}\n"


def finish(path: Path, kind: M4a, tags: Tags, first: int, samples: int) -> None:
    """Makes the file play so many ``samples`` from sample ``first`` of its packets on, and tags it."""
    from mutagen import MutagenError
    from mutagen.mp4 import MP4

    moov = Moov.of(path)
    moov.present(first, samples)
    padding = len(moov.packets()[0]) * PACKET - first - samples
    if padding < 0:
        raise OutputError("The encoder left out the end of the sound, so nothing was written.")
    try:
        file = MP4(path)
        file.clear()
        file.update(_mp4_tags(tags, kind, f" 00000000 {first:08X} {padding:08X} {samples:016X}" + 8 * " 00000000"))
        file.save(padding=lambda _: 0)
    except MutagenError as error:
        raise not_tagged() from error


def _mp4_tags(tags: Tags, kind: M4a, gapless: str) -> dict[str, Any]:
    from mutagen.mp4 import AtomDataType, MP4Cover, MP4FreeForm

    plain = {
        "\xa9nam": tags.title,
        "\xa9ART": tags.artist,
        "aART": tags.artist,
        "\xa9alb": tags.album,
        "\xa9day": tags.date,
        "\xa9gen": tags.genre,
        "\xa9cmt": tags.comment,
        "\xa9lyr": "\n".join(line for _, line in tags.text),
    }
    found: dict[str, Any] = {name: [text] for name, text in plain.items() if text}
    if tags.track:
        found["trkn"] = [tags.track]
    found["pgap"] = True
    if kind.stik:
        found["stik"] = list(kind.stik)
    found["----:com.apple.iTunes:iTunSMPB"] = [MP4FreeForm(gapless.encode(), AtomDataType.UTF8)]
    for name, text in tags.origin.pairs() if tags.origin else ():
        found[f"----:com.apple.iTunes:{name}"] = [MP4FreeForm(text.encode(), AtomDataType.UTF8)]
    if tags.cover:
        png = tags.cover.media_type == "image/png"
        found["covr"] = [MP4Cover(tags.cover.data, AtomDataType.PNG if png else AtomDataType.JPEG)]
    return found


@dataclass(frozen=True, slots=True)
class M4aCut:
    """A file that ``kind`` has written, to take parts from without encoding it again.

    Each packet is whole in itself; only the sum of two neighbours' transforms makes the sound (ISO/IEC 14496-3,
    4.6.11), so a part begins some packets early and its edit list skips them.
    """

    whole: Path
    kind: M4a
    offsets: NDArray[np.int64]
    sizes: NDArray[np.int64]

    @classmethod
    def of(cls, whole: Path, kind: M4a) -> M4aCut:
        """Raises OutputError when the file is damaged."""
        return cls(whole, kind, *Moov.of(whole).packets())

    def part(self, start: int, path: Path, tags: Tags) -> Encoded:
        begin, end = self.kind.samples(start), self.kind.samples(start + tags.frames)
        first = max(0, begin // PACKET + 1 - _EARLY)
        after = (end - 1) // PACKET + 2
        if after > len(self.offsets):
            raise ends_early(self.whole)
        adts = ("-f", "aac", "-i", "pipe:0")
        with ffmpeg.into(path, adts, ("-c", "copy", *_container(self.kind, tags))) as pipe:
            for packet in self._packets(first, after):
                pipe.write(_adts_header(len(packet), self.kind.rate) + packet)
        finish(path, self.kind, tags, begin + PACKET - first * PACKET, end - begin)
        return Encoded(tags.frames, path.stat().st_size)

    def _packets(self, first: int, after: int) -> Iterator[bytes]:
        with self.whole.open("rb") as file:
            for at, size in zip(self.offsets[first:after].tolist(), self.sizes[first:after].tolist(), strict=True):
                file.seek(at)
                packet = file.read(size)
                if len(packet) < size:
                    raise ends_early(self.whole)
                yield packet


def adts_frames(stream: bytes) -> Iterator[bytes]:
    """The frames of an ADTS stream, each with its header, which has its size in 13 bits from bit 30 on."""
    at = 0
    while at < len(stream):
        size = (stream[at + 3] & 3) << 11 | stream[at + 4] << 3 | stream[at + 5] >> 5
        yield stream[at : at + size]
        at += size


def _adts_header(size: int, rate: int) -> bytes:
    """ADTS (ISO/IEC 13818-7, 6.2) for ``size`` bytes of AAC-LC at ``rate`` Hz in stereo, without a checksum."""
    size += 7
    return bytes(
        (0xFF, 0xF1, 0x40 | _ADTS_RATES[rate] << 2, 0x80 | size >> 11, size >> 3 & 0xFF, (size & 7) << 5 | 0x1F, 0xFC)
    )
