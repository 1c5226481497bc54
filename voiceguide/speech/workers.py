"""A pool of worker processes that speak lines. A worker that hangs, dies or gives an invalid answer costs one
attempt.

Each thread of the pool owns one worker at a time and waits for it; the main thread waits for the threads, so that
Ctrl-C reaches it at once. Whatever ends the pool, its workers are killed with all their children.
"""

from __future__ import annotations

import itertools
import json
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from voiceguide.errors import SpeechError
from voiceguide.speech.clips import Unusable, make_clip
from voiceguide.speech.engines.engine import LINE_LIMIT, Utterance
from voiceguide.speech.process import kill_group, python_command
from voiceguide.speech.worker import WATCH, YIELD
from voiceguide.timeline import Line
from voiceguide.units import format_duration

ATTEMPTS = 3
"""How often a line is tried, each time in a new worker."""

START_LIMIT = 60.0
"""Seconds a worker may take to load its engine."""

_MOST_BYTES = 256 * 2**20  # of one utterance; 12 minutes of stereo at 44.1 kHz
_MOST_HUNG_LINES = 3  # lines in a row that hung in every attempt, after which the engine counts as broken

Outcome = tuple[Line, str | None]
"""A line and why it could not be spoken; None: it was."""

Accept = Callable[[Line, Line, Utterance], Line | None]
"""Called with each line that was asked for, the line that was spoken for it (the same, or another take), and its
utterance. Gives another take to speak instead, or None if this one will do; raises :class:`Unusable` to have the same
spoken again."""


class _Failed(Exception):
    """An attempt failed; the text follows "the voice". ``hung``: it timed out. ``last``: another attempt is
    pointless."""

    def __init__(self, reason: str, *, hung: bool = False, last: bool = False) -> None:
        super().__init__(reason)
        self.hung, self.last = hung, last


class _Broken(Exception):
    """The engine cannot be loaded; another attempt is pointless."""


