"""How loud beds and chimes are planned to be against the voice; what they turn out to be is measured elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from voiceguide.checks.subject import Subject, finding
from voiceguide.errors import Diagnostic, Severity, Span
from voiceguide.routine import SoundRef
from voiceguide.rule_spec import Rule
from voiceguide.sounds.catalogue import bed_level
from voiceguide.timeline import Event


def bed_too_loud(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    settings = subject.settings
    speech = sorted(event.start for event in subject.plan.events if event.kind == "speech")
    for event in subject.plan.events:
        if event.bed is None or not _speaks_over(speech, event):
            continue
        level = bed_level(event.bed) + event.level + settings.levels.bed - settings.ducking.depth_db
        under = settings.levels.voice - level
        if under < rule["under"]:
            severity: Severity = "error" if under < rule["barely"] else "warning"
            least = f"{rule['under']:g} dB are the least"
            message = f"the bed lies {under:g} dB under the voice while it speaks; {least}"
            span = _level_span(subject, event, "bed", event.level, usual=-rule["under"])
            yield finding(severity, span, message, f"make it {rule['under'] - under:g} dB softer")


def _speaks_over(speech: list[int], bed: Event) -> bool:
    """Whether a line begins while a bed plays."""
    later = bisect_left(speech, bed.start)
    return later < len(speech) and speech[later] < bed.end


def chime_too_loud(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    levels = subject.settings.levels
    for event in subject.plan.events:
        if event.track != "chimes" or event.clip is None or not isinstance(event.clip.source, SoundRef):
            continue
        written = event.clip.level
        under = levels.voice - (subject.sound_level(event.clip.source) + written + levels.chimes)
        if under < rule["under"]:
            severity: Severity = "error" if under < 0 else "warning"
            least = f"{rule['under']:g} LU under it are the least"
            message = f"'{event.text}' is {_against_the_voice(under)} and may startle; {least}"
            span = _level_span(subject, event, "chimes", written, usual=0.0)
            yield finding(severity, span, message, f"make it {rule['under'] - under:.3g} dB softer")


def _against_the_voice(under: float) -> str:
    if not under:
        return "as loud as the voice"
    return f"{abs(under):.3g} LU {'under' if under > 0 else 'over'} the voice"


def _level_span(subject: Subject, event: Event, bus: str, written: float, *, usual: float) -> Span:
    """Where the level is set: in ``levels`` when the cue's own is not above the ``usual`` one, else at the cue."""
    settings = subject.settings
    levels = settings.spans.get("levels")
    if levels is not None and written <= usual and getattr(settings.levels, bus):
        return levels
    return event.span or settings.spans.get("bed") or subject.routine.span
