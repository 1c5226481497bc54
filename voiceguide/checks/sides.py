"""Left and right: both get their turn, the same time each, and a word ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voiceguide.checks.subject import StepSentence, Subject, TimedSentence, finding
from voiceguide.checks.words import Side
from voiceguide.errors import Diagnostic, Severity, Span
from voiceguide.rule_spec import Rule


def side_of(subject: Subject, text: str) -> Side | None:
    """The one side of the body that a sentence speaks of."""
    return _only_side(subject, text, _named(subject, text))


def _named(subject: Subject, text: str) -> list[Side]:
    """The sides of the body that a sentence names."""
    return [side for side, pattern in subject.words.sides.items() if pattern.search(text)]


def _only_side(subject: Subject, text: str, named: list[Side]) -> Side | None:
    return named[0] if len(named) == 1 and not _both_sides(subject, text) else None


def _both_sides(subject: Subject, text: str) -> bool:
    """Whether a sentence speaks of both sides. Both hands may well work on one, where it is named."""
    words = subject.words
    if any(pattern.search(text) for pattern in words.sides.values()):
        text = words.both_hands.sub("", text)
    return bool(words.both_sides.search(text))


def side_missing(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    words = subject.words
    worked: dict[Side, StepSentence] = {}
    mentioned: set[Side] = set()
    for said in subject.sentences:
        named = _named(subject, said.text)
        side = _only_side(subject, said.text, named)
        mentioned.update(named)
        if side is not None and subject.actions(said.text):
            worked.setdefault(side, said)
        if words.other_side.search(said.text):
            mentioned |= {"left", "right"}
    for side, said in worked.items():
        missing = _other(side)
        if missing not in mentioned:
            message = f"the {side} side is worked on from here, but the {missing} one never is"
            yield finding("error", said.span, message, "write [each side: left, right] … [end] around it")
    if not subject.planned:
        return
    if len(worked) == len(words.sides):
        yield from _unequal(subject, rule)
    if subject.can_read("one_of_two", "other_of_two"):
        yield from _in_other_words(subject, rule)


def _unequal(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    seconds: dict[Side, float] = dict.fromkeys(subject.words.sides, 0.0)
    first: dict[Side, TimedSentence] = {}
    for side, line, end in _turns(subject):
        seconds[side] += end - line.start
        first.setdefault(side, line)
    if len(first) < len(seconds):
        return
    short, long = sorted(seconds, key=lambda side: seconds[side])
    missing = seconds[long] - seconds[short]
    share = missing / seconds[long]
    if share > rule["unequal"] and missing > rule["noticed"]:
        severity: Severity = "error" if share > rule["too_unequal"] else "warning"
        message = f"the {short} side gets {seconds[short]:.0f}s and the {long} one {seconds[long]:.0f}s"
        yield finding(
            severity, first[short].span, message, "give both the same steps, the same rounds and the same pauses"
        )


def _turns(subject: Subject) -> Iterator[tuple[Side, TimedSentence, float]]:
    """Each time that a side is worked on: its first line and when it ends, in seconds.

    It ends where the other side, both sides or another chapter begins, or with a sentence that has no action.
    """
    side: Side | None = None
    turn: list[TimedSentence] = []
    before: _Before = (None, frozenset())
    for line in subject.timed_sentences:
        named = side_of(subject, line.text)
        if side and _ends(subject, turn, before, line, named not in (None, side)):
            if _works(subject, turn):
                yield side, turn[0], line.start
                before = turn[0].span, frozenset(said.span for said in turn)
            side = None
        if side is None and named:
            side, turn = named, []
        if side:
            turn.append(line)
    if side and _works(subject, turn):
        yield side, turn[0], subject.guidance_end


def _works(subject: Subject, turn: Sequence[TimedSentence]) -> bool:
    return any(subject.actions(line.text) for line in turn)


_Before = tuple[Span | None, frozenset[Span]]
"""The span of a turn's first line, and those of all its lines."""


def _ends(subject: Subject, turn: Sequence[TimedSentence], before: _Before, line: TimedSentence, other: bool) -> bool:
    """Whether a line ends a turn; ``before`` is the turn of the other side."""
    first, spans = before
    words = subject.words
    if other or line.heading != turn[0].heading or _both_sides(subject, line.text):
        return True
    if first == turn[0].span:  # an 'each' block: the second turn is what the first was
        return line.span not in spans
    idle = not subject.actions(line.text) and not words.hold.search(line.text)
    return bool(words.closing.search(line.text)) or (idle and side_of(subject, line.text) is None)


_SOON = 4.0  # seconds in which the work on a side that was named begins


@dataclass(frozen=True, slots=True)
class _Turn:
    """The work on one part of two, in words such as 'one cheek': its first line, when it ends (seconds), and whether it
    is that of the other one. ``named``: the line names left or right, whose counterpart another rule looks for."""

    line: TimedSentence
    end: float
    other: bool
    named: bool