class Worker:
    """One worker process, started with its engine loaded. Its ``scratch`` folder is its temporary folder. One that
    ``yields`` has a lower priority than this process."""

    def __init__(self, factory: str, scratch: Path, *, yields: bool = False) -> None:
        options = [*([] if sys.platform == "linux" else [WATCH]), *([YIELD] if yields else [])]
        flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        flags |= getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0) if yields else 0
        # one thread: the workers share the cores among themselves, and an engine that forks must have only one
        environment = os.environ | dict.fromkeys(("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
        self._stderr = scratch / f"worker-{next(_numbers)}.txt"
        with self._stderr.open("wb") as stderr:
            self.process = subprocess.Popen(
                python_command("voiceguide.speech.worker", factory, str(os.getpid()), *options),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                env=environment,
                start_new_session=True,  # Ctrl-C reaches this process alone; a worker is killed with its children
                creationflags=flags,
            )

    def wait_ready(self, limit: float) -> None:
        """Waits until the engine is loaded. Raises _Broken or _Failed."""
        head, _ = self._exchange(b"", limit)
        if "error" in head:
            raise _Broken(head["error"])

    def speak(self, line: Line, limit: float) -> Utterance:
        """Raises _Failed if there is no answer or it reports an error; SpeechError if it reports that the voice cannot
        be used at all."""
        request = {"text": line.text, "voice": line.voice, "pace": line.pace, "take": line.take}
        head, body = self._exchange(json.dumps(request).encode() + b"\n", limit)
        if head.get("given_up") == "voice":
            raise SpeechError(f"The voice {line.voice} cannot be used: {head['error']}.")
        if "error" in head:
            raise _Failed(f"reported: {head['error']}", last="given_up" in head)
        samples = np.frombuffer(body, "<f4").reshape(head["shape"]).astype(np.float32, copy=False)
        return Utterance(samples, head["rate"])

    def kill(self) -> None:
        """Kills the process and its children; safe to call twice, and from another thread."""
        kill_group(self.process)

    def close(self) -> None:
        """Kills the process and closes its pipes; for the thread that uses it."""
        self.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]

    def _exchange(self, request: bytes, limit: float) -> tuple[dict[str, Any], bytes]:
        assert self.process.stdin
        assert self.process.stdout
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.kill()

        timer = threading.Timer(limit, stop)
        timer.daemon = True
        timer.start()
        try:
            self.process.stdin.write(request)
            self.process.stdin.flush()
            head = json.loads(self.process.stdout.readline(1 << 20))
            size = head.get("bytes", 0)
            if size > _MOST_BYTES:
                raise _Failed("made far too much sound for these words")
            body = self.process.stdout.read(size)
        except (OSError, ValueError):  # it died: the pipe is broken, closed or gave half an answer
            head, size, body = {}, 1, b""
        finally:
            timer.cancel()
        if len(body) == size:
            return head, body
        raise self._death(late.is_set(), limit)

    def _death(self, late: bool, limit: float) -> _Failed:
        if late:
            return _Failed(f"gave no answer within {format_duration(limit)}", hung=True)
        try:
            code = self.process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            return _Failed("gave an invalid answer")
        ending = f"exit status {code}" if code >= 0 else f"signal {-code}"
        last = self._stderr.read_text("utf-8", errors="replace").strip().splitlines()[-1:]
        return _Failed(": ".join([f"stopped with {ending}", *last]))


_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Pool:
    """``jobs`` workers for the engine that ``factory`` makes; ``line_limit`` in seconds. They yield to this process
    where it plays what they speak."""

    factory: str
    jobs: int
    scratch: Path
    line_limit: float = LINE_LIMIT
    yields: bool = False

    def speak(self, lines: Sequence[Line], accept: Accept) -> Generator[Outcome, None, None]:
        """Speaks every line once, in any order, and yields each when it is done: with None, or why it failed.

        ``accept`` is called in threads, for one line at a time each. What it raises besides Unusable ends the pool
        and is raised here, and so does a SpeechError for a voice that cannot be used. The pool ends with the
        iterator, however that ends.
        """
        waiting = deque(lines)
        outcomes: queue.SimpleQueue[Outcome | BaseException] = queue.SimpleQueue()

        def next_line() -> Line | None:
            with suppress(IndexError):
                return waiting.popleft()
            return None

        run = PoolRun(self, next_line, accept, outcomes.put)
        try:
            run.start(min(self.jobs, len(lines)))
            for _ in range(len(lines)):
                outcome = _next(outcomes)
                if isinstance(outcome, BaseException):
                    raise outcome
                yield outcome
        finally:
            waiting.clear()
            run.stop()


def _next(outcomes: queue.SimpleQueue[Outcome | BaseException]) -> Outcome | BaseException:
    while True:  # in short waits, because on Windows Ctrl-C does not interrupt a wait
        with suppress(queue.Empty):
            return outcomes.get(timeout=0.2)


class _CurrentWorker:
    """The worker that a thread uses at the moment, if any."""

    worker: Worker | None = None


class PoolRun:
    """Threads that speak lines, each with a worker of its own, until there are no more.

    ``next_line`` gives a thread its next line, and may keep it waiting; after None the thread ends. ``deliver`` gets
    each outcome, or what ended a thread. Both are called in the threads.
    """

    def __init__(
        self,
        pool: Pool,
        next_line: Callable[[], Line | None],
        accept: Accept,
        deliver: Callable[[Outcome | BaseException], None],
    ) -> None:
        self._pool, self._next_line, self._accept, self._deliver = pool, next_line, accept, deliver
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._workers: set[Worker] = set()
        self._stopped = False
        self._broken: str | None = None
        self._hung_lines = 0

    def start(self, count: int, *, ready: Sequence[Line] | None = None) -> None:
        """Starts ``count`` threads, at least one. ``ready``: their workers too, before there is a line; each says these
        lines, which nobody hears, so that their voices are loaded."""
        for _ in range(max(1, count)):
            thread = threading.Thread(target=self._thread, args=(ready,), daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Kills the workers and waits for the threads, which ``next_line`` must not keep waiting any more."""
        with self._lock:
            self._stopped = True
            for worker in self._workers:
                worker.kill()
        for thread in self._threads:
            thread.join()

    def _thread(self, ready: Sequence[Line] | None) -> None:
        """Speaks lines until there are none left. Its workers start here, and so end with this thread."""
        current = _CurrentWorker()
        try:
            if ready is not None:
                self._make_ready(ready, current)
            while not self._stopped:
                line = self._next_line()
                if line is None:
                    break
                self._deliver((line, self._attempts(line, current)))
        except BaseException as error:  # noqa: BLE001 (raised again in the main thread)
            self._deliver(error)
        finally:
            self._close_worker(current)

    def _make_ready(self, lines: Sequence[Line], current: _CurrentWorker) -> None:
        try:
            worker = self._worker(current)
            for line in lines:
                utterance = worker.speak(line, self._pool.line_limit)
                with suppress(Unusable):
                    make_clip(utterance, line.text, line.pace)  # loads what this needs
        except (_Broken, _Failed, SpeechError):  # the first line that is wanted tells
            self._close_worker(current)

    def _attempts(self, line: Line, current: _CurrentWorker) -> str | None:
        """Why the line failed, or None."""
        reason, failed, hung = "", 0, 0
        said = line
        while failed < ATTEMPTS:
            if self._broken is not None:
                return self._broken
            try:
                other = self._accept(line, said, self._worker(current).speak(said, self._pool.line_limit))
            except _Broken as error:
                self._broken = reason = f"cannot be used: {error}"
            except (_Failed, Unusable) as error:
                reason = str(error)
                hung += isinstance(error, _Failed) and error.hung
                if (isinstance(error, _Failed) and error.last) or (isinstance(error, Unusable) and error.final):
                    break
            else:
                self._hung_lines = 0
                if other is None:
                    return None
                said = other
                continue
            failed += 1
            self._close_worker(current)
            if self._stopped:
                break
        if hung == ATTEMPTS:
            self._hung_lines += 1
            if self._hung_lines >= _MOST_HUNG_LINES:
                self._broken = f"was not tried, because it gave no answer to {self._hung_lines} lines before"
        return reason

    def _worker(self, current: _CurrentWorker) -> Worker:
        """The worker of a thread, a new one if it has none."""
        if current.worker is None:
            current.worker = Worker(self._pool.factory, self._pool.scratch, yields=self._pool.yields)
            with self._lock:
                self._workers.add(current.worker)
                if self._stopped:
                    current.worker.kill()
            current.worker.wait_ready(START_LIMIT)
        return current.worker

    def _close_worker(self, current: _CurrentWorker) -> None:
        if current.worker is not None:
            with self._lock:
                self._workers.discard(current.worker)
            current.worker.close()
            current.worker = None
