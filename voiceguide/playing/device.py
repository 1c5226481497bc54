"""Sound devices: the loudspeaker's (miniaudio), none that is heard, and one that writes what would be heard to a file.

The environment variable ``VOICEGUIDE_DEVICE`` chooses: ``none``, or the name of a ``.wav`` file; the system's own
device when it is not set.
"""

from __future__ import annotations

import ctypes
import os
import struct
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from voiceguide.errors import DeviceError
from voiceguide.units import SAMPLE_RATE

if TYPE_CHECKING:
    from typing import BinaryIO

VARIABLE = "VOICEGUIDE_DEVICE"
"""The environment variable that names another device."""

Take = Callable[[int], bytes]
"""Gives so many frames, float32, both channels; called in the device's own thread."""

_PERIOD = 40  # milliseconds that a device asks for at a time
_PERIODS = 3


class Device(Protocol):
    """Something that sound is played on."""

    @property
    def lost(self) -> bool:
        """Whether the device was taken away while it played."""
        ...

    def start(self, take: Take) -> None:
        """Begins to play what ``take`` gives. Raises DeviceError."""
        ...

    def close(self) -> None:
        """Ends the playing; a second time does nothing."""
        ...


def open_device() -> Device:
    """The device to play on. Raises DeviceError if there is none, or the extra ``play`` is missing."""
    name = os.environ.get(VARIABLE, "")
    if name in ("", "none"):
        return Loudspeaker(heard=not name)
    if name.casefold().endswith(".wav"):
        return Captured(Loudspeaker(heard=False), Path(name))
    raise DeviceError(f"The environment variable {VARIABLE} should be 'none' or name a .wav file; it is '{name}'.")


def can_play() -> bool:
    """Whether the extra ``play`` is installed."""
    from importlib.util import find_spec

    return find_spec("miniaudio") is not None


class Loudspeaker:
    """The system's default device; with ``heard=False`` one that takes its time as a device does, and is silent."""

    def __init__(self, *, heard: bool = True) -> None:
        miniaudio = _miniaudio()
        null = miniaudio.Backend.NULL
        real = [
            backend for backend in miniaudio.Backend if backend is not null and miniaudio.is_backend_enabled(backend)
        ]
        self._stopping = False
        self._lost = threading.Event()
        self._told_alsa = _quiet_alsa()  # held, since the library keeps a reference to it
        try:
            self._device = miniaudio.PlaybackDevice(
                miniaudio.SampleFormat.FLOAT32,
                2,
                SAMPLE_RATE,
                _PERIOD,
                callback_periods=_PERIODS,
                backends=real if heard else [null],
                app_name="voiceguide",
            )
        except miniaudio.MiniaudioError as error:
            raise DeviceError(
                "No sound device was found on this computer, so nothing can be heard here. Connect one, or let "
                "'voiceguide render' write a file that is played elsewhere."
            ) from error
        self._failure: type[Exception] = miniaudio.MiniaudioError

    @property
    def lost(self) -> bool:
        return self._lost.is_set()

    def start(self, take: Take) -> None:
        def given() -> Generator[bytes, int, None]:
            wanted = yield b""
            while True:
                wanted = yield take(wanted)

        generator = given()
        next(generator)
        self._device.stop_callback = self._stopped
        try:
            self._device.start(generator)
        except self._failure as error:
            raise DeviceError("The sound device could not be started; another program may hold it.") from error

    def close(self) -> None:
        self._stopping = True
        self._device.close()

    def _stopped(self) -> None:
        if not self._stopping:
            self._lost.set()


class Captured:
    """Another device, all of whose sound is written to a WAV file as well: float32, stereo, 44.1 kHz."""

    def __init__(self, device: Device, path: Path) -> None:
        self._device = device
        self._frames = 0
        try:
            self._file: BinaryIO = path.open("wb", buffering=0)
        except OSError as error:
            device.close()
            raise DeviceError(f"The file {path} cannot be written: {error.strerror or error}.") from error
        self._file.write(_wav_head(0))

    @property
    def lost(self) -> bool:
        return self._device.lost

    def start(self, take: Take) -> None:
        def kept(frames: int) -> bytes:
            sound = take(frames)
            self._file.write(sound)
            self._frames += frames
            return sound

        self._device.start(kept)

    def close(self) -> None:
        self._device.close()
        if not self._file.closed:
            self._file.seek(0)
            self._file.write(_wav_head(self._frames))
            self._file.close()


def _miniaudio() -> Any:
    try:
        import miniaudio
    except ImportError as error:
        raise DeviceError(
            "Playing needs the extra 'play', which is not installed. Install it with: pip install \"voiceguide[play]\""
        ) from error
    return miniaudio


def _quiet_alsa() -> Any:
    """Keeps ALSA from writing its complaints on the terminal, for a missing device is told in words."""
    handler_type = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)

    def told(*_: object) -> None:
        pass

    handler = handler_type(told)
    try:
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(handler)
    except (OSError, AttributeError):  # not Linux, or none of its sound libraries
        return None
    return handler


def _wav_head(frames: int) -> bytes:
    size = 8 * frames
    form = struct.pack("<HHIIHH", 3, 2, SAMPLE_RATE, 8 * SAMPLE_RATE, 8, 32)  # 3: IEEE float
    return (
        b"RIFF"
        + struct.pack("<I", 36 + size)
        + b"WAVEfmt "
        + struct.pack("<I", 16)
        + form
        + b"data"
        + struct.pack("<I", size)
    )
