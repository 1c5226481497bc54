"""The diagnostic for a length that a script cannot have, with hints on how to change the script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from voiceguide.errors import Diagnostic, Span
from voiceguide.planner.chapters import Turns
from voiceguide.planner.fitting import Fitting, Range
from voiceguide.routine import Breathe, Each, Hold, Node, Pause, Repeat, Routine
from voiceguide.units import SAMPLE_RATE, format_duration

_WORTH = Fraction(2)
"""Seconds from which on a rigid pause is worth a hint."""


def impossible(fitting: Fitting, routine: Routine, length: Fraction, frames: int) -> Diagnostic:
    """An error with the lengths that the script can have, where another is asked for."""
    reach = fitting.range()
    asked = f"the session cannot last {format_duration(length)}"
    if frames < reach.shortest:
        limit = f"the shortest that this script can be is {_up(reach.shortest)}"
        turns = Turns.of(routine.chapters)
        left_out = turns.left_out(turns.count)
        hint = _either(_optional(fitting, routine, left_out), _elastic(routine, "shrink", left_out))
        hint = hint or "say less in it, or make it of fewer parts"
    elif frames > reach.longest:
        limit = f"the longest that this script can be is {_down(reach.longest)}"
        hint = _either(_elastic(routine, "grow"), _more_rounds(routine))
        hint = hint or "add an elastic pause to it, such as [pause ~10s]"
    else:
        limit = _nearest(fitting, frames)
        hint = _either(_elastic(routine, "give way")) or "add an elastic pause to it, such as [pause ~10s]"
    if reach.shortest == reach.longest:
        limit = f"nothing in this script gives way, so it always lasts {_exact(reach.natural)}"
    span = routine.settings.spans.get("length") or Span(routine.span.source, 0, 0)
    return Diagnostic(span, "error", f"{asked}: {limit}", hint)


def described(reach: Range) -> tuple[str, str, str]:
    """The shortest, natural and longest length as people read them, rounded so that they can be asked for."""
    if reach.longest - reach.shortest < SAMPLE_RATE:
        return _exact(reach.shortest), _exact(reach.natural), _exact(reach.longest)
    return _up(reach.shortest), format_duration(round(reach.natural / SAMPLE_RATE, 1)), _down(reach.longest)


def _exact(frames: int) -> str:
    return format_duration(Fraction(frames, SAMPLE_RATE))


def _up(frames: int) -> str:
    return format_duration(Fraction(-(-frames * 10 // SAMPLE_RATE), 10))


def _down(frames: int) -> str:
    return format_duration(Fraction(frames * 10 // SAMPLE_RATE, 10))


def _nearest(fitting: Fitting, frames: int) -> str:
    below, above = fitting.nearest(frames)
    if below is None or above is None:
        reach = fitting.range()
        return (
            f"it can be {_up(reach.shortest)} to {_down(reach.longest)} long, but too little in it is elastic "
            "for every length between"
        )
    return f"too little in it is elastic, and the nearest that this script can be are {_down(below)} and {_up(above)}"


def _either(*ways: str) -> str:
    return ", or ".join(way for way in ways if way)


def _optional(fitting: Fitting, routine: Routine, left_out: frozenset[int]) -> str:
    """The longest chapters that could be left out: the first and the last are needed more than those between."""
    rigid = [
        (frames, chapter.title)
        for index, (frames, chapter) in enumerate(zip(fitting.chapter_lengths(), routine.chapters, strict=True))
        if chapter.title is not None and not chapter.required and index not in left_out
    ]
    between = sorted(rigid[1:-1], key=lambda pair: -pair[0])[:2]
    names = [f"“{title}” ({format_duration(round(frames / SAMPLE_RATE))})" for frames, title in between]
    return f"mark chapters that can be left out as [optional], such as {' or '.join(names)}" if names else ""


def _elastic(routine: Routine, how: str, left_out: frozenset[int] = frozenset()) -> str:
    """The longest rigid pauses and holds in the chapters that are played."""
    rigid = [
        node
        for node in _played_freely(routine, left_out)
        if isinstance(node, Pause | Hold) and not node.duration.elastic and node.duration.natural >= _WORTH
    ]
    if not rigid:
        return ""
    longest = sorted(rigid, key=lambda node: -node.duration.natural)[:2]
    named = (
        f"[{type(node).__name__.lower()} ~{format_duration(node.duration.natural)}] {_line(node.span, routine)}"
        for node in longest
    )
    return f"let rigid pauses and holds {how}, such as {' or '.join(named)}"


def _more_rounds(routine: Routine) -> str:
    for node in _played_freely(routine):
        if isinstance(node, Repeat) and not node.whole.elastic:
            return f"let rounds be added, such as [repeat ~{node.rounds.natural}] {_line(node.span, routine)}"
        if isinstance(node, Breathe) and not node.whole.elastic:
            return f"let breaths be added to the ones {_line(node.span, routine)}, with x~{node.cycles.natural}"
    return ""


def _line(span: Span, routine: Routine) -> str:
    where = "" if span.source == routine.span.source else f" of {span.file}"
    return f"in line {span.line}{where}"


def _played_freely(routine: Routine, left_out: frozenset[int] = frozenset()) -> Iterator[Node]:
    """Every node but those in a block that lasts a given time."""

    def free(body: Sequence[Node]) -> Iterator[Node]:
        for node in body:
            yield node
            if isinstance(node, Repeat | Each):
                yield from free(node.body)

    for index, chapter in enumerate(routine.chapters):
        if index not in left_out:
            yield from free(chapter.body)
