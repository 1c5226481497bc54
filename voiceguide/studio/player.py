"""What a page hears: pieces of the live session's sound, sent a little ahead of what it has played."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Awaitable, Callable

import numpy as np

from voiceguide.live.session import LiveSession
from voiceguide.units import SAMPLE_RATE

_PIECE = SAMPLE_RATE // 20
_AHEAD = SAMPLE_RATE // 3  # frames sent that the page has not played yet
_HEAD = struct.Struct("<IIII")  # run, frame, frames, flags
_WAITING, _LAST = 1, 2

SendBytes = Callable[[bytes], Awaitable[None]]


class Player:
    """Plays for one page. A piece is a head of four numbers (which run of playing, the frame of the plan, its length in
    frames, and whether it waits for a line or is the last), and 16-bit stereo samples, little-endian."""

    def __init__(self, live: LiveSession, send: SendBytes) -> None:
        self._live, self._send = live, send
        self._run = 0
        self._played = self._sent = 0
        self._task: asyncio.Task[None] | None = None
        self._heard = asyncio.Event()
        self._loop: tuple[int, int] | None = None

    @property
    def playing(self) -> bool:
        return self._task is not None and not self._task.done()

    async def play(self, run: int, frame: int | None, loop: tuple[int, int] | None = None) -> None:
        """Plays from a frame on, or from the play head; with ``loop`` these frames again and again. ``run`` is the
        number by which the page knows its pieces."""
        await self.stop()
        self._loop = loop
        start = loop[0] if loop is not None else frame
        if start is not None:
            await asyncio.to_thread(self._live.seek, start)
        elif await asyncio.to_thread(lambda: self._live.ended):
            await asyncio.to_thread(self._live.seek, 0)
        self._run = run
        self._played = self._sent = 0
        self._task = asyncio.create_task(self._pieces(run))

    async def stop(self) -> None:
        """Ends playing; the play head stays."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def heard(self, run: int, frames: int) -> None:
        """The page has played so many frames of a run."""
        if run == self._run:
            self._played = max(self._played, frames)
            self._heard.set()

    async def _pieces(self, run: int) -> None:
        while True:
            while self._sent - self._played >= _AHEAD:
                self._heard.clear()
                await self._heard.wait()
            piece, frame, waiting, last = await asyncio.to_thread(self._next)
            flags = _WAITING * waiting + _LAST * last
            samples = np.clip(np.rint(piece * 32767), -32768, 32767).astype("<i2").tobytes()
            self._sent += len(piece)
            await self._send(_HEAD.pack(run, frame, len(piece), flags) + samples)
            if last:
                return

    def _next(self) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.float32]], int, bool, bool]:
        if self._loop is not None and self._live.frame >= self._loop[1]:
            self._live.seek(self._loop[0])
        frame = self._live.frame
        piece = self._live.read(_PIECE)
        return piece, frame, self._live.waiting, self._live.ended and self._loop is None
