"""A person's sound file as a stream of samples, through a closed-in ffmpeg and pydub.

ffmpeg reads the one file it is given and nothing else: only the ``file`` protocol, and only containers that cannot
name another file (no playlists, no ``concat``), whatever the file is called. Its output goes through pydub a piece
at a time, so that a file of hours needs no more memory than a chime.
"""

from __future__ import annotations

import math
import os
import re
import struct
import subprocess
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import numpy as np
import soxr

from voiceguide.audio.stream import Samples
from voiceguide.errors import SoundError
from voiceguide.sounds.truncation import declared_seconds
from voiceguide.units import SAMPLE_RATE, format_duration

LARGEST_FILE = 500 * 1024 * 1024
"""Bytes."""

LONGEST_SOUND = 3 * 3600
"""Seconds a file may last once decoded."""

KINDS = "WAV, FLAC, OGG, Opus, MP3, M4A, AAC or AIFF"

_CONTAINERS = "wav,flac,ogg,mp3,mov,aac,aiff"
_RATES = range(1_000, 768_001)
_PATIENCE = 900.0  # seconds; three hours of FLAC take about 20
_PIECE = 1 << 16  # frames
_HEADROOM = 4.0  # floating-point and lossy files may pass full scale; 32-bit whole numbers have room to spare
_NOTES = 1 << 16  # bytes of ffmpeg's messages that are kept
_HEADS = 10.0  # seconds in which ffmpeg has told what is in the file, once it has begun to decode
_COUNTED = re.compile(r"^out_time_us=(\d+)", re.MULTILINE)
_DURATION = re.compile(r"^  Duration: (\d+):(\d\d):(\d\d\.\d+)", re.MULTILINE)


def decoded(source: Path, name: str) -> Iterator[Samples]:
    """The file's samples at 44.1 kHz, ``(frames, 2)`` float32, in pieces; its level is left as it is.

    ``name`` is what messages call it. Raises SoundError when the file is missing, too large, too long, empty, cut
    off, without sound, or none of :data:`KINDS`.
    """
    _inspect(source, name)
    heard = 0
    with _ffmpeg(source, name) as (output, notes):
        rate = _rate(output, name)
        _require_short(source, name, notes)
        for piece in _resampled(_pieces(output, rate), rate):
            heard += len(piece)
            if heard > LONGEST_SOUND * SAMPLE_RATE:
                raise _too_long(name)
            if len(piece):
                yield piece
        _require_whole(source, name, heard / SAMPLE_RATE, notes.finish())
    if not heard:
        raise SoundError(f"The sound '{name}' is empty: there is nothing in it to play.")


def _inspect(source: Path, name: str) -> None:
    try:
        if not source.is_file():  # a pipe or a device would be read for ever
            raise SoundError(f"There is no sound file '{name}' (looked for {source}).")
        size = source.stat().st_size
    except OSError as error:
        raise SoundError(f"The sound '{name}' could not be read: {error.strerror}.") from error
    if size > LARGEST_FILE:
        most = LARGEST_FILE >> 20
        raise SoundError(f"The sound '{name}' is {size >> 20} MB; the largest that can be used is {most} MB.")
    if not size:
        raise SoundError(f"The sound '{name}' is an empty file.")


def _unreadable(name: str) -> SoundError:
    return SoundError(f"The sound '{name}' could not be read. It should be a complete sound file: {KINDS}.")


def _too_long(name: str) -> SoundError:
    return SoundError(f"The sound '{name}' is longer than {format_duration(LONGEST_SOUND)}; please use a shorter one.")


class _Notes:
    """ffmpeg's messages, read beside its output so that neither can fill up and stop it."""

    def __init__(self, stream: IO[bytes], process: subprocess.Popen[bytes]) -> None:
        self._kept = b""
        self._has_heads = threading.Event()
        self._stream, self._process = stream, process
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        with suppress(OSError, ValueError):  # Ctrl-C may close the stream meanwhile
            while part := os.read(self._stream.fileno(), 1 << 12):
                self._kept = (self._kept + part)[:_NOTES]
                if b"  Stream #0" in self._kept:
                    self._has_heads.set()
        self._has_heads.set()

    def length(self) -> tuple[float | None, bool]:
        """The file's length in seconds as its head has it, None if it has none; and whether that is a mere estimate."""
        self._has_heads.wait(_HEADS)
        return _length(self._kept.decode("utf-8", "replace"))

    def finish(self) -> tuple[int, str]:
        """The exit status and the messages, once the output has been read to its end."""
        status = self._process.wait()
        self._reader.join()
        return status, self._kept.decode("utf-8", "replace")


