"""Numbers in words. Nothing here raises: what has no words is read digit by digit."""

from __future__ import annotations

import re
from functools import lru_cache

from voiceguide.languages import number_words
from voiceguide.spoken.table import Around, Table

_LARGEST = 10**15  # above, nobody follows the words; it is a number to be typed
_WORD = re.compile(r"[^\W\d_]+")
_OPENING = " \n\"“«„‚'’("  # what may stand between a word and a number
_WORD_AFTER = re.compile(r"[\s-]*([^\W\d_]+)")
_ALONE = Around()
_REACH = 60  # characters in which the neighbouring words are looked for


def around(text: str, start: int, end: int) -> Around:
    """The words beside ``text[start:end]``."""
    before = text[max(0, start - _REACH) : start].rstrip(_OPENING)
    words = _WORD.findall(re.split(r"[.!?;:]", before)[-1]) if before[-1:].isalpha() else []
    after = _WORD_AFTER.match(text, end, end + _REACH)
    return Around(
        words[-1].casefold() if words else "",
        words[-2].casefold() if len(words) > 1 else "",
        after[1].casefold() if after else "",
    )


def cardinal(number: int, table: Table, beside: Around = _ALONE) -> str:
    """A whole number, as it stands beside these words."""
    if abs(number) >= _LARGEST:
        return digit_by_digit(str(abs(number)), table)
    return table.agree(number_words(number, table.tag).replace(",", "").lower(), beside)


@lru_cache(maxsize=64)
def _digits(tag: str) -> tuple[str, ...]:
    return tuple(number_words(digit, tag) for digit in range(10))


def digit_by_digit(text: str, table: Table) -> str:
    """Every digit of a text by its name; all else is a pause."""
    names = _digits(table.tag)
    groups = re.findall(r"[0-9]+", text)
    return ", ".join(" ".join(names[int(digit)] for digit in group) for group in groups)


def number_pattern(table: Table) -> str:
    """A number as it is written in the language, without a sign. It has no groups."""
    point = r"\." if table.decimal == "." else "[,.]"
    grouped = rf"[0-9]{{1,3}}(?:[{table.groups}][0-9]{{3}})+(?![0-9])(?:{re.escape(table.decimal)}[0-9]+)?"
    return rf"(?:{grouped}|[0-9]+(?:{point}[0-9]+)?)"


def said(written: str, table: Table, beside: Around = _ALONE) -> str:
    """A number that :func:`number_pattern` found."""
    groups = f"[{table.groups}]"
    if re.fullmatch(rf"[0-9]{{1,3}}(?:{groups}[0-9]{{3}})+(?:{re.escape(table.decimal)}[0-9]+)?", written):
        written = re.sub(rf"{groups}(?=[0-9]{{3}})", "", written)
    whole, _, rest = written.replace(",", ".").partition(".")
    if not rest:
        typed = len(whole) > 15 or (len(whole) > 1 and whole[0] == "0")
        return digit_by_digit(whole, table) if typed else cardinal(int(whole), table, beside)
    head = digit_by_digit(whole, table) if len(whole) > 15 else cardinal(int(whole), table)
    zeros = len(rest) - len(rest.lstrip("0"))
    if table.decimals_as_number and len(rest) - zeros == 2:
        names = _digits(table.tag)
        tail = " ".join([*[names[0]] * zeros, cardinal(int(rest), table)])
    else:
        tail = digit_by_digit(rest, table)
    return f"{head} {table.point} {tail}"
