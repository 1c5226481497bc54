"""Playing: the thread that fills the buffer, and the device that empties it."""

from __future__ import annotations

import sys
import threading
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from voiceguide.errors import DeviceError
from voiceguide.playing.buffer import AHEAD, Buffer
from voiceguide.playing.device import Device, open_device
from voiceguide.playing.moments import Moment, Playable
from voiceguide.playing.player import Player

_REST = 0.25  # seconds after which the thread looks again, should nobody tell it that there is something to do
_SWITCH = 0.0005  # seconds after which a thread that plans or levels a clip lets those that play go on; usually 5 ms
_LAST = 0.15  # seconds until what the device has taken is heard


class Playback:
    """A playable that is being heard, as a context manager; the sound begins when the block is entered.

    ``timer``: frames of the sleep timer; ``ahead``: frames that are kept ready. Raises DeviceError when nothing can be
    heard.
    """

    def __init__(
        self, playable: Playable, *, timer: int | None = None, device: Device | None = None, ahead: int = AHEAD
    ) -> None:
        self.buffer = Buffer(ahead)
        self.player = Player(playable, self.buffer, timer)
        self._device = device
        self._held = ExitStack()
        self._stopped = False
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="playing", daemon=True)

    def __enter__(self) -> Self:
        device = self._device = self._device or open_device()
        self._held.callback(sys.setswitchinterval, sys.getswitchinterval())
        sys.setswitchinterval(_SWITCH)
        self._held.callback(device.close)
        self._held.callback(self._stop)
        self._thread.start()
        with self.buffer.changed:
            self.buffer.changed.wait_for(lambda: self.buffer.full)
        device.start(self.buffer.take)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.close()

    @property
    def moment(self) -> Moment | None:
        """What is heard; None before the first sound."""
        return self.buffer.heard

    def wait(self, seconds: float) -> bool:
        """Waits so long, or until all has been heard, which it tells.

        Raises what went wrong: a VoiceguideError of the playable, or DeviceError when the device was taken away.
        """
        with self.buffer.changed:
            self.buffer.changed.wait_for(lambda: self.over or self._lost, seconds)
        if self._lost:
            raise DeviceError("The sound device was taken away, or stopped. Connect it again, and start again.")
        if self.over and self._error is not None:
            raise self._error
        return self.over

    @property
    def over(self) -> bool:
        """Whether all has been handed to the device."""
        return self.buffer.drained

    def finish(self) -> None:
        """Waits until the end has been heard. Raises as :meth:`wait` does."""
        while not self.wait(_REST):
            pass
        threading.Event().wait(_LAST)

    @property
    def _lost(self) -> bool:
        return self._device is not None and self._device.lost

    def _work(self) -> None:
        try:
            while not self._stopped and not self.over:
                if not self.player.work():
                    with self.buffer.changed:
                        self.buffer.changed.wait_for(self._has_work, _REST)
        except BaseException as error:  # noqa: BLE001 - whoever waits gets it
            self._error = error
            self.buffer.finish()

    def _has_work(self) -> bool:
        return self._stopped or self.over or not self.player.idle

    def _stop(self) -> None:
        self._stopped = True
        with self.buffer.changed:
            self.buffer.changed.notify_all()
        if self._thread.is_alive():
            self._thread.join()
