"""Lines told apart by their order and lengths alone."""

from __future__ import annotations

from voiceguide.recording.lengths import cuts
from voiceguide.recording.phrases import Phrase
from voiceguide.units import SAMPLE_RATE

LETTERS = (40, 8, 8, 30, 45, 46, 25)
REST = 1.5


def phrases(*parts: tuple[float, float]) -> list[Phrase]:
    """Phrases that last so many seconds, each after a rest of so many."""
    found, at = [], 0.0
    for rest, seconds in parts:
        at += rest
        found.append(Phrase(round(at * SAMPLE_RATE), round((at + seconds) * SAMPLE_RATE)))
        at += seconds
    return found


def said(letters: int, pace: float = 0.07) -> float:
    return 0.25 + pace * letters


def groups(letters: tuple[int, ...], take: list[Phrase]) -> list[tuple[int, int, int]]:
    return [(cut.line, cut.first, cut.last) for cut in cuts(letters, take)]


def test_each_phrase_is_a_line_when_there_are_as_many() -> None:
    for pace in (0.05, 0.07, 0.12):
        take = phrases(*((REST, said(count, pace)) for count in LETTERS))
        assert groups(LETTERS, take) == [(line, line, line + 1) for line in range(len(LETTERS))]
        assert max(abs(cut.off) for cut in cuts(LETTERS, take)) < 0.1


def test_pauses_at_commas_do_not_end_a_line() -> None:
    take = phrases((REST, 1.4), (0.4, 1.6), (REST, said(8)), (REST, said(8)), (REST, 1.1), (0.5, 1.0))
    assert groups(LETTERS[:4], take) == [(0, 0, 2), (1, 2, 3), (2, 3, 4), (3, 4, 6)]


def test_a_cough_is_no_line() -> None:
    parts = [(REST, said(count)) for count in LETTERS]
    take = phrases(*parts[:3], (REST, 0.3), *parts[3:])
    assert groups(LETTERS, take) == [(line, line + (line > 2), line + (line > 2) + 1) for line in range(len(LETTERS))]


def test_a_slip_before_its_line_is_left_out() -> None:
    parts = [(REST, said(count)) for count in LETTERS]
    take = phrases(*parts[:3], (REST, 0.9), *parts[3:])
    assert [(line, last) for line, _, last in groups(LETTERS, take)][3:] == [(3, 5), (4, 6), (5, 7), (6, 8)]


def test_a_line_that_was_not_read_is_missing_and_the_others_stay() -> None:
    parts = [(REST, said(count)) for count in LETTERS]
    assert [line for line, *_ in groups(LETTERS, phrases(*parts[:4], *parts[5:]))] in (
        [0, 1, 2, 3, 5, 6],
        [0, 1, 2, 3, 4, 6],
    )
    assert groups(LETTERS, []) == groups((), phrases((1, 1))) == []


def test_a_line_of_another_length_than_its_words_is_told() -> None:
    parts = [(REST, said(count)) for count in LETTERS]
    parts[4] = (REST, 2.0 * said(LETTERS[4]))
    off = {cut.line: cut.off for cut in cuts(LETTERS, phrases(*parts))}
    assert off[4] > 0.4
    assert all(abs(value) < 0.4 for line, value in off.items() if line != 4)
