"""The languages whose words the rules know: a module for each, called by its base language (BCP 47), with ``WORDS``."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from voiceguide.checks.words import Words
from voiceguide.languages import base_language

LANGUAGES = frozenset(module.name for module in pkgutil.iter_modules(__path__))
"""The base languages that have a table."""


def words_of(language: str) -> Words | None:
    """The table of a language given by its BCP 47 tag; None when there is none yet."""
    base = base_language(language)
    return _table(base) if base in LANGUAGES else None


@cache
def _table(base: str) -> Words:
    words = import_module(f"{__name__}.{base}").WORDS
    assert isinstance(words, Words)
    return words
