"""Work that takes long, such as making a session: it runs beside all else, tells how far it is, and can be ended.

A page is told ``{"op": "working", "work": number, "stage": …, "done": …, "total": …, "part": …}`` a few times a second,
and at the end ``{"op": "worked", "work": number}`` with a ``result``, an ``error`` for the person, or ``cancelled``.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from voiceguide.api.progress import IsCancelled, OnProgress, Progress
from voiceguide.errors import Cancelled, VoiceguideError
from voiceguide.studio.messages import failure

_EVERY = 0.1  # seconds between two messages about progress

Tell = Callable[[dict[str, Any]], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Doing:
    """What a piece of work is given: where it tells its ``progress``, and what it asks whether it is ``cancelled``.
    ``part`` says with which of its parts it goes on."""

    progress: OnProgress
    cancelled: IsCancelled
    part: Callable[[dict[str, Any]], None]

    def require(self) -> None:
        """Raises Cancelled when the work shall end."""
        if self.cancelled():
            raise Cancelled("The work was cancelled.")


class Busy(Exception):
    """There is work under way already."""


class Work:
    """The long work of one page, one piece at a time, each in a thread."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._number = 0
        self._task: asyncio.Task[None] | None = None
        self._stop = threading.Event()

    def start(self, work: Callable[[Doing], Any]) -> int:
        """Begins a piece of work, whose number is given back. Raises Busy."""
        if self._task is not None and not self._task.done():
            raise Busy
        self._number += 1
        self._stop = threading.Event()
        self._task = asyncio.create_task(self._run(self._number, work, self._stop))
        return self._number

    def cancel(self) -> None:
        """Ends the work soon; the page is told when it has ended."""
        self._stop.set()

    async def close(self) -> None:
        """Ends the work, and waits until it has ended."""
        self._stop.set()
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self, number: int, work: Callable[[Doing], Any], stop: threading.Event) -> None:
        doing = _doing(number, stop, asyncio.get_running_loop(), self._tell)
        told: dict[str, Any]
        try:
            told = {"result": await asyncio.to_thread(work, doing)}
        except Cancelled:
            told = {"cancelled": True}
        except VoiceguideError as error:
            told = {"error": failure(error)}
        except Exception as error:  # noqa: BLE001 (the page must learn that the work has ended, whatever ended it)
            told = {"error": f"This is a fault in the program ({type(error).__name__}: {error}); please report it."}
        await self._tell({"op": "worked", "work": number, **told})


def _doing(number: int, stop: threading.Event, loop: asyncio.AbstractEventLoop, tell: Tell) -> Doing:
    last = 0.0
    current: dict[str, Any] = {}

    def send(message: dict[str, Any]) -> None:
        with suppress(RuntimeError):  # the studio has ended
            asyncio.run_coroutine_threadsafe(tell({"op": "working", "work": number, **message}), loop)

    def progress(step: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _EVERY and step.done < step.total:
            return
        last = now
        send({"stage": step.stage, "done": step.done, "total": step.total, "part": current})

    def part(values: dict[str, Any]) -> None:
        nonlocal current
        current = values
        send({"part": values})

    return Doing(progress, stop.is_set, part)
