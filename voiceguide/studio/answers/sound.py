"""Playing what is open."""

from __future__ import annotations

import asyncio
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from voiceguide.studio.answers.request import Handler, Request, desk_of, player_of
from voiceguide.units import frames as frames_of
from voiceguide.units import seconds

if TYPE_CHECKING:
    from voiceguide.studio.connection import Connection


async def _play(connection: Connection, request: Request) -> Any:
    desk, player = desk_of(connection), player_of(connection)
    frame = None
    if "line" in request:
        place = int(request["line"]), int(request.get("column", 1))
        frame = await asyncio.to_thread(desk.live.at, *place)
    elif "seconds" in request:
        frame = _frame(request["seconds"])
    loop = request.get("loop")
    span = None if loop is None else (_frame(loop[0]), _frame(loop[1]))
    await player.play(int(request["run"]) & 0xFFFF_FFFF, frame, span)
    return None


def _frame(moment: Any) -> int:
    return frames_of(Fraction(max(0.0, float(moment))))


async def _stop(connection: Connection, request: Request) -> Any:
    await player_of(connection).stop()
    return {"seconds": seconds(desk_of(connection).live.frame)}


async def _heard(connection: Connection, request: Request) -> Any:
    player_of(connection).heard(int(request["run"]), int(request["frames"]))
    return None


ANSWERS: dict[str, Handler] = {
    "play": _play,
    "stop": _stop,
    "heard": _heard,
}
"""What a page can ask for."""
