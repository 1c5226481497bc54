"""The callback with which every stage reports how far it is, and the time that stages take."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

ReportStage = Callable[[str, int, int], None]
"""Called with the stage's name, how much of it is done, and how much there is; in the unit that the stage counts."""


def quiet(stage: str, done: int, total: int) -> None:
    """A :data:`ReportStage` that shows nothing."""


@dataclass(slots=True)
class Stopwatch:
    """Wall seconds by stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begin
