"""Where keys lead from a moment, and what is heard there."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.playing.listener import timeline_of
from voiceguide.playing.moves import LONGEST_PIECE, Moves
from voiceguide.playing.outline import Outline
from voiceguide.units import SAMPLE_RATE

SECOND = SAMPLE_RATE
SCRIPT = """# Arrive
Sit down. [pause 4s] Close your eyes. [hold 40s count]

# Breathe
Breathe with me. [breathe 4-2-6 x10]
[repeat 2]
Again. [breathe 4-4 x2 words none]
[end]

# Rest
[pause 3m]
Done. [count 5]
"""
OUTLINE = Outline(timeline_of(SCRIPT))
MOVES = Moves(OUTLINE)


def _kinds(kind: str) -> list[int]:
    return [event.start for event in OUTLINE.timeline.events if event.kind == kind]


def test_exercises_are_whole_and_loops_give_several() -> None:
    found = [(len(exercise.cycles), round((exercise.end - exercise.start) / SECOND)) for exercise in OUTLINE.exercises]
    assert found == [(1, 40), (10, 120), (2, 16), (2, 16)]


def test_what_is_said_to_the_beat_is_no_line() -> None:
    assert [line.text for line in OUTLINE.lines][:3] == ["Sit down.", "Close your eyes.", "Breathe with me."]


def test_a_phase_and_how_far_it_is() -> None:
    start = OUTLINE.exercises[1].start
    assert OUTLINE.phase_at(start + 2 * SECOND) == ("in", 0.5)
    assert OUTLINE.phase_at(start + 5 * SECOND) == ("hold", 0.5)
    assert OUTLINE.phase_at(start + 9 * SECOND) == ("out", 0.5)
    assert OUTLINE.phase_at(0) is None
    assert OUTLINE.exercises[1].cycle_at(start + 13 * SECOND) == 2


def test_every_moment_has_its_chapter() -> None:
    titles = [OUTLINE.chapter(chapter.start) for chapter in OUTLINE.timeline.chapters]
    assert titles == list(OUTLINE.timeline.chapters)


@given(frame=st.integers(0, OUTLINE.timeline.frames))
def test_forth_and_back_lead_away_and_end(frame: int) -> None:
    onward, backward = [frame], [frame]
    while (following := MOVES.forth(onward[-1])) is not None:
        onward.append(following)
    while (before := MOVES.back(backward[-1])) is not None:
        backward.append(before)
    assert all(LONGEST_PIECE + 12 * SECOND >= later - earlier > 0 for earlier, later in pairwise(onward))
    assert all(later < earlier for earlier, later in pairwise(backward))
    assert backward[-1] <= 2 * SECOND
    assert onward[-1] >= _kinds("speech")[-5] - SECOND


@given(frame=st.integers(0, OUTLINE.timeline.frames))
def test_playing_goes_on_where_it_was_but_never_within_a_cycle(frame: int) -> None:
    resumption = MOVES.resumption(frame)
    exercise = OUTLINE.exercise_at(frame)
    if exercise is None:
        assert (resumption.frame, resumption.jump) == (frame, None)
        return
    goal = resumption.frame if resumption.jump is None else resumption.jump.to
    assert goal in exercise.cycles
    assert goal <= frame
    if resumption.jump is not None:
        line = OUTLINE.line_at(exercise.start)
        assert line is not None
        assert resumption.frame <= line.start
        assert line.end <= resumption.jump.at <= exercise.start
        assert frame - line.end > 20 * SECOND


def test_in_a_long_exercise_a_piece_begins_with_a_breath() -> None:
    exercise = OUTLINE.exercises[1]
    frame, found = exercise.start, []
    while (frame := MOVES.forth(frame) or exercise.end) < exercise.end - SECOND:
        found.append(frame)
    assert len(found) >= 3
    assert set(found) <= set(exercise.cycles)


def test_a_chapter_back_goes_to_its_own_start_first() -> None:
    second, third = (chapter.start - SECOND // 5 for chapter in OUTLINE.timeline.chapters[1:])
    assert MOVES.chapter_back(second + 9 * SECOND) == second
    assert MOVES.chapter_back(second + SECOND) == 0
    assert MOVES.chapter_back(SECOND) is None
    assert MOVES.chapter_forth(second) == pytest.approx(third, abs=SECOND // 5)
    assert MOVES.chapter_forth(OUTLINE.timeline.frames) is None


@pytest.mark.parametrize("script", ["[pause 9s]", "Hi.", "[breathe 4-4 x2]"])
def test_a_short_session_has_moves_too(script: str) -> None:
    moves = Moves(Outline(timeline_of(script)))
    frame: int | None = 0
    while frame is not None:
        frame = moves.forth(frame)
    assert moves.back(moves.outline.timeline.frames) is not None
