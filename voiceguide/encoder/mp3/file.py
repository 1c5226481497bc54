"""An MP3 file while it is written: tag, Info frame, audio."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from voiceguide.encoder.mp3.info_frame import FRAME, Audio, Checksum, info_frame, info_frame_length
from voiceguide.encoder.tags import Tags, id3
from voiceguide.errors import OutputError

_SEEK_POINTS = 2_000  # frames at least whose offsets are kept for the seek table of a variable bit rate


class Settings(Protocol):
    """LAME's settings as the Info tag records them."""

    @property
    def quality(self) -> int: ...
    @property
    def vbr(self) -> int | None: ...
    @property
    def info_bitrate(self) -> int: ...
    @property
    def rate(self) -> int: ...


class Mp3File:
    """Writes the tag and leaves room for the Info frame, appends frames, and at the end writes the Info frame."""

    def __init__(self, settings: Settings, place: Path, tags: Tags) -> None:
        self._settings = settings
        self._tag = id3(tags)
        self._file = place.open("wb")
        self._file.write(self._tag)
        self._file.write(bytes(info_frame_length(settings.info_bitrate, settings.rate)))
        self._size = 0  # bytes of audio
        self._mpeg_frames = 0
        self._header = b""  # the first frame's
        self._checksum = Checksum()
        self._seek_step = tags.frames // (FRAME * _SEEK_POINTS) + 1
        self._offsets = array("Q")  # of every so many frames: bytes from the audio's start

    def __enter__(self) -> Mp3File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, frames: Sequence[bytes]) -> None:
        """Writes the stream's next frames."""
        if not frames:
            return
        self._header = self._header or frames[0][:4]
        if self._settings.vbr is not None:
            self._note_offsets(frames)
        data = b"".join(frames)
        self._mpeg_frames += len(frames)
        self._size += len(data)
        self._checksum.feed(data)
        self._file.write(data)

    def finish(self, samples: int, peak: float) -> int:
        """Completes a file of so many samples with magnitudes up to ``peak`` (full scale 1.0), and returns its size in
        bytes. Raises OutputError when its length can't be made exact."""
        settings = self._settings
        audio = Audio(
            self._header,
            self._mpeg_frames,
            self._size,
            self._checksum.value(),
            samples,
            peak,
            settings.info_bitrate,
            settings.quality,
            settings.vbr,
            self._seek_offsets(),
        )
        try:
            first = info_frame(audio)
        except ValueError as error:
            raise OutputError(f"The MP3 encoder gave a stream that can't be made exact: {error}.") from error
        self._file.seek(len(self._tag))
        self._file.write(first)
        return len(self._tag) + len(first) + self._size

    def _note_offsets(self, frames: Sequence[bytes]) -> None:
        offset = self._size
        for number, frame in enumerate(frames, start=self._mpeg_frames):
            if number % self._seek_step == 0:
                self._offsets.append(offset)
            offset += len(frame)

    def _seek_offsets(self) -> tuple[int, ...]:
        """The byte at which each hundredth of the playing time starts; none at a constant bit rate."""
        kept = self._offsets
        return tuple(kept[len(kept) * percent // 100] for percent in range(100)) if kept else ()
