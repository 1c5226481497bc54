"""The language of a text that does not say it, from its most frequent words."""

from __future__ import annotations

import re

from voiceguide.importing.marks.words import TABLES
from voiceguide.importing.state import ImportState

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 8
"""Frequent words that a text must have of a language."""

_ENOUGH_ALONE = 4
"""If there is none of English."""

_SIGNS = {"es": "¿¡ñ", "de": "ßäü", "pt": "ãõ", "fr": "êœ"}
_SIGN = 2
"""Words that a character of a language is worth."""

_CLEARLY = 1.5
_LOOKED_AT = 50_000  # characters


def found_language(state: ImportState, text: str) -> None:
    """Sets the language if the text is clearly not in English and its settings do not name one."""
    if "language" in state.writer.settings:
        return
    words = [word.casefold() for word in _WORD.findall(text[:_LOOKED_AT])]
    counts = {tag: sum(word in table.frequent for word in words) for tag, table in TABLES.items()}
    for tag, signs in _SIGNS.items():
        counts[tag] += _SIGN * sum(sign in text[:_LOOKED_AT] for sign in signs)
    tag, most = max(counts.items(), key=lambda entry: entry[1])
    others = max(count for other, count in counts.items() if other != tag)
    enough = _ENOUGH if counts["en"] else _ENOUGH_ALONE
    if tag == "en" or most < enough or most < _CLEARLY * counts["en"] or most <= others:
        return
    state.language = tag
    state.writer.settings["language"] = tag
    state.ledger.guessed(1, "the language of the text", f"language: {tag}")
