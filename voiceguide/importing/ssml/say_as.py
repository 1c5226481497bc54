"""``say-as``: writes digits, dates and ordinals out in words, where that is possible."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from voiceguide.languages import base_language, number_words
from voiceguide.spoken.quantities import fractions
from voiceguide.spoken.table import Around
from voiceguide.spoken.tables import table_of

_LONGEST_SPELLED = 200  # characters; longer texts are not changed


@dataclass(frozen=True, slots=True)
class Said:
    """The words to speak instead of the written ones; None if the voice gets these unchanged."""

    words: str | None
    spoken: bool = True


def _characters(text: str, _: str, language: str) -> str | None:
    """``R2D2`` as ``R, two, D, two``: commas keep the voice from reading the letters as a word."""
    if len(text) > _LONGEST_SPELLED:
        return None
    spelled = (
        number_words(int(c), language) if c in "0123456789" else c.upper() if len(c.upper()) == 1 else c for c in text
    )
    return ", ".join(c for c in spelled if not c.isspace())


def _digits(text: str, _: str, language: str) -> str | None:
    """``(202) 555-01`` as ``two zero two, five five five, zero one``; other words stay."""
    if len(text) > _LONGEST_SPELLED:
        return None
    groups = []
    for group in re.findall(r"[0-9]+|\+|[^\W\d_]+", text):
        if group.isdecimal():
            groups.append(" ".join(number_words(int(digit), language) for digit in group))
        elif group != "+" or base_language(language) == "en":
            groups.append("plus" if group == "+" else group)
    return ", ".join(groups).replace("plus, ", "plus ") or None


def _whole(text: str) -> int | None:
    digits = text.replace(",", "").replace(" ", "")
    return int(digits) if re.fullmatch(r"-?[0-9]{1,12}", digits) else None


def _cardinal(text: str, _: str, language: str) -> str | None:
    number = _whole(text)
    return None if number is None else number_words(number, language)


def _ordinal(text: str, _: str, language: str) -> str | None:
    number = _whole(re.sub(r"(?<=[0-9])(?:st|nd|rd|th|\.|º|ª|e|er)$", "", text.strip(), flags=re.IGNORECASE))
    table = table_of(language)
    return None if number is None or number < 0 or table is None else table.ordinal(number, "", Around())


def _fraction(text: str, _: str, language: str) -> str | None:
    match = re.fullmatch(r"(?:([0-9]{1,4})\s*[+ ]\s*)?([0-9]{1,4})\s*/\s*([0-9]{1,4})", text.strip())
    table = table_of(language)
    if not match or table is None or int(match[3]) == 0:
        return None
    return fractions(f"{match[1] or ''} {match[2]}/{match[3]}".strip(), table)


def _date(text: str, order: str, language: str) -> str | None:
    """``3/5/2024`` in the order that the format gives; ISO dates in their own. In English, months are named."""
    table = table_of(language)
    if table is None or table.tag != "en":
        return None
    if re.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", text.strip()):
        order = "ymd"
    order = re.sub(r"(.)\1+", r"\1", re.sub("[^ymd]", "", order.lower()))
    parts = re.findall(r"[0-9]+", text)
    if len(parts) == 1 and len(parts[0]) == 8 and order in ("ymd", "dmy", "mdy"):
        digits = iter(parts[0])
        parts = ["".join(next(digits) for _ in range(4 if unit == "y" else 2)) for unit in order]
    if not order or len(parts) != len(order) or len(set(order)) != len(order) or re.search(r"[^\W\d_]", text):
        return None
    found = {unit: int(part) for unit, part in zip(order, parts, strict=True)}
    month = found.get("m")
    if (month is not None and not 1 <= month <= 12) or not 1 <= found.get("d", 1) <= 31:
        return None
    name = table.months[month - 1] if month else ""
    day = str(found["d"]) if "d" in found else ""
    front = f"{day} {name}" if order.startswith("d") else f"{name} {day}"
    year = f"{', ' if day and not order.startswith('d') else ' '}{found['y']}" if "y" in found else ""
    return (front.strip() + year).strip()


def _time(text: str, _: str, language: str) -> str | None:
    """``1'21"`` as ``1 minute 21 seconds``; a time of day is left to the voice."""
    match = re.fullmatch(r"\s*([0-9]{1,3})'\s*([0-9]{1,2})(?:\"|'')\s*", text)
    if not match or base_language(language) != "en":
        return None
    minutes, seconds = int(match[1]), int(match[2])
    return f"{minutes} minute{'s' * (minutes != 1)} {seconds} second{'s' * (seconds != 1)}"


_READERS: Mapping[str, Callable[[str, str, str], str | None]] = MappingProxyType(
    {
        "characters": _characters,
        "spell-out": _characters,
        "verbatim": _characters,
        "letters": _characters,
        "digits": _digits,
        "digit": _digits,
        "number_digit": _digits,
        "telephone": _digits,
        "phone": _digits,
        "cardinal": _cardinal,
        "number": _cardinal,
        "ordinal": _ordinal,
        "fraction": _fraction,
        "date": _date,
        "time": _time,
        "duration": _time,
    }
)


def said_as(kind: str, form: str, text: str, language: str) -> Said:
    """What is spoken for ``text`` as a ``kind`` (``interpret-as``) in a ``form`` (``format``), a BCP 47 language.

    An expletive, which other programs bleep out, is not spoken.
    """
    kind = kind.strip().lower()
    if kind in ("expletive", "bleep"):
        return Said(None, spoken=False)
    reader = _READERS.get(kind)
    return Said(reader(" ".join(text.split()), form, language) if reader else None)
