from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from voiceguide import OptionError, SoundRef
from voiceguide.api.options import session_options
from voiceguide.routine import Pace


@pytest.mark.parametrize("length", ["1m30s", "1:30", 90, 90.0, Fraction(90), timedelta(seconds=90)])
def test_a_length_is_a_duration_or_seconds(length: Any) -> None:
    assert session_options(length=length).lengths == (Fraction(90),)


def test_a_number_is_the_decimal_that_it_shows() -> None:
    assert session_options(length=0.1).lengths == (Fraction(1, 10),)
    assert session_options(pace=0.9).pace == Pace(Fraction(9, 10), Fraction(9, 10))
    assert session_options(pace="1..0.9").pace == Pace(Fraction(1), Fraction(9, 10))


def test_a_bed_is_a_name_or_none_or_a_file(tmp_path: Path) -> None:
    own = tmp_path / "own.flac"
    own.write_bytes(b"")
    beds = [session_options(bed=bed).bed for bed in ("rain", "none", str(own), own, SoundRef("ocean"))]
    assert [bed and bed.sound for bed in beds] == [
        SoundRef("rain"), None, SoundRef("own.flac", own), SoundRef("own.flac", own), SoundRef("ocean"),
    ]  # fmt: skip
    assert session_options().bed is None


def test_variables_are_told_as_text_on_one_line() -> None:
    assert session_options(variables={"name": " Anna\nLee ", "count": 3}).variables == {
        "name": "Anna Lee",
        "count": "3",
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"length": "10"}, "length: '10' needs a unit: write 10s for seconds or 10m for minutes."),
        ({"length": 0}, "length: a session's length must be more than nothing."),
        ({"length": -1}, "length: a duration cannot be negative, as '-1.000000s' is."),
        ({"length": float("nan")}, "length: 'nans' is no duration; write it like 8s, 1.5s, 500ms, 2m, 1m30s or 1:30."),
        ({"length": 10**6}, "length: '1000000.000000s' is longer than 12 hours, the longest a session may be."),
        ({"pace": 3}, "pace: a pace of 3.000000 is outside 0.5 to 2."),
        ({"profile": "podcats"}, "profile: unknown profile 'podcats' (did you mean 'podcast'?); there are podcast, sleep, audiobook, insight-timer, youtube, broadcast."),
        ({"bed": Path("/no/bed.flac")}, "bed: there is no file /no/bed.flac."),
        ({"variables": {"1": "x"}}, "variables: '1' is no name for a variable; use letters, digits, _ and -, a letter first."),
        ({"variables": {"x": "\ud800"}}, "variables: the value of x is too long, or no proper text."),
        ({"jobs": 0}, "jobs: 0 is too few; at least 1 is needed."),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_told_with_its_option(options: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError) as caught:
        session_options(**options)
    assert str(caught.value) == message
    assert isinstance(caught.value, ValueError)


def test_an_unknown_bed_is_told_with_the_nearest() -> None:
    with pytest.raises(OptionError, match=r"^bed: unknown bed 'rian' \(did you mean 'rain'\?\)"):
        session_options(bed="rian")
