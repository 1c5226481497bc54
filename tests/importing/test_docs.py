"""What docs/importing.md shows is what comes out."""

from __future__ import annotations

import re

import pytest

from tests.importing.cases import body, imported
from tests.support.paths import ROOT
from voiceguide.errors import Source
from voiceguide.importing import translate
from voiceguide.importing.quantities import BREAKS, RATES

PAGE = (ROOT / "docs" / "importing.md").read_text("utf-8")
ROWS = re.findall(r"^\| `(.+?)` \| `(.+?)` \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("source", "script"), ROWS, ids=[source for source, _ in ROWS])
def test_every_example_of_the_page(source: str, script: str) -> None:
    assert body(imported(source + "\n")) == script


def test_the_page_has_the_examples_that_it_should() -> None:
    assert len(ROWS) >= 30


def test_the_numbers_that_the_page_names() -> None:
    for table in (BREAKS, RATES):
        for name, value in table.items():
            if value != 1:
                assert re.search(rf"`{name}`[^`;]*?(?:is\s)?{float(value):g}\b", PAGE), name


def test_the_error_that_the_page_shows_is_the_real_one() -> None:
    _, problems = translate(Source("evening.ssml", "<speak>Oil & water</speak>"))
    assert f"```text\n{problems[0].render()}\n```" in PAGE
