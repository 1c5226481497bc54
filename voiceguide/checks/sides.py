"""Left and right: both get their turn, the same time each, and a word ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voiceguide.checks.subject import Heard, Said, Subject, finding
from voiceguide.checks.words import Side
from voiceguide.errors import Diagnostic, Severity

_LEAD = 3.0  # seconds
_UNEQUAL, _TOO_UNEQUAL = 0.15, 0.30  # less time on one side, as a share of the other's
_SMALLEST = 3.0  # seconds of difference that a listener notices


def _side(subject: Subject, text: str) -> Side | None:
    """The one side of the body that a sentence speaks of."""
    found: list[Side] = [side for side, pattern in subject.words.sides.items() if pattern.search(text)]
    return found[0] if len(found) == 1 and not _both_sides(subject, text) else None


def _both_sides(subject: Subject, text: str) -> bool:
    """Whether a sentence speaks of both sides. Both hands may well work on one, where it is named."""
    words = subject.words
    if any(pattern.search(text) for pattern in words.sides.values()):
        text = words.both_hands.sub("", text)
    return bool(words.both_sides.search(text))


def side_missing(subject: Subject) -> Iterator[Diagnostic]:
    words = subject.words
    worked: dict[Side, Said] = {}
    mentioned: set[Side] = set()
    for said in subject.said:
        side = _side(subject, said.text)
        mentioned |= {name for name, pattern in words.sides.items() if pattern.search(said.text)}
        if side is not None and subject.actions(said.text):
            worked.setdefault(side, said)
        if words.other_side.search(said.text):
            mentioned |= {"left", "right"}
    for side, said in worked.items():
        missing: Side = "left" if side == "right" else "right"
        if missing not in mentioned:
            message = f"the {side} side is worked on from here, but the {missing} one never is"
            yield finding("error", said.span, message, "write [each side: left, right] … [end] around it")
    if len(worked) == len(words.sides) and subject.planned:
        yield from _unequal(subject)


def _unequal(subject: Subject) -> Iterator[Diagnostic]:
    seconds: dict[Side, float] = dict.fromkeys(subject.words.sides, 0.0)
    first: dict[Side, Heard] = {}
    for side, line, end in _turns(subject):
        seconds[side] += end - line.start
        first.setdefault(side, line)
    if len(first) < len(seconds):
        return
    short, long = sorted(seconds, key=lambda side: seconds[side])
    missing = seconds[long] - seconds[short]
    share = missing / seconds[long]
    if share > _UNEQUAL and missing > _SMALLEST:
        severity: Severity = "error" if share > _TOO_UNEQUAL else "warning"
        message = f"the {short} side gets {seconds[short]:.0f}s and the {long} one {seconds[long]:.0f}s"
        yield finding(
            severity, first[short].span, message, "give both the same steps, the same rounds and the same pauses"
        )


def _turns(subject: Subject) -> Iterator[tuple[Side, Heard, float]]:
    """Each time that a side is worked on: its first line and when it ends, in seconds.

    It ends where the other side, both sides or another chapter begins, or with a sentence that has no action.
    """
    side: Side | None = None
    turn: list[Heard] = []
    before: list[Heard] = []
    for line in subject.heard:
        named = _side(subject, line.text)
        if side and _ends(subject, turn, before, line, named not in (None, side)):
            if _works(subject, turn):
                yield side, turn[0], line.start
                before = turn
            side = None
        if side is None and named:
            side, turn = named, []
        if side:
            turn.append(line)
    if side and _works(subject, turn):
        yield side, turn[0], subject.heard_end


def _works(subject: Subject, turn: Sequence[Heard]) -> bool:
    return any(subject.actions(line.text) for line in turn)


def _ends(subject: Subject, turn: Sequence[Heard], before: Sequence[Heard], line: Heard, other: bool) -> bool:
    """Whether a line ends a turn; ``before`` is the turn of the other side."""
    words = subject.words
    if other or line.heading != turn[0].heading or _both_sides(subject, line.text):
        return True
    if before and before[0].span == turn[0].span:  # an 'each' block: the second turn is what the first was
        return all(line.span != earlier.span for earlier in before)
    idle = not subject.actions(line.text) and not words.hold.search(line.text)
    return bool(words.closing.search(line.text)) or (idle and _side(subject, line.text) is None)


def side_unannounced(subject: Subject) -> Iterator[Diagnostic]:
    if not subject.massage:
        return
    current: Side | None = None
    told: tuple[Side, Heard] | None = None
    for line in subject.heard:
        side = _side(subject, line.text)
        kinds = {action.kind for action in subject.actions(line.text)}
        if side is not None and not kinds:
            told = (side, line) if told is None or told[0] != side else told
        if subject.words.other_side.search(line.text) and not kinds and current is not None:
            told = ("left" if current == "right" else "right", line)
        if not kinds or (side is None and told is None):
            continue
        going = side or (told[0] if told else None)
        if going not in (None, current):
            if current is not None:
                yield from _without_lead(line, going, told, moves="place" in kinds)
            current = going
        told = None


def _without_lead(
    line: Heard, side: Side | None, told: tuple[Side, Heard] | None, *, moves: bool
) -> Iterator[Diagnostic]:
    """A finding when nothing, or too little time, tells of a side ahead of the work. Bringing the hands there tells."""
    hint = f"say it 5 to 8 s ahead, such as “Next comes the {side} side. [pause 5s]”"
    if told is None or told[0] != side:
        if not moves:
            yield finding("warning", line.span, f"the work goes to the {side} side without a word ahead", hint)
        return
    lead = line.start - told[1].end
    if lead < _LEAD:
        message = f"the {side} side is announced only {max(0.0, lead):.1f}s before the work begins there"
        yield finding("warning", told[1].span, message, hint)
