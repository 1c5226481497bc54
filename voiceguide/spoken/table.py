"""What a language's table says: the words for signs, units, dates, times and numbers, and how these agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


def _none() -> Mapping[str, str]:
    return MappingProxyType({})


def row(text: str) -> tuple[str, ...]:
    """The words of a text, in their order."""
    return tuple(text.split())


def words(text: str) -> frozenset[str]:
    """The words of a text, for looking one up."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's name after the number one, and after any other."""

    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Around:
    """The words next to a number, in small letters, empty at the text's ends."""

    before: str = ""
    second_before: str = ""
    after: str = ""


def _as_it_is(words: str, around: Around) -> str:
    return words


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A language. ``tag`` is the name of its numbers in num2words, which may have a region (``pt_BR``).

    Patterns are regular expressions without groups; words in them are matched in any case.
    """

    tag: str

    # numbers
    to: str
    """Between the limits of a range: 'ten to fifteen'."""
    ratio: str
    """Between the parts of a ratio, 1:2."""
    point: str
    """The decimal point's name."""
    decimal: str
    """The decimal point: '.' or ','."""
    minus: str
    plus: str
    about: str
    once: str
    times: str
    """'{} times', with a number in words."""
    by: str
    """Between width and height: 'ten by fifteen'."""
    number: str
    """For # and No. before a number."""
    out_of: str
    """A score: 'eight out of ten'."""
    over: str
    """Any other division."""
    and_: str
    ordinal: Callable[[int, str, Around], str]
    """An ordinal in words. The string is its mark as written: 'st', 'º', '.'."""
    ordinal_marks: str
    """What follows the digits of an ordinal."""
    half: Callable[[int, str], str]
    """A number of wholes (0: none) and a half, with the noun that follows (or '') at its place."""
    parts: Mapping[int, tuple[str, str]]
    """The names of one part and of several, by the denominator."""
    agree: Callable[[str, Around], str] = _as_it_is
    """A cardinal number as it stands beside these words: 'una' before a feminine noun."""
    groups: str = ".\u00a0\u202f'’"
    """What may separate thousands."""
    decimals_as_number: bool = False
    """2,25 is 'two comma twenty-five', not 'two comma two five'."""
    nouns: str = r"(?!)"
    """The nouns that :attr:`half` knows."""
    dotted: bool = False
    """An ordinal is written as digits and a full stop."""
    dotted_ordinal: str = r"(?!)"
    """The words before such an ordinal."""
    openers: frozenset[str] = frozenset()
    """Words that begin a sentence, so that the digits and the full stop before them are no ordinal."""
    counted: str = r"(?!)"
    """Words before the number of a part, 'step': a fraction after one is a part of so many."""
    dialled: str = r"(?!)"
    """Words before a number that is read digit by digit."""
    in_breath: str = r"(?!)"
    """Words beside a breath pattern of two numbers."""

    # signs
    units: Mapping[str, Unit] = field(default_factory=lambda: MappingProxyType({}))
    """By symbol or abbreviation, without a full stop. A currency's sign is one of them."""
    alone: frozenset[str] = frozenset()
    """Abbreviations of units that are written out without a number too, if they end in a full stop."""
    signs: Mapping[str, str] = field(default_factory=_none)
    """The words for a sign between words."""
    before_number: Mapping[str, str] = field(default_factory=_none)
    """The words for a sign before a number."""
    per: str = ""
    """Between a number of times and the word in :attr:`per_nouns` that is behind a slash."""
    per_nouns: Mapping[str, str] = field(default_factory=_none)
    """What is said for the word; empty: itself."""
    endings: frozenset[str] = frozenset()
    """Of the other gender, behind a slash or in brackets."""
    or_: str = ""
    then: str = ""
    """For an arrow."""
    dot: str = "dot"
    """In an address."""

    # dates and times
    months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    """From Monday."""
    short_day: int = 3
    """Letters of a weekday's abbreviation."""
    date: Callable[[int, int, int | None, Around], str] | None = None
    """A day, a month (from 1) and a year, in words."""
    month_first: bool = False
    """3/5/2024 is the fifth of March."""
    year: Callable[[int], str] | None = None
    decade: Callable[[int], str] | None = None
    """'nineties', for 1990 and for 90."""
    in_year: str = r"(?!)"
    """Words before a year."""
    clock: Callable[[int, int, str], str] | None = None
    """Hours, minutes and the mark after them ('pm', 'uhr' or '') in words."""
    clock_marks: str = r"(?!)"
    """What follows a time of day."""
    clock_words: str = r"(?!)"
    """Words before a time of day."""
    hour: Unit = Unit("", "")
    minute: Unit = Unit("", "")
    second: Unit = Unit("", "")

    # words
    abbreviations: Mapping[str, str] = field(default_factory=_none)
    """With their full stops; a space may be missing."""
    before_figures: Mapping[str, str] = field(default_factory=_none)
    """Abbreviations only before a number: 'No. 3'."""
    after_figures: Mapping[str, str] = field(default_factory=_none)
    numbered: str = r"(?!)"
    """Words before a Roman numeral: 'Part II'."""
    initialisms: frozenset[str] = frozenset()
    """Capitals that every engine says as letters."""
    spelled: frozenset[str] = frozenset()
    """Capitals that are letters, though an engine may take them for a word."""
    two_letters: frozenset[str] = frozenset()
    """Words of two letters; other pairs of capitals are letters."""
    doubled: frozenset[str] = frozenset()
    """Words with a doubled letter, to undo a stretched one."""
    tripled: str = r"(?!)"
    """Words in which a letter stands three times by rights."""
    hum: str = ""
    """For a stretched m."""
    hush: str = ""
    """For a stretched sh."""
    letters: Mapping[str, str] = field(default_factory=_none)
    """Letters that are another word alone, as they are written before a number."""
