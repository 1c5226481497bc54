"""Durations, levels and numbers as people write them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide import units
from voiceguide.units import Elastic, Whole


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("8s", "8"), ("1.5s", "1.5"), ("500ms", "0.5"), ("2m", "120"), ("1m30s", "90"), ("1:30", "90"), ("1:02:03", "3723"),
        ("1h", "3600"), ("1h2m3s4ms", "3723.004"), ("0s", "0"), ("12h", "43200"), ("0:01.5", "1.5"), (" 8S ", "8"),
    ],
)  # fmt: skip
def test_durations(text: str, seconds: str) -> None:
    assert units.parse_duration(text) == Fraction(seconds)


@pytest.mark.parametrize(
    "text", ["", "s", "8", "8 s", "-8s", "1:60", "1:60:00", "8x", "12h1s", "1e3s", "٨s", "s8", "1:2", "NaNs"]
)
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match=r"'|negative"):
        units.parse_duration(text)


@given(st.integers(0, 12 * 3600 * 1000))
def test_a_duration_reads_back_as_it_was_written(milliseconds: int) -> None:
    seconds = Fraction(milliseconds, 1000)
    assert units.parse_duration(units.format_duration(seconds)) == seconds


def test_elastic_durations() -> None:
    assert units.parse_elastic("8s") == Elastic(Fraction(8), Fraction(8), Fraction(8))
    assert units.parse_elastic("~8s") == Elastic(Fraction(8), Fraction(4), Fraction(24))
    assert units.parse_elastic("4s..20s") == Elastic(Fraction(12), Fraction(4), Fraction(20))
    assert not units.parse_elastic("4s..4s").elastic


def test_whole_numbers() -> None:
    assert units.parse_whole("3") == Whole(3, 3, 3)
    assert units.parse_whole("~3") == Whole(3, 2, 9)
    assert units.parse_whole("~1") == Whole(1, 1, 3)
    assert units.parse_whole("4..8") == Whole(6, 4, 8)
    assert units.parse_whole("2..5") == Whole(4, 2, 5)


def test_levels() -> None:
    assert units.parse_level("-6dB") == -6
    assert units.parse_level("+3.5 db") == 3.5
    for text in ("-6", "loud", "-61dB", "13dB"):
        with pytest.raises(ValueError, match=f"{text}"):
            units.parse_level(text)


def test_frames_and_back() -> None:
    assert units.frames(Fraction("5.5")) == 242_550
    assert units.frames(Fraction(1, 2 * 44_100)) == 1  # a half goes up
    assert [units.frames(Fraction(str(units.seconds(n)))) for n in range(0, 500_000_000, 9_999_991)] == list(
        range(0, 500_000_000, 9_999_991)
    )


def test_decibels() -> None:
    assert units.gain(-20) == pytest.approx(0.1)
    assert units.decibels(units.gain(-7.5)) == pytest.approx(-7.5)
    assert units.decibels(0) == float("-inf")


@pytest.mark.parametrize(
    ("seconds", "text"), [(5, "0:05.0"), (754.53, "12:34.5"), (3723.44, "1:02:03.4"), (59.96, "1:00.0")]
)
def test_clock(seconds: float, text: str) -> None:
    assert units.format_clock(seconds) == text
