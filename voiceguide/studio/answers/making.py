"""The script that is open as finished sessions."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from voiceguide.editing.people import Person
from voiceguide.encoder.kinds import DEFAULT, KINDS
from voiceguide.studio.answers.request import CannotAnswer, Handler, Request, desk_of
from voiceguide.studio.answers.session import people_of
from voiceguide.studio.sessions import CannotMake, Piece, Wish, make, pieces, strange
from voiceguide.studio.work import Busy

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.studio.connection import Connection
    from voiceguide.studio.work import Doing


async def _kinds(connection: Connection, request: Request) -> Any:
    return {"kinds": list(KINDS), "usual": DEFAULT}


async def _make(connection: Connection, request: Request) -> Any:
    """Begins to make the files; or, when some are there that the studio has not made, asks first."""
    desk = desk_of(connection)
    await asyncio.to_thread(desk.save)
    wanted = await asyncio.to_thread(_pieces, connection, desk.name, request)
    if not request.get("replace"):
        there = await asyncio.to_thread(strange, connection.workspace, connection.made, wanted)
        if there:
            return {"there": list(there)}
    done = partial(make, connection.workspace, connection.made, desk.name, wanted, connection.jobs)
    return {"work": begun(connection, done), "names": [piece.name for piece in wanted]}


async def _cancel(connection: Connection, request: Request) -> Any:
    connection.work.cancel()
    return None


def begun(connection: Connection, work: Callable[[Doing], Any]) -> int:
    """Begins long work, whose number is given back. Raises CannotAnswer while there is other work."""
    try:
        return connection.work.start(work)
    except Busy:
        raise CannotAnswer("Something is being made already; wait for it, or cancel it.") from None


def _pieces(connection: Connection, script: str, request: Request) -> tuple[Piece, ...]:
    people: tuple[Person, ...] = ()
    if request.get("people"):
        _, table = people_of(connection)
        if table.problems:
            raise CannotAnswer(f"Something is wrong with the table of people, {table.problems[0]}.")
        people = table.people
    lengths = tuple(map(str, request.get("lengths", ())))
    try:
        return pieces(script, Wish(str(request["kind"]), lengths, people, bool(request.get("captions"))))
    except CannotMake as error:
        raise CannotAnswer(str(error)) from error


ANSWERS: dict[str, Handler] = {
    "kinds": _kinds,
    "make": _make,
    "cancel": _cancel,
}
"""What a page can ask for."""
