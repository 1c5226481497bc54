"""One page's connection: what it asks, and what it is told without asking."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from voiceguide.editing.edits import CannotEdit, Edit
from voiceguide.errors import VoiceguideError
from voiceguide.examples import routines, template_titled, title_of
from voiceguide.studio import messages
from voiceguide.studio.desk import Desk
from voiceguide.studio.player import Player
from voiceguide.studio.workspace import Conflict, NoSuchName, Workspace
from voiceguide.units import frames as frames_of
from voiceguide.units import seconds

_LONGEST_MESSAGE = 4 * 2**20  # characters

Request = dict[str, Any]
Handler = Callable[["Connection", Request], Awaitable[Any]]


class Refused(Exception):
    """A request that cannot be done; the text is a sentence for the person at the page."""


class Connection:
    """Answers one page. Each request has an ``op``, and a ``key`` that its answer carries again."""

    def __init__(self, socket: WebSocket, workspace: Workspace, jobs: int) -> None:
        self._socket, self.workspace, self._jobs = socket, workspace, jobs
        self.desk: Desk | None = None
        self.player: Player | None = None
        self._changed = asyncio.Event()
        self._sending = asyncio.Lock()

    async def serve(self) -> None:
        """Until the page goes."""
        await self._socket.accept()
        teller = asyncio.create_task(self._tell())
        try:
            while True:
                text = await self._socket.receive_text()
                if len(text) > _LONGEST_MESSAGE:
                    await self._socket.close(1009)
                    return
                await self._answer(text)
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            teller.cancel()
            await self.close_desk()

    async def open(self, name: str) -> dict[str, Any]:
        """Opens a script in place of the one that is open."""
        await self.close_desk()
        loop = asyncio.get_running_loop()

        def changed() -> None:
            with suppress(RuntimeError):  # the page has gone
                loop.call_soon_threadsafe(self._changed.set)

        self.desk = await asyncio.to_thread(Desk, self.workspace, name, self._jobs, changed)
        self.player = Player(self.desk.live, self._send_bytes)
        return {"name": name, "text": self.desk.text, "mark": self.desk.mark}

    async def close_desk(self) -> None:
        """Closes what is open, after saving it."""
        desk, player, self.desk, self.player = self.desk, self.player, None, None
        if player is not None:
            await player.stop()
        if desk is not None:
            with suppress(Conflict, NoSuchName, VoiceguideError):
                await asyncio.to_thread(desk.save)
            await asyncio.to_thread(desk.close)

    async def _answer(self, text: str) -> None:
        key = None
        try:
            request = json.loads(text)
            key = request.get("key")
            handler = HANDLERS.get(request.get("op"))
            if handler is None:
                raise Refused("The page asked for something that this version of the studio does not know.")
            result = await handler(self, request)
        except (Refused, NoSuchName, CannotEdit, VoiceguideError) as error:
            await self._send({"key": key, "error": str(error)})
        except Conflict as conflict:
            now = None if conflict.now is None else {"text": conflict.now.text, "mark": conflict.now.mark}
            await self._send({"key": key, "conflict": {"now": now}})
        except (json.JSONDecodeError, AttributeError, KeyError, TypeError, ValueError, RecursionError):
            await self._send({"key": key, "error": "The page sent something that the studio could not read."})
        else:
            await self._send({"key": key, "result": result})

    async def _tell(self) -> None:
        """Tells the page of every new plan and its findings."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            desk = self.desk
            if desk is None:
                continue
            text = desk.text
            plan = desk.live.newest_plan
            rows = messages.findings(desk.live.findings, desk.name)
            told: dict[str, Any] = {"op": "plan", "findings": rows, "length": len(text)}
            if plan is not None:
                told["timeline"] = await asyncio.to_thread(messages.timeline, plan)
            await self._send(told)
            found = await asyncio.to_thread(desk.findings)
            if desk is self.desk and desk.text == text:
                await self._send({"op": "findings", "findings": messages.findings(found, desk.name)})

    async def _send(self, message: dict[str, Any]) -> None:
        async with self._sending:
            with suppress(RuntimeError, WebSocketDisconnect):
                await self._socket.send_text(json.dumps(message, ensure_ascii=False))

    async def _send_bytes(self, data: bytes) -> None:
        async with self._sending:
            with suppress(RuntimeError, WebSocketDisconnect):
                await self._socket.send_bytes(data)


def _desk(connection: Connection) -> Desk:
    if connection.desk is None:
        raise Refused("No script is open.")
    return connection.desk


def _player(connection: Connection) -> Player:
    if connection.player is None:
        raise Refused("No script is open.")
    return connection.player


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
        raise Refused(f"There is no routine '{routine}'.")
    text = template_titled(name.removesuffix(".md")) if routine is None else routines()[routine].read_text("utf-8")
    await asyncio.to_thread(connection.workspace.add, name, text)
    return {"name": name}


async def _open(connection: Connection, request: Request) -> Any:
    return await connection.open(str(request["name"]))


async def _text(connection: Connection, request: Request) -> Any:
    _desk(connection).update(str(request["text"]))
    return None


async def _save(connection: Connection, request: Request) -> Any:
    saved = await asyncio.to_thread(_desk(connection).save)
    return {"mark": saved.mark}


async def _overwrite(connection: Connection, request: Request) -> Any:
    """After a conflict: this text is right, whatever is there (which is kept as a version)."""
    desk = _desk(connection)
    desk.mark = request.get("mark")
    return await _save(connection, request)


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
        raise Refused("This version is not kept any more.")
    return {"text": text}


async def _complete(connection: Connection, request: Request) -> Any:
    desk = _desk(connection)
    offset = messages.characters(desk.text, int(request["at"]))
    found = await asyncio.to_thread(desk.complete, offset)
    return [{**asdict(one), "start": messages.units(desk.text, one.start)} for one in found]


async def _hover(connection: Connection, request: Request) -> Any:
    desk = _desk(connection)
    return await asyncio.to_thread(desk.hover, messages.characters(desk.text, int(request["at"])))


async def _move(connection: Connection, request: Request) -> Any:
    desk = _desk(connection)
    place = int(request["line"]), int(request["column"])
    edit = await asyncio.to_thread(desk.moved, str(request["action"]), *place, float(request["amount"]))
    return _edit(desk.text, edit)


def _edit(text: str, edit: Edit) -> dict[str, Any]:
    return {"from": messages.units(text, edit.start), "to": messages.units(text, edit.end), "insert": edit.new}


async def _play(connection: Connection, request: Request) -> Any:
    desk, player = _desk(connection), _player(connection)
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
    await _player(connection).stop()
    return {"seconds": seconds(_desk(connection).live.frame)}


async def _heard(connection: Connection, request: Request) -> Any:
    _player(connection).heard(int(request["run"]), int(request["frames"]))
    return None


HANDLERS: dict[str, Handler] = {
    "list": _list,
    "routines": _routines,
    "new": _new,
    "open": _open,
    "text": _text,
    "save": _save,
    "overwrite": _overwrite,
    "rename": _rename,
    "duplicate": _duplicate,
    "delete": _delete,
    "restore": _restore,
    "versions": _versions,
    "version": _version,
    "complete": _complete,
    "hover": _hover,
    "move": _move,
    "play": _play,
    "stop": _stop,
    "heard": _heard,
}
"""What a page can ask for."""
