"""New values are written as the old ones were."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.editing import quantities
from voiceguide.editing.edits import CannotEdit
from voiceguide.units import parse_duration, parse_elastic, parse_level, parse_whole

LIKE = st.sampled_from(["5s", "1m30s", "1:30", "0:01:30", "500ms", "2m", ""])


@pytest.mark.parametrize(
    ("seconds", "like", "written"),
    [
        ("8", "5s", "8s"),
        ("90", "5s", "90s"),
        ("90", "1m", "1m30s"),
        ("90", "0:45", "1:30"),
        ("90.5", "0:45", "1:30.5"),
        ("3700", "1:00:00", "1:01:40"),
        ("0.25", "500ms", "250ms"),
        ("12.5", "500ms", "12.5s"),
        ("900", "5s", "15m"),
    ],
)
def test_a_duration_keeps_its_form(seconds: str, like: str, written: str) -> None:
    assert quantities.duration(Fraction(seconds), like) == written


@given(st.integers(0, 43_200_000), LIKE)
def test_a_duration_is_read_back_as_it_was_meant(milliseconds: int, like: str) -> None:
    assert parse_duration(quantities.duration(Fraction(milliseconds, 1000), like)) == Fraction(milliseconds, 1000)


@given(st.integers(1, 6000), st.sampled_from(["~8s", "4s..20s", "8s", "1m..2m", "~1:30"]))
def test_an_elastic_duration_stays_elastic_around_its_new_length(tenths: int, like: str) -> None:
    seconds = Fraction(tenths, 10)
    written = parse_elastic(quantities.elastic(seconds, like))
    assert abs(written.natural - seconds) <= Fraction(1, 1000)
    assert written.elastic == parse_elastic(like).elastic or ".." in like


@given(st.integers(1, 500), st.sampled_from(["6", "~6", "4..8", "1..3"]))
def test_a_number_keeps_its_form(number: int, like: str) -> None:
    assert parse_whole(quantities.whole(number, like)).natural == number


@given(st.floats(-60, 12))
def test_a_level_is_read_back(level: float) -> None:
    assert parse_level(quantities.level(level)) == pytest.approx(level, abs=0.0501)


def test_what_cannot_be_is_said() -> None:
    with pytest.raises(CannotEdit, match="between"):
        quantities.level(20)
    with pytest.raises(CannotEdit, match="negative"):
        quantities.duration(Fraction(-1))
    with pytest.raises(CannotEdit, match="12h"):
        quantities.duration(Fraction(50_000))
    with pytest.raises(CannotEdit, match="once"):
        quantities.whole(0, "3")
