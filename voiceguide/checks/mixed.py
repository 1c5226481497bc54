"""What a listener hears of the mix: voice against bed and chimes, jumps, edges, on a phone, and words misheard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from voiceguide.checks.subject import Subject, at, finding
from voiceguide.errors import Diagnostic, Severity, Span
from voiceguide.rule_spec import Rule
from voiceguide.timeline import Event, Track
from voiceguide.units import SAMPLE_RATE, format_clock, power_decibels

STEP = SAMPLE_RATE // 10
"""Frames of a step in which powers are measured."""

_MOMENT = 4  # steps of a momentary loudness (EBU R 128)
_BEFORE = 20  # steps in which it was quiet before a jump
_NOTHING = 1e-12
_AUDIBLE = 3e-6  # power of a background that makes a jump one out of it: 32 LU under the voice


@dataclass(frozen=True, slots=True)
class Misheard:
    """What a recogniser makes of a line, and the words of the line that are not in it."""

    missed: tuple[str, ...]
    heard: str


@dataclass(frozen=True, slots=True)
class Mixed:
    """What the mix of a session measures before mastering; voice lines have -23 LUFS.

    ``powers``: the power of each track in each :data:`STEP`, weighted as BS.1770-4 does, both channels together.
    ``phone``: the same of the mean of both channels, unweighted, between 300 and 8000 Hz. ``edges``: the level of the
    loudest of the first and of the last 10 ms, in dB to the middle of the voice lines' (-inf for silence).
    ``misheard``: by the index of an event, where a recogniser has not understood a line; None where none has listened.
    """

    powers: Mapping[Track, tuple[float, ...]]
    phone: Mapping[Track, tuple[float, ...]]
    edges: tuple[float, float]
    misheard: Mapping[int, Misheard] | None = None


def _steps(event: Event) -> slice:
    frames = event.clip.frames if event.clip else event.end - event.start
    first = event.start // STEP
    return slice(first, max(first + 1, (event.start + frames) // STEP))


def _mean(powers: Sequence[float]) -> float:
    return sum(powers) / len(powers) if powers else 0.0


def _loudest(powers: Sequence[float]) -> float:
    """The power of the loudest moment."""
    if len(powers) <= _MOMENT:
        return _mean(powers)
    return max(_mean(powers[first : first + _MOMENT]) for first in range(len(powers) - _MOMENT + 1))


def _lines(subject: Subject) -> list[Event]:
    return [event for event in subject.plan.events if event.kind == "speech" and event.clip]


def bed_masks(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    powers = subject.mixed.powers
    for event in _lines(subject):
        voice, bed = (_mean(powers[track][_steps(event)]) for track in ("voice", "bed"))
        if bed <= _NOTHING or voice <= _NOTHING:
            continue
        over = power_decibels(voice / bed)
        if over < rule["over"]:
            severity: Severity = "error" if over < rule["barely"] else "warning"
            message = f"the voice is only {over:.0f} LU above the bed in this line ({_clock(event)})"
            yield finding(severity, _span(subject, event), message, "make the bed softer here, or duck it further")


def sound_masks(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    powers = subject.mixed.powers
    for event in _lines(subject):
        part = _steps(event)
        sounds = [one + other for one, other in zip(powers["chimes"][part], powers["breath"][part], strict=True)]
        voice, loudest = _mean(powers["voice"][part]), _loudest(sounds)
        if loudest <= _NOTHING or voice <= _NOTHING:
            continue
        over = power_decibels(voice / loudest)
        if over < rule["over"]:
            severity: Severity = "error" if over < 0 else "warning"
            how = f"only {over:.0f} LU above" if over >= 0 else f"{-over:.0f} LU under"
            message = f"the voice is {how} a sound that rings through this line ({_clock(event)})"
            yield finding(
                severity, _span(subject, event), message, "let it ring out first: [pause 3s], or make it softer"
            )


def loudness_jump(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    mixed = subject.mixed
    total = [sum(step) for step in zip(*mixed.powers.values(), strict=True)]
    most = rule["asleep" if subject.ends_in_sleep else "awake"]
    told: set[Span] = set()
    for event in subject.plan.events:
        first = event.start // STEP
        span = _span(subject, event)
        if event.clip is None or first < _BEFORE + _MOMENT or span in told:
            continue
        before = _loudest(total[first - _BEFORE : first])
        after = _loudest(total[first : first + 2 * _MOMENT])
        if _loudest(mixed.powers["bed"][first - _BEFORE : first]) < _AUDIBLE or after <= before:
            continue
        rise = power_decibels(after / before)
        if rise > most:
            told.add(span)
            message = f"it gets {rise:.0f} LU louder at once here ({_clock(event)}); {most:g} LU are the most"
            hint = "raise the bed, or soften what begins here: levels, [chime -6dB]"
            yield finding("warning", span, message, hint)


def phone_lost(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    mixed = subject.mixed
    spoken = [_mean(mixed.phone["voice"][_steps(event)]) for event in _lines(subject)]
    if not spoken or (voice := median(spoken)) <= _NOTHING:
        return
    told: set[str] = set()
    for event in subject.plan.events:
        name = event.text or event.phase or event.kind
        if event.track not in ("chimes", "breath") or event.clip is None or name in told:
            continue
        told.add(name)
        under = power_decibels(voice / max(_NOTHING, _loudest(mixed.phone[event.track][_steps(event)])))
        if under > rule["sound"]:
            message = f"on a phone “{name}” lies {under:.0f} dB under the voice, and is not heard"
            yield finding("warning", _span(subject, event), message, "choose a brighter sound, or raise it")
    yield from _bed_lost(subject, rule, voice)


def _bed_lost(subject: Subject, rule: Rule, voice: float) -> Iterator[Diagnostic]:
    """Beds that a full-range loudspeaker has, and a phone has not."""
    mixed = subject.mixed
    loud = median([_mean(mixed.powers["voice"][_steps(event)]) for event in _lines(subject)])
    for event in subject.plan.events:
        if event.bed is None:
            continue
        here, there = (_loudest(powers["bed"][_steps(event)]) for powers in (mixed.powers, mixed.phone))
        if here <= _NOTHING or power_decibels(loud / here) > rule["meant"]:
            continue
        under = power_decibels(voice / max(_NOTHING, there))
        if under > rule["bed"]:
            message = f"on a phone this bed lies {under:.0f} dB under the voice, and is not heard"
            yield finding("warning", _span(subject, event), message, "choose a bed that is not all bass")


def cut_edges(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    for level, where in zip(subject.mixed.edges, ("begins", "ends"), strict=True):
        if level > -rule["under"]:
            message = f"the session {where} in the middle of a sound, {-level:.0f} dB under the voice: it clicks"
            yield finding("warning", subject.routine.span, message, "leave room for it to fade: [pause 3s] at the end")


def misheard(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    told: set[str] = set()
    for index, one in sorted((subject.mixed.misheard or {}).items()):
        event = subject.plan.events[index]
        text = event.text or ""
        if text in told:
            continue
        told.add(text)
        words = ", ".join(f"“{word}”" for word in one.missed)
        message = f"{words} may be misheard: “{one.heard}” is understood of this line"
        hint = "say it in other words, or spell it for the voice with 'pronounce'"
        span = _span(subject, event)
        said = next((line for line in subject.timed_sentences if line.event == index), None)
        yield finding("warning", at(said, one.missed[0]) if said else span, message, hint)


def _clock(event: Event) -> str:
    return format_clock(event.start / SAMPLE_RATE)


def _span(subject: Subject, event: Event) -> Span:
    return event.span or subject.settings.spans.get("bed") or subject.routine.span
