"""Decodes a finished file block by block, as a listener's player does, for measuring and checking."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile

from voiceguide.audio.resampling import resampled
from voiceguide.audio.stream import Samples
from voiceguide.encoder.kinds import BY_SUFFIX
from voiceguide.errors import OutputError
from voiceguide.units import SAMPLE_RATE

_BLOCK = SAMPLE_RATE  # frames


class Forward(soundfile.SoundFile):  # type: ignore[misc]  # soundfile has no types
    """A file that is read from its beginning to its end.

    soundfile seeks after every read, to where the file is already. After that, mpg123 lacks the bits that small MP3
    frames keep far back, so that the next samples would be wrong.
    """

    def seekable(self) -> bool:
        return False


def decode(
    path: Path, block_frames: int = _BLOCK, *, suffix: str | None = None, rate: int = SAMPLE_RATE
) -> Iterator[Samples]:
    """Blocks of a finished file, float32 ``(frames, 2)`` at 44.1 kHz; all but the last are ``block_frames`` long.

    ``suffix`` says what kind of file it is when its name does not, as with a temporary one, and ``rate`` the Hz of one
    that ffmpeg decodes. Peaks above full scale are
    kept. A gapless file is decoded without its encoder's delay and padding. Raises OutputError when it can't be decoded
    to its end.
    """
    kind = BY_SUFFIX.get((suffix or path.suffix).lower())
    if kind and kind.libsndfile in soundfile.available_formats():
        yield from _by_libsndfile(path, kind.rates, block_frames)
    else:
        yield from _at_session_rate(_by_ffmpeg(path, rate, block_frames), rate, block_frames)


def _by_libsndfile(path: Path, rates: tuple[int, ...], block_frames: int) -> Iterator[Samples]:
    try:
        with Forward(path) as file:
            if file.samplerate not in rates or file.channels != 2:
                known = " or ".join(f"{rate / 1000:g}" for rate in rates)
                raise OutputError(f"{path} is not stereo at {known} kHz, as a session is.")
            yield from _at_session_rate(_read(file, path, block_frames), file.samplerate, block_frames)
    except soundfile.LibsndfileError as error:
        raise _damaged(path) from error


def _read(file: Forward, path: Path, block_frames: int) -> Iterator[Samples]:
    read = 0
    while len(block := file.read(block_frames, dtype="float32", always_2d=True)):
        yield block
        read += len(block)
    if read != file.frames:
        raise _damaged(path)


def _at_session_rate(blocks: Iterator[Samples], rate: int, block_frames: int) -> Iterator[Samples]:
    return blocks if rate == SAMPLE_RATE else _grouped(resampled(blocks, rate, SAMPLE_RATE), block_frames)


def _grouped(pieces: Iterator[Samples], block_frames: int) -> Iterator[Samples]:
    """The same samples in blocks of one length; the last may be shorter."""
    held = np.zeros((0, 2), np.float32)
    for piece in pieces:
        held = np.concatenate((held, piece))
        while len(held) >= block_frames:
            yield held[:block_frames]
            held = held[block_frames:]
    if len(held):
        yield held


def _by_ffmpeg(path: Path, rate: int, block_frames: int) -> Iterator[Samples]:
    import imageio_ffmpeg

    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "quiet", "-xerror", "-nostdin", "-i", f"file:{path}"]
    command += ["-map", "0:a:0", "-f", "f32le", "-ac", "2", "-ar", str(rate), "pipe:1"]
    size = block_frames * 2 * 4
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet) as ffmpeg:
        assert ffmpeg.stdout is not None
        try:
            while data := ffmpeg.stdout.read(size):
                yield np.frombuffer(data, "<f4").reshape(-1, 2).astype(np.float32)
        except BaseException:  # the caller closed the generator, or was interrupted
            ffmpeg.kill()
            raise
        if ffmpeg.wait() != 0:
            raise _damaged(path)


def _damaged(path: Path) -> OutputError:
    return OutputError(f"{path} can't be decoded to its end. Please render it again.")
