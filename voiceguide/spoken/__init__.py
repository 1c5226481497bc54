"""What a voice gets of a sentence: figures, signs, abbreviations and capitals written out, the same for every engine.

A language is a module of :mod:`voiceguide.spoken.tables`. Of a language without one only what no voice can say is
taken out. Nothing here raises, whatever the text is, and the time is in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from voiceguide.routine import Settings
from voiceguide.spoken import dotted, names, quantities, signs, slashes, times, unspoken, wording
from voiceguide.spoken.characters import plain_characters
from voiceguide.spoken.pronunciation import Pronunciation
from voiceguide.spoken.table import Table
from voiceguide.spoken.tables import table_of

__all__ = ["Pronunciation", "SpokenForms", "spoken_form"]

Step = Callable[[str, Table], str]

_WITH_FIGURES: tuple[Step, ...] = (
    signs.before_numbers,
    times.dates,
    times.times,
    quantities.ordinals,
    quantities.units,
    quantities.fractions,
    quantities.multipliers,
    quantities.lists,
    quantities.ranges,
    dotted.ordinals,
    names.letter_numbers,
    quantities.numbers,
)
"""Later steps rely on what earlier ones have taken: a date is no range, a range is no subtraction."""

_FIGURE = re.compile(r"[0-9]")
_NO_SIGNS = re.compile(r"(?:[^\W_ªº²³¹]|[\s,.!?'’])*")  # nothing that a step about signs would find
_MOST_PASSES = 5
_SENTENCE = 400  # characters; the forms of longer texts are not remembered
_LONGEST = 5_000  # characters; what is longer is no sentence, and gets one pass


def spoken_form(text: str, language: str) -> str:
    """A sentence as an engine gets it, in the language of a BCP 47 tag.

    The spoken form of a spoken form is the same. A text that would become nothing stays as it is. One pass is enough
    for what people write; ``5e.g.`` becomes two words in the first that the second one knows.
    """
    return _remembered(text, language) if len(text) <= _SENTENCE else _passed(text, language)


def _passed(text: str, language: str) -> str:
    table = table_of(language)
    form = text
    for _ in range(_MOST_PASSES if len(text) <= _LONGEST else 1):
        before, form = form, _one_pass(form, table)
        if form == before:
            break
    return form


_remembered = lru_cache(maxsize=8_192)(_passed)  # a session is planned several times, and again with every change


def _one_pass(text: str, table: Table | None) -> str:
    plain = plain_characters(text)
    form = unspoken.without_emoji(unspoken.without_addresses(plain, f" {table.dot} " if table else "."))
    if not _speakable(form):
        form = plain  # a lone '<3' is no face
    if table is not None:
        form = _written_out(form, table)
    if form == text:
        return text
    form = signs.tidy(form)
    return form if _speakable(form) else text


def _speakable(text: str) -> bool:
    return any(char.isalnum() and char not in "ºª" for char in text)


def _written_out(text: str, table: Table) -> str:
    text = times.weekdays(slashes.rates(text, table), table)
    text = wording.abbreviations(wording.initials(text), table)
    if not _NO_SIGNS.fullmatch(text):
        text = signs.arrows(text, table)
    text = names.roman_numerals(text, table)
    if _FIGURE.search(text):
        for step in _WITH_FIGURES:
            text = step(text, table)
    if not _NO_SIGNS.fullmatch(text):
        text = signs.signs(slashes.endings(text, table), table)
    return wording.stretched(wording.capitals(text, table), table)


class SpokenForms:
    """The spoken form of every text of a session; the same text is worked out once.

    ``pronounce`` has words with what is said for them. They win: nothing else is done with them, also where they are
    part of a spoken form. ``written_out`` False: nothing else is done at all.
    """

    def __init__(self, language: str, pronounce: Mapping[str, str], *, written_out: bool = True) -> None:
        self._language = language
        self._pronounced = bool(pronounce)
        self._pronunciation = Pronunciation(pronounce)
        self._written_out = written_out
        self._known: dict[str, str] = {}

    @classmethod
    def of(cls, settings: Settings) -> SpokenForms:
        return cls(settings.language, settings.pronounce, written_out=settings.spoken == "written-out")

    def __call__(self, text: str) -> str:
        if text not in self._known:
            self._known[text] = self._form(text)
        return self._known[text]

    def _form(self, text: str) -> str:
        if not self._pronounced:
            return spoken_form(text, self._language) if self._written_out else text
        if not self._written_out:
            return self._pronunciation(text)
        kept = self._pronunciation.kept(text)
        return self._pronunciation.given(self._pronunciation.kept(spoken_form(kept, self._language)))
