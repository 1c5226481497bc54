"""The atoms of an MP4 file (ISO/IEC 14496-12), as far as gapless sound and cutting need them.

Only what our own files hold: one audio track, 32-bit tables, ``moov`` before the sound.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voiceguide.errors import OutputError

_TIMES = {"mvhd": 16, "tkhd": 20}  # bytes of an atom before its duration, when its version is 0
_EDIT = struct.Struct(">III")  # duration, where it starts in the media, speed
_NORMAL_SPEED = 0x10000
_LARGEST_MOOV = 2**28  # bytes


@dataclass(frozen=True, slots=True)
class Moov:
    """The ``moov`` atom's content, and its offset ``at`` in the file in bytes."""

    path: Path
    at: int
    data: bytes

    @classmethod
    def of(cls, path: Path) -> Moov:
        """Raises OutputError when there is none."""
        with path.open("rb") as file:
            at = 0
            while len(head := file.read(8)) == 8:
                size, name = struct.unpack(">I4s", head)
                if name == b"moov" and 8 < size < _LARGEST_MOOV:
                    return cls(path, at + 8, file.read(size - 8))
                if size < 8:
                    break
                file.seek(at := at + size)
        raise _unlike(path)

    def find(self, *path: str) -> tuple[int, int]:
        """The start and end, in ``data``, of the content of the first atom with this path of names; a ``trak`` is that
        of the sound."""
        start, end = 0, len(self.data)
        for name in path:
            same = self._named(name, start, end)
            start, end = next((atom for atom in same if name != "trak" or self._media(*atom) == b"soun"), (0, 0))
            if not end:
                raise _unlike(self.path)
        return start, end

    def _media(self, start: int, end: int) -> bytes:
        """The handler of the track in a stretch of ``data``, which says what it holds: ``soun``, ``vide`` or another
        of text."""
        for name in ("mdia", "hdlr"):
            start, end = next(self._named(name, start, end), (0, 0))
        return self.data[start + 8 : start + 12]

    def hide_texts(self) -> None:
        """Edits the file so that players show tracks of text only when they are asked to."""
        with self.path.open("r+b") as file:
            for track in self._named("trak", 0, len(self.data)):
                if self._media(*track) not in (b"soun", b"vide"):
                    head, _ = next(self._named("tkhd", *track))
                    file.seek(self.at + head + 1)
                    file.write(bytes(3))  # of the flags the lowest is "enabled"

    def _named(self, name: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The start and end of the content of each atom with a name, of those in a stretch of ``data``."""
        return ((inside, after) for found, inside, after in self._atoms(start, end) if found == name)

    def _atoms(self, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        while start + 8 <= end:
            size, name = struct.unpack_from(">I4s", self.data, start)
            if size < 8:
                raise _unlike(self.path)
            yield name.decode("latin-1"), start + 8, start + size
            start += size

    def present(self, first: int, frames: int) -> None:
        """Edits the file so that players play ``frames`` samples from sample ``first`` of the audio track's media."""
        edits, end = self.find("trak", "edts", "elst")
        if end - edits != 8 + _EDIT.size or self.data[edits] != 0:
            raise _unlike(self.path)
        with self.path.open("r+b") as file:
            file.seek(self.at + edits + 8)
            file.write(_EDIT.pack(frames, first, _NORMAL_SPEED))
            for path in (("mvhd",), ("trak", "tkhd")):
                start, _ = self.find(*path)
                if self.data[start] != 0:
                    raise _unlike(self.path)
                file.seek(self.at + start + _TIMES[path[-1]])
                file.write(struct.pack(">I", frames))

    def packets(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The offset of each packet of the audio track in the file, and its size, in bytes."""
        sized = self._numbers("stsz")  # the size of all if it is one, their number, else the size of each
        sizes = np.full(sized[1], sized[0]) if sized[0] else sized[2:]
        chunks = self._numbers("stco")[1:]
        runs = self._numbers("stsc")[1:].reshape(-1, 3)  # first chunk (from 1), packets in each, description
        packets = np.repeat(runs[:, 1], np.diff(runs[:, 0], append=len(chunks) + 1))
        if len(packets) != len(chunks) or packets.sum() != len(sizes):
            raise _unlike(self.path)
        before = np.cumsum(sizes) - sizes
        firsts = np.cumsum(packets) - packets
        return np.repeat(chunks - before[firsts], packets) + before, sizes

    def _numbers(self, table: str) -> NDArray[np.int64]:
        """The numbers in a table of the audio track's samples, its length first."""
        start, end = self.find("trak", "mdia", "minf", "stbl", table)
        return np.frombuffer(self.data[start + 4 : end], ">u4").astype(np.int64)


def _unlike(path: Path) -> OutputError:
    return OutputError(f"{path} is not as it was written, so it can't be made exact. Please render it again.")
