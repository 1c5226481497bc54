"""Any finished audio file as a stream that can be read from any frame on, and what its tags say."""

# mypy: disable-error-code="no-untyped-call"
# mutagen has types for its values but not for its constructors.

from __future__ import annotations

import math
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from voiceguide.audio.resampling import resampled, resampled_length
from voiceguide.audio.stream import Samples
from voiceguide.encoder.tags import Tags
from voiceguide.errors import SoundError
from voiceguide.timeline import ChapterRange
from voiceguide.units import SAMPLE_RATE

_BY_LIBSNDFILE = (".mp3", ".opus", ".ogg", ".flac", ".wav")
_BY_FFMPEG = (".m4a", ".m4b", ".mp4", ".aac")

AUDIO_SUFFIXES = (*_BY_LIBSNDFILE, *_BY_FFMPEG)
"""What the names of the files end in that can be heard."""

_BLOCK = 1 << 14  # frames
_ROLL = SAMPLE_RATE // 2  # frames decoded before the wanted ones, since packets with loss overlap
_CLOCK = re.compile(r"(\d+):(\d\d):(\d\d)(?:\.(\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class AudioFile:
    """A finished file of ``frames`` frames at 44.1 kHz, with its tags; of one made elsewhere too.

    :meth:`blocks` is that of :class:`~voiceguide.audio.stream.Stream`, resampled to 44.1 kHz and in stereo.
    """

    path: Path
    frames: int
    rate: int
    tags: Tags

    @classmethod
    def of(cls, path: Path) -> AudioFile:
        """Reads a file's head and tags. Raises SoundError when it is missing, damaged or of another kind."""
        if not path.is_file():
            raise SoundError(f"There is no sound file {path}.")
        if path.suffix.lower() in _BY_FFMPEG:
            frames, rate = _mp4_length(path), SAMPLE_RATE
        else:
            try:
                info = soundfile.info(str(path))
            except soundfile.LibsndfileError as error:
                raise _unreadable(path) from error
            frames, rate = resampled_length(info.frames, info.samplerate, SAMPLE_RATE), info.samplerate
        return cls(path, frames, rate, _tags(path, frames))

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        """Blocks ``(frames, 2)`` from frame ``start`` up to ``stop`` (the end): exactly from there, but for AAC, where
        it may be a packet (23 ms) beside it. Raises SoundError."""
        whole = SAMPLE_RATE // math.gcd(SAMPLE_RATE, self.rate)  # frames that are whole samples of the file
        before = min(start, _ROLL + start % whole - _ROLL % whole)
        by_ffmpeg = self.path.suffix.lower() in _BY_FFMPEG
        blocks = self._by_ffmpeg(start - before) if by_ffmpeg else self._by_libsndfile(start - before)
        skip, left = before, None if stop is None else max(0, stop - start)
        for block in blocks:
            kept = block[skip:] if left is None else block[skip : skip + left]
            skip = max(0, skip - len(block))
            if left is not None:
                left -= len(kept)
            if len(kept):
                yield kept
            if left == 0:
                break

    def _by_libsndfile(self, start: int) -> Iterator[Samples]:
        try:
            with soundfile.SoundFile(self.path) as file:
                file.seek(min(start * self.rate // SAMPLE_RATE, file.frames))
                pieces = (_stereo(piece) for piece in file.blocks(_BLOCK, dtype="float32", always_2d=True))
                yield from pieces if self.rate == SAMPLE_RATE else resampled(pieces, self.rate, SAMPLE_RATE)
        except soundfile.LibsndfileError as error:
            raise _unreadable(self.path) from error

    def _by_ffmpeg(self, start: int) -> Iterator[Samples]:
        import imageio_ffmpeg

        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "quiet", "-nostdin", "-protocol_whitelist", "file"]
        command += ["-format_whitelist", "mov,aac"]
        command += ["-ss", f"{start / SAMPLE_RATE:.6f}"] if start else []  # even -ss 0 leaves out a packet
        command += ["-i", f"file:{self.path}"]
        command += ["-map", "0:a:0", "-f", "f32le", "-ac", "2", "-ar", str(SAMPLE_RATE), "pipe:1"]
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet) as ffmpeg:
            assert ffmpeg.stdout is not None
            try:
                while data := ffmpeg.stdout.read(8 * _BLOCK):
                    yield np.frombuffer(data[: len(data) // 8 * 8], "<f4").reshape(-1, 2).astype(np.float32)
            except BaseException:  # the caller goes elsewhere in the file, or has heard enough
                ffmpeg.kill()
                raise
            if ffmpeg.wait() != 0:
                raise _unreadable(self.path)


def _stereo(piece: Samples) -> Samples:
    return np.repeat(piece, 2, axis=1) if piece.shape[1] == 1 else np.ascontiguousarray(piece[:, :2])


def _unreadable(path: Path) -> SoundError:
    return SoundError(f"The file {path} could not be read to its end; it may be damaged, or of another kind.")


def _mp4_length(path: Path) -> int:
    from mutagen import MutagenError
    from mutagen.aac import AAC
    from mutagen.mp4 import MP4

    try:
        info: Any = AAC(path).info if path.suffix.lower() == ".aac" else MP4(path).info
    except MutagenError as error:
        raise _unreadable(path) from error
    return round(float(info.length) * SAMPLE_RATE)


def _tags(path: Path, frames: int) -> Tags:
    """What the tags say, and the file's name for the title where they say nothing."""
    from mutagen import MutagenError

    plain = Tags(path.stem, frames)
    try:
        suffix = path.suffix.lower()
        if suffix in (".mp3", ".wav"):
            return _id3_tags(path, plain)
        if suffix in (".m4a", ".m4b", ".mp4"):
            return _mp4_tags(path, plain)
        return plain if suffix == ".aac" else _vorbis_tags(path, plain)
    except (MutagenError, ValueError):  # it can be heard without them
        return plain


def _id3_tags(path: Path, plain: Tags) -> Tags:
    from mutagen.mp3 import MP3
    from mutagen.wave import WAVE

    file: Any = WAVE(path) if path.suffix.lower() == ".wav" else MP3(path)
    if (tags := file.tags) is None:
        return plain
    chapters = (
        ChapterRange(_first_text(frame.sub_frames), _frames(frame.start_time), _frames(frame.end_time))
        for frame in sorted(tags.getall("CHAP"), key=lambda frame: frame.start_time)
    )
    spoken = (pair for frame in tags.getall("SYLT") if frame.format == 2 for pair in frame.text)
    text = tuple((_frames(time), line) for line, time in spoken)
    return replace(plain, title=_first_text(tags) or plain.title, chapters=tuple(chapters), text=text)


def _first_text(tags: Mapping[str, Any]) -> str:
    return str(tags["TIT2"].text[0]) if "TIT2" in tags and tags["TIT2"].text else ""


def _mp4_tags(path: Path, plain: Tags) -> Tags:
    from mutagen.mp4 import MP4

    file: Any = MP4(path)
    title = ((file.tags or {}).get("\xa9nam") or [plain.title])[0]
    starts = [(chapter.title, round(chapter.start * SAMPLE_RATE)) for chapter in file.chapters or ()]
    return replace(plain, title=str(title), chapters=_one_after_another(starts, plain.frames))


def _vorbis_tags(path: Path, plain: Tags) -> Tags:
    from mutagen import File

    file: Any = File(path)
    tags: Any = None if file is None else file.tags
    if tags is None:
        return plain
    starts = []
    for number in range(1, 1000):
        times, titles = (tags.get(f"CHAPTER{number:03d}{name}") for name in ("", "NAME"))
        if not times or not (match := _CLOCK.fullmatch(times[0])):
            break
        hours, minutes, seconds, fraction = match.groups()
        milliseconds = (int(hours) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int(
            (fraction or "0").ljust(3, "0")
        )
        starts.append((str((titles or [""])[0]), _frames(milliseconds)))
    title = str((tags.get("TITLE") or [plain.title])[0])
    return replace(plain, title=title, chapters=_one_after_another(starts, plain.frames))


def _one_after_another(starts: list[tuple[str, int]], frames: int) -> tuple[ChapterRange, ...]:
    ends = [*(start for _, start in starts[1:]), frames]
    return tuple(ChapterRange(title, start, end) for (title, start), end in zip(starts, ends, strict=False))


def _frames(milliseconds: int) -> int:
    return (milliseconds * SAMPLE_RATE + 500) // 1000
