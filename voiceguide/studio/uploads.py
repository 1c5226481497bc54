"""What a page sends by an address of its own, read to a bound."""

from __future__ import annotations

from starlette.requests import Request


class TooLarge(Exception):
    """A body has more bytes than it may."""


async def body_of(request: Request, most: int) -> bytes:
    """What was sent. Raises TooLarge as soon as it has more than ``most`` bytes, or says so."""
    told = request.headers.get("content-length", "")
    if told.isdecimal() and (len(told) > 18 or int(told) > most):
        raise TooLarge
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > most:
            raise TooLarge
    return bytes(data)
