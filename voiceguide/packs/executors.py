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
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeVar

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
            process.terminate()
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
        raise ClusterError("A cluster needs the extra: pip install 'voiceguide[cluster]'.") from error
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
        careful = waiting[0][1] > 0  # a job that was tried before runs alone
        under_way: dict[Future[_Result], tuple[_Job, int]] = {}
        again: list[tuple[_Job, int]] = []
        broken = False
        with executors() as executor:
            while under_way or (waiting and not broken and (waiting[0][1] > 0) is careful):
                if waiting and not broken and len(under_way) < (1 if careful else _AHEAD * at_once):
                    try:
                        future = executor.submit(work, *arguments(waiting[0][0]))
                    except BrokenProcessPool:
                        broken = True
                    except OSError as unreadable:
                        yield waiting.popleft()[0], unreadable
                    else:
                        under_way[future] = waiting.popleft()
                    continue
                ready = wait(under_way, timeout=_PATIENCE, return_when=FIRST_COMPLETED).done
                if not ready:
                    waiting_on()
                for future in ready:
                    job, attempts = under_way.pop(future)
                    try:
                        error = future.exception()
                    except CancelledError:
                        raise ClusterError("The connection to the workers was lost. Try again.") from None
                    if error is None:
                        yield job, future.result()
                    elif not _lost(error):
                        if not isinstance(error, Exception):
                            raise error
                        yield job, error
                    elif attempts + 1 < ATTEMPTS:
                        again.append((job, attempts + 1))
                    else:
                        yield job, LostJobError("Its process was killed each time; perhaps there is too little memory.")
                    broken = broken or isinstance(error, BrokenProcessPool)
        waiting.extendleft(reversed(again))


def _lost(error: BaseException) -> bool:
    """Whether the error means that the job's process died, not that the job failed."""
    return isinstance(error, BrokenProcessPool) or type(error).__name__ == "KilledWorker"
