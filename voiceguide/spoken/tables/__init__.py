"""The tables, a module for each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from voiceguide.languages import base_language
from voiceguide.spoken.table import Table
from voiceguide.spoken.tables import de, en, es, fr, it, nl, pt

_TABLES: Mapping[str, Table] = MappingProxyType(
    {"de": de.TABLE, "en": en.TABLE, "es": es.TABLE, "fr": fr.TABLE, "it": it.TABLE, "nl": nl.TABLE, "pt": pt.TABLE}
)
_REGIONS: Mapping[str, str] = MappingProxyType({"pt-br": "pt_BR", "fr-ch": "fr_CH", "fr-be": "fr_BE"})
"""The regions whose numbers differ, with num2words' name of them."""

_DAY_FIRST = frozenset({"en-gb", "en-ie", "en-au", "en-nz", "en-za", "en-in", "en-sg"})


@lru_cache(maxsize=64)
def table_of(language: str) -> Table | None:
    """The table of a language given by its BCP 47 tag, or None if there is none."""
    table = _TABLES.get(base_language(language))
    tag = language.strip().replace("_", "-").lower()
    region = "-".join(tag.split("-")[:2])
    if table is None:
        return None
    if region in _DAY_FIRST:
        table = replace(table, month_first=False)
    return replace(table, tag=_REGIONS[region]) if region in _REGIONS else table
