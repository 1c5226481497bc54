"""The callables by which a caller sees the progress of the work, and cancels it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from voiceguide import progress as stages
from voiceguide.errors import Cancelled


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of a ``stage`` is ``done``, of a ``total``: lines of ``Speaking``, frames of ``Encoding`` and so on."""

    stage: str
    done: int
    total: int

    @property
    def share(self) -> float:
        """How much of the stage is done, from 0 to 1."""
        return self.done / self.total if self.total else 1.0


OnProgress = Callable[[Progress], None]
"""Called in the caller's own thread. What it raises ends the work, as a cancellation does."""

IsCancelled = Callable[[], bool]
"""Asked with every spoken line and block of sound, in the caller's own thread."""


def reported(progress: OnProgress | None, cancelled: IsCancelled | None) -> stages.ReportStage:
    """The stages' callback for the caller's two callables. It raises Cancelled."""

    def report(stage: str, done: int, total: int) -> None:
        if cancelled is not None and cancelled():
            raise Cancelled("The work was cancelled.")
        if progress is not None:
            progress(Progress(stage, done, total))

    return report
