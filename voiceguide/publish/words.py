"""The words that the published files add of their own, in the language of the pack.

There is a table for each language in ``assets/words``.

A text holds ``{values}``. Where a number ``n`` is told, there is a text for each of the language's plural forms, by the
names of CLDR, which the browser's ``Intl.PluralRules`` gives: ``minutes_one``, ``minutes_other``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from voiceguide.languages import base_language

_TABLES = Path(__file__).resolve().parent / "assets" / "words"
TONGUES = tuple(sorted(path.stem for path in _TABLES.glob("*.json")))
"""The base languages that there are tables for."""


def tongue(language: str) -> str:
    """The base language in which the page of a pack in ``language`` (BCP 47) speaks: its own, or English."""
    own = base_language(language)
    return own if own in TONGUES else "en"


def words(language: str) -> Mapping[str, str]:
    """The table for a pack in ``language`` (BCP 47)."""
    return _table(tongue(language))


@cache
def _table(own: str) -> Mapping[str, str]:
    table: dict[str, str] = json.loads((_TABLES / f"{own}.json").read_bytes())
    return MappingProxyType(table)
