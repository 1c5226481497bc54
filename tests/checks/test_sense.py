"""How often rules that need sense miss a passage, and how often they tell of a harmless one; see ``rates.py``.

The rates are bounds: they may get better, and the numbers here with them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.rates import FOLDER, HALVES, files, judged
from voiceguide.rules import BY_NAME

MOST_MISSED = 0.15  # of the passages that the rules were written with
MOST_MISSED_HELD_OUT = 0.5  # of all others, which were put in words that nobody had thought of
MOST_FALSE_HELD_OUT = 0.05
TUNED = [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in files("tuned")]


@pytest.mark.parametrize("path", TUNED)
def test_few_are_missed(path: Path) -> None:
    found = judged(path, "+")
    assert len(found.rest) <= max(1, MOST_MISSED * len(found.passages)), found.rest


@pytest.mark.parametrize("path", TUNED)
def test_harmless_passages_pass(path: Path) -> None:
    assert judged(path, "-").told == ()


def test_passages_that_no_rule_was_written_with() -> None:
    """The test does not show them: who mends a rule should not look at them."""
    bad, good = ([judged(path, mark) for path in files("held-out")] for mark in "+-")
    missed, told = sum(len(one.rest) for one in bad), sum(len(one.told) for one in good)
    assert missed <= MOST_MISSED_HELD_OUT * sum(len(one.passages) for one in bad)
    assert told <= MOST_FALSE_HELD_OUT * sum(len(one.passages) for one in good)


def test_each_file_is_of_a_rule_and_no_passage_stands_in_both_halves() -> None:
    assert {path.stem for half in HALVES for path in files(half)} <= set(BY_NAME)
    for path in files("held-out"):
        tuned = FOLDER / "tuned" / path.parent.name / path.name
        for mark in "+-":
            assert not set(judged(path, mark).passages) & set(judged(tuned, mark).passages)


def test_there_are_many_passages_of_each_rule() -> None:
    for path in files("tuned"):
        fewest = 4 if path.parent.name == "de" else 20
        assert min(len(judged(path, mark).passages) for mark in "+-") >= fewest, path
