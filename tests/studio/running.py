"""A studio that runs in a thread, on a free port."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.waiting import until
from voiceguide.studio.server import Studio, studio


@contextmanager
def running(folder: Path, jobs: int = 1) -> Iterator[Studio]:
    """A studio for a folder, until the block ends."""
    opened = studio(folder, jobs=jobs)
    thread = threading.Thread(target=opened.run, daemon=True)
    thread.start()
    try:
        until(lambda: opened.server.started)
        yield opened
    finally:
        opened.stop()
        thread.join()
