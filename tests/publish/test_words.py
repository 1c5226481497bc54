"""The tables of words: every word that the page asks for is there, and none is left over."""

from __future__ import annotations

import re

import pytest

from voiceguide.publish import words

ASSETS = words._TABLES.parent
CODE = "".join(path.read_text("utf-8") for path in sorted((ASSETS / "player").glob("*.js")))
PAGE = (ASSETS / "index.html").read_text("utf-8")
FORMS = r"_(zero|one|two|few|many|other)$"
COMPUTED = r"(phase|origin|wait|bed)_\w+"
"""Keys that the page puts together."""


@pytest.mark.parametrize("tongue", words.TONGUES)
def test_a_table_has_what_is_asked_for_and_nothing_else(tongue: str) -> None:
    table = words.words(tongue)
    assert all(text and text == text.strip() for text in table.values())
    own = {re.sub(FORMS, "", key) for key in table}
    asked = set(re.findall(r"\$w_(\w+)", PAGE)) | set(re.findall(r'"([a-z]+(?:_[a-z0-9]+)*)"', CODE))
    asked |= set(re.findall(r'\bt\("(\w+)"', CODE))
    assert set(re.findall(r'\bt\("(\w+)"', CODE)) <= own
    assert set(re.findall(r"\$w_(\w+)", PAGE)) <= own
    assert {key for key in own - asked if not re.fullmatch(COMPUTED, key)} == set()


@pytest.mark.parametrize("tongue", words.TONGUES)
def test_a_table_has_the_places_of_the_english_one(tongue: str) -> None:
    english = words.words("en")
    for key, text in words.words(tongue).items():
        assert set(re.findall(r"{(\w+)}", text)) <= set(re.findall(r"{(\w+)}", english[key])), key


def test_a_language_without_a_table_gets_english() -> None:
    assert words.tongue("en-GB") == words.tongue("xx") == "en"
    assert words.words("xx") == words.words("en")
