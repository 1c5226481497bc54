"""A session that calms down: every sentence has its pace from its place."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

from tests.support.cases import FixedLengths, plan
from voiceguide import planner
from voiceguide.errors import Source
from voiceguide.planner.calming import STEP, calmed
from voiceguide.routine import Routine
from voiceguide.script import parse
from voiceguide.session.options import known_sounds
from voiceguide.timeline import Line


def routine_of(body: str, pace: str = "1..0.9", more: str = "") -> Routine:
    routine, findings = parse(Source("x.md", f"---\npace: {pace}\n{more}---\n{body}"), known_sounds())
    assert [finding.render() for finding in findings] == []
    assert routine is not None
    return routine


def said(routine: Routine) -> list[tuple[str, float]]:
    events = plan(routine)[0].events
    sources = [event.clip.source for event in events if event.clip]
    return [(source.text, source.pace) for source in sources if isinstance(source, Line)]


def sentences(first: int, last: int) -> str:
    return " ".join(f"This is number {number}." for number in range(first, last + 1)) + "\n"


def test_the_first_line_has_the_first_pace_and_the_last_the_last_in_small_steps() -> None:
    paces = [pace for _, pace in said(routine_of(sentences(1, 40)))]
    assert (paces[0], paces[-1]) == (1.0, 0.9)
    assert sorted(paces, reverse=True) == paces
    assert sorted(set(paces)) == [0.9, 0.92, 0.94, 0.96, 0.98, 1.0]
    assert max(Fraction(str(a)) - Fraction(str(b)) for a, b in pairwise(paces)) <= STEP


def test_it_may_wake_up_as_well_and_one_pace_changes_nothing() -> None:
    assert [pace for _, pace in said(routine_of(sentences(1, 3), "0.9..1"))] == [0.9, 0.94, 1.0]
    plain = routine_of(sentences(1, 3), "0.9")
    assert calmed(plain) is plain


def test_a_single_sentence_and_none_at_all() -> None:
    assert said(routine_of("Rest.\n")) == [("Rest.", 1.0)]
    assert said(routine_of("[pause 3s]\n")) == []


def test_a_block_sounds_the_same_in_every_round() -> None:
    body = f"{sentences(1, 4)}\n[repeat 2]\n{sentences(5, 12)}[end]\n\n{sentences(13, 16)}"
    found = said(routine_of(body))
    assert found[4:12] == found[12:20]
    assert found[4][1] > found[11][1]
    assert found[-1][1] == 0.9


def test_a_chapter_that_is_left_out_changes_no_other() -> None:
    body = (
        f"# One\n{sentences(1, 6)}\n# Two [optional]\n{sentences(7, 14)}\n# Three\n[pause 1s..9s] {sentences(15, 20)}"
    )
    whole = said(routine_of(body))
    fitted = routine_of(body)
    length = planner.length_range(fitted, {"auto": "full-auto"}, FixedLengths()).shortest
    asked = routine_of(body, more=f"length: {math.ceil(length / 44_100)}s\n")
    assert said(asked) == [*whole[:6], *whole[14:]]


def test_a_pace_in_the_script_ends_it() -> None:
    body = f"{sentences(1, 10)}\n[pace 0.7] {sentences(11, 20)}"
    found = said(routine_of(body))
    assert found[9][1] < 1.0
    assert {pace for _, pace in found[10:]} == {0.7}


def test_what_is_to_be_spoken_is_known_before_any_length() -> None:
    routine = routine_of(f"{sentences(1, 10)}\n[repeat 2]\n{sentences(11, 20)}[end]\n")
    found, _ = planner.lines(routine, {"auto": "full-auto"})
    assert {(line.text, line.pace) for line in found} == set(said(routine))


def test_phrasing_is_a_part_of_every_line() -> None:
    for written, seconds in (("phrasing: 0.4s\n", 0.4), ("phrasing: none\n", 0.0), ("", None)):
        found, _ = planner.lines(routine_of("Rest, and wait.\n", more=written), {"auto": "full-auto"})
        assert [line.phrasing for line in found] == [seconds]
