"""How often rules that need sense miss a passage, and how often they tell of a harmless one; see ``rates.py``.

The rates are bounds: they may get better, and the numbers here with them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.rates import FOLDER, HALVES, files, judged
from voiceguide.rules import BY_NAME

MOST_MISSED = {"tuned": 0.1, "held-out": 0.2}
MOST_FALSE = {"tuned": 0.0, "held-out": 0.1}
CASES = [
    pytest.param(half, path, id=f"{half}/{path.parent.name}/{path.stem}") for half in HALVES for path in files(half)
]


@pytest.mark.parametrize(("half", "path"), CASES)
def test_few_are_missed(half: str, path: Path) -> None:
    found = judged(path, "+")
    assert len(found.rest) <= max(1, MOST_MISSED[half] * len(found.passages)), found.rest if half == "tuned" else ""


@pytest.mark.parametrize(("half", "path"), CASES)
def test_harmless_passages_pass(half: str, path: Path) -> None:
    found = judged(path, "-")
    assert len(found.told) <= MOST_FALSE[half] * max(10, len(found.passages)), found.told if half == "tuned" else ""


def test_each_file_is_of_a_rule_and_no_passage_stands_in_both_halves() -> None:
    assert {path.stem for half in HALVES for path in files(half)} <= set(BY_NAME)
    for path in files("tuned"):
        other = FOLDER / "held-out" / path.parent.name / path.name
        for mark in "+-":
            assert not set(judged(path, mark).passages) & set(judged(other, mark).passages)


def test_there_are_many_passages_of_each_rule() -> None:
    for path in files("tuned"):
        other = FOLDER / "held-out" / path.parent.name / path.name
        fewest = 20 if path.parent.name == "en" else 4
        for mark in "+-":
            assert len(judged(path, mark).passages) + len(judged(other, mark).passages) >= fewest, path
