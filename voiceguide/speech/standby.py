"""Voices that stay ready, so that a new line is heard soon: always the most urgent line that is wanted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voiceguide.speech.engines.engine import LINE_LIMIT, is_local
from voiceguide.speech.engines.registry import engine
from voiceguide.speech.workers import Outcome, Pool, PoolRun
from voiceguide.timeline import Line

if TYPE_CHECKING:
    from voiceguide.speech.studio import Studio

Told = Callable[[Outcome | BaseException], None]
"""Called in a thread with each line that is in the store now, or with why it could not be spoken."""


@dataclass(slots=True)
class _Queue:
    """Wanted lines of one engine, the most urgent first, and the threads that speak them."""

    run: PoolRun
    wanted: list[Line] = field(default_factory=list)


class Standby:
    """Speaks the lines that are wanted into a studio's store, ``jobs`` of an engine at a time, until it is closed.

    Workers leave the processor to the process that plays what they speak. They start with an engine's first line, or
    with :meth:`warm`, and stay. A line that failed is not tried again before :meth:`forget_failures`.
    """

    def __init__(self, studio: Studio, jobs: int, told: Told) -> None:
        self._studio, self._jobs, self._told = studio, jobs, told
        self._held = ExitStack()
        self._scratch = self._held.enter_context(studio.store.scratch())
        self._changed = threading.Condition()
        self._queues: dict[str, _Queue] = {}
        self._begun: set[Line] = set()
        self._failed: set[Line] = set()
        self._closed = False

    def want(self, lines: Iterable[Line]) -> None:
        """Replaces what is wanted, the most urgent line first; what is being spoken is finished.

        The lines are those that engines get (:meth:`Studio.parts`). Raises SpeechError for an unknown voice.
        """
        by_factory: dict[str, list[Line]] = {}
        for line in lines:
            by_factory.setdefault(self._studio.factory(line), []).append(line)
        for factory in by_factory.keys() - self._queues.keys():
            self._open(factory)
        with self._changed:
            for factory, queue in self._queues.items():
                own = by_factory.get(factory, ())
                queue.wanted = [line for line in own if line not in self._begun and line not in self._failed]
            self._changed.notify_all()

    def warm(self, lines: Iterable[Line]) -> None:
        """Has workers started that say these lines, which nobody hears, so that their voices are loaded when a line is
        wanted; of an engine that is not local the workers alone."""
        by_factory: dict[str, list[Line]] = {}
        for line in lines:
            by_factory.setdefault(self._studio.factory(line), []).append(line)
        for factory, own in by_factory.items():
            if factory not in self._queues:
                self._open(factory, own if is_local(engine(factory)) else ())

    def forget_failures(self) -> None:
        """Has lines that failed tried again when they are wanted."""
        with self._changed:
            self._failed.clear()

    def close(self) -> None:
        """Ends all workers."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for queue in self._queues.values():
            queue.run.stop()
        self._held.close()

    def _open(self, factory: str, unheard: Sequence[Line] = ()) -> None:
        limit = self._studio.line_limit or float(getattr(engine(factory), "line_limit", LINE_LIMIT))
        pool = Pool(factory, self._jobs, self._scratch, limit, yields=True)
        run = PoolRun(pool, lambda: self._next(factory), self._studio.judge().accept, self._tell)
        with self._changed:
            self._queues[factory] = _Queue(run)
        run.start(self._jobs, ready=unheard)

    def _next(self, factory: str) -> Line | None:
        """The engine's most urgent line, as soon as there is one; None when all is over."""
        with self._changed:
            while not self._closed:
                if wanted := self._queues[factory].wanted:
                    line = wanted.pop(0)
                    self._begun.add(line)
                    return line
                self._changed.wait()
            return None

    def _tell(self, outcome: Outcome | BaseException) -> None:
        if isinstance(outcome, tuple):
            line, reason = outcome
            with self._changed:
                self._begun.discard(line)
                if reason is not None:
                    self._failed.add(line)
        self._told(outcome)
