"""The languages whose words the rules know."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from voiceguide.checks.english import ENGLISH
from voiceguide.checks.words import Words
from voiceguide.languages import base_language

TABLES: Mapping[str, Words] = MappingProxyType({"en": ENGLISH})
"""By base language."""


def words_of(language: str) -> Words | None:
    """The table of a language given by its BCP 47 tag; None when there is none yet."""
    return TABLES.get(base_language(language))
