"""What is kept from one round of work to the next."""

from __future__ import annotations

import pytest

from voiceguide.recent import Recent


@pytest.fixture
def recent() -> Recent[str, int]:
    return Recent()


def test_what_was_kept_is_found_in_this_round_and_the_next(recent: Recent[str, int]) -> None:
    recent.keep("one", 1)
    assert recent.find("one") == 1
    recent.begin()
    assert recent.find("one") == 1
    assert recent.find("two") is None


def test_what_is_found_in_every_round_stays(recent: Recent[str, int]) -> None:
    recent.keep("one", 1)
    for _ in range(5):
        recent.begin()
        assert recent.find("one") == 1


def test_what_a_whole_round_has_no_use_for_is_forgotten(recent: Recent[str, int]) -> None:
    recent.keep("one", 1)
    recent.begin()
    recent.begin()
    assert recent.find("one") is None


def test_forgetting_leaves_nothing(recent: Recent[str, int]) -> None:
    recent.keep("one", 1)
    recent.begin()
    recent.keep("two", 2)
    recent.forget()
    assert (recent.find("one"), recent.find("two")) == (None, None)
