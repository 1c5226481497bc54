"""Words to lines: what was read in which order, with what a recogniser makes of it."""

from __future__ import annotations

import pytest

from voiceguide.recording.matching import likeness, match, nearest_lines
from voiceguide.recording.phrases import Phrase
from voiceguide.speech.spelling import letters_of
from voiceguide.units import SAMPLE_RATE

LINES = (
    "Let your eyes close.",
    "Stroke along the left side of your jaw.",
    "Stroke along the right side of your jaw.",
    "One more, then the left.",
    "Hold for 20 seconds.",
    "Out",
)


def found(*heard: str, rests: float = 1.0) -> list[tuple[list[int], str]]:
    """The lines of each group with the words in it; every phrase lasts a second."""
    step = round((1.0 + rests) * SAMPLE_RATE)
    phrases = [Phrase(index * step, index * step + SAMPLE_RATE) for index in range(len(heard))]
    return [([*one.lines], " ".join(heard[one.first : one.last])) for one in match(LINES, heard, phrases, "en")]


def test_a_clean_take() -> None:
    assert found(*LINES) == [([index], line) for index, line in enumerate(LINES)]


def test_a_line_read_in_parts() -> None:
    assert found("Stroke along", "the left side", "of your jaw.", "One more,", "then the left.") == [
        ([1], "Stroke along the left side of your jaw."),
        ([3], "One more, then the left."),
    ]


def test_parts_too_far_apart_are_no_line() -> None:
    assert found("Stroke along", "the left side of your jaw.", rests=3.5) == [([1], "the left side of your jaw.")]


def test_a_slip_is_no_part_of_the_line_that_follows() -> None:
    assert found("Warm the, er, let your", "Let your eyes close.") == [([0], "Let your eyes close.")]
    assert found("Let your eyes, er", "Let your eyes close.")[-1] == ([0], "Let your eyes close.")


def test_a_repeated_line_is_found_each_time_and_a_skipped_one_never() -> None:
    assert [lines for lines, _ in found(LINES[0], LINES[0], LINES[2], LINES[3])] == [[0], [0], [2], [3]]


def test_lines_out_of_order_are_found_where_they_are() -> None:
    assert [lines for lines, _ in found(LINES[3], LINES[4], LINES[0], LINES[1])] == [[3], [4], [0], [1]]


def test_lines_without_a_rest_between_them() -> None:
    assert found(LINES[0], f"{LINES[1]} {LINES[2]}", LINES[3]) == [
        ([0], LINES[0]),
        ([1, 2], f"{LINES[1]} {LINES[2]}"),
        ([3], LINES[3]),
    ]


def test_a_cough_and_other_words_belong_to_no_line() -> None:
    assert found("", LINES[0], "you", "Sorry, the dog.", LINES[1], "") == [([0], LINES[0]), ([1], LINES[1])]


def test_a_cough_within_a_line_breaks_it() -> None:
    assert found("Stroke along the", "", "left side of your jaw.", LINES[2]) == [([2], LINES[2])]


def test_spelling_and_numbers_do_not_matter() -> None:
    heard = ("Strokealong the left side of your jar", "Hold for twenty seconds")
    assert [lines for lines, _ in found(*heard)] == [[1], [4]]


def test_nothing_heard_and_nothing_to_read() -> None:
    assert found() == []
    assert found("", "") == []
    assert match((), ["Hello"], [Phrase(0, 100)], "en") == ()


@pytest.mark.parametrize(
    ("text", "language", "letters"),
    [
        ("Hold for 20 seconds!", "en", "holdfortwentyseconds"),
        ("Über 3 Atemzüge", "de", "überdreiatemzüge"),
        ("l'œil", "fr", "lœil"),
        ("You'll feel it", "en", "youllfeelit"),
        ("Hold for 10-15 sec.", "en", "holdfortentofifteenseconds"),
        ("Der 2. Atemzug", "de", "derzweiteatemzug"),
    ],
)
def test_letters(text: str, language: str, letters: str) -> None:
    assert letters_of(text, language) == letters


def test_likeness_and_nearest_lines() -> None:
    assert likeness("Rest your hands.", "rest your hands", "en") == 1.0
    assert likeness("abc", "xyz", "en") == 0.0
    assert nearest_lines("Stroke along the right side of the jaw", LINES, "en", 3) == (2, 1)
    assert nearest_lines("", LINES, "en", 3) == ()
