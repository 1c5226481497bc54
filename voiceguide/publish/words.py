"""The words that the published files add of their own, in the language of the pack.

There is a table for each language in ``assets/words``. The page asks for its texts by their keys, and so do the
calendar and the cue sheets; what only these say has keys that begin with ``sheet``.

A text holds ``{values}``. Where a number ``n`` is told, there is a text for each of the language's plural forms, by the
names of CLDR, which the browser's ``Intl.PluralRules`` gives: ``minutes_one``, ``minutes_other``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from voiceguide.languages import base_language

_TABLES = Path(__file__).resolve().parent / "assets" / "words"
_ZERO_IS_ONE = ("fr", "pt")  # "0 minute", by CLDR's rules
_SHEET = "sheet"
TONGUES = tuple(sorted(path.stem for path in _TABLES.glob("*.json")))
"""The base languages that there are tables for."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said in one language: ``tongue`` is its base language."""

    tongue: str
    table: Mapping[str, str]

    def said(self, key: str, **values: str | int) -> str:
        """The text of a key with its values. Raises KeyError for a key, or a value, that is not there."""
        return self.table[key].format_map(values)

    def counted(self, key: str, number: int, **values: str | int) -> str:
        """The text of a key with a number ``n``, in its form for one or for others."""
        is_one = number == 1 or (number == 0 and self.tongue in _ZERO_IS_ONE)
        one = f"{key}_one" if is_one and f"{key}_one" in self.table else f"{key}_other"
        return self.said(one, n=number, **values)

    def figure(self, text: str) -> str:
        """``0:01.5`` or ``1.5s`` with the decimal sign of the language."""
        return text.replace(".", self.table["decimal"])


def tongue(language: str) -> str:
    """The base language in which the page of a pack in ``language`` (BCP 47) speaks: its own, or English."""
    own = base_language(language)
    return own if own in TONGUES else "en"


def wording(language: str) -> Wording:
    """What is said in a pack in ``language`` (BCP 47)."""
    own = tongue(language)
    return Wording(own, _table(own))


def page_words(language: str) -> Mapping[str, str]:
    """The table of the page of a pack in ``language`` (BCP 47): without what only cue sheets say."""
    return {key: text for key, text in _table(tongue(language)).items() if not key.startswith(_SHEET)}


@cache
def _table(own: str) -> Mapping[str, str]:
    table: dict[str, str] = json.loads((_TABLES / f"{own}.json").read_bytes())
    return MappingProxyType(table)
