"""Every setting and pattern that a script can name is on the language's page."""

from __future__ import annotations

from tests.script.page import PAGE
from voiceguide.vocabulary import BREATH_SETS, FRONT_MATTER, PATTERNS


def test_the_page_shows_every_setting_pattern_and_breath_set() -> None:
    page = PAGE.read_text("utf-8")
    assert [name for name in (*FRONT_MATTER, *PATTERNS, *BREATH_SETS) if f"`{name}`" not in page] == []
