"""Quantities: ranges, breath patterns, fractions, multipliers and units, and every number that is left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from voiceguide.spoken.numbers import around, cardinal, digit_by_digit, number_pattern, said
from voiceguide.spoken.table import Table, Unit

_DASH = "[-–—]"
_FREE = r"(?<![\w/])(?<![0-9][.,:])"  # where a number may begin
_COMMAS = r"(?<![\w.,])[0-9]+(?:,[0-9]+){2,}(?![\w,])"
_QUOTED_END = re.compile(r"[\s\"'”“’‘»«]*")
_PHONE = 7  # digits of a number that is dialled


@dataclass(frozen=True, slots=True)
class _Patterns:
    times: re.Pattern[str]
    times_before: re.Pattern[str]
    by: re.Pattern[str]
    both_units: re.Pattern[str]
    money: re.Pattern[str]
    unit: re.Pattern[str]
    fraction: re.Pattern[str]
    listed: re.Pattern[str]
    pair: re.Pattern[str]
    breath_before: re.Pattern[str]
    breath_after: re.Pattern[str]
    ordinal: re.Pattern[str]
    dialled: re.Pattern[str]
    number: re.Pattern[str]


@lru_cache(maxsize=32)
def _patterns(table: Table) -> _Patterns:
    number = number_pattern(table)
    symbols = sorted(table.units, key=len, reverse=True)
    unit = "|".join(re.escape(symbol) for symbol in symbols)
    money = "|".join(re.escape(sign) for sign in "$€£" if sign in table.units)
    fraction = rf"(?:[0-9]{{1,4}}\s+)?[0-9]{{1,4}}/[0-9]{{1,4}}(?![\w/])|{number}"
    return _Patterns(
        times=re.compile(rf"{_FREE}({number})(?:\s?({_DASH})\s?({number}))?\s?[xX×](?!\w)"),
        times_before=re.compile(rf"(?<![\w×])[xX×]\s?({number})(?:\s?({_DASH})\s?({number}))?(?!\w)"),
        by=re.compile(rf"(?<![\w/])({number})\s?[xX×]\s?(?={number})"),
        both_units=re.compile(rf"{_FREE}({number})\s?({unit})(\s?{_DASH}\s?{number}\s?\2)(?!\w)"),
        money=re.compile(rf"({money})\s?({number})(?:\s?({_DASH})\s?({money})?({number}))?"),
        unit=re.compile(rf"{_FREE}((?:{fraction}))(\s?-\s?|\s?)({unit})(?:\b(\.)?|(?!\w))(?![\w²³])"),
        fraction=re.compile(
            rf"(?<![\w/.,])(?:([0-9]{{1,4}})(?:\s+|-))?([0-9]{{1,4}})/([0-9]{{1,4}})(?![\w/])(?:\s+({table.nouns})\b)?",
            re.IGNORECASE,
        ),
        listed=re.compile(rf"{_FREE}{number}(?:\s?([-–—/])\s?{number})(?:\s?\1\s?{number})+(?![\w/])"),
        pair=re.compile(rf"{_FREE}({number})\s?{_DASH}\s?({number})(?![0-9])(?![.,][0-9])"),
        breath_before=re.compile(rf"\b(?:{table.in_breath})\s*$", re.IGNORECASE),
        breath_after=re.compile(rf"[\s-]*(?:{table.in_breath})\b", re.IGNORECASE),
        ordinal=re.compile(rf"(?<![\w.,])([0-9]{{1,6}})({table.ordinal_marks})(?!\w)", re.IGNORECASE),
        dialled=re.compile(rf"\b(?:{table.dialled})\s+$", re.IGNORECASE),
        number=re.compile(rf"(?:(?<![^\s(\[„“\"'])-(?=[0-9]))?{number}"),
    )


def multipliers(text: str, table: Table) -> str:
    """``3x`` and ``x4``; ``10 x 15 cm`` is an area's size."""

    def times(match: re.Match[str]) -> str:
        first, dash, last = match.groups()
        if dash:
            return f"{first}-{table.times.replace('{}', last + ' ').replace('  ', ' ')}"
        return table.once if first == "1" else table.times.format(said(first, table))

    patterns = _patterns(table)
    text = patterns.by.sub(lambda match: f"{match[1]} {table.by} ", text)
    return patterns.times_before.sub(times, patterns.times.sub(times, text))


def fractions(text: str, table: Table) -> str:
    """``1/2``, ``3 1/2``, and ``8/10`` as a score."""
    counted = re.compile(rf"(?:{table.counted})s?\s*$", re.IGNORECASE)

    def fraction(match: re.Match[str]) -> str:
        whole, over, under = int(match[1] or 0), int(match[2]), int(match[3])
        noun = match[4] or ""
        after = f" {noun}" if noun else ""
        if counted.search(match.string, max(0, match.start() - 30), match.start()):
            return f"{cardinal(over, table)} {table.out_of} {cardinal(under, table)}{after}"
        if (over, under) == (1, 2):
            return table.half(whole, noun)
        if over < under and under in table.parts and over < 20:
            one, many = table.parts[under]
            part = f"{cardinal(over, table, around(f' {one}', 0, 0))} {one if over == 1 else many}"
            return f"{cardinal(whole, table)} {table.and_} {part}{after}" if whole else f"{part}{after}"
        if (over, under) == (24, 7):
            return f"{cardinal(over, table)} {cardinal(under, table)}{after}"
        middle = table.out_of if under in (10, 100) else table.over
        words = f"{cardinal(over, table)} {middle} {cardinal(under, table)}{after}"
        return f"{cardinal(whole, table)}, {words}" if whole else words

    return _patterns(table).fraction.sub(fraction, text)


