"""Where jobs run: in processes or threads of this machine, or on the workers of a Dask cluster. All are a
:class:`concurrent.futures.Executor`, so the caller needs no distinction.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

from voiceguide.errors import VoiceguideError

_Job = TypeVar("_Job")
_Result = TypeVar("_Result")

ATTEMPTS = 3
"""How often a job whose process dies is tried."""

_AHEAD = 2  # jobs submitted for each that runs
_PATIENCE = 0.5  # seconds of one wait for a result


class LostJobError(VoiceguideError):
    """A job's process died at every attempt."""


class ClusterError(VoiceguideError):
    """There is no cluster at the address, or its library is not installed."""


@contextmanager
def processes(count: int) -> Iterator[Executor]:
    """``count`` processes of this machine, which end when this one does, even when it is killed."""
    context = multiprocessing.get_context("spawn")
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(count, context, _follow_parent)
    try:
        yield pool
    except BaseException:
        for process in set(multiprocessing.active_children()) - before:
            process.kill()  # also one that is suspended, which SIGTERM would leave there and the pool wait for
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def threads(count: int, stop: threading.Event) -> Iterator[Executor]:
    """``count`` threads of this process. ``stop`` is set when the block fails, for jobs that look at it to end."""
    pool = ThreadPoolExecutor(count, "voiceguide-job")
    try:
        yield pool
    except BaseException:
        stop.set()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _follow_parent() -> None:
    """Runs at the start of each process: the parent alone handles Ctrl-C, and the process ends with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: Any) -> None:
    parent.join()
    os._exit(1)


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of the Dask cluster whose scheduler is at ``address``. Raises ClusterError."""
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError('A cluster needs the extra: pip install "voiceguide[cluster]".') from error
    try:
        client = Client(address, timeout=20)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(f"There is no Dask scheduler at {address}: {error}") from error
    with client:
        if not client.scheduler_info()["workers"]:
            raise ClusterError(f"The Dask cluster at {address} has no workers.")
        yield client.get_executor(retries=ATTEMPTS - 1, pure=False)  # type: ignore[no-untyped-call]


def results(
    executors: Callable[[], AbstractContextManager[Executor]],
    work: Callable[..., _Result],
    arguments: Callable[[_Job], tuple[Any, ...]],
    jobs: Iterable[_Job],
    at_once: int,
    waiting_on: Callable[[], None] = lambda: None,
) -> Iterator[tuple[_Job, _Result | Exception]]:
    """Each job with its result, in order of completion. ``work`` is called with the job's ``arguments``, which are
    asked for when it is submitted; ``at_once`` is how many jobs run at a time. ``waiting_on`` is called about twice a
    second while no result is ready; what it raises ends the jobs.

    A failed job yields its exception. A job whose process dies is tried again. A pool of processes breaks as a whole
    when one of them dies; then its jobs are tried again one at a time, so that only the job that kills its process
    fails.
    """
    waiting: deque[tuple[_Job, int]] = deque((job, 0) for job in jobs)
    while waiting:
        with executors() as executor:
            pool = _Pool(executor, work, arguments, waiting, _AHEAD * at_once)
            while pool.under_way or pool.takes_more:
                if pool.takes_more and len(pool.under_way) < pool.most:
                    if unreadable := pool.submit():
                        yield unreadable
                    continue
                if (future := pool.next_done()) is None:
                    waiting_on()
                elif result := pool.result(future):
                    yield result
        waiting.extendleft(reversed(pool.again))


class _Pool(Generic[_Job, _Result]):
    """One pool until it breaks or is done: the jobs ``under_way``, and those to be tried ``again`` in another.

    ``waiting`` holds jobs with the number of their attempts. A job that was tried before has a pool to itself.
    """

    def __init__(
        self,
        executor: Executor,
        work: Callable[..., _Result],
        arguments: Callable[[_Job], tuple[Any, ...]],
        waiting: deque[tuple[_Job, int]],
        most: int,
    ) -> None:
        self.under_way: dict[Future[_Result], tuple[_Job, int]] = {}
        self._done: SimpleQueue[Future[_Result]] = SimpleQueue()
        self.again: list[tuple[_Job, int]] = []
        self._executor, self._work, self._arguments, self._waiting = executor, work, arguments, waiting
        self._alone = waiting[0][1] > 0
        self._broken = False
        self.most = 1 if self._alone else most

    @property
    def takes_more(self) -> bool:
        return bool(self._waiting) and not self._broken and (self._waiting[0][1] > 0) is self._alone

    def submit(self) -> tuple[_Job, Exception] | None:
        """Submits the next job; gives it with the error when its arguments cannot be read."""
        try:
            future = self._executor.submit(self._work, *self._arguments(self._waiting[0][0]))
        except BrokenProcessPool:
            self._broken = True
        except OSError as unreadable:
            return self._waiting.popleft()[0], unreadable
        else:
            self.under_way[future] = self._waiting.popleft()
            future.add_done_callback(self._done.put)
        return None

    def next_done(self) -> Future[_Result] | None:
        """The next that is done; None if there is none for a while.

        Not :func:`concurrent.futures.wait`, which holds the locks of all futures for a moment: a signal's exception in
        that moment leaves them locked, and the pool waits for them for ever.
        """
        try:
            return self._done.get(timeout=_PATIENCE)
        except Empty:
            return None

    def result(self, future: Future[_Result]) -> tuple[_Job, _Result | Exception] | None:
        """The job with its result; None when it is to be tried again. Raises ClusterError, and what is no Exception."""
        job, attempts = self.under_way.pop(future)
        try:
            error = future.exception()
        except CancelledError:
            raise ClusterError("The connection to the workers was lost. Try again.") from None
        self._broken = self._broken or isinstance(error, BrokenProcessPool)
        if error is None:
            return job, future.result()
        if not _lost(error):
            if not isinstance(error, Exception):
                raise error
            return job, error
        if attempts + 1 < ATTEMPTS:
            self.again.append((job, attempts + 1))
            return None
        return job, LostJobError("Its process was killed each time; perhaps there is too little memory.")


def _lost(error: BaseException) -> bool:
    """Whether the error means that the job's process died, not that the job failed."""
    return isinstance(error, BrokenProcessPool) or type(error).__name__ == "KilledWorker"
