"""One page's connection: what it asks, and what it is told without asking."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from voiceguide.editing.edits import CannotEdit
from voiceguide.errors import VoiceguideError
from voiceguide.live.plan import LivePlan
from voiceguide.studio import messages
from voiceguide.studio.answers import ANSWERS, SLOW
from voiceguide.studio.answers.request import CannotAnswer, Handler, Request
from voiceguide.studio.desk import Desk, Trial
from voiceguide.studio.made import Made
from voiceguide.studio.player import Player
from voiceguide.studio.presence import Other
from voiceguide.studio.shelf import Shelf
from voiceguide.studio.shown import Shown
from voiceguide.studio.work import Work
from voiceguide.studio.workspace import OWN, Conflict, NoSuchName, Workspace

_LONGEST_MESSAGE = 4 * 2**20  # characters
_REST = 1.0  # seconds without a new plan, after which the loudness is forecast, which takes long
_UNREADABLE = "The page sent something that the studio could not read."


@dataclass(frozen=True, slots=True)
class Beside:
    """What all pages share besides the folder: what they have uploaded, the sounds that they may fetch, the finished
    packs that are shown, and another studio on the folder."""

    uploads: Shelf
    sounds: Shelf
    shown: Shown
    other: Other | None


class Connection:
    """Answers one page. Each request has an ``op``, and a ``key`` that its answer carries again. Requests are answered
    one after another; the slow ones (``answers.SLOW``) meanwhile, so that they keep no other waiting."""

    def __init__(self, socket: WebSocket, workspace: Workspace, jobs: int, beside: Beside) -> None:
        self._socket, self.workspace, self.jobs = socket, workspace, jobs
        self.uploads, self.sounds, self.shown, self._other = beside.uploads, beside.sounds, beside.shown, beside.other
        self.made = Made(workspace.folder / OWN / "made.json")
        self.work = Work(self._send)
        self._slow: set[asyncio.Task[None]] = set()
        self.desk: Desk | None = None
        self.player: Player | None = None
        self._changed = asyncio.Event()
        self._sending = asyncio.Lock()

    async def serve(self) -> None:
        """Until the page goes."""
        await self._socket.accept()
        if self._other is not None:
            await self._send({"op": "second", "place": self._other.place})
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
            for task in (teller, *self._slow):
                task.cancel()
            await self.work.close()
            await self.close_desk()

    async def open(self, name: str) -> dict[str, Any]:
        """Opens a script in place of the one that is open."""
        await self.close_desk()
        desk = await asyncio.to_thread(Desk, self.workspace, name, self.jobs, self._planned())
        self._take(desk)
        return {"name": name, "text": desk.text, "mark": desk.mark}

    async def open_trial(self, routine: Path) -> Trial:
        """Opens a routine of the library to be tried, in place of what is open."""
        await self.close_desk()
        trial = await asyncio.to_thread(Trial, self.workspace, routine, self.jobs, self._planned())
        self._take(trial)
        return trial

    def _planned(self) -> Callable[[], None]:
        """Has the page told, whenever a thread calls it, that there is a new plan."""
        loop = asyncio.get_running_loop()

        def changed() -> None:
            with suppress(RuntimeError):  # the page has gone
                loop.call_soon_threadsafe(self._changed.set)

        return changed

    def _take(self, desk: Desk) -> None:
        self.desk = desk
        self.player = Player(desk.live, self._send_bytes)
        if desk.live.settle(0):  # it was planned before the page could be told
            self._changed.set()

    async def close_desk(self) -> None:
        """Closes what is open, after saving it."""
        desk, player, self.desk, self.player = self.desk, self.player, None, None
        if player is not None:
            await player.stop()
        if desk is not None:
            with suppress(Conflict, NoSuchName, VoiceguideError):
                await asyncio.to_thread(desk.save)
            await asyncio.to_thread(desk.close)
            await asyncio.to_thread(self.workspace.overview.forget, desk.path)

    async def _answer(self, text: str) -> None:
        try:
            request = json.loads(text)
            key, op = request.get("key"), request.get("op")
        except (json.JSONDecodeError, AttributeError, RecursionError):
            await self._send({"key": None, "error": _UNREADABLE})
            return
        if op in SLOW:
            task = asyncio.create_task(self._reply(key, SLOW[op], request))
            self._slow.add(task)
            task.add_done_callback(self._slow.discard)
        else:
            await self._reply(key, ANSWERS.get(op, _unknown), request)

    async def _reply(self, key: Any, handler: Handler, request: Request) -> None:
        try:
            result = await handler(self, request)
        except (CannotAnswer, NoSuchName, CannotEdit, VoiceguideError) as error:
            await self._send({"key": key, "error": str(error)})
        except Conflict as conflict:
            now = None if conflict.now is None else {"text": conflict.now.text, "mark": conflict.now.mark}
            await self._send({"key": key, "conflict": {"now": now}})
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
            await self._send({"key": key, "error": _UNREADABLE})
        else:
            await self._send({"key": key, "result": result})

    async def _tell(self) -> None:
        """Tells the page of every new plan: what is to be underlined first, then what is drawn, and when writing rests
        what takes longer to find out."""
        shown: LivePlan | None = None
        forecast: LivePlan | None = None
        while True:
            await self._changed.wait()
            self._changed.clear()
            desk = self.desk
            if desk is None:
                continue
            text, number = desk.text, desk.number
            found = await asyncio.to_thread(desk.findings)
            if desk is self.desk:
                await self._send({"op": "findings", **messages.told(found, desk.name, text, number)})
            plan = desk.live.newest_plan
            drawn = {} if plan is None or plan is shown else await asyncio.to_thread(messages.drawn, plan, text, number)
            await self._send({"op": "plan", **drawn})
            shown = plan
            if plan is not forecast and await self._rests() and desk is self.desk and desk.number == number:
                course = await asyncio.to_thread(desk.loudness)
                forecast = plan if course else None
                await self._send(messages.loudness(course))

    async def _rests(self) -> bool:
        """Whether nothing is planned anew for a moment."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), _REST)
        return not self._changed.is_set()

    async def _send(self, message: dict[str, Any]) -> None:
        async with self._sending:
            with suppress(RuntimeError, WebSocketDisconnect):
                await self._socket.send_text(json.dumps(message, ensure_ascii=False))

    async def _send_bytes(self, data: bytes) -> None:
        async with self._sending:
            with suppress(RuntimeError, WebSocketDisconnect):
                await self._socket.send_bytes(data)


async def _unknown(connection: Connection, request: Request) -> Any:
    raise CannotAnswer("The page asked for something that this version of the studio does not know.")
