"""Order and times of the lines: what is missing or out of its turn, and where the file leaves the plan."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from voiceguide.listening.expected import Expected
from voiceguide.listening.limits import LENGTH, ONSET, ONSET_BY_EAR, PAUSE_BY_EAR
from voiceguide.listening.placing import Placement, Placements
from voiceguide.listening.result import Finding
from voiceguide.listening.working_copy import WorkingCopy, in_seconds
from voiceguide.speech.recognition import SAMPLE_RATE as RATE
from voiceguide.timeline import Event
from voiceguide.units import SAMPLE_RATE, format_duration


@dataclass(frozen=True, slots=True)
class _Said:
    """A line in its turn: its index, event, place, and shift in samples against the plan."""

    index: int
    event: Event
    place: Placement
    shift: int

    @property
    def tolerance(self) -> float:
        return ONSET if self.place.known == "sample" else ONSET_BY_EAR


def out_of_order(placed: Placements) -> tuple[tuple[int, ...], ...]:
    """The lines that are not in their turn, each alone, or with the one that it has changed places with."""
    order = sorted(placed, key=lambda index: placed[index].start)
    kept = set(_longest_rising(order))
    groups: list[tuple[int, ...]] = []
    for index in sorted(set(order) - kept):
        at = order.index(index)
        inverted = [other for other in order[:at] if other > index] + [other for other in order[at:] if other < index]
        groups.append(tuple(sorted((index, *inverted))) if len(inverted) == 1 else (index,))
    return tuple(dict.fromkeys(groups))


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """The longest rising subsequence (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        tops[pile : pile + 1] = [number]
        piles[pile : pile + 1] = [at]
        before.append(piles[pile - 1] if pile else -1)
    found: list[int] = []
    at = piles[-1] if piles else -1
    while at >= 0:
        found.append(numbers[at])
        at = before[at]
    return found[::-1]


def line_findings(copy: WorkingCopy, expected: Expected, placed: Placements) -> Iterator[Finding]:
    """Lines that are missing or out of order, and a file that is cut."""
    missing = [index for index in range(len(expected.lines)) if index not in placed]
    cut_from = _cut_from(copy, expected, placed)
    cut = [index for index in missing if index >= cut_from]
    if cut:
        first = expected.lines[cut[0]]
        what = "1 line" if len(cut) == 1 else f"{len(cut)} lines"
        message = f"The file ends here; {what}, from “{_short(first)}” on, and what follows are missing."
        yield Finding("cut", "error", message, copy.frames / SAMPLE_RATE, first.span)
    if copy.promised - copy.frames > LENGTH * SAMPLE_RATE:
        length = format_duration(round((copy.promised - copy.frames) / SAMPLE_RATE, 1))
        yield Finding("cut", "error", f"The last {length} of the file cannot be read.", copy.frames / SAMPLE_RATE)
    for index in missing:
        if index < cut_from:
            event = expected.lines[index]
            yield Finding(
                "missing", "error", f"“{_short(event)}” is not said.", _turn(expected, placed, index), event.span
            )
    for group in out_of_order(placed):
        event = expected.lines[group[0]]
        at = in_seconds(placed[group[0]].start)
        if len(group) == 2:
            message = f"“{_short(event)}” and “{_short(expected.lines[group[1]])}” have changed places."
        else:
            message = f"“{_short(event)}” is not said in its turn."
        yield Finding("order", "error", message, at, event.span)


def _cut_from(copy: WorkingCopy, expected: Expected, placed: Placements) -> int:
    """The first line after the last one that was found, if the file ends before its turn; else beyond all."""
    last = max(placed, default=-1)
    shift = placed[last].start - expected.place(expected.lines[last]) if placed else 0
    after = last + 1
    if after < len(expected.lines) and expected.place(expected.lines[after]) + shift > copy.samples - RATE:
        return after
    return len(expected.lines)


def _turn(expected: Expected, placed: Placements, index: int) -> float:
    """The second at which a missing line should be said: after the line before it."""
    before = max((other for other in placed if other < index), default=None)
    return in_seconds(placed[before].end) if before is not None else in_seconds(expected.place(expected.lines[index]))


def time_findings(expected: Expected, placed: Placements, extra: Sequence[Placement]) -> Iterator[Finding]:
    """Lines that begin early or late, and pauses that are too short or too long. ``extra`` is said besides the plan."""
    moved = {index for group in out_of_order(placed) for index in group}
    said = [
        _Said(index, event, placed[index], placed[index].start - expected.place(event))
        for index, event in enumerate(expected.lines)
        if index in placed and index not in moved
    ]
    beside = {one.index for one in _beside(said)}
    for one in said:
        if one.index in beside:
            yield _onset(one, _level_shift(said, one))
    steady = [one for one in said if one.index not in beside]
    if steady and abs(in_seconds(steady[0].shift)) > steady[0].tolerance and steady[0].index == 0:
        yield _onset(steady[0], 0)
    for before, after in pairwise(steady):
        if not _explained(expected, placed, before, after, extra):
            yield from _gap(expected, before, after)


def _beside(said: Sequence[_Said]) -> Iterator[_Said]:
    """Lines that alone are beside their time, between two that agree with each other."""
    for before, one, after in zip(said, said[1:], said[2:], strict=False):
        tolerance = max(other.tolerance for other in (before, one, after))
        off = min(abs(one.shift - before.shift), abs(one.shift - after.shift))
        if in_seconds(abs(after.shift - before.shift)) <= tolerance < in_seconds(off):
            yield one


def _level_shift(said: Sequence[_Said], one: _Said) -> int:
    at = said.index(one)
    return said[at - 1].shift


def _onset(one: _Said, shift: int) -> Finding:
    late = in_seconds(one.shift - shift)
    when = f"{abs(late) * 1000:.0f} ms {'late' if late > 0 else 'early'}"
    return Finding(
        "onset", "error", f"“{_short(one.event)}” begins {when}.", in_seconds(one.place.start), one.event.span
    )


def _explained(expected: Expected, placed: Placements, before: _Said, after: _Said, extra: Sequence[Placement]) -> bool:
    """Whether a step between two lines is that of what is missing, moved or added between them, which is told."""
    if any(before.place.start <= one.start < after.place.start for one in extra):
        return after.shift > before.shift
    if any(index not in placed for index in range(before.index + 1, after.index)):
        taken = expected.lines[after.index].start - expected.end(before.event)
        return 0 <= before.shift - after.shift <= taken * RATE // SAMPLE_RATE
    return False


def _gap(expected: Expected, before: _Said, after: _Said) -> Iterator[Finding]:
    planned = (after.event.start - expected.end(before.event)) / SAMPLE_RATE
    heard = in_seconds(after.place.start - before.place.end)
    by_ear = "ear" in (before.place.known, after.place.known)
    change = heard - planned if by_ear else in_seconds(after.shift - before.shift)
    if abs(change) <= (max(ONSET_BY_EAR, PAUSE_BY_EAR * planned) if by_ear else ONSET):
        return
    pauses = [
        event
        for event in expected.timeline.events
        if event.kind in ("pause", "hold") and before.event.start <= event.start < after.event.start
    ]
    how = f"{_length(abs(change))} {'longer' if change > 0 else 'shorter'} than planned"
    at = in_seconds(before.place.end)
    if pauses:
        longest = max(pauses, key=lambda event: event.end - event.start)
        message = f"The {longest.kind} before “{_short(after.event)}” is {how}: {_length(heard)} from voice to voice."
        yield Finding("pause", "error", message, at, longest.span)
    else:
        message = f"The time before “{_short(after.event)}” is {how}."
        yield Finding("onset", "error", message, at, after.event.span)


def length_findings(copy: WorkingCopy, expected: Expected) -> Iterator[Finding]:
    """A file of another length than planned."""
    change = (copy.frames - expected.timeline.frames) / SAMPLE_RATE
    if abs(change) > LENGTH:
        how = f"{_length(abs(change))} {'longer' if change > 0 else 'shorter'} than planned"
        whole = f"{_length(copy.frames / SAMPLE_RATE)} instead of {_length(expected.timeline.frames / SAMPLE_RATE)}"
        yield Finding("length", "error", f"The file is {how}: {whole}.")


def _length(value: float) -> str:
    return format_duration(round(value, 2) if value < 60 else round(value, 1))


def _short(event: Event) -> str:
    text = event.text or ""
    return text if len(text) <= 60 else f"{text[:57]}…"
