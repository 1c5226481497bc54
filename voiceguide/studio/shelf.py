"""What the page and the studio hand each other besides messages: recordings that come, sounds that are to be heard."""

from __future__ import annotations

import io
import secrets
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
import soundfile
from numpy.typing import NDArray

from voiceguide.studio.security import Receive
from voiceguide.units import SAMPLE_RATE

LARGEST = 24 * 2**20
"""Bytes of one thing."""

_MOST = 96 * 2**20  # bytes on a shelf; what was put there first goes first


@dataclass(frozen=True, slots=True)
class Item:
    """Bytes and their media type."""

    data: bytes
    media_type: str


class Shelf:
    """Things in memory, each under a key that cannot be guessed. Used by the server's own thread alone."""

    def __init__(self) -> None:
        self._items: OrderedDict[str, Item] = OrderedDict()

    def put(self, item: Item) -> str:
        """The key under which it lies, until there are too many others."""
        key = secrets.token_urlsafe(16)
        self._items[key] = item
        while sum(len(one.data) for one in self._items.values()) > _MOST:
            self._items.popitem(last=False)
        return key

    def get(self, key: str) -> Item | None:
        return self._items.get(key)

    def take(self, key: str) -> Item | None:
        """What lies there, which then does so no more."""
        return self._items.pop(key, None)


def wav(samples: NDArray[np.float32]) -> Item:
    """A sound, ``(frames,)`` at 44.1 kHz, as a file that every browser plays."""
    file = io.BytesIO()
    soundfile.write(file, samples, SAMPLE_RATE, format="WAV", subtype="PCM_16")
    return Item(file.getvalue(), "audio/wav")


async def body_of(receive: Receive) -> bytes | None:
    """The body of a request; None as soon as it is too large."""
    parts = bytearray()
    while True:
        message = await receive()
        parts += message.get("body", b"")
        if len(parts) > LARGEST or message["type"] == "http.disconnect":
            return None
        if not message.get("more_body", False):
            return bytes(parts)
