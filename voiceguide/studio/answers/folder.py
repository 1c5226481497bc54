"""The folder: its scripts, new ones, other names, copies, the trash, earlier versions."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from voiceguide.examples import belongings, routines, template_titled, title_of
from voiceguide.studio import messages
from voiceguide.studio.answers.request import CannotAnswer, Handler, Request

if TYPE_CHECKING:
    from voiceguide.studio.connection import Connection


async def _list(connection: Connection, request: Request) -> Any:
    def found() -> dict[str, Any]:
        names = connection.workspace.names()
        deleted = [asdict(entry) for entry in connection.workspace.trash.entries()]
        return {"folder": connection.workspace.folder.name, "names": names, "deleted": deleted}

    return await asyncio.to_thread(found)


async def _routines(connection: Connection, request: Request) -> Any:
    def found() -> list[dict[str, str]]:
        return [{"name": name, "title": title_of(path)} for name, path in routines().items()]

    return await asyncio.to_thread(found)


async def _new(connection: Connection, request: Request) -> Any:
    """From the template, or a copy of a routine."""
    name, routine = str(request["name"]), request.get("routine")
    if routine is not None and routine not in routines():
        raise CannotAnswer(f"There is no routine '{routine}'.")
    if routine is None:
        await asyncio.to_thread(connection.workspace.add, name, template_titled(name.removesuffix(".md")))
    else:
        source = routines()[routine]
        parts = await asyncio.to_thread(belongings, source)
        await asyncio.to_thread(connection.workspace.add_copy, name, source, parts)
    return {"name": name}


async def _about(connection: Connection, request: Request) -> Any:
    """What the list says of a script or pack."""
    path = connection.workspace.path(str(request["name"]))
    return await asyncio.to_thread(connection.workspace.overview.about, path)


async def _try(connection: Connection, request: Request) -> Any:
    """Opens a routine to be heard at once; where its first sentence stands in its text."""
    routine = routines().get(str(request["routine"]))
    if routine is None:
        raise CannotAnswer(f"There is no routine '{request['routine']}'.")
    trial = await connection.open_trial(routine)
    start, end = await asyncio.to_thread(lambda: trial.opening)
    place = {"from": messages.units(trial.text, start), "to": messages.units(trial.text, end)}
    return {"text": trial.text, **place}


async def _open(connection: Connection, request: Request) -> Any:
    return await connection.open(str(request["name"]))


async def _rename(connection: Connection, request: Request) -> Any:
    if connection.desk is not None and connection.desk.name == request["name"]:
        await connection.close_desk()
    await asyncio.to_thread(connection.workspace.rename, str(request["name"]), str(request["new"]))
    return None


async def _duplicate(connection: Connection, request: Request) -> Any:
    return {"name": await asyncio.to_thread(connection.workspace.duplicate, str(request["name"]))}


async def _delete(connection: Connection, request: Request) -> Any:
    if connection.desk is not None and connection.desk.name == request["name"]:
        await connection.close_desk()
    return {"deleted": await asyncio.to_thread(connection.workspace.delete, str(request["name"]))}


async def _restore(connection: Connection, request: Request) -> Any:
    return {"name": await asyncio.to_thread(connection.workspace.restore, str(request["deleted"]))}


async def _versions(connection: Connection, request: Request) -> Any:
    return [asdict(version) for version in connection.workspace.versions.of(str(request["name"]))]


async def _version(connection: Connection, request: Request) -> Any:
    text = connection.workspace.versions.read(str(request["name"]), str(request["version"]))
    if text is None:
        raise CannotAnswer("This version is not kept any more.")
    return {"text": text}


ANSWERS: dict[str, Handler] = {
    "list": _list,
    "routines": _routines,
    "new": _new,
    "open": _open,
    "try": _try,
    "rename": _rename,
    "duplicate": _duplicate,
    "delete": _delete,
    "restore": _restore,
    "versions": _versions,
    "version": _version,
}
"""What a page can ask for."""

SLOW: dict[str, Handler] = {
    "about": _about,
}
"""Of these, what may take a while."""
