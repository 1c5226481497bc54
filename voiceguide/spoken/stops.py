"""Full stops that belong to a word: those of abbreviations, of ordinals, of initials. They end no sentence."""

from __future__ import annotations

import re
from functools import lru_cache

from voiceguide.spoken.dotted import is_ordinal_stop
from voiceguide.spoken.table import Table, words
from voiceguide.spoken.tables import table_of

_ANYWHERE = words("dr mr mrs ms prof st vs etc cf ca approx e.g i.e a.m p.m bzw z.b d.h u.a ggf evtl usw sr sra")
_BEFORE_A_NUMBER = words("no nos vol fig p pp nr ch rev ed vers")  # 'no. 5', but 'say no. Then …'
_NUMBER = re.compile(r"\s*(?:[0-9]|[IVXLC]+\b)")
_WORD_START = re.compile(r"[\s(\"'“‘«„]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_AFTER = re.compile(r"\.\s+([^\W\d_]+)")
_LONGEST = 20  # characters of a word before a stop


@lru_cache(maxsize=32)
def _written_out(table: Table) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The words of the language's abbreviations, of those before a number, and of its units, without their stops."""
    words, before, units = (
        frozenset(part.rstrip(".").casefold() for key in keys if wanted(key) for part in key.split())
        for keys, wanted in (
            (table.abbreviations, lambda key: key.endswith(".")),
            (table.before_figures, lambda key: key.endswith(".")),
            (table.units, str.isalpha),
        )
    )
    return words, before, units


def belongs_to_word(text: str, stop: int, language: str) -> bool:
    """Whether the full stop at ``text[stop]``, before white space and a capital or a figure, ends no sentence."""
    if is_ordinal_stop(text, stop, language):
        return True
    before = text[max(0, stop - _LONGEST) : stop]
    written = _WORD_START.split(before)[-1]
    if _INITIALS.fullmatch(written) and written != "I":  # an initial, German 'z. B.', or 'U.S.'
        return True
    word = written.casefold()
    table = table_of(language)
    words, figures, units = _written_out(table) if table else (frozenset(), frozenset(), frozenset())
    if word in figures | _BEFORE_A_NUMBER:
        return _NUMBER.match(text, stop + 1) is not None
    if word in _ANYWHERE or word in words:
        return True
    if table is None or not table.dotted or word not in units:
        return False
    # '5 Sek. Pause': in a language that writes its nouns in capitals only the word after it tells
    following = _AFTER.match(text, stop)
    measured = before[: -len(written)].rstrip()[-1:].isdigit()
    return measured and following is not None and following[1].casefold() not in table.openers
