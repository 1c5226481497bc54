"""The lines that could not be spoken, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from voiceguide.errors import SpeechError
from voiceguide.timeline import Line


class FailedLinesError(SpeechError):
    """Lines that no attempt could speak. ``failures`` holds each with the reason, in the order they were asked for."""

    advice = "try again, choose another voice, or put the line in other words"

    def __init__(self, failures: Sequence[tuple[Line, str]]) -> None:
        self.failures = tuple(failures)
        count = "A line" if len(self.failures) == 1 else f"{len(self.failures)} lines"
        rows = (f"  “{line.text}”: the voice {line.voice} {reason}." for line, reason in self.failures)
        super().__init__("\n".join([f"{count} could not be spoken:", *rows]))


class UnrecordedLinesError(FailedLinesError):
    """Lines that a recorded voice has no recording of. Nothing has been spoken yet."""

    advice = "record it, or let another voice say what is missing with --fallback-voice"

    def __init__(self, lines: Iterable[Line], fallback: str | None = None) -> None:
        super().__init__([(line, "has no recording of this line") for line in lines])
        if fallback is not None:
            self.advice = f"record it, or let a voice say it that can say everything; {fallback} has no recording of it"
