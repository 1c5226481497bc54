"""Ordinals of digits and a full stop, as German writes them: ``der 3. Atemzug``."""

from __future__ import annotations

import re
from functools import lru_cache

from voiceguide.spoken.numbers import around
from voiceguide.spoken.table import Table
from voiceguide.spoken.tables import table_of

_DOTTED = re.compile(r"(?<![\w.,:/-])([0-9]{1,3})\.(?=\s+([^\W\d_]+))")
_ENUMERATED = re.compile(r"(?<![\w.,:/-])([0-9]{1,3})\.(?=,\s+[0-9]{1,3}\.)")
_LISTED = re.compile(r"[0-9]{1,3}\.(?=\s+(?:und|oder|bis)\s+[0-9]{1,3}\.\s+[^\W\d_])")
_LISTED_BEFORE = re.compile(r"[0-9]\.\s+(?:und|oder|bis)\s+$")
"""``1., 2. oder 3. Wolke``: the members of a list, and what stands before the last."""

_REACH = 40  # characters in which the word before is looked for


@lru_cache(maxsize=32)
def _before(table: Table) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[^\w])(?:{table.dotted_ordinal})\s+$", re.IGNORECASE)


def _is_ordinal(match: re.Match[str], table: Table) -> bool:
    following = match[2].casefold()
    if match[2][0].isupper() and following in table.openers:
        return False
    if following in (month.casefold() for month in table.months):
        return True
    before = match.string[max(0, match.start() - _REACH) : match.start()]
    if _LISTED_BEFORE.search(before):
        return True
    return (not before.strip() and match.start() < _REACH) or bool(_before(table).search(before))


def ordinals(text: str, table: Table) -> str:
    """The ordinals in words; those of a language that writes none stay."""

    def ordinal(match: re.Match[str]) -> str:
        if not (_LISTED.match(match.string, match.start()) or _is_ordinal(match, table)):
            return match[0]
        return table.ordinal(int(match[1]), ".", around(match.string, match.start(), match.end()))

    def listed(match: re.Match[str]) -> str:
        return table.ordinal(int(match[1]), ".", around(match.string, match.start(), match.end()))

    return _DOTTED.sub(ordinal, _ENUMERATED.sub(listed, text)) if table.dotted else text


def is_ordinal_stop(text: str, stop: int, language: str) -> bool:
    """Whether the full stop at ``text[stop]`` belongs to an ordinal, so that it ends no sentence."""
    table = table_of(language)
    if table is None or not table.dotted:
        return False
    start = stop
    while start > 0 and stop - start < 4 and text[start - 1] in "0123456789":
        start -= 1
    match = _DOTTED.match(text, start)
    return match is not None and match.end() == stop + 1 and _is_ordinal(match, table)
