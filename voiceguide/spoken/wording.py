"""Words as they are written: abbreviations, capitals for emphasis, stretched letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from voiceguide.spoken.names import roman_value
from voiceguide.spoken.table import Table

_INITIALS = re.compile(r"(?<![\w.])(?:[^\W\d_a-z]\.){2,}")
_APART = re.compile(r"(?<!\w)(?:[A-Z]\.\s){1,4}[A-Z]\.(?=\s[A-Z][a-z])")
_CAPITALS = re.compile(r"(?<!\w)(?:I['’][A-Z]+|[^\W\d_]{2,}(?:['’][^\W\d_]+)?)(?!\w)")
_TWO_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ]{2}|[^\W\d_a-z\u00df-\u00ff]{2}")
_MANTRAS = frozenset({"om", "ah", "ha", "ho", "hu", "sa", "ta", "na", "ma", "ra", "da", "ya", "va", "la", "mm", "hm"})
_STRETCHED = re.compile(r"([^\W\d_])\1\1", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_RUNS = re.compile(r"([^\W\d_])\1*", re.IGNORECASE)
_ENDS = re.compile(r"\s*[\"”“»«’')\]]*\s*$")
_OPENING = " \n\"“„«»‚‘'(¿¡–—-"  # what may stand before a sentence's first word
_STOPS = (".", "!", "?", "…", ":")


@lru_cache(maxsize=32)
def _abbreviations(table: Table) -> tuple[re.Pattern[str], dict[str, str]]:
    words = {key.replace(" ", "").casefold(): value for key, value in table.abbreviations.items()}
    words |= {f"{key.casefold()}.": table.units[key].many for key in table.alone}
    keys = sorted(table.abbreviations, key=len, reverse=True)
    pattern = "|".join(r"\s?".join(map(re.escape, key.split(" "))) for key in keys)
    alone = "|".join(re.escape(f"{key}.") for key in table.alone)
    return re.compile(rf"(?<![\w.])(?:{pattern}|(?<![0-9])(?<![0-9]\s)(?:{alone}))(?!\w)", re.IGNORECASE), words


@lru_cache(maxsize=32)
def _by_figures(table: Table) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    before, after = (
        "|".join(re.escape(key) for key in sorted(keys, key=len, reverse=True)) or r"(?!)"
        for keys in (table.before_figures, table.after_figures)
    )
    return (
        re.compile(rf"(?<![\w.])({before})\s?(?=[0-9]|(?-i:[IVX]+\b))", re.IGNORECASE),
        re.compile(rf"(?<=[0-9])(\s?)({after})(?!\w)"),
        {key.casefold(): said for key, said in table.before_figures.items()},
    )


def abbreviations(text: str, table: Table) -> str:
    """Abbreviations in full. The full stop of one that ends the text stays."""
    pattern, words = _abbreviations(table)

    def full(match: re.Match[str]) -> str:
        said = words[re.sub(r"\s", "", match[0]).casefold()]
        said = (
            said[0].upper() + said[1:]
            if not match.string[max(0, match.start() - 12) : match.start()].strip(_OPENING) and match.start() < 12
            else said
        )
        return said + ("." if match[0].endswith(".") and _ENDS.match(match.string, match.end()) else "")

    before, after, figures = _by_figures(table)
    text = before.sub(lambda match: _like(match[1], f"{figures[match[1].casefold()]} "), text)
    text = after.sub(lambda match: f" {table.after_figures[match[2]]}" + _final(match), text)
    return pattern.sub(full, text)


def _like(written: str, said: str) -> str:
    """``said`` with a capital where a longer abbreviation has one."""
    return said[0].upper() + said[1:] if len(written) > 3 and written[0].isupper() else said


def _final(match: re.Match[str]) -> str:
    return "." if _ENDS.match(match.string, match.end()) else ""


def initials(text: str) -> str:
    """``U.S. Army`` as ``US Army`` and ``J. S. Bach`` as ``J S Bach``: a voice would stop at each full stop."""

    def letters(match: re.Match[str]) -> str:
        return match[0].replace(".", "") + ("." if _ENDS.match(match.string, match.end()) else "")

    return _APART.sub(lambda match: match[0].replace(".", ""), _INITIALS.sub(letters, text))


def capitals(text: str, table: Table) -> str:
    """Words in capitals as words; initialisms stay letters."""
    if not _TWO_CAPITALS.search(text):
        return text
    found = list(_CAPITALS.finditer(text))
    shouted = [match[0].isupper() and match[0] not in table.spelled and _is_word(match[0], table) for match in found]

    def beside_shouted(index: int) -> bool:
        return any(shouted[near] for near in (index - 1, index + 1) if 0 <= near < len(found))

    parts, position = [], 0
    for index, match in enumerate(found):
        word = match[0]
        if not word.isupper() or (roman_value(word) and word not in table.spelled):
            continue
        said = _capital(match, table, in_run=beside_shouted(index))
        parts += [text[position : match.start()], said]
        position = match.end()
    return "".join([*parts, text[position:]])


def _capital(match: re.Match[str], table: Table, *, in_run: bool) -> str:
    word = match[0]
    if word in table.spelled and not in_run:
        return " ".join(word)
    said = table.two_letters | _MANTRAS
    if len(word) == 2 and table.two_letters and not in_run and word.lower() not in said:
        return word if word in table.initialisms else " ".join(word)
    letters = word in table.initialisms and not (in_run and _pronounceable(word))
    if letters or not (_is_word(word, table) or (in_run and _pronounceable(word))):
        return word
    keeps = _begins(match) or word[1] in "'’"
    return word[0] + word[1:].lower() if keeps else word.lower()


def _begins(match: re.Match[str]) -> bool:
    """Whether a sentence begins with it."""
    before = match.string[max(0, match.start() - 12) : match.start()].rstrip(_OPENING)
    return not before or before.endswith(_STOPS)


def _is_word(word: str, table: Table) -> bool:
    """Whether capitals stand for emphasis: no initialism, and it can be said as a word or is a sound like MMM."""
    if word in table.initialisms:
        return False
    return _pronounceable(word) or bool(_STRETCHED.search(word)) or word in ("HMM", "SHH", "PSST")


def _pronounceable(word: str) -> bool:
    vowels = sum(unicodedata.normalize("NFD", char)[0] in "aeiouyæøœ" for char in word.lower())
    return vowels > 0 or not word.isascii()


def stretched(text: str, table: Table) -> str:
    """``Sooooo`` as ``So``, ``goooood`` as ``good``, ``mmmm`` as a hum."""

    def shorter(match: re.Match[str]) -> str:
        word = match[0]
        if not _STRETCHED.search(word) or word.casefold() == "www" or roman_value(word):
            return word
        if re.fullmatch(table.tripled, word, re.IGNORECASE):
            return word
        if sound := _sound(word, table):
            return sound[0].upper() + sound[1:] if word[0].isupper() else sound
        single = _RUNS.sub(lambda run: run[1] if len(run[0]) > 2 else run[0], word)
        double = _RUNS.sub(lambda run: run[0][:2], word)
        return double if double.casefold() in table.doubled else single

    return _WORD.sub(shorter, text) if _STRETCHED.search(text) else text


def _sound(word: str, table: Table) -> str:
    """The word for a hum (``mmmm``, ``hmmmm``) or a hush (``shhhh``)."""
    letters = _RUNS.sub(r"\1", word.casefold())
    if letters in ("m", "hm"):
        return table.hum
    return table.hush if letters in ("sh", "sch", "ch") else ""
