"""How long a sound file says it is, for the two containers whose cut-off files decode without a complaint."""

from __future__ import annotations

import math
import struct
from pathlib import Path
from typing import IO

_UNKNOWN = (0, 0xFFFFFFFF)  # what a writer that could not go back leaves as the size
_OGG_PAGE = 27 + 255 + 255 * 255  # bytes of the largest page (RFC 3533, section 6)
_CHUNKS = 1000


def declared_seconds(path: Path) -> float | None:
    """The length a WAV file claims; infinity for an Ogg file whose last page is incomplete; None for all others.

    None also for a WAV that leaves its length open. Raises OSError.
    """
    with path.open("rb") as file:
        magic = file.read(12)
        if magic[:4] == b"RIFF" and magic[8:] == b"WAVE":
            return _wav_seconds(file)
        if magic[:4] == b"OggS" and _is_cut_ogg(file):
            return math.inf
    return None


def _wav_seconds(file: IO[bytes]) -> float | None:
    bytes_per_second = 0
    for _ in range(_CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            break
        kind, size = struct.unpack("<4sI", head)
        if kind == b"data":
            return size / bytes_per_second if size not in _UNKNOWN and bytes_per_second else None
        body = file.tell()
        if kind == b"fmt ":
            bytes_per_second = int.from_bytes(file.read(12)[8:], "little")
        file.seek(body + size + size % 2)
    return None


def _is_cut_ogg(file: IO[bytes]) -> bool:
    """Whether the last page runs past the end of the file (RFC 3533, section 6: header, segment table, segments)."""
    size = file.seek(0, 2)
    tail_start = file.seek(max(0, size - _OGG_PAGE))
    tail = file.read()
    page = tail.rfind(b"OggS")
    if page < 0:
        return False
    segments = tail[page + 26] if page + 26 < len(tail) else 255
    table = tail[page + 27 : page + 27 + segments]
    return tail_start + page + 27 + segments + sum(table) > size
