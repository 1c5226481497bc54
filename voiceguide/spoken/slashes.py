"""What a slash and brackets inside a word mean: a rate (``3x/day``) and the other gender (``Sprecher/in``)."""

from __future__ import annotations

import re
from functools import lru_cache

from voiceguide.spoken.table import Table

_PLURAL = re.compile(r"(?<=[^\W\d_])\(s\)(?![^\W\d_])")


@lru_cache(maxsize=32)
def _rate(table: Table) -> re.Pattern[str]:
    nouns = "|".join(re.escape(noun) for noun in sorted(table.per_nouns, key=len, reverse=True)) or r"(?!)"
    counted = r"(?<=[0-9])(?P<counted>[xX×'′’]?|[^\W\d_]?[.]?\s[^\W\d_]+)"
    return re.compile(rf"{counted}\s?/\s?(?P<noun>{nouns})(?:\b\.?)(?!\s?[0-9])", re.IGNORECASE)


@lru_cache(maxsize=32)
def _ending(table: Table) -> re.Pattern[str]:
    endings = "|".join(sorted(table.endings, key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"(?<=[^\W\d_]{{2}})(?:/-?(?:{endings})|\((?:{endings})\))(?![^\W\d_])")


def rates(text: str, table: Table) -> str:
    """``3x/day`` as ``3x per day`` and ``12 breaths/min.`` as ``12 breaths per minute``."""
    if not table.per or "/" not in text:
        return text
    nouns = {noun.casefold(): said for noun, said in table.per_nouns.items()}

    def rate(match: re.Match[str]) -> str:
        said = nouns[match["noun"].casefold()] or match["noun"]
        last = "." if match[0].endswith(".") and not match.string[match.end() :].strip() else ""
        return f"{match['counted']} {table.per} {said}{last}"

    return _rate(table).sub(rate, text)


def endings(text: str, table: Table) -> str:
    """``Sprecher/in``, ``confiant(e)``: the ending of the other gender is silent; ``hand(s)`` is a plural."""
    text = _PLURAL.sub("s", text) if table.tag == "en" else text
    return _ending(table).sub("", text)
