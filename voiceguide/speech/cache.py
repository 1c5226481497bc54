"""The store of spoken lines: each clip once, under a hash of everything that decides how it sounds.

It is in the user's cache folder, or where the environment variable ``VOICEGUIDE_CACHE`` says, and may be shared, also
over a network, and deleted at any time: nothing is locked, entries are written atomically, and a missing one is made
again. The folders of entries are never removed, so that none vanishes while an entry is moved in.

An entry is a header, the clip's envelope, a note about it, and 16-bit samples, little-endian: a session reads its
lines several times, and decoding FLAC each time would cost more than the rest of mixing. Sixteen bits give a clip at
-23 LUFS a signal-to-noise ratio of about 75 dB, and rounding to them removes the last bits, in which computers may
differ. The header has a CRC-32 of length, envelope and note and one of the samples, so that the former can be read
alone; both cover the key too, so that an entry under a wrong name counts as damaged. The file's modification time is
the time of its last use.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import platformdirs

from voiceguide.audio.steps import moments
from voiceguide.entries import Entries
from voiceguide.errors import OutputError
from voiceguide.scratch import scratch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.audio.envelope import Envelope

VARIABLE = "VOICEGUIDE_CACHE"
"""The environment variable that names another folder for everything voiceguide keeps between runs."""

_HEADER = struct.Struct("<8sIIQfI")  # magic, checksums of head and samples, frames, true peak, bytes of the note
_MAGIC = b"VGCLIP5\n"
_FULL_SCALE = 32_768
_SAMPLE, _POWER = 2, 4  # bytes
_AT_ONCE = 4096  # bytes of an entry read first: the head of all but long lines
_TOUCHED = 24 * 3600.0  # seconds for which an entry that was used is not marked as used again


def cache_folder() -> Path:
    """The folder of spoken lines: ``$VOICEGUIDE_CACHE/speech``, else in the user's cache folder."""
    chosen = os.environ.get(VARIABLE)
    root = (
        Path(chosen).expanduser().absolute()
        if chosen
        else Path(platformdirs.user_cache_dir("voiceguide", appauthor=False))
    )
    return root / "speech"


def key(*fields: str | int | float) -> str:
    """A name for an entry, 64 hex digits, from everything that decides how it sounds. Versions of voiceguide that
    store entries in another form use other names, since they may share the folder."""
    return hashlib.sha256(json.dumps((_MAGIC.decode(), *fields), ensure_ascii=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """An entry without its samples: the length at 44.1 kHz, the envelope as it is kept, and the note that was kept with
    it."""

    frames: int
    powers: bytes
    peak: float
    note: bytes

    def envelope(self) -> Envelope:
        """The clip's power over time and its peak."""
        import numpy as np

        from voiceguide.audio.envelope import Envelope

        return Envelope(np.frombuffer(self.powers, "<f4"), self.peak)


class Store(Entries):
    """Clips by key. Many processes may use one folder at the same time.

    Everything that writes raises OutputError when the folder cannot be written to; a folder that cannot be read
    counts as empty.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, ".clip")

    def frames(self, key: str) -> int | None:
        """The length of an entry whose head and size are as they were written, or None; a damaged one is removed."""
        head = self._head(key)
        return head.frames if head else None

    def head(self, key: str) -> Head | None:
        """What is known of a clip without its samples, or None as for :meth:`frames`."""
        return self._head(key)

    def envelope(self, key: str) -> Envelope | None:
        """The clip's envelope, or None as for :meth:`frames`."""
        head = self._head(key)
        return head.envelope() if head else None

    def samples(self, key: str) -> NDArray[np.float32] | None:
        """The clip, ``(frames,)`` float32 at 44.1 kHz, or None if it is missing; a damaged one is removed."""
        try:
            if (file := self.opened(key)) is None:
                return None
            with file:
                content = file.read()
        except OSError:
            return None
        if len(content) > _HEADER.size:
            magic, _, checksum, frames, _, note = _HEADER.unpack_from(content)
            pcm = memoryview(content)[_HEADER.size + moments(frames) * _POWER + note :]
            if magic == _MAGIC and len(pcm) == frames * _SAMPLE and checksum == _checksum(key, frames, pcm):
                import numpy as np

                factor = np.float32(1 / _FULL_SCALE)
                clip: NDArray[np.float32] = np.multiply(np.frombuffer(pcm, "<i2"), factor, dtype=np.float32)
                return clip
        self.remove(key)
        return None

    def put(self, key: str, clip: NDArray[np.float32], note: bytes = b"") -> None:
        """Keeps a clip, ``(frames,)`` float32, which is read back rounded to 16 bits, and a note about it."""
        import numpy as np

        from voiceguide.audio.envelope import envelope

        pcm = np.clip(np.rint(clip.astype(np.float64) * _FULL_SCALE), -_FULL_SCALE, _FULL_SCALE - 1).astype("<i2")
        content = pcm.tobytes()
        shape = envelope(pcm.astype(np.float32) / np.float32(_FULL_SCALE))
        powers = shape.powers.astype("<f4").tobytes()
        checksums = _checksum(key, len(pcm), powers + note, shape.peak), _checksum(key, len(pcm), content)
        header = _HEADER.pack(_MAGIC, *checksums, len(pcm), shape.peak, len(note))
        with self._writing():
            try:
                self.write(key, header + powers + note + content)
            except PermissionError:  # Windows, while another process reads the same entry
                if self.frames(key) is None:
                    raise

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A new folder beside the entries, removed at the end with its contents."""
        with ExitStack() as held:
            with self._writing():
                self.making.mkdir(parents=True, exist_ok=True)
                folder = held.enter_context(scratch(self.making))
            yield folder

    def _head(self, key: str) -> Head | None:
        try:
            if (file := self.opened(key)) is None:
                return None
            with file:
                status = os.fstat(file.fileno())
                head = _read_head(file, key, status.st_size)
        except OSError:
            return None
        if head is None:
            self.remove(key)
        else:
            _touch(self.path(key), status.st_mtime)
        return head

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError(
                f"Spoken lines cannot be kept in the folder {self.folder}: {error.strerror or error}. "
                "Make room there or allow writing to it, or choose another folder with the environment variable "
                f"{VARIABLE}."
            ) from error


def _read_head(file: BinaryIO, key: str, size: int) -> Head | None:
    """An entry's head; None if it is not as it was written, or the entry not ``size`` bytes long."""
    content = file.read(_AT_ONCE)
    if len(content) < _HEADER.size:
        return None
    magic, checksum, _, frames, peak, noted = _HEADER.unpack_from(content)
    note = _HEADER.size + moments(frames) * _POWER
    samples = note + noted
    if magic != _MAGIC or not frames or size != samples + frames * _SAMPLE:
        return None
    if samples > len(content):
        content += file.read(samples - len(content))
    if checksum != _checksum(key, frames, content[_HEADER.size : samples], peak):
        return None
    return Head(frames, content[_HEADER.size : note], peak, content[note:samples])


def _touch(path: Path, used: float) -> None:
    """Marks an entry as used; where that is not allowed it may be pruned early, and is made again."""
    with suppress(OSError):
        if time.time() - used > _TOUCHED:
            os.utime(path)


def _checksum(key: str, frames: int, content: bytes | memoryview, peak: float = 0.0) -> int:
    return zlib.crc32(content, zlib.crc32(f"{key} {frames} {peak!r}\n".encode()))
