"""Encodes with the ffmpeg of the package imageio-ffmpeg: AAC and Opus, which libsndfile and LAME lack.

Its output depends on its input alone: ``bitexact`` keeps its name, the time and random numbers out of the file, and
``cpuflags 0`` restricts it to instructions that all processors of an architecture have.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from voiceguide.atomic import disk_full
from voiceguide.errors import OutputError

_BITEXACT = ("-fflags", "+bitexact", "-flags:a", "+bitexact")


@contextmanager
def into(path: Path, inputs: Sequence[str], outputs: Sequence[str]) -> Iterator[IO[bytes]]:
    """A stream that ffmpeg reads as ``pipe:0``; the file ``path`` is complete when the block ends without an error.

    ``inputs`` are its arguments up to the last input, ``outputs`` those of the one output. Raises OutputError when
    ffmpeg is missing, fails, or lacks an encoder.
    """
    command = [_program(), "-v", "error", "-cpuflags", "0", *inputs, *outputs, *_BITEXACT, "-y", f"file:{path}"]
    quiet = subprocess.DEVNULL
    with (
        tempfile.TemporaryFile() as messages,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=messages) as process,
    ):
        assert process.stdin is not None
        try:
            yield process.stdin
            process.stdin.close()
        except BrokenPipeError:  # it has ended early, and its status says why
            process.kill()
        except BaseException:
            process.kill()
            raise
        if process.wait() != 0:
            messages.seek(0)
            raise _failed(messages.read())


def _program() -> str:
    import imageio_ffmpeg

    try:
        program: str = imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError as error:
        raise OutputError(
            "This kind of file needs ffmpeg, and none was found. 'pip install imageio-ffmpeg' brings one."
        ) from error
    return program


def _failed(messages: bytes) -> OutputError:
    if b"Unknown encoder" in messages:
        return OutputError(
            "The ffmpeg on this computer can't write this kind of file. 'pip install imageio-ffmpeg' brings one that "
            "can; the environment variable IMAGEIO_FFMPEG_EXE must not name another."
        )
    return disk_full("The file")
