"""Names of letters and numbers, such as LI4, and Roman numerals."""

from __future__ import annotations

import re
from functools import lru_cache

from voiceguide.spoken.numbers import cardinal, digit_by_digit
from voiceguide.spoken.table import Table

_MERIDIANS = "LU|LI|ST|SP|HT|SI|BL|UB|KI|KD|PC|TE|TW|SJ|GB|LR|LV|CV|GV|RN|DU|Ren|EX"
_SPACED_POINT = re.compile(rf"(?<!\w)({_MERIDIANS})[ -]([0-9]{{1,2}})(?![\w:/%°]|[.,][0-9]|[-–][0-9])")
_MIXED = re.compile(r"(?<!\w)(?=[^\W\d_]*[0-9])(?:[0-9]+(?=[^\W\d_])|[^\W\d_]+(?=[0-9]))\w*(?:\.[0-9]+)*")
_RUN = re.compile(r"[0-9]+(?:\.[0-9]+)*|[^\W\d_]+")
_LONE_NUMERAL = re.compile(r"\b([^\W\d_a-z][a-zà-öø-ÿ]+\s)([IVX]{2,5})(?![\w'’])")
_NO_NUMERALS = frozenset({"IV", "XX", "XXX"})
_LETTERS = 3  # of a name; more are a word

_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman_value(numeral: str) -> int:
    """The value of a numeral from I to XCIX; 0 for what is none."""
    if not numeral or not _ROMAN.fullmatch(numeral):
        return 0
    values = [_VALUES[letter] for letter in numeral]
    return sum(-value if value < max(values[index:]) else value for index, value in enumerate(values))


@lru_cache(maxsize=32)
def _numbered(table: Table) -> re.Pattern[str]:
    return re.compile(rf"\b((?i:{table.numbered})\s+)([IVXL]+)(?![\w'’])(?=(\s+[^\W\d_A-Z])?)")


def roman_numerals(text: str, table: Table) -> str:
    """``Part II``; a lone I before a small letter is the word, a lone L a letter."""

    def numeral(match: re.Match[str]) -> str:
        value = roman_value(match[2])
        lone = match[2] == "L" or (match[2] == "I" and (match[3] or match[1][0].islower()) and table.tag == "en")
        return match[0] if not value or lone else f"{match[1]}{cardinal(value, table)}"

    def lone(match: re.Match[str]) -> str:
        value = 0 if match[2] in _NO_NUMERALS else roman_value(match[2])
        return f"{match[1]}{cardinal(value, table)}" if value else match[0]

    return _LONE_NUMERAL.sub(lone, _numbered(table).sub(numeral, text))


def letter_numbers(text: str, table: Table) -> str:
    """``LI4``, ``ST 36``, ``B12``: letters and a number. A longer word stays one: ``covid19``."""

    def point(match: re.Match[str]) -> str:
        return f"{_spelled(match[1], table, last=False)} {cardinal(int(match[2]), table)}"

    def mixed(match: re.Match[str]) -> str:
        runs = _RUN.findall(match[0])
        said = []
        for index, run in enumerate(runs):
            if run[0] in "0123456789":
                said.append(f" {table.point} ".join(_figures(part, table) for part in run.split(".")))
            else:
                short = len(run) <= _LETTERS
                said.append(_spelled(run, table, last=index + 1 == len(runs)) if short else run)
        return " ".join(said).replace("- ", "-")

    return _MIXED.sub(mixed, _SPACED_POINT.sub(point, text))


def _figures(run: str, table: Table) -> str:
    typed = len(run) > 6 or (len(run) > 1 and run[0] == "0")
    return digit_by_digit(run, table) if typed else cardinal(int(run), table)


def _spelled(letters: str, table: Table, *, last: bool) -> str:
    """Letters apart from each other; one that is a word of the language alone in another form if a number follows."""
    if len(letters) == 1 and not last:
        return table.letters.get(letters, letters.upper())
    return " ".join(letters.upper())
