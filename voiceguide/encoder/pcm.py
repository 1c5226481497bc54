"""Lossless files: FLAC and WAV, 24 bits."""

# mypy: disable-error-code="no-untyped-call"
# mutagen has types for its values but not for its constructors.

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

import soundfile

from voiceguide.atomic import disk_full
from voiceguide.audio.stream import FramesDone, Samples
from voiceguide.encoder.format import Encoded, Format, Quantiser
from voiceguide.encoder.kinds import KINDS, Kind
from voiceguide.encoder.tags import Tags, id3, picture, vorbis_comments
from voiceguide.units import SAMPLE_RATE

_BITS = 24
_FRAME_BYTES = 2 * _BITS // 8
_LARGEST_WAV = 2**32 - 2**26  # bytes of audio; the rest of RIFF's 4 GiB is room for headers and tags
_RIFF_NOTES = ("title", "artist", "album", "date", "comment", "genre")  # chunks that libsndfile writes by these names


@dataclass(frozen=True, slots=True)
class Flac(Format):
    """FLAC with Vorbis comments, chapters and the cover."""

    kind: ClassVar[Kind] = KINDS["flac"]

    rate: int = SAMPLE_RATE

    def write_samples(
        self, blocks: Iterable[Samples], path: Path, tags: Tags, progress: FramesDone | None = None
    ) -> Encoded:
        samples = write_pcm(blocks, path, "FLAC", self.rate, progress)
        _tag_flac(path, tags)
        return Encoded(self.frames(samples), path.stat().st_size)

    def with_rate(self, rate: int) -> Flac:
        return replace(self, rate=rate)


@dataclass(frozen=True, slots=True)
class Wav(Format):
    """WAV with RIFF notes and an ID3 chunk; from 4 GB on RF64 (EBU Tech 3306), which most players read as well."""

    kind: ClassVar[Kind] = KINDS["wav"]

    rate: int = SAMPLE_RATE

    def write_samples(
        self, blocks: Iterable[Samples], path: Path, tags: Tags, progress: FramesDone | None = None
    ) -> Encoded:
        notes = {note: text for note in _RIFF_NOTES if (text := getattr(tags, note))}
        container = wav_container(self.samples(tags.frames) * _FRAME_BYTES)
        samples = write_pcm(blocks, path, container, self.rate, progress, notes)
        _append_chunk(path, b"id3 ", id3(tags))
        return Encoded(self.frames(samples), path.stat().st_size)

    def with_rate(self, rate: int) -> Wav:
        return replace(self, rate=rate)


def wav_container(size: int) -> str:
    """libsndfile's name for the container of so many bytes of audio: WAV, or RF64 where WAV's 4 GiB are too few."""
    return "RF64" if size > _LARGEST_WAV else "WAV"


def write_pcm(
    blocks: Iterable[Samples],
    path: Path,
    container: str,
    rate: int,
    progress: FramesDone | None,
    notes: Mapping[str, str] = MappingProxyType({}),
) -> int:
    """Writes the blocks, at ``rate`` Hz, with 24 bits into the file ``path``, and returns their samples. Raises
    OutputError.

    ``container`` is one of libsndfile's; ``notes`` are the texts that libsndfile itself writes, by its names for them.
    """
    with _open(path, container, rate) as file:
        for note, text in notes.items():
            setattr(file, note, text)
        samples = _write(file, blocks, progress)
    _check(path, samples)
    return samples


def _open(path: Path, container: str, rate: int) -> soundfile.SoundFile:
    try:
        return soundfile.SoundFile(path, "w", rate, channels=2, subtype="PCM_24", format=container)
    except soundfile.LibsndfileError as error:
        raise disk_full("The file") from error


def _write(file: soundfile.SoundFile, blocks: Iterable[Samples], progress: FramesDone | None) -> int:
    """Writes the blocks and returns their samples. It writes integers, since libsndfile lets floats wrap around."""
    quantise = Quantiser(_BITS, rate=file.samplerate)
    for block in blocks:
        try:
            file.write(quantise(block) << (32 - _BITS))  # libsndfile takes the high bits of an int32
        except (soundfile.LibsndfileError, AssertionError) as error:  # soundfile asserts that all of it was written
            raise disk_full("The file") from error
        if progress:
            progress(quantise.frames)
    return quantise.frames


def _check(path: Path, samples: int) -> None:
    """Raises OutputError if the file is shorter: libsndfile reports no error when it flushes its buffer on closing."""
    try:
        found = soundfile.info(str(path)).frames
    except soundfile.LibsndfileError as error:
        raise disk_full("The file") from error
    if found != samples:
        raise disk_full("The file")


def _tag_flac(path: Path, tags: Tags) -> None:
    from mutagen import MutagenError
    from mutagen.flac import FLAC, VCFLACDict

    file = FLAC(path)
    comments = file.tags if isinstance(file.tags, VCFLACDict) else VCFLACDict()
    comments[:] = vorbis_comments(tags)
    file.tags = comments
    if tags.cover:
        file.add_picture(picture(tags.cover))
    try:
        file.save(padding=lambda _: 0)
    except MutagenError as error:
        raise disk_full("The file") from error


def _append_chunk(path: Path, name: bytes, data: bytes) -> None:
    """Adds a chunk to a RIFF or RF64 file and corrects the length that stands at its head."""
    with path.open("r+b") as file:
        container = file.read(4)
        size = file.seek(0, os.SEEK_END)
        file.write(b"\0" * (size % 2) + name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2))
        whole = file.tell() - 8
        if container == b"RF64":  # the length stands in the ds64 chunk, which is the first
            file.seek(20)
            file.write(struct.pack("<Q", whole))
        else:
            file.seek(4)
            file.write(struct.pack("<I", whole))