def _reading(source: Path, name: str) -> list[str]:
    """ffmpeg's command up to its output, for the sound of the one file, a second more than may be used at most."""
    import imageio_ffmpeg

    try:
        program = imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError as error:
        raise SoundError(
            f"The sound '{name}' needs ffmpeg, and none was found. 'pip install imageio-ffmpeg' brings one."
        ) from error
    command = [program, "-hide_banner", "-nostdin", "-nostats", "-loglevel", "info", "-protocol_whitelist", "file"]
    command += ["-format_whitelist", _CONTAINERS, "-i", f"file:{source.absolute()}"]
    return [*command, "-map", "0:a:0", "-t", str(LONGEST_SOUND + 1)]


@contextmanager
def _ffmpeg(source: Path, name: str) -> Iterator[tuple[IO[bytes], _Notes]]:
    """ffmpeg decoding ``source`` to 32-bit stereo WAV; it is gone when the block is left, however that happens."""
    command = [*_reading(source, name), "-map_metadata", "-1"]
    command += [
        "-af",
        f"volume={1 / _HEADROOM}:precision=float",
        "-ac",
        "2",
        "-c:a",
        "pcm_s32le",
        "-f",
        "wav",
        "pipe:1",
    ]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        notes = _Notes(process.stderr, process)
        patience = threading.Timer(_PATIENCE, process.kill)
        patience.start()
        try:
            yield process.stdout, notes
        finally:
            patience.cancel()
            patience.join()
            process.kill()
            notes.finish()


def _require_short(source: Path, name: str, notes: _Notes) -> None:
    """Raises SoundError for a file of too many hours before they are decoded. Where its head has no length, or ffmpeg
    guesses one that is too long, its packets are counted, which is about twenty times as fast."""
    length, estimated = notes.length()
    if length is None or (estimated and length > LONGEST_SOUND):
        length = _counted(source, name)
    if length > LONGEST_SOUND:
        raise _too_long(name)


def _counted(source: Path, name: str) -> float:
    """The seconds of a file's packets, which are not decoded, up to a little more than may be used."""
    command = [*_reading(source, name), "-c", "copy", "-f", "null", "-progress", "pipe:1", "-"]
    with suppress(subprocess.TimeoutExpired):
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False, text=True
        )
        return max((int(time) / 10**6 for time in _COUNTED.findall(done.stdout)), default=0.0)
    return 0.0


def _length(notes: str) -> tuple[float | None, bool]:
    """The length in seconds that ffmpeg's messages tell; and whether it is estimated from the bit rate."""
    match = _DURATION.search(notes)
    hours, minutes, seconds = match.groups() if match else (0, 0, 0)
    length = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    return (length if match else None), "Estimating duration" in notes


def _rate(output: IO[bytes], name: str) -> int:
    """Reads a WAV's head up to its samples, and returns the sample rate in Hz."""
    rate = 0
    if output.read(12)[8:] != b"WAVE":
        raise _unreadable(name)
    while len(head := output.read(8)) == 8:
        kind, size = struct.unpack("<4sI", head)
        if kind == b"data":
            break
        body = output.read(size + size % 2)
        if kind == b"fmt ":
            rate = int.from_bytes(body[4:8], "little")
    if rate not in _RATES:
        raise _unreadable(name)
    return rate


def _pieces(output: IO[bytes], rate: int) -> Iterator[Samples]:
    """What follows the head, as samples at the file's own rate. An incomplete last frame is left out."""
    with warnings.catch_warnings():
        # pydub looks for ffmpeg on the search path as it is imported, and warns without need: ours is already running.
        warnings.simplefilter("ignore")
        from pydub import AudioSegment

    scale = np.float32(_HEADROOM / 2**31)
    while raw := output.read(8 * _PIECE):
        segment = AudioSegment(raw[: len(raw) // 8 * 8], sample_width=4, frame_rate=rate, channels=2)
        whole = np.frombuffer(segment.get_array_of_samples(), np.int32).reshape(-1, 2)
        yield whole.astype(np.float32) * scale


def _resampled(pieces: Iterator[Samples], rate: int) -> Iterator[Samples]:
    if rate == SAMPLE_RATE:
        yield from pieces
        return
    stream = soxr.ResampleStream(rate, SAMPLE_RATE, 2, dtype="float32", quality="VHQ")
    for piece in pieces:
        yield stream.resample_chunk(piece)
    yield stream.resample_chunk(np.zeros((0, 2), np.float32), last=True)


def _require_whole(source: Path, name: str, heard: float, outcome: tuple[int, str]) -> None:
    """Raises SoundError when ffmpeg failed, or when less was heard (seconds) than the file says it holds.

    ffmpeg plays what is left of a file that was cut off and calls it a success.
    """
    status, notes = outcome
    if status:
        raise _unreadable(name)
    promised = declared_seconds(source)
    told, estimated = _length(notes)
    if promised is None and not estimated:
        promised = told
    # Lossy files' lengths are rounded up to whole packets and may count the encoder's delay.
    if promised is not None and promised > heard * 1.01 + 0.15:
        length = "" if math.isinf(promised) else f": {heard:.1f} of {promised:.1f} seconds are there"
        raise SoundError(f"The sound '{name}' is cut off{length}. Please copy or download it again.")
