"""Which reading of a line is heard: never the same twice running, and the same whatever else is left out or fitted."""

from __future__ import annotations

import zlib
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.planner.test_fitting import asked, routine_of
from tests.support.cases import NAMES, FixedLengths
from voiceguide import planner
from voiceguide.errors import Source
from voiceguide.planner.takes import BEAT_TAKES, SENTENCE_TAKES, with_takes
from voiceguide.routine import Routine, Sentence, SoundRef
from voiceguide.script import parse
from voiceguide.timeline import Line, Timeline
from voiceguide.units import SAMPLE_RATE


def _plan(routine: Routine, lengths: planner.Lengths | None = None) -> Timeline:
    voices = {name: name for name in planner.voice_names(routine)}
    timeline, problems = planner.plan(routine, voices, lengths or FixedLengths())
    assert [problem.message for problem in problems if problem.severity == "error"] == []
    return timeline


def _takes(timeline: Timeline) -> list[tuple[str, int]]:
    """What is said, with the number of its reading, in the order in which it is heard."""
    lines = [clip.source for _, clip in timeline.sounding() if isinstance(clip.source, Line)]
    return [(line.text, line.take) for line in lines]


def _heard(script: str) -> list[int]:
    return [take for _, take in _takes(_plan(routine_of(script)))]


def test_every_playing_takes_the_next_reading_and_then_the_first_again() -> None:
    assert _heard("Rest. Rest.\n\nRest.\n[repeat 3]\nRest.\n[end]\nRest.\n") == [1, 2, 3, 4, 1, 2, 3]
    assert _heard("[each left, right]\nRest. Now the {each} side. Rest.\n[end]\n") == [1, 1, 2, 3, 1, 4]
    assert _heard("[repeat 2]\n[repeat 2]\nRest.\n[end]\n[end]\nRest.\n") == [1, 2, 3, 4, 1]


def test_what_is_filled_in_counts_as_it_is_said() -> None:
    block = "[each left, right]\nThe {each} side.\n[end]\n"
    assert _heard(block * 2) == [1, 1, 2, 2]
    assert _heard("[repeat 2]\nRound {n} of {total}.\n[end]\n" * 2) == [1, 1, 2, 2]


def test_numbers_and_the_names_of_phases_have_fewer_readings() -> None:
    assert BEAT_TAKES < SENTENCE_TAKES
    assert _takes(_plan(routine_of("[repeat 3]\n[count 2 every 3s]\n[end]\n"))) == [
        ("one", 1), ("two", 1), ("one", 2), ("two", 2), ("one", 1), ("two", 1)
    ]  # fmt: skip
    assert _heard("[breathe 4-6 x3 words all]\n") == [1, 1, 2, 2, 1, 1]


def test_the_same_reading_where_the_script_wants_that() -> None:
    assert _heard("---\ntakes: same\n---\nRest.\n[repeat 2]\nRest. [count 1]\n[end]\n") == [1] * 5


def test_a_chosen_take_holds_in_every_round_and_counts_for_no_other() -> None:
    assert _heard("Rest. [take 7] Rest. Rest.\n") == [1, 7, 2]
    assert _heard("[repeat 2]\n[take 3] Rest. Rest.\n[end]\nRest.\n") == [3, 1, 3, 2, 3]
    assert _heard("---\ntakes: same\n---\n[take 3] Rest. Rest.\n") == [3, 1]


def test_a_chosen_take_is_for_the_next_sentence_even_inside_a_block() -> None:
    assert _heard("[take 5]\n[pause 2s]\n[repeat 2]\nRest.\n[end]\n") == [5, 5]


@pytest.mark.parametrize("script", ["Rest. [take 3]\n", "[take 3] [take 2] Rest.\n"])
def test_a_chosen_take_without_a_sentence_is_told(script: str) -> None:
    _, findings = parse(Source("x.md", script), NAMES)
    assert [(finding.severity, finding.message) for finding in findings] == [
        ("warning", "no sentence follows this [take 3], so it has no effect")
    ]


