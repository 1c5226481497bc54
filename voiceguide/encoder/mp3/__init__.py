"""MP3 by LAME, at a constant or a variable bit rate, gapless to the sample, written as the audio comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import ClassVar

import soundfile

from voiceguide.audio.measures import Measures
from voiceguide.audio.resampling import Resampled
from voiceguide.audio.stream import FramesDone, Samples, Stream
from voiceguide.encoder.format import Encoded, Encoding, Format, Integers, Quantiser, constant_bitrate
from voiceguide.encoder.kinds import KINDS, Kind
from voiceguide.encoder.mp3.cut import Mp3Cut
from voiceguide.encoder.mp3.decoder import Mp3Meter
from voiceguide.encoder.mp3.file import Mp3File
from voiceguide.encoder.mp3.frames import FrameReader
from voiceguide.encoder.mp3.info_frame import BITRATES
from voiceguide.encoder.mp3.join import joined
from voiceguide.encoder.mp3.lame import Lame
from voiceguide.encoder.mp3.parts import Parts, in_pieces
from voiceguide.encoder.tags import Tags
from voiceguide.errors import OutputError
from voiceguide.units import SAMPLE_RATE

_LOWEST_BITRATE = 64  # kbit/s; a smaller frame can't hold the Info tag
_VBR_INFO_BITRATE = 128  # kbit/s of the frame that holds the tag, as LAME has it
_LAME_SCALES = ((160, 0.95), (192, 0.97), (224, 0.98), (320, 1.0))
"""Up to each bit rate (kbit/s), the factor that LAME turns its input down by; undone here, so that levels stay."""
_OVERSHOOTS = ((96, 1.2), (128, 0.8), (160, 0.6), (320, 0.4))  # dB up to each bit rate
_VBR_OVERSHOOTS = ((2, 0.3), (5, 0.6), (9, 1.2))  # dB up to each of LAME's variable bit rates


@dataclass(frozen=True, slots=True)
class Mp3(Format):
    """``bitrate`` in kbit/s, one of MPEG-1 Layer III's from 64 up; ``quality`` LAME's, 2 (slow) to 9 (fast).

    With ``vbr``, LAME's 0 (best) to 9 (smallest), every frame has the bit rate that its sound needs instead.
    Levels are kept: LAME scales its input down, so the samples are scaled up by the same factor before it. They must
    stay within :attr:`lame_scale`, as those of a mastered session (-1 dBTP) do.
    """

    kind: ClassVar[Kind] = KINDS["mp3"]

    bitrate: int = kind.bitrate
    quality: int = 5
    vbr: int | None = None
    rate: int = SAMPLE_RATE

    def __post_init__(self) -> None:
        allowed = [rate for rate in BITRATES if rate >= _LOWEST_BITRATE]
        if self.bitrate not in allowed:
            raise ValueError(f"an MP3's bit rate is one of {', '.join(map(str, allowed))} kbit/s, not {self.bitrate}")
        if not 0 <= self.quality <= 9:
            raise ValueError(f"LAME's quality goes from 0 to 9, not to {self.quality}")
        if self.vbr is not None and not 0 <= self.vbr <= 9:
            raise ValueError(f"LAME's variable bit rates go from 0 to 9, not to {self.vbr}")

    @property
    def lame_scale(self) -> float:
        """The factor by which LAME turns its input down at this bit rate, and so the largest sample it can be given.

        0.95 at 128 kbit/s: a sample may be as large as that (-0.45 dBFS) and no larger. 1.0 at a variable bit rate.
        """
        if self.vbr is not None:
            return 1.0
        return next(scale for bitrate, scale in _LAME_SCALES if self.bitrate <= bitrate)

    @property
    def overshoot(self) -> float:
        table, step = (_OVERSHOOTS, self.bitrate) if self.vbr is None else (_VBR_OVERSHOOTS, self.vbr)
        return next(overshoot for most, overshoot in table if step <= most)

    def lame(self, *, background: bool = True) -> Lame:
        """LAME with these settings, for one stream; in the ``background`` it has a thread of its own."""
        return Lame(self.bitrate, self.quality, self.vbr, self.rate, background=background)

    @property
    def info_bitrate(self) -> int:
        """kbit/s of the frame that holds the Info tag."""
        return self.bitrate if self.vbr is None else _VBR_INFO_BITRATE

    def write_samples(
        self, blocks: Iterable[Samples], path: Path, tags: Tags, progress: FramesDone | None = None
    ) -> Encoded:
        quantise = Quantiser(16, 1.0 / self.lame_scale, self.rate)
        with Mp3File(self, path, tags) as file:
            for frames in _encoded(self.lame(), _quantised(blocks, quantise, progress)):
                file.add(frames)
            return Encoded(self.frames(quantise.frames), file.finish(quantise.frames, quantise.peak))

    def write_and_measure(self, stream: Stream, path: Path, tags: Tags, how: Encoding) -> tuple[Encoded, Measures]:
        """Writes a long stream in parts, and decodes it while it is written.

        Each of the parts that are encoded at the same time has a LAME thread of its own; this thread mixes the samples
        for all of them. Parts and measures that are kept from earlier are neither encoded nor decoded.
        """
        settings = f"{self.bitrate} {self.quality} {self.vbr} {self.rate}"
        sound = stream if self.rate == SAMPLE_RATE else Resampled(stream, self.rate)
        lame = partial(self.lame, background=False)
        parts = Parts(sound, how.jobs, lame, settings, 1.0 / self.lame_scale, how.kept)
        meter = Mp3Meter(stream.frames, how.levels, how.kept, self.rate)
        with closing(parts.runs()) as runs:
            pieces = joined(runs)
            first = next(pieces)  # LAME encodes while the tag is made, for which a picture may have to be drawn
            with Mp3File(self, path, tags) as file:
                for frames in chain((first,), pieces):
                    file.add(frames)
                    meter.feed(frames)
                    if how.progress:
                        how.progress(meter.done)
                encoded = Encoded(stream.frames, file.finish(sound.frames, parts.peak))
        if soundfile.info(str(path)).frames != sound.frames:
            raise OutputError("The MP3's header gives a wrong length, so nothing was written. Please report this.")
        return encoded, meter.measures()

    def with_bitrate(self, bitrate: str) -> Mp3:
        """The same with a constant bit rate, or with LAME's variable one, ``v0`` (best) to ``v9``."""
        if bitrate.startswith("v"):
            return replace(self, vbr=int(bitrate[1:]))
        return replace(self, bitrate=constant_bitrate(bitrate))

    def with_rate(self, rate: int) -> Mp3:
        return replace(self, rate=rate)

    def cut(self, whole: Path) -> Mp3Cut:
        return Mp3Cut.of(whole, self)


def _quantised(blocks: Iterable[Samples], quantise: Quantiser, progress: FramesDone | None) -> Iterator[Integers]:
    for block in blocks:
        yield quantise(block)
        if progress:
            progress(quantise.frames)


def _encoded(lame: Lame, blocks: Iterable[Integers]) -> Iterator[list[bytes]]:
    """The stream's frames, some at a time. LAME encodes in its thread while the next blocks are made."""
    reader = FrameReader()
    with closing(lame):
        for piece in in_pieces(blocks):
            lame.feed(piece)
            while lame.full:
                lame.wait()
                yield reader.feed(lame.ready())
            yield reader.feed(lame.ready())
        lame.end()
        yield reader.feed(lame.rest())
    reader.end()
