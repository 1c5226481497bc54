"""What the page and the studio hand each other besides messages: recordings that come, sounds that are to be heard."""

from __future__ import annotations

import io
import secrets
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
import soundfile
from numpy.typing import NDArray
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from voiceguide.studio.uploads import TooLarge, body_of
from voiceguide.units import SAMPLE_RATE

LARGEST = 24 * 2**20
"""Bytes of one thing."""

UPLOADED = ("audio/wav",)

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


@dataclass(frozen=True, slots=True)
class Shelves:
    """What pages have uploaded, and the sounds that they may fetch."""

    uploads: Shelf
    sounds: Shelf

    @classmethod
    def empty(cls) -> Shelves:
        return cls(Shelf(), Shelf())

    def routes(self) -> list[Route]:
        """The addresses to which recordings are sent, and from which sounds are fetched."""

        async def upload(request: Request) -> Response:
            """Takes a recording; what is asked of it on the connection names it by the key that is answered."""
            media_type = request.headers.get("content-type", "")
            if media_type not in UPLOADED:
                return PlainTextResponse("The studio takes no files of this kind.", 415)
            try:
                body = await body_of(request, LARGEST)
            except TooLarge:
                return PlainTextResponse("This is more than the studio takes at once.", 413)
            except ClientDisconnect:
                return Response(status_code=400)
            return JSONResponse({"upload": self.uploads.put(Item(body, media_type))})

        async def sound(request: Request) -> Response:
            item = self.sounds.get(request.path_params["key"])
            if item is None:
                return PlainTextResponse("There is no such sound any more.", 404)
            return Response(item.data, media_type=item.media_type)

        return [Route("/uploads", upload, methods=["POST"]), Route("/sounds/{key}", sound)]
