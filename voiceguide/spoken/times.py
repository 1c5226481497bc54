"""Times of day, durations with colons, and dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from voiceguide.spoken.numbers import around, cardinal
from voiceguide.spoken.table import Around, Table, Unit

_DECADE = re.compile(r"\b((?:the|early|late|mid)[\s-]+)['’]?((?:1[1-9]|20)?[0-9]0)['’]?s\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Patterns:
    clock: re.Pattern[str]
    hour: re.Pattern[str]
    hours: re.Pattern[str]
    clock_before: re.Pattern[str]
    duration: re.Pattern[str]
    iso: re.Pattern[str]
    figures: re.Pattern[str]
    day_and_month: re.Pattern[str]
    day_first: re.Pattern[str]
    month_first: re.Pattern[str]
    year: re.Pattern[str]


@lru_cache(maxsize=32)
def _patterns(table: Table) -> _Patterns:
    months = "|".join(table.months)
    marks = rf"\s?(?:{table.clock_marks})(?![^\W_])"
    year = r"(?:,?\s+(?:de\s+|del\s+)?((?:1[1-9]|20)[0-9]{2}))?(?![\w:])"
    return _Patterns(
        clock=re.compile(
            rf"(?<![\w:.,/])([0-9]{{1,2}})(?:(:)|[hH.](?=[0-5][0-9]))([0-5][0-9])(?::([0-5][0-9]))?"
            rf"(?![\w:]|[.,][0-9])({marks})?",
            re.IGNORECASE,
        ),
        hours=re.compile(rf"([0-9]{marks})\s?[-–—]\s?(?=[0-9]{{1,2}}(?:[:.h][0-5][0-9])?{marks})", re.IGNORECASE),
        hour=re.compile(rf"(?<![\w:.,/-])([0-9]{{1,2}})({marks})(?!\s?[0-9])", re.IGNORECASE),
        clock_before=re.compile(rf"\b(?:{'|'.join((table.clock_words, *table.weekdays))}),?\s+$", re.IGNORECASE),
        duration=re.compile(
            r"(?<!\w)(?:([0-9]{1,3})\s?h\s?)?(?:([0-9]{1,3})(?:\s?m(?:in)?\s?|['′’]\s?))([0-9]{1,2})\s?"
            r"(?:s(?:ec)?|[\"″”]|''|′′)(?!\w)"
        ),
        iso=re.compile(r"(?<![\w-])((?:1[1-9]|20)[0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(?![\w-])"),
        figures=re.compile(r"(?<![\w./-])([0-9]{1,2})([./-])([0-9]{1,2})\2((?:1[1-9]|20)?[0-9]{2})(?![\w/]|[.-][0-9])"),
        day_and_month=re.compile(r"(?<![\w./-])([0-9]{1,2})\.([0-9]{1,2})\.(?![\w.])"),
        day_first=re.compile(
            rf"(?<![\w./-])([0-9]{{1,2}})(\.|º|°|er|st|nd|rd|th)?\s+(?:de\s+|of\s+)?({months})\b{year}", re.IGNORECASE
        ),
        month_first=re.compile(rf"\b({months})\s+([0-9]{{1,2}})(?:st|nd|rd|th)?(?![\w:]|\.[0-9]){year}", re.IGNORECASE),
        year=re.compile(
            rf"\b({table.in_year})\s+((?:1[1-9]|20)[0-9]{{2}})(?![\w:]|[.,/-][0-9])(?!\s?%)", re.IGNORECASE
        ),
    )


def times(text: str, table: Table) -> str:
    """``5:30`` is a time of day after 'at' or before 'p.m.', else minutes and seconds; ``1:2`` is a ratio."""
    patterns = _patterns(table)

    def clock(match: re.Match[str]) -> str:
        first, colon, second, third, mark = match.groups()
        mark = (mark or "").strip().casefold()
        before = match.string[max(0, match.start() - 20) : match.start()]
        of_day = mark or patterns.clock_before.search(before) or (not colon and "h" in match[0].casefold())
        if third is None and of_day and int(first) <= 24 and table.clock is not None:
            return table.clock(int(first), int(second), mark)
        if not colon:
            return match[0]
        parts = (0, int(first), int(second)) if third is None else (int(first), int(second), int(third))
        return _lasting(parts, table) + (f" {mark}" if mark else "")

    def hour(match: re.Match[str]) -> str:
        if int(match[1]) > 24 or table.clock is None:
            return match[0]
        return table.clock(int(match[1]), 0, match[2].strip().casefold())

    def duration(match: re.Match[str]) -> str:
        return _lasting((int(match[1] or 0), int(match[2]), int(match[3])), table)

    text = patterns.duration.sub(duration, patterns.hours.sub(rf"\1 {table.to} ", text))
    if ":" in text or re.search(r"[0-9][h.][0-9]", text):
        text = re.sub(r"(?<=[0-9]:[0-5][0-9])\s?[-–—]\s?(?=[0-9]{1,2}:[0-5][0-9])", f" {table.to} ", text)
        text = patterns.clock.sub(clock, text)
        ratio = rf" {table.ratio} "
        text = re.sub(
            r"(?<![\w:.,])[0-9]{1,3}(?:[.,][0-9]+)?(?::[0-9]{1,3}(?:[.,][0-9]+)?)+(?![\w:])",
            lambda match: match[0].replace(":", ratio if match[0].count(":") == 1 else ", "),
            text,
        )
    return patterns.hour.sub(hour, text)


def _lasting(parts: tuple[int, int, int], table: Table) -> str:
    """Hours, minutes and seconds in words, those that are zero left out."""
    named = zip(parts, (table.hour, table.minute, table.second), strict=True)
    said = [_of(count, unit, table) for count, unit in named if count]
    if not said:
        return _of(0, table.second, table)
    return said[0] if len(said) == 1 else f"{' '.join(said[:-1])} {table.and_} {said[-1]}"


def _of(count: int, unit: Unit, table: Table) -> str:
    name = unit.one if count == 1 else unit.many
    return f"{cardinal(count, table, Around(after=name.split()[0]))} {name}"


@dataclass(frozen=True, slots=True)
class _Weekdays:
    """The short names of days with the full ones, two with a dash between, and one before a time of day."""

    short: Mapping[str, str]
    span: re.Pattern[str]
    day: re.Pattern[str]


@lru_cache(maxsize=32)
def _weekdays(table: Table) -> _Weekdays | None:
    short = {day[: table.short_day]: day for day in table.weekdays}
    short |= {name.capitalize(): day for name, day in short.items()}
    if not short:
        return None
    names = "|".join(short)
    span = re.compile(rf"\b({names})\.?\s?[-–—]\s?(?!\1)({names})\b\.?")
    return _Weekdays(short, span, re.compile(rf"\b({names})\b\.?(?=,?\s[0-9]{{1,2}}[:.h][0-5][0-9])"))


def weekdays(text: str, table: Table) -> str:
    """``Mon.-Fri.`` as ``Monday to Friday``; ``Tue 19:30`` is a time of day."""
    known = _weekdays(table)
    if known is None:
        return text
    short = known.short

    def days(match: re.Match[str]) -> str:
        end = "." if match[0].endswith(".") and not match.string[match.end() :].strip() else ""
        return f"{short[match[1]]} {table.to} {short[match[2]]}{end}"

    return known.day.sub(lambda match: short[match[1]], known.span.sub(days, text))


def dates(text: str, table: Table) -> str:
    """Dates in figures or with the month's name, and years behind a word such as 'since'."""
    patterns = _patterns(table)
    make = table.date
    if make is None or table.year is None:
        return text
    year_in_words = table.year

    def date(match: re.Match[str], day: str, month: int, year: str | None) -> str:
        if not 1 <= int(day) <= 31 or not 1 <= month <= 12:
            return match[0]
        whole = int(year) + (2000 if len(year) == 2 else 0) if year else None
        return make(int(day), month, whole, around(match.string, match.start(), match.end()))

    def figures(match: re.Match[str]) -> str:
        first, _, second, year = match.groups()
        if len(year) == 2 and (match[2] == "-" or (len(first), len(second)) != (2, 2)):
            return match[0]  # 4/7/10 is a pattern
        by_month = table.month_first and match[2] == "/" and int(first) <= 12
        day, month = (second, first) if by_month or int(second) > 12 else (first, second)
        return date(match, day, int(month), year)

    def named(match: re.Match[str], day: str, name: str, year: str | None) -> str:
        month = [each.casefold() for each in table.months].index(name.casefold()) + 1
        return date(match, day, month, year)

    text = patterns.iso.sub(lambda match: date(match, match[3], int(match[2]), match[1]), text)
    text = patterns.figures.sub(figures, text)
    if table.dotted:
        text = patterns.day_and_month.sub(lambda match: date(match, match[1], int(match[2]), None), text)
    text = patterns.day_first.sub(lambda match: named(match, match[1], match[3], match[4]), text)
    if table.month_first or table.tag == "en":
        text = patterns.month_first.sub(lambda match: named(match, match[2], match[1], match[3]), text)
    if decade := table.decade:
        text = _DECADE.sub(lambda match: f"{match[1]}{decade(int(match[2]))}", text)
    return patterns.year.sub(lambda match: f"{match[1]} {year_in_words(int(match[2]))}", text)