@pytest.mark.parametrize("number", ["0", "100", "three", "-1", "2.5"])
def test_a_take_is_a_number(number: str) -> None:
    _, findings = parse(Source("x.md", f"[take {number}] Rest.\n"), NAMES)
    assert [finding.message for finding in findings] == [f"'{number}' is no take; write a number from 1 to 99"]


def test_a_line_keeps_its_reading_when_chapters_are_left_out() -> None:
    script = "# One\n\nRest.\n\n# Two [optional]\n\nRest.\n[pause 30s]\n\n# Three\n\nRest. [pause 1s..60s]\n"
    whole = routine_of(script)
    assert _heard(script) == [1, 2, 3]
    assert [take for _, take in _takes(_plan(asked(whole, Fraction(10))))] == [1, 3]


def test_a_script_that_is_included_twice_is_read_anew() -> None:
    once = routine_of("Rest. [repeat 2]\nPress.\n[end]\n")
    twice = with_takes(replace(once, chapters=once.chapters * 3))
    firsts = [node.said for node in twice.nodes() if isinstance(node, Sentence)]
    assert firsts == [0, 0, 1, 2, 2, 0]
    alike = with_takes(replace(once, chapters=once.chapters * 5))
    assert alike.chapters[0].body[0] is alike.chapters[4].body[0], "what is said alike is measured once"


class _Spoken:
    """Lengths of those lines alone that the planner asked to be spoken; each reading has a length of its own."""

    def __init__(self, lines: dict[Line, object]) -> None:
        self._lines = lines

    def line(self, line: Line) -> int:
        assert line in self._lines, f"{line} was not spoken"
        return 20_000 + zlib.crc32(f"{line.text} {line.pace} {line.take}".encode()) % 30_001

    def sound(self, sound: SoundRef) -> int:
        return 1_000 + zlib.crc32(sound.name.encode()) % 100_001


_SAID = st.sampled_from(
    ["Press. ", "Round 2. ", "Round 2 of 3. ", "Rest. ", "[take 3] Rest. ", "[pace 1.3] ", "[pace 1] "]
)
_MORE = st.sampled_from(
    ["[count 2 every 3s] ", "[hold 2s..9s count countdown] ", "[breathe 4-6 x1..4] ", "[pause 1s..60s] "]
)
_BODY = st.lists(st.one_of(_SAID, _SAID, _MORE), min_size=1, max_size=4).map("".join)
_ROUND = st.builds("{}{}".format, _BODY, st.sampled_from(["", "Round {n}. ", "Round {n} of {total}. "]))
_LOOP = st.builds(
    "[repeat {}]\n{}\n[end]\n{}\n".format, st.sampled_from(["1..3", "2..12", "~4", "2", "1..6"]), _ROUND, _BODY
)
_NESTED = st.builds("[repeat 2..4]\n{}{}[end]\n".format, _LOOP, _LOOP)
_CHAPTER = st.builds(
    "\n# Part{}\n\n{}\n".format, st.sampled_from(["", " [optional]"]), st.one_of(_LOOP, _NESTED, _BODY)
)


@settings(max_examples=6, deadline=None)
@given(st.lists(_CHAPTER, min_size=1, max_size=3).map("".join), st.floats(0, 1))
def test_every_reading_that_a_length_needs_is_spoken_and_the_length_is_exact(script: str, share: float) -> None:
    routine, findings = parse(Source("x.md", "[repeat 1]\nPress.\n[end]\n" + script), NAMES)
    assert routine is not None, [finding.render() for finding in findings]
    voices = {name: name for name in planner.voice_names(routine)}
    lines, problems = planner.lines(routine, voices, any_length=True)
    assert problems == ()
    spoken = _Spoken(dict(lines))
    reach = planner.length_range(routine, voices, spoken)
    wanted = reach.shortest + round(share * (reach.longest - reach.shortest))
    fitted = asked(routine, Fraction(wanted, SAMPLE_RATE))
    timeline, problems = planner.plan(fitted, voices, spoken)
    assume(not any(problem.severity == "error" for problem in problems))
    assert timeline.frames == wanted
