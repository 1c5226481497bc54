"""How often rules that read words miss a sentence, and how often they tell of a harmless one.

Each file of ``tests/fixtures/checks/sense`` has the name of a rule, and sentences written without a look at its words:
``+`` before those that it should tell of, ``-`` before those that it should let pass. The rates are bounds: they may get
better, and the numbers here with them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.page import findings_of
from tests.support.paths import FIXTURES

FILES = sorted((FIXTURES / "checks" / "sense").glob("*.txt"))
MOST_MISSED = 0.1
MOST_FALSE = 0.0


def told(path: Path, mark: str) -> tuple[list[str], list[str]]:
    """The sentences with a mark, and those of them that the file's rule tells of."""
    sentences = [row[2:] for row in path.read_text("utf-8").splitlines() if row.startswith(f"{mark} ")]
    found = [one for one in sentences if path.stem in {d.rule for d in findings_of(f"{one}\n", text_only=True)}]
    return sentences, found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_few_are_missed(path: Path) -> None:
    sentences, found = told(path, "+")
    missed = [one for one in sentences if one not in found]
    assert len(sentences) >= 20
    assert len(missed) <= MOST_MISSED * len(sentences), missed


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_harmless_sentences_pass(path: Path) -> None:
    sentences, found = told(path, "-")
    assert len(sentences) >= 20
    assert len(found) <= MOST_FALSE * len(sentences), found
