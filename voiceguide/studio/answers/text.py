"""The text that is open: saving it, help while it is written, and what a drag on the timeline means."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from voiceguide.studio import messages
from voiceguide.studio.answers.request import Handler, Request, desk_of

if TYPE_CHECKING:
    from voiceguide.studio.connection import Connection


async def _text(connection: Connection, request: Request) -> Any:
    desk_of(connection).update(str(request["text"]))
    return None


async def _save(connection: Connection, request: Request) -> Any:
    saved = await asyncio.to_thread(desk_of(connection).save)
    return {"mark": saved.mark}


async def _overwrite(connection: Connection, request: Request) -> Any:
    """After a conflict: this text is right, whatever is there (which is kept as a version)."""
    desk = desk_of(connection)
    desk.mark = request.get("mark")
    return await _save(connection, request)


async def _complete(connection: Connection, request: Request) -> Any:
    desk = desk_of(connection)
    offset = messages.characters(desk.text, int(request["at"]))
    found = await asyncio.to_thread(desk.complete, offset)
    return [{**asdict(one), "start": messages.units(desk.text, one.start)} for one in found]


async def _hover(connection: Connection, request: Request) -> Any:
    desk = desk_of(connection)
    return await asyncio.to_thread(desk.hover, messages.characters(desk.text, int(request["at"])))


async def _move(connection: Connection, request: Request) -> Any:
    desk = desk_of(connection)
    place = int(request["line"]), int(request["column"])
    edit = await asyncio.to_thread(desk.moved, str(request["action"]), *place, float(request["amount"]))
    return None if edit is None else messages.edit_row(desk.text, edit)


ANSWERS: dict[str, Handler] = {
    "text": _text,
    "save": _save,
    "overwrite": _overwrite,
    "complete": _complete,
    "hover": _hover,
    "move": _move,
}
"""What a page can ask for."""
