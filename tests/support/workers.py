"""Workers of the real engines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.waiting import HANGS
from voiceguide.speech.engines.engine import ENGINES
from voiceguide.speech.workers import Worker


@contextmanager
def ready_worker(engine: str, scratch: Path) -> Iterator[Worker]:
    """A worker of one of our engines that is ready to speak; it is closed at the end."""
    worker = Worker(ENGINES[engine], scratch)
    try:
        worker.wait_ready(HANGS)
        yield worker
    finally:
        worker.close()
