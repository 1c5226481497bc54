"""The sounds of one render: the library's, and a person's own files, held on disk while they are needed."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from voiceguide.errors import SoundError
from voiceguide.routine import SoundRef
from voiceguide.scratch import remove_abandoned, scratch, system_place
from voiceguide.sounds import library

if TYPE_CHECKING:
    from voiceguide.audio.stream import Samples
    from voiceguide.sounds.decoded_file import DecodedFile


class SoundStore:
    """Gives any sound's samples while it is open::

        with SoundStore() as sounds:
            length = sounds.frames(ref)
            block = sounds.read(ref, 0, 4096)

    A person's file is decoded once, when it is first asked for, into a temporary folder (21 MB a minute) that goes
    with the store; a second time where it is a bed as well. Its loudest 400 ms are brought to
    :data:`~voiceguide.mix_levels.FILE_LEVEL`, so that no file startles, within the limits of
    :mod:`~voiceguide.sounds.decoded_file`; its silences stay, so its length is that of the file.

    ``folder`` is where the temporary folder is made; the system's place for such when None. Raises SoundError when
    it cannot be made, which happens with the first file that is asked for.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._parent = folder
        self._held = ExitStack()
        self._folder: Path | None = None
        self._open = False
        self._files: dict[tuple[Path, bool], DecodedFile] = {}

    def __enter__(self) -> SoundStore:
        self._open = True
        for place in (system_place(), *([self._parent] if self._parent else [])):
            remove_abandoned(place)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.clear()
        self._open = False
        self._folder = None
        self._held.close()

    def _place(self) -> Path:
        """The temporary folder, made when the first file needs it."""
        if self._folder is not None:
            return self._folder
        place = self._parent or system_place()
        try:
            place.mkdir(parents=True, exist_ok=True)
            self._folder = self._held.enter_context(scratch(place))
        except OSError as error:
            raise SoundError(
                f"There is no place to unpack sounds in {place}: {error.strerror or error}. "
                "Set the environment variable VOICEGUIDE_CACHE to a folder that can be written to."
            ) from error
        return self._folder

    def frames(self, ref: SoundRef) -> int:
        """The sound's length. Raises SoundError, as all methods do."""
        return library.frames(ref) if ref.path is None else self.file(ref).frames

    def samples(self, ref: SoundRef) -> Samples:
        """The whole sound, ``(frames, 2)`` float32, read-only. For long files prefer :meth:`read`."""
        return library.samples(ref) if ref.path is None else self.file(ref).samples()

    def read(self, ref: SoundRef, start: int, frames: int) -> Samples:
        """``frames`` frames of the sound from frame ``start``, ``(frames, 2)``, in memory of their own size.

        Raises ValueError when they do not all lie within the sound.
        """
        if ref.path is not None:
            return self.file(ref).read(start, frames)
        whole = library.samples(ref)
        if start < 0 or frames < 0 or start + frames > len(whole):
            raise ValueError(f"a sound of {len(whole)} frames has no {frames} frames from {start} on")
        return whole[start : start + frames]

    def file(self, ref: SoundRef) -> DecodedFile:
        """A person's file, decoded. Raises ValueError for a sound of the library, or when the store is closed."""
        return self._decoded(ref, without_rumble=False)

    def bed_file(self, ref: SoundRef) -> DecodedFile:
        """As :meth:`file`, without what lies below :data:`~voiceguide.audio.filtering.RUMBLE`, as no bed has it."""
        return self._decoded(ref, without_rumble=True)

    def _decoded(self, ref: SoundRef, *, without_rumble: bool) -> DecodedFile:
        if ref.path is None or not self._open:
            raise ValueError(f"'{ref.name}' is no file, or the store is not open")
        key = (ref.path, without_rumble)
        if key not in self._files:
            from voiceguide.sounds.decoded_file import decoded_into

            target = self._place() / f"{len(self._files)}.f32"
            held = sum(file.frames for file in self._files.values())
            try:
                self._files[key] = decoded_into(target, ref, held, without_rumble=without_rumble)
            except OSError as error:
                raise SoundError(
                    f"The sound '{ref.name}' could not be unpacked into {target.parent}: {error.strerror or error}."
                ) from error
            finally:
                if key not in self._files:
                    target.unlink(missing_ok=True)
        return self._files[key]
