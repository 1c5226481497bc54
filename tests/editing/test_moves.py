"""Drags on a timeline, and edits at random: the wanted value, exactly the intended bytes, and back again."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from tests.editing.edits import tried
from tests.support.cases import NAMES
from voiceguide.editing import moves
from voiceguide.editing.edits import CannotEdit, Edit
from voiceguide.errors import Source, has_errors
from voiceguide.routine import Bed, Breathe, Chime, Count, Hold, Node, Pause, Repeat, Routine, Sentence, Within
from voiceguide.script import parse

_EDITS = 150  # `python -m tests.editing.edits` does more

TEXT = """---
title: A drag
---
# One

Sit down. Close your eyes. [pause 5s] Rest.

- first [pause ~8s]
- second [hold 4s..20s countdown]

# Two [optional]

[bed brown -20dB fade 6s]
[repeat 3]
Again. [breathe 4-6 x4 words none] [count 5 every 1.5s]
[end]
[within 20s]
Inside. [chime bowl]
[end]
"""


def _routine(text: str) -> Routine:
    routine, problems = parse(Source("x.md", text), NAMES)
    assert not has_errors(problems), [problem.message for problem in problems]
    return routine


def _node(routine: Routine, kind: type[Node], number: int = 0) -> Node:
    return [node for node in routine.nodes() if isinstance(node, kind)][number]


def _changed(move: Callable[..., Edit], kind: type[Node], value: float, number: int = 0) -> str:
    routine = _routine(TEXT)
    node = _node(routine, kind, number)
    assert node.span is not None
    return move(routine, node.span, value if move in (moves.louder, moves.more) else Fraction(str(value))).applied(TEXT)


@pytest.mark.parametrize(
    ("move", "kind", "value", "number", "before", "after"),
    [
        (moves.ends_later, Pause, 2.5, 0, "5s]", "7.5s]"),
        (moves.ends_later, Pause, -4, 1, "~8s", "~4s"),
        (moves.ends_later, Hold, 6, 0, "4s..20s", "6s..30s"),
        (moves.ends_later, Within, 10, 0, "within 20s", "within 30s"),
        (moves.ends_later, Breathe, 21, 0, "x4", "x6"),
        (moves.ends_later, Count, 2, 0, "every 1.5s", "every 2s"),
        (moves.begins_later, Sentence, 3, 1, "Close", "[pause 3.6s] Close"),
        (moves.begins_later, Sentence, 3, 2, "5s]", "8s]"),
        (moves.begins_later, Chime, 2, 0, "[chime", "[pause 2s] [chime"),
        (moves.more, Breathe, -1, 0, "x4", "x3"),
        (moves.more, Repeat, 2, 0, "repeat 3", "repeat 5"),
        (moves.more, Chime, 2, 0, "bowl]", "bowl x3]"),
        (moves.louder, Bed, -24, 0, "-20dB", "-24dB"),
        (moves.louder, Chime, -6, 0, "bowl]", "bowl -6dB]"),
        (moves.faded, Bed, 2, 0, "6s", "2s"),
    ],
)
def test_a_drag_changes_its_cue(
    move: Callable[..., Edit], kind: type[Node], value: float, number: int, before: str, after: str
) -> None:
    assert _changed(move, kind, value, number) == TEXT.replace(before, after, 1)


@pytest.mark.parametrize(
    ("move", "kind", "value", "message"),
    [
        (moves.ends_later, Pause, -9, "cannot be shortened"),
        (moves.ends_later, Sentence, 1, "as long as it sounds"),
        (moves.begins_later, Sentence, -1, "no silence before"),
        (moves.more, Breathe, -4, "least is once"),
        (moves.more, Pause, 1, "counted"),
        (moves.louder, Sentence, -1, "level of their own"),
        (moves.faded, Chime, 1, "crossfaded"),
    ],
)
def test_a_drag_that_would_break_something_is_told(
    move: Callable[..., Edit], kind: type[Node], value: float, message: str
) -> None:
    with pytest.raises(CannotEdit, match=message):
        _changed(move, kind, value)


def test_what_an_included_script_says_is_not_changed_here() -> None:
    routine = _routine(TEXT)
    foreign = parse(Source("other.md", "Hello. [pause 3s]\n"), NAMES)[0]
    span = _node(foreign, Pause).span
    with pytest.raises(CannotEdit, match=r"other\.md"):
        moves.ends_later(routine, span, Fraction(1))  # type: ignore[arg-type]


def test_random_edits_change_what_they_mean_and_nothing_else() -> None:
    done = tried(_EDITS)
    assert sum(done[name] for name in ("ends_later", "begins_later", "louder", "more", "setting")) > _EDITS / 2
    assert done["refused"] > 0


def test_the_first_bed_is_made_louder_by_the_level_of_all_beds() -> None:
    text = "---\nbed: pink\n---\nHi.\n"
    edit = moves.first_bed_louder(_routine(text), -14.0)
    assert edit is not None
    louder = edit.applied(text)
    assert louder == "---\nbed: pink\nlevels: {bed: 3dB}\n---\nHi.\n"
    back = moves.first_bed_louder(_routine(louder), -17.0)
    assert back is not None
    assert back.applied(louder) == text
    assert moves.first_bed_louder(_routine(text), -17.0) is None
    with pytest.raises(CannotEdit, match="under the voice"):
        moves.first_bed_louder(_routine(text), -5.0)
    own = text.replace("pink", "pink -20dB")
    softer = moves.first_bed_louder(_routine(own), -24.0)
    assert softer is not None
    assert softer.applied(own) == "---\nbed: pink -20dB\nlevels: {bed: -4dB}\n---\nHi.\n"
