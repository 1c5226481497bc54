"""Decodes a speech server's answer to samples."""

from __future__ import annotations

import io

import numpy as np
import soundfile
from numpy.typing import NDArray

from voiceguide.errors import SpeechError
from voiceguide.speech.engines.engine import Utterance

_LONGEST_DATA = 1 << 30  # bytes; a larger size in a WAV header, or 0, means that the writer streamed and left it open
_BLOCK = 1 << 20  # frames
_MOST_SAMPLES = 60_000_000  # of all channels: 11 minutes of stereo at 44.1 kHz; a worker's answer holds no more


class _Streamed(soundfile.SoundFile):  # type: ignore[misc]
    """Reads without seeking, because libsndfile cannot seek in a FLAC file of unknown length."""

    def seekable(self) -> bool:
        return False


def decoded(content: bytes) -> Utterance:
    """The sound in a WAV, FLAC, MP3 or Ogg Opus file, also a streamed one.

    Raises SpeechError if it is none of these, is damaged or cut off, or is too long for any line.
    """
    content = _with_length(content) if content[:4] == b"RIFF" and content[8:12] == b"WAVE" else content
    blocks: list[NDArray[np.float32]] = []
    try:
        with _Streamed(io.BytesIO(content)) as file:
            while len(block := file.read(_BLOCK, dtype="float32")):
                blocks.append(block)
                if sum(block.size for block in blocks) > _MOST_SAMPLES:
                    raise SpeechError("the server sent far too much sound for a line")
            rate = int(file.samplerate)
    except soundfile.SoundFileError as error:
        raise SpeechError("the server sent something that is no sound, or damaged") from error
    return Utterance(np.concatenate(blocks) if blocks else np.zeros(0, np.float32), rate)


def _with_length(wav: bytes) -> bytes:
    """A WAV with its sizes filled in, if the header leaves them open. Raises SpeechError if it is cut off."""
    at = 12
    while at + 8 <= len(wav):
        size = int.from_bytes(wav[at + 4 : at + 8], "little")
        if wav[at : at + 4] == b"data":
            there = len(wav) - at - 8
            if not 0 < size <= _LONGEST_DATA:
                sizes = (len(wav) - 8).to_bytes(4, "little"), there.to_bytes(4, "little")
                return wav[:4] + sizes[0] + wav[8 : at + 4] + sizes[1] + wav[at + 8 :]
            if size > there:
                raise SpeechError("the server broke off in the middle of its answer")
            return wav
        at += 8 + size + size % 2
    return wav
