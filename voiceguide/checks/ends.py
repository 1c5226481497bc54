"""How a session begins and ends, and how long it is. Judges the plan."""

from __future__ import annotations

from collections.abc import Iterator

from voiceguide.checks.subject import Subject, finding
from voiceguide.checks.words import number_of
from voiceguide.errors import Diagnostic, Severity
from voiceguide.routine import Chime, PlaySound
from voiceguide.rule_spec import Rule
from voiceguide.timeline import Event
from voiceguide.units import SAMPLE_RATE, format_duration


def _strikes(subject: Subject) -> list[Event]:
    return [event for event in subject.plan.events if event.kind in ("chime", "sound") and event.track == "chimes"]


def no_return(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    total = subject.plan.frames / SAMPLE_RATE
    if subject.ends_in_sleep or total < rule["shortest"] or not subject.timed_sentences:
        return
    late = total - rule["within"]
    if any(line.end > late and subject.words.closing.search(line.text) for line in subject.timed_sentences):
        return
    own = {id(step.node.span) for step in subject.steps if isinstance(step.node, Chime | PlaySound)}
    if any(event.end / SAMPLE_RATE > late and id(event.span) in own for event in _strikes(subject)):
        return
    message = f"nothing closes the session in its last {rule['within']:g}s"
    hint = "end with a sentence such as “When you are ready, open your eyes.”, or with [chime]"
    yield finding("warning", subject.timed_sentences[-1].span, message, hint)


def sleep_ending(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    if not (subject.settings.sleep or subject.settings.kind == "sleep"):
        return
    total = subject.plan.frames
    late = max(total - round(rule["within"] * SAMPLE_RATE), total // 2)
    for event in _strikes(subject):
        if event.start > late and event.span is not None:
            before = format_duration(round((total - event.start) / SAMPLE_RATE))
            message = f"'{event.text}' sounds {before} before the end of a session for sleep"
            yield finding("warning", event.span, message, "leave it out; let the bed fade by itself")


def title_duration(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    words, settings = subject.words, subject.settings
    match = words.titled_duration.search(settings.title)
    if match is None:
        return
    unit = words.units[match["unit"].casefold()]
    least = number_of(match["number"], words)
    most = number_of(match["upto"], words) if match["upto"] else least
    if not least or not most or least > most:
        return
    seconds = subject.plan.frames / SAMPLE_RATE
    off = max(least * unit - seconds, seconds - most * unit)
    share = off / (most * unit if seconds > most * unit else least * unit)
    if share > rule["off"]:
        severity: Severity = "error" if share > rule["far_off"] else "warning"
        message = f"the title says “{match[0]}”, but the session lasts {format_duration(round(seconds))}"
        hint = "write length: in the front matter to fit it, or change the title"
        titled = [c for c in subject.routine.chapters if c.title == settings.title]
        span = settings.spans.get("title") or (titled[0].span if titled else subject.routine.span)
        yield finding(severity, span, message, hint)


def edges(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    plan = subject.plan
    sounding = [event for event in plan.events if event.kind in ("speech", "chime", "sound", "breath")]
    if not sounding:
        return
    first = min(sounding, key=lambda event: event.start)
    last = max((event for event in sounding if event.kind != "chime"), key=lambda event: event.end, default=None)
    head, span = first.start / SAMPLE_RATE, subject.routine.span
    if head < rule["head"]:
        yield finding(
            "warning",
            first.span or span,
            f"the session begins with a sound after {head:.2f}s; {rule['head']:g}s are the least",
        )
    if last is not None and (tail := (plan.frames - last.end) / SAMPLE_RATE) < rule["tail"]:
        yield finding(
            "warning",
            last.span or span,
            f"the session ends {tail:.2f}s after its last sound; {rule['tail']:g}s are the least",
        )