def lists(text: str, table: Table) -> str:
    """``4-7-8`` and ``4/7/8``: three numbers or more, one after the other; a telephone number digit by digit."""

    def listed(match: re.Match[str]) -> str:
        numbers = re.findall(number_pattern(table), match[0])
        if sum(map(len, numbers)) >= _PHONE and any(len(number) >= 3 for number in numbers):
            return digit_by_digit(match[0], table)
        return ", ".join(said(number, table) for number in numbers)

    text = _patterns(table).listed.sub(listed, text)
    few = r"(?<=[0-9]),(?=[0-9]{1,2}(?![0-9]))" if table.decimal == "." else _COMMAS
    return re.sub(few, lambda match: match[0].replace(",", ", "), text)


def ranges(text: str, table: Table) -> str:
    """``10-15``; a breath's pattern is no range: ``5-5``, ``4-6 breathing``."""
    patterns = _patterns(table)

    def pair(match: re.Match[str]) -> str:
        first, last = match[1], match[2]
        if len(first) == 3 and len(last) == 4 and "." not in first + last:
            return digit_by_digit(match[0], table)
        before = match.string[max(0, match.start() - 30) : match.start()]
        follows = _follows(match.string, match.end())
        in_breath = patterns.breath_after.match(match.string, match.end()) or (
            not follows and patterns.breath_before.search(before)
        )
        if first == last or in_breath:
            return f"{said(first, table)}, {said(last, table)}"
        beside = around(match.string, match.start(), match.end())
        return f"{said(first, table, beside)} {table.to} {said(last, table, beside)}"

    return patterns.pair.sub(pair, text)


def _follows(text: str, end: int) -> bool:
    """Whether a word follows before the next stop."""
    return bool(re.compile(r"[\s-]*\w").match(text, end))


def units(text: str, table: Table) -> str:
    """Symbols and abbreviations of units behind a number, and currencies before one; a sentence's full stop stays."""
    patterns = _patterns(table)

    def money(match: re.Match[str]) -> str:
        sign, first, dash, _, last = match.groups()
        whole, _, cents = (last or first).rpartition("." if "." in (last or first) else ",")
        if not dash and len(cents) == 2 and whole:
            return f"{whole} {sign} {cents}"
        return f"{first}-{last} {sign}" if dash else f"{first} {sign}"

    def unit(match: re.Match[str]) -> str:
        number, gap, symbol, stop = match.groups()
        if gap.strip() and not symbol[0].isalpha():
            return match[0]
        name = _name(match, number, table.units[symbol])
        if symbol in "$€£" and re.fullmatch(r"[0-9]+[.,][0-9]{2}", number):
            return f"{number[:-3]} {name} {number[-2:]}"
        end = "." if stop and _is_last(match.string, match.end(), table) else ""
        if gap == "-":
            return f"{number}-{table.units[symbol].one}{end}"
        return f"{number} {name}{end}"

    text = patterns.money.sub(money, text) if any(sign in text for sign in "$€£") else text
    text = patterns.both_units.sub(lambda match: f"{match[1]}{match[3]}", text)
    return patterns.unit.sub(unit, text)


def _is_last(text: str, end: int, table: Table) -> bool:
    """Whether a full stop before ``text[end]`` ends a sentence, and not an abbreviation alone."""
    following = re.compile(r"\s*([^\W_]+)").match(text, end)
    if following is None:
        return _QUOTED_END.fullmatch(text, end) is not None
    word = following[1]
    capital = word[0].isupper() and not word.isupper()
    return capital and (not table.dotted or word.casefold() in table.openers)


def _name(match: re.Match[str], number: str, unit: Unit) -> str:
    before = match.string[match.start() - 1 : match.start()]
    single = number == "1" or re.fullmatch(r"[0-9]+/[0-9]+", number)
    return unit.one if single and before not in ("-", "–", "—", ",", ".") else unit.many


def ordinals(text: str, table: Table) -> str:
    """``3rd``, ``1er``, ``2ª``; those with a full stop as in ``der 3. Atemzug``."""

    def ordinal(match: re.Match[str]) -> str:
        return table.ordinal(int(match[1]), match[2].casefold(), around(match.string, match.start(), match.end()))

    ordinal_of = rf"[0-9]{{1,6}}(?:{table.ordinal_marks})"
    span = rf"(?<![0-9])({ordinal_of})\s?{_DASH}\s?(?={ordinal_of}(?!\w))"
    text = re.sub(span, rf"\1 {table.to} ", text, flags=re.IGNORECASE)
    return _patterns(table).ordinal.sub(ordinal, text)


def numbers(text: str, table: Table) -> str:
    """Every number that is left."""
    patterns = _patterns(table)

    def number(match: re.Match[str]) -> str:
        written = match[0]
        minus = written.startswith("-")
        beside = around(match.string, match.start(), match.end())
        if patterns.dialled.search(match.string, max(0, match.start() - 20), match.start()):
            words = digit_by_digit(written, table)
        else:
            words = said(written.removeprefix("-"), table, beside)
        head = " " if match.string[match.start() - 1 : match.start()].isalpha() and match.start() else ""
        tail = " " if match.string[match.end() : match.end() + 1].isalpha() else ""
        return f"{head}{f'{table.minus} ' if minus else ''}{words}{tail}"

    return patterns.number.sub(number, text)
