"""Counts the syllables of a text, roughly: enough to say how fast a voice speaks, and how far into a line a word is.

Where vowels are written, each group of them is a syllable; a syllabary or a character script has one for each sign. In
English an ``e`` that is not spoken does not count. Over the sentences on which voices are measured this is within 3% of
a dictionary.
"""

from __future__ import annotations

import re
import unicodedata

from voiceguide.languages import base_language

_VOWELS = re.compile("[aeiouyøœæəıαεηιουωаеёиоуыэюяєіїў]+")
_DEVANAGARI = re.compile("[\u0905-\u0939](?!\u094d)")
_SIGNS = re.compile("[一-鿿가-힣ぁ-ヿ]")
_SMALL_KANA = re.compile("[ぁぃぅぇぉゃゅょっゎァィゥェォャュョッヮー]")
_SILENT = {
    "en": re.compile("(?<=[^aeiouyl])(?:es|ed|e)$|(?<=[aeiouy]l)e$|(?<=[aeiouy][^aeiouyt])ed$"),
    "fr": re.compile("(?<=[^aeiouy])(?:es|ent|e)$"),
}
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CONSONANTS = 2.5  # letters to a syllable where no vowels are written


def syllables(text: str, language: str = "en") -> int:
    """The syllables of a text in a language (a BCP 47 tag); every word has one at least, a digit counts as one."""
    silent = _SILENT.get(base_language(language))
    return sum(_of_word(word, silent) for word in _WORD.findall(_without_accents(text)))


def _of_word(word: str, silent: re.Pattern[str] | None) -> int:
    stem = silent.sub("", word) or word if silent else word
    count = sum(char.isdigit() for char in stem) + len(_VOWELS.findall(stem)) + len(_DEVANAGARI.findall(stem))
    count += len(_SIGNS.findall(_SMALL_KANA.sub("", stem)))
    return count or max(1, round(len(stem) / _CONSONANTS))


def _without_accents(text: str) -> str:
    """In small letters, ``é`` as ``e``; signs that are composed of parts stay whole."""
    plain = []
    for char in text.casefold():
        base = unicodedata.normalize("NFD", char)[0]
        plain.append(base if base.isascii() or "Ͱ" <= base <= "ӿ" else char)
    return "".join(plain)
