"""Edits at random: ``python -m tests.editing.edits --count 10000``.

Each is done to a script that is made up too, and held against what was asked for: only the cue, the heading or the setting
that was meant has changed, and of it one value; a session can be made of the script; its timeline has the wanted value;
and taking the edit back gives the old text. Prints how many were done, and how many were refused with a sentence.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.editing.made import script
from tests.live.made import plan_of
from voiceguide.editing import cue_edits
from voiceguide.editing.edits import CannotEdit, Edit
from voiceguide.editing.settings import with_setting
from voiceguide.live.plan import LivePlan
from voiceguide.routine import (
    Bed,
    Breathe,
    Change,
    ChapterMark,
    Chime,
    Count,
    Each,
    Hold,
    Node,
    Pause,
    Repeat,
    Sentence,
    Within,
)
from voiceguide.script.text import LineIndex
from voiceguide.session.reading import ScriptText
from voiceguide.studio.moving import moved
from voiceguide.timeline import Event
from voiceguide.units import frames

_EACH_SCRIPT = 12  # edits, one after another
_TOKEN = re.compile(r"[^\s,\[\]]+")
_FRAME = 1  # a duration is rounded to frames when it is placed
_SETTINGS: tuple[tuple[str | tuple[str, str], Any], ...] = (
    ("title", 'Another: "one"'),
    ("pace", 0.8),
    ("bed", "pink"),
    ("bed", None),
    (("levels", "bed"), "-5dB"),
    (("levels", "chimes"), "2dB"),
    (("levels", "bed"), None),
    (("gaps", "sentence"), "1s"),
    ("sleep", True),
    ("tags", None),
)


@dataclass(frozen=True)
class Place:
    """A node that an edit is for, with the blocks around it."""

    node: Node
    around: tuple[Node, ...]

    @property
    def plays(self) -> int:
        """How often it is played."""
        times = 1
        for block in self.around:
            times *= (
                len(block.items)
                if isinstance(block, Each)
                else block.rounds.natural
                if isinstance(block, Repeat)
                else 1
            )
        return times

    @property
    def fixed(self) -> bool:
        """Whether the block around it lasts as long as before, whatever it holds."""
        return any(isinstance(block, Within) for block in self.around)


@dataclass(frozen=True)
class Case:
    """A script with its plan, before or after an edit."""

    text: str
    plan: LivePlan

    @classmethod
    def of(cls, text: str) -> Case:
        return cls(text, plan_of(text))

    @property
    def frames(self) -> int:
        return self.plan.timeline.frames

    def places(self) -> list[Place]:
        """All nodes but those of the last chapter."""
        return [each for chapter in self.plan.routine.chapters[:-1] for each in _places(chapter.body, ())]

    def first(self, node: Node) -> Event | None:
        """The first event of what is written where the node is."""
        assert node.span is not None
        position = node.span.position
        return next((one for one in self.plan.timeline.events if one.span and one.span.position == position), None)

    def offset(self, node: Node) -> int:
        assert node.span is not None
        return LineIndex.of(node.span.source).starts[node.span.line - 1] + node.span.column - 1

    def line_at(self, offset: int) -> tuple[int, int]:
        end = self.text.find("\n", offset)
        return self.text.rfind("\n", 0, offset) + 1, len(self.text) if end < 0 else end


def _places(body: tuple[Node, ...], around: tuple[Node, ...]) -> Iterator[Place]:
    for node in body:
        if node.span is not None:
            yield Place(node, around)
        if isinstance(node, Repeat | Each | Within):
            yield from _places(node.body, (*around, node))


# -- what is asked for, and whether it came about


Judge = Callable[[Case, Case, Edit], None]


def _drag(case: Case, action: str, node: Node, amount: float) -> Edit | None:
    assert node.span is not None
    return moved(case.plan, ScriptText(node.span.source), action, node.span.line, node.span.column, amount)


def _same_place(case: Case, place: Place) -> Node:
    """The node that stands where it stood, after an edit inside of it."""
    assert place.node.span is not None
    position = place.node.span.position
    return next(one.node for one in case.places() if one.node.span and one.node.span.position == position)


def _near(found: float, wanted: float, slack: float) -> None:
    assert abs(found - wanted) <= slack, f"{found} instead of {wanted}"


def _longer(place: Place, seconds: Fraction) -> Judge:
    """Its end is later by the seconds: in its first event, in the whole session, and in the text."""

    def judge(before: Case, after: Case, edit: Edit) -> None:
        old, new = place.node, _same_place(after, place)
        slack = _FRAME * (place.plays + 1)
        match old, new:
            case (Pause(), Pause()) | (Hold(), Hold()) | (Within(), Within()):
                by = frames(abs(seconds)) * (1 if seconds > 0 else -1)
                _near(float(new.duration.natural - old.duration.natural), float(seconds), 0.001)
                if not isinstance(old, Within) and new.duration.natural and old.duration.natural:
                    _near(_length(after, new) - _length(before, old), by, 2 * _FRAME + 45)
            case (Breathe(), Breathe()):
                cycle = sum((phase.seconds for phase in old.phases), Fraction(0))
                assert new.cycles.natural == max(1, old.cycles.natural + round(seconds / cycle))
                by = frames(cycle * new.cycles.natural) - frames(cycle * old.cycles.natural)
                slack += 2
            case (Count(), Count()):
                by = frames(new.every * len(new.numbers)) - frames(old.every * len(old.numbers))
                _near(float(new.every), max(0.1, float(old.every + seconds / max(1, len(old.numbers) - 1))), 0.001)
                slack = 44_100 * place.plays  # how long the last number sounds
            case _:
                raise AssertionError(f"{type(old).__name__} became {type(new).__name__}")
        _near(after.frames - before.frames, 0 if place.fixed else by * place.plays, slack + 45 * place.plays)

    return judge


def _length(case: Case, node: Node) -> int:
    event = case.first(node)
    assert event is not None
    return event.end - event.start


def _later(place: Place, seconds: Fraction) -> Judge:
    """It begins later by the seconds, whatever pause was changed or put in."""

    def judge(before: Case, after: Case, edit: Edit) -> None:
        old = before.first(place.node)
        events = [one for one in after.plan.timeline.events if one.span is not None]
        node = place.node
        assert old is not None
        assert node.span is not None
        moved_by = len(edit.new) - (edit.end - edit.start)
        offset = before.offset(node) + moved_by
        at = LineIndex.of(after.plan.routine.span.source)
        position = at.span(offset, offset + 1).position
        new = next(one for one in events if one.span and one.span.position == position)
        _near(new.start - old.start, float(seconds) * 44_100, 3 * _FRAME + 45)

    return judge


def _more(place: Place, count: int) -> Judge:
    def judge(before: Case, after: Case, edit: Edit) -> None:
        old, new = place.node, _same_place(after, place)
        match old, new:
            case Chime(), Chime():
                assert new.strikes == old.strikes + count
                assert _events(after, new) - _events(before, old) == count * place.plays
            case (Breathe(), Breathe()) | (Repeat(), Repeat()):
                assert new.whole.natural == old.whole.natural + count
            case _:
                raise AssertionError("nothing that is counted")

    return judge


def _events(case: Case, node: Node) -> int:
    assert node.span is not None
    return sum(one.span is not None and one.span.position == node.span.position for one in case.plan.timeline.events)


def _louder(place: Place, level: float) -> Judge:
    def judge(before: Case, after: Case, edit: Edit) -> None:
        new = _same_place(after, place)
        assert isinstance(new, Chime | Bed)
        assert new.level == round(level, 1)
        event = after.first(new)
        if event is not None:  # a bed may be replaced before it is heard
            found = event.level if isinstance(new, Bed) else event.clip.level if event.clip else None
            assert found == round(level, 1)

    return judge


def _faded(place: Place, seconds: Fraction) -> Judge:
    def judge(before: Case, after: Case, edit: Edit) -> None:
        new = _same_place(after, place)
        assert isinstance(new, Bed)
        assert new.fade == seconds

    return judge


def judged_drag(case: Case, edit: Edit, request: dict[str, Any], place: Place | None) -> None:
    """Holds what a drag (its ``action`` and ``amount``) has made of the text against what it was to do; ``place`` None:
    the bed of the front matter."""
    action, amount = request["action"], float(request["amount"])
    if place is None:
        one = Try("setting", lambda: None, _front_matter(case.text), lambda *_: None)
    else:
        seconds = Fraction(round(amount * 10), 10)
        judges = {"ends_later": _longer, "begins_later": _later}
        judge = judges[action](place, seconds) if action in judges else _louder(place, amount)
        one = Try(action, lambda: None, None if action == "begins_later" else _bracket(case, place.node), judge)
    after = edit.applied(case.text)
    _judge_bytes(case, one, edit, after)
    one.judge(case, Case.of(after), edit)


def _front_matter(text: str) -> tuple[int, int]:
    return 0, text.find("\n---\n", 1) + 5 if text.startswith("---\n") else 0


# -- edits at random


@dataclass(frozen=True)
class Try:
    """An edit that is asked for: what makes it, the part of the text in which it may change something, and what is true
    afterwards."""

    name: str
    edit: Callable[[], Edit | None]
    within: tuple[int, int] | None
    judge: Judge


def _tries(case: Case, chance: random.Random) -> Try:
    """Anything that a page or a panel can ask for."""
    name = chance.choice(
        ("ends_later",) * 4 + ("begins_later",) * 3 + ("more", "louder", "faded", "chapter", "setting", "word")
    )
    if name == "chapter":
        return _chapter_try(case, chance)
    if name == "setting":
        return _setting_try(case, chance)
    place = chance.choice([one for one in case.places() if _suits(name, one.node)] or case.places())
    cue = _bracket(case, place.node)
    seconds = Fraction(chance.randrange(-150, 300), 10)
    match name:
        case "ends_later":
            return Try(name, lambda: _drag(case, name, place.node, float(seconds)), cue, _longer(place, seconds))
        case "begins_later":
            return Try(name, lambda: _drag(case, name, place.node, float(seconds)), None, _later(place, seconds))
        case "more":
            count = chance.choice((-2, -1, 1, 2, 5))
            return Try(name, lambda: _drag(case, name, place.node, count), cue, _more(place, count))
        case "louder":
            level = chance.randrange(-300, 60) / 10
            return Try(name, lambda: _drag(case, name, place.node, level), cue, _louder(place, level))
        case "faded":
            fade = Fraction(chance.randrange(1, 120), 10)
            return Try(name, lambda: _drag(case, name, place.node, float(fade)), cue, _faded(place, fade))
        case _:
            return _word_try(case, place, cue, chance)


def _suits(name: str, node: Node) -> bool:
    """Of most kinds so many nodes are none for an edit that few would be tried."""
    wanted: dict[str, Any] = {
        "ends_later": Pause | Hold | Within | Breathe | Count | Sentence,
        "more": Breathe | Repeat | Chime,
        "louder": Chime | Bed,
        "faded": Bed,
        "word": Hold,
    }
    return (
        isinstance(node, wanted[name])
        if name in wanted
        else not isinstance(node, Change | ChapterMark | Each | Repeat | Within)
    )


def _bracket(case: Case, node: Node) -> tuple[int, int]:
    start = case.offset(node)
    return start, case.text.find("]", start) + 1


def _word_try(case: Case, place: Place, cue: tuple[int, int], chance: random.Random) -> Try:
    word, on = chance.choice(("halfway", "countdown")), chance.random() < 0.5

    def judge(before: Case, after: Case, edit: Edit) -> None:
        assert getattr(_same_place(after, place), word) is on

    return Try("word", lambda: cue_edits.with_word(case.text, cue[0], word, on=on), cue, judge)


def _chapter_try(case: Case, chance: random.Random) -> Try:
    chapters = [chapter for chapter in case.plan.routine.chapters[:-1] if chapter.title is not None]
    chapter = chance.choice(chapters)
    index = case.plan.routine.chapters.index(chapter)
    action, number = chance.choice(
        (("optional", 0), ("optional", 1), ("optional", 7), ("required", 1), ("required", 0))
    )

    def judge(before: Case, after: Case, edit: Edit) -> None:
        found = after.plan.routine.chapters[index]
        assert found.title == chapter.title
        assert (found.optional, found.required) == (
            (number or None, False) if action == "optional" else (None, bool(number))
        )
        assert after.frames == before.frames

    start = LineIndex.of(chapter.span.source).starts[chapter.span.line - 1]
    line = chapter.span.line
    script_text = ScriptText(chapter.span.source)
    return Try(action, lambda: moved(case.plan, script_text, action, line, 1, number), case.line_at(start), judge)


def _setting_try(case: Case, chance: random.Random) -> Try:
    path, value = chance.choice(_SETTINGS)

    def judge(before: Case, after: Case, edit: Edit) -> None:
        key = path if isinstance(path, str) else path[0]
        old, new = before.plan.routine.settings, after.plan.routine.settings
        for other in ("title", "author", "tags", "description", "length", "voice"):
            assert other == key or getattr(old, other) == getattr(new, other), other
        if key == "title":
            assert new.title == value
        if path == ("levels", "bed"):
            assert new.levels.bed == (0.0 if value is None else -5.0)
        if key == "bed":
            assert (new.bed.sound.name if new.bed.sound else None) == value

    return Try("setting", lambda: with_setting(case.text, path, value), _front_matter(case.text), judge)


# -- one after another


def _judge_bytes(case: Case, one: Try, edit: Edit, after: str) -> None:
    """All but what was meant is as it was, and what is meant has one value more, fewer or another."""
    assert edit.inverse(case.text).applied(after) == case.text
    assert len(after) == len(case.text) + len(edit.new) - (edit.end - edit.start)
    assert after.startswith(case.text[: edit.start])
    assert after.endswith(case.text[edit.end :])
    if one.within is not None:
        assert one.within[0] <= edit.start <= edit.end <= one.within[1], (one.name, edit)
    if one.name in ("setting", "optional", "required"):
        return
    if edit.start == edit.end and edit.new.startswith("[pause "):
        assert re.fullmatch(r"\[pause [0-9.smh:]+\] ", edit.new)
        return
    start = case.text.rfind("[", 0, edit.start)
    old, new = (_TOKEN.findall(text[start : text.find("]", start)]) for text in (case.text, after))
    shared = sum((Counter(old) & Counter(new)).values())
    assert max(len(old), len(new)) - shared <= 2, (old, new)


def tried(count: int, seed: int = 1) -> Counter[str]:
    """Does so many edits, all that can be done; how many of each, and of those that were refused."""
    tally: Counter[str] = Counter()
    done = number = 0
    while done < count:
        chance = random.Random(f"{seed}/{number}")
        case = Case.of(script(chance))
        for _ in range(min(_EACH_SCRIPT, count - done)):
            one = _tries(case, chance)
            after, what = _done(case, one, f"script {seed}/{number}")
            tally[what] += 1
            done += after is not None
            case = after or case
        number += 1
    return tally


def _done(case: Case, one: Try, where: str) -> tuple[Case | None, str]:
    """The script after an edit, and what was done; None when nothing was."""
    try:
        edit = one.edit()
    except CannotEdit as error:
        told = str(error)
    else:
        told = ""
    if told:
        assert told[-1] == ".", told
        return None, "refused"
    if edit is None:
        return None, "already so"
    try:
        after = edit.applied(case.text)
        _judge_bytes(case, one, edit, after)
        changed = Case.of(after)
        one.judge(case, changed, edit)
    except AssertionError as wrong:
        raise AssertionError(f"{one.name} of {where}, {edit}: {wrong}\n\n{case.text}") from wrong
    return changed, one.name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    tally = tried(options.count, options.seed)
    for name, number in tally.most_common():
        print(f"{number:7} {name}")


if __name__ == "__main__":
    main()