def _in_other_words(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    """'One cheek' and 'the other': the first is without a second, or gets another time."""
    first: _Turn | None = None
    for turn in _turns_of_two(subject):
        if not turn.other:
            if first is not None and not first.named:
                yield _without_other(first)
            first = turn
        elif first is not None:
            yield from _compared(first, turn, rule)
            first = None
    if first is not None and not first.named:
        yield _without_other(first)


def _without_other(turn: _Turn) -> Diagnostic:
    message = "one side is worked on here, but the other never is"
    return finding("error", turn.line.span, message, "do the same on the other side, for as long")


def _compared(first: _Turn, second: _Turn, rule: Rule) -> Iterator[Diagnostic]:
    times = [turn.end - turn.line.start for turn in (first, second)]
    missing = max(times) - min(times)
    share = missing / max(times)
    if share > rule["unequal"] and missing > rule["noticed"]:
        severity: Severity = "error" if share > rule["too_unequal"] else "warning"
        message = f"the first side gets {times[0]:.0f}s and the other one {times[1]:.0f}s"
        yield finding(severity, second.line.span, message, "give both the same steps and the same pauses")


def _turns_of_two(subject: Subject) -> Iterator[_Turn]:
    """Each turn ends with the next one, with another chapter, or with a sentence without an action.

    The other one may be named first and worked on with the next sentence; if it is not, what follows is none of it."""
    words = subject.words
    begun: tuple[TimedSentence, bool, bool] | None = None
    works = False
    idle: float | None = None  # where the first sentence without an action begins
    single = len({side for said in subject.written for side in _named(subject, said.text)}) == 1
    for line in subject.timed_sentences:
        one, other = words.one_of_two.search(line.text), words.other_of_two.search(line.text)
        acts = bool(subject.actions(line.text))
        named = single and not other and side_of(subject, line.text) is not None
        starts = bool(one or named) != bool(other) and not (one and other) and not _all_of_both(subject, line.text)
        soon = begun is not None and not works and line.start - begun[0].end < _SOON
        follows = acts and (works or idle is None or soon)
        goes_on = begun and line.heading == begun[0].heading and (follows or (begun[1] and soon))
        if begun is not None and (starts or not goes_on):
            if works or begun[1]:
                yield _Turn(begun[0], line.start if works or idle is None else idle, begun[1], begun[2])
            begun = None
        if starts and (acts or other):
            begun, works, idle = (line, bool(other), named), False, None
        elif not acts and idle is None:
            idle = line.start
        works = works or acts
    if begun is not None and (works or begun[1]):
        end = subject.guidance_end if works or idle is None else idle
        yield _Turn(begun[0], end, begun[1], begun[2])


def _all_of_both(subject: Subject, text: str) -> bool:
    """Whether a sentence speaks of both sides, other than by 'one side'."""
    return _both_sides(subject, subject.words.one_of_two.sub("", text))


@dataclass(frozen=True, slots=True)
class SideChange:
    """Work that goes over to another side of the body.

    ``line``: the first sentence that works there; ``announcement``: the sentence before it that names the side, if
    there is one. ``moves``: ``line`` itself brings the hands there. ``direct``: nothing was done on both sides in
    between.
    """

    side: Side
    line: TimedSentence
    announcement: TimedSentence | None
    moves: bool
    direct: bool


def side_changes(subject: Subject) -> Iterator[SideChange]:
    """Every change of side in a plan, in order; the first side that is worked on is none."""
    current: Side | None = None
    announced: tuple[Side, TimedSentence] | None = None
    direct = True
    for line in subject.timed_sentences:
        side = side_of(subject, line.text)
        kinds = {action.kind for action in subject.actions(line.text)}
        if side is not None and not kinds and (announced is None or announced[0] != side):
            announced = (side, line)
        if subject.words.other_side.search(line.text) and not kinds and current is not None:
            announced = (_other(current), line)
        if not kinds:
            continue
        direct = direct and not _both_sides(subject, line.text)
        going = side or (announced[0] if announced else None)
        if going is not None:
            if current not in (None, going):
                known = announced[1] if announced and announced[0] == going else None
                yield SideChange(going, line, known, "place" in kinds, direct)
            current, direct, announced = going, True, None


def _other(side: Side) -> Side:
    return "left" if side == "right" else "right"


def side_unannounced(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    for change in side_changes(subject):
        side, announcement = change.side, change.announcement
        example = f"“Next comes the {side} side. [pause {rule['advised']:g}s]”"
        hint = f"say it {rule['advised']:g} to {rule.limits['ample']} ahead, such as {example}"
        if announcement is None:
            if not change.moves:
                message = f"the work goes to the {side} side without a word ahead"
                yield finding("warning", change.line.span, message, hint)
            continue
        lead = change.line.start - announcement.end
        if lead < rule["lead"]:
            message = f"the {side} side is announced only {max(0.0, lead):.1f}s before the work begins there"
            yield finding("warning", announcement.span, message, hint)
