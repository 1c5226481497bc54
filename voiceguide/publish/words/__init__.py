"""The words that the published files add of their own, in the language of the pack: a module with a table for each.

A text holds ``{values}``. Where a number ``n`` is told, there is a text for each of the language's plural forms, by the
names of CLDR, which the browser's ``Intl.PluralRules`` gives: ``minutes_one``, ``minutes_other``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from voiceguide.languages import base_language
from voiceguide.publish.words import english

TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType({"en": english.WORDS})
"""By base language."""


def tongue(language: str) -> str:
    """The base language in which the page of a pack in ``language`` (BCP 47) speaks: its own, or English."""
    own = base_language(language)
    return own if own in TABLES else "en"


def words(language: str) -> Mapping[str, str]:
    """The table for a pack in ``language`` (BCP 47)."""
    return TABLES[tongue(language)]
