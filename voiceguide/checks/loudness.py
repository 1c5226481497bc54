"""How loud beds and chimes are planned to be against the voice; what they turn out to be is measured elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from voiceguide.checks.subject import Subject, finding
from voiceguide.errors import Diagnostic, Severity, Span
from voiceguide.timeline import Event

_UNDER_SPEECH, _BARELY_UNDER = 20.0, 15.0  # dB; WCAG 1.4.7 asks for 20
_CHIME_UNDER = 4.0  # LU by which a chime's loudest moment lies under the voice when nothing else is said
_LEAST_UNDER = 3.0  # LU


def bed_too_loud(subject: Subject) -> Iterator[Diagnostic]:
    settings = subject.settings
    speech = sorted(event.start for event in subject.plan.events if event.kind == "speech")
    for event in subject.plan.events:
        under = -event.level - settings.levels.bed + settings.levels.voice + settings.ducking.depth_db
        if event.kind != "bed" or under >= _UNDER_SPEECH or not _speaks_over(speech, event):
            continue
        severity: Severity = "error" if under < _BARELY_UNDER else "warning"
        message = f"the bed lies {under:g} dB under the voice while it speaks; {_UNDER_SPEECH:g} dB are the least"
        yield finding(severity, _place(subject, event, "bed"), message, f"make it {_UNDER_SPEECH - under:g} dB softer")


def _speaks_over(speech: list[int], bed: Event) -> bool:
    """Whether a line begins while a bed plays."""
    later = bisect_left(speech, bed.start)
    return later < len(speech) and speech[later] < bed.end


def chime_too_loud(subject: Subject) -> Iterator[Diagnostic]:
    levels = subject.settings.levels
    for event in subject.plan.events:
        if event.kind not in ("chime", "sound") or event.track != "chimes" or event.clip is None:
            continue
        under = _CHIME_UNDER - event.clip.level - levels.chimes + levels.voice
        if under < _LEAST_UNDER:
            severity: Severity = "error" if under < 0 else "warning"
            how = (
                f"{under:g} LU under the voice"
                if under > 0
                else f"{-under:g} LU over the voice"
                if under
                else "as loud as the voice"
            )
            message = f"'{event.text}' is {how} and may startle; {_LEAST_UNDER:g} LU under it are the least"
            yield finding(
                severity, _place(subject, event, "chimes"), message, f"make it {_LEAST_UNDER - under:g} dB softer"
            )


def _place(subject: Subject, event: Event, bus: str) -> Span:
    """The cue that sets the level, else the settings."""
    levels = subject.settings.spans.get("levels")
    own = event.level if event.kind == "bed" else (event.clip.level if event.clip else 0.0)
    usual = event.kind == "bed" and own <= -_UNDER_SPEECH
    if levels is not None and (usual or own <= 0.0) and getattr(subject.settings.levels, bus):
        return levels
    return event.span or subject.settings.spans.get("bed") or subject.routine.span
