"""Reads the words of pause marks in scripts for people: ``pause 5 seconds``, ``short pause``, ``breathe in 4``,
``bell``, in seven languages (:mod:`~voiceguide.importing.marks.tables`)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from voiceguide.importing.marks.tables import de, en, es, fr, it, nl, pt, united
from voiceguide.importing.quantities import without_unit
from voiceguide.units import LONGEST_SESSION, format_duration

MarkKind = Literal["pause", "hold", "in", "out", "chime", "stamp"]

TABLES = {
    "en": en.WORDS,
    "de": de.WORDS,
    "fr": fr.WORDS,
    "es": es.WORDS,
    "it": it.WORDS,
    "pt": pt.WORDS,
    "nl": nl.WORDS,
}
"""By base language."""

WORDS = united(tuple(TABLES.values()))
"""The words of all the languages."""

PAUSE = Fraction(3)
"""Seconds of a pause without a length."""

HOLD = Fraction(5)
"""Seconds of a hold without a length."""

BREATH = Fraction(5)
"""Seconds of a breath that is counted."""

MOST_STRIKES = 108
"""Of a chime that is struck several times: as many as there are beads on a mala."""

_OF_THE_SPEAKER = (["inhales"], ["exhales"])  # what the voice does, when no length is said
_BREATHS = Fraction(15)  # of "a few breaths" and the like

_AMOUNT = r"[0-9]{1,6}(?:[.,][0-9]{1,3})?"


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


_UNIT = rf"(?:{_either(WORDS.units)})(?!\w)|\"|''|'(?!\w)"
_WORDED = rf"{_AMOUNT}|(?:{_either(WORDS.numbers)})(?=[\s-])"
_SPOKEN_TIME = re.compile(
    rf"(?<![\w./])(?:(?P<clock>(?:[0-9]{{1,2}}:(?=[0-9]{{2}}:))?[0-9]{{1,3}}:[0-5][0-9])(?![\w:])"
    rf"|(?P<low>{_WORDED})\s*-?\s*(?P<unit1>{_UNIT})?\s*(?:-|–|—|to|bis|à|a|tot|\.\.)\s*"
    rf"(?P<high>{_WORDED})\s*-?\s*(?P<unit2>{_UNIT})?(?!\w)"
    rf"|(?P<number>{_WORDED})\s*-?\s*(?P<unit>{_UNIT})?(?!\w))",
    re.IGNORECASE,
)
_MINUTE, _SECOND = (_either(unit for unit, factor in WORDS.units.items() if factor == seconds) for seconds in (60, 1))
_COMPOUND = re.compile(
    rf"([0-9]+)\s*(?:(?:{_MINUTE})(?!\w)|'|m(?=[0-9]))\s*(?:(?:and|und|et|y|e|en)\s+)?([0-9]+)\s*(?:(?:{_SECOND})(?!\w)|\"|''|(?<=[0-5][0-9])(?=\s*$))",
    re.IGNORECASE,
)
_QUOTES = str.maketrans("“”„″‘’′", '""""\'\'\'')
_STAMP = re.compile(r"[0-9]{1,3}:[0-5][0-9](?::[0-5][0-9])?(?:\s*(?:-|–|—|to)\s*[0-9]{1,3}:[0-5][0-9])?")
_THEN = re.compile(rf"[,;.]?\s+(?:(?:and|und|et|y|e|en)\s+)?(?:{_either(WORDS.then)})(?!\w)", re.IGNORECASE)
_BREATH_COUNT = re.compile(
    rf"(?P<number>{_AMOUNT}|{_either(WORDS.numbers)})\s+(?:\w+\s+)?(?:{_either(WORDS.breaths)})(?!\w)", re.IGNORECASE
)
_ONCE = {"once": "1", "twice": "2", "thrice": "3", "einmal": "1", "zweimal": "2", "dreimal": "3"}
_TIMES = re.compile(
    rf"(?<!\w)(?:[x×]\s?([0-9]{{1,3}})|([0-9]{{1,3}})\s?[x×]|([0-9]{{1,3}}|{_either(WORDS.numbers)})\s(?:{_either(WORDS.times)})"
    rf"|({_either(_ONCE)}))(?!\w)"
)
_FRACTION = re.compile(
    r"(?<![\w/.])(?P<whole>[0-9]{1,3}\s?)?(?:(?P<sign>[½¼¾⅓⅔])|(?<![0-9])(?P<over>[1-9])/(?P<under>[2-9])(?![\w/]))"
)
_SPLIT = re.compile(r"[\s:,;=()\"/.…–—-]+")


@dataclass(frozen=True, slots=True)
class SpokenMark:
    """``length`` in the form of a cue (``5s``, ``3s..5s``, ``~3s``), ``seconds`` its natural value (0: none given).

    ``why`` says what was assumed; empty if the mark is complete. ``sure`` is False if the words could as well be part
    of what is said, as those of a time alone. ``rest`` is what the brackets say besides.
    """

    kind: MarkKind
    length: str = ""
    seconds: Fraction = Fraction(0)
    why: str = ""
    sound: str = ""
    sure: bool = True
    rest: str = ""


@dataclass(frozen=True, slots=True)
class _Time:
    length: str
    seconds: Fraction
    why: str


@lru_cache(maxsize=1024)  # a text has the same few marks again and again
def read_mark(inner: str, *, strict: bool) -> SpokenMark | None:
    """The meaning of the words between two brackets, or None if they have no known one.

    ``strict``: for brackets that also enclose spoken words, as round ones do; only unambiguous words count.
    """
    text = _plain(inner)
    folded = text.casefold()
    if _STAMP.fullmatch(folded):
        return SpokenMark("stamp")
    if mark := _read(folded, strict=strict):
        return mark
    then = _THEN.search(text)
    if then and (mark := _read(folded[: then.start()], strict=strict)) and mark.kind == "pause":
        return replace(mark, rest=text[then.start() :].lstrip(" ,;."))
    return None


def times_in(text: str) -> list[str]:
    """The times with a unit, and the numbers of breaths, that a text says."""
    plain = _plain(text).casefold()
    found: list[str] = []
    while len(found) < 3:
        counted = _BREATH_COUNT.search(plain)
        match = counted or next((one for one in _SPOKEN_TIME.finditer(plain) if _is_time(one)), None)
        if match is None:
            break
        found.append(f"{match[0]} pause" if counted else match[0])
        plain = _without(plain, match)
    return found


def _is_time(match: re.Match[str]) -> bool:
    return bool(match["clock"] or match["unit"] or match["unit2"])


def _plain(inner: str) -> str:
    text = " ".join(inner.translate(_QUOTES).split()).strip(" .!:…-–—*_~")
    return _FRACTION.sub(_decimal, text)


def _decimal(match: re.Match[str]) -> str:
    """``1½`` and ``1 1/2`` as ``1.5``."""
    part = unicodedata.numeric(match["sign"]) if match["sign"] else int(match["over"]) / int(match["under"])
    return f"{int(match['whole'] or 0) + part:.3f}".rstrip("0").rstrip(".")


def _read(text: str, *, strict: bool) -> SpokenMark | None:
    time, rest = _breaths(text) or _time(text)
    words = _split(rest)
    if time is not None and time.seconds > LONGEST_SESSION:
        return None
    if breath := _breath(words, time):
        return breath
    if sound := _sound(text):
        return sound
    if words[:1] and words[0] in WORDS.hold and set(words[1:]) <= _BESIDES | {"it", "breath", "your"}:
        return _hold(time, strict=strict)
    if not words:
        if time is None or time.why:  # a bare number is ambiguous
            return None
        return SpokenMark("pause", time.length, time.seconds, "taken for a pause" if strict else "", sure=False)
    return _pause(words, time, strict=strict)


_BESIDES = WORDS.fillers | WORDS.silent | WORDS.pause


def _pause(words: list[str], time: _Time | None, *, strict: bool) -> SpokenMark | None:
    named = set(words)
    strong, silent = named & WORDS.pause, named & (WORDS.pause | WORDS.silent)
    beside = WORDS.breaths | WORDS.breath_fillers if named & WORDS.breaths else frozenset()
    if not silent or not named <= _BESIDES | set(WORDS.lengths) | beside:
        return None
    if time is not None:
        return SpokenMark("pause", time.length, time.seconds, time.why, sure=bool(strong))
    if strict and not strong:
        return None
    seconds = max((WORDS.lengths[word] for word in words if word in WORDS.lengths), default=PAUSE)
    if named & WORDS.breaths:
        seconds = _BREATHS
    if named & {word for word, factor in WORDS.units.items() if factor == 60} and not named & set(WORDS.lengths):
        seconds = Fraction(60)
    return SpokenMark("pause", f"~{format_duration(seconds)}", seconds, "the length is ours", sure=bool(strong))


def _hold(time: _Time | None, *, strict: bool) -> SpokenMark | None:
    if time is None:
        return None if strict else SpokenMark("hold", f"~{format_duration(HOLD)}", HOLD, "the length is ours")
    return SpokenMark("hold", time.length, time.seconds, time.why) if time.seconds else None


def _breath(words: list[str], time: _Time | None) -> SpokenMark | None:
    kind: MarkKind
    for kind, names in (("in", WORDS.breathe_in), ("out", WORDS.breathe_out)):
        for count in (1, 2, 3):
            if time is None and words[:1] in _OF_THE_SPEAKER:
                return None
            if " ".join(words[:count]) in names and set(words[count:]) <= WORDS.fillers | WORDS.breath_fillers:
                if time is None:
                    return SpokenMark(kind, "~4s", Fraction(4), "the length is ours", sure=False)
                return SpokenMark(kind, time.length, time.seconds, time.why) if time.seconds else None
    return None


def _sound(text: str) -> SpokenMark | None:
    """A sound of the library, alone or so many times: ``ring the bell three times``, ``3x bel``."""
    repeated = _TIMES.search(text)
    number = next((one for one in repeated.groups() if one), "") if repeated else ""
    times = int(_number(_ONCE.get(number, number))) if number else 1
    words = _split(_without(text, repeated) if repeated else text)
    named = [word for word in words if word in WORDS.sounds]
    if not named or not set(words) <= WORDS.sound_fillers | set(WORDS.sounds) or not 0 < times <= MOST_STRIKES:
        return None
    name = next((WORDS.sounds[word] for word in named if WORDS.sounds[word]), "")
    sound = f"{name} x{times}".strip() if times > 1 else name
    return SpokenMark("chime", why="the nearest sound of the library", sound=sound)


def _split(text: str) -> list[str]:
    return [word.strip("'") for word in _SPLIT.split(text) if word.strip("'")]


def _breaths(text: str) -> tuple[_Time, str] | None:
    """A number of breaths as a time, and the text without it."""
    match = _BREATH_COUNT.search(text)
    if not match or not WORDS.lengths.keys().isdisjoint(match[0].split()):
        return None
    seconds = _number(match["number"]) * BREATH
    return _Time(f"~{format_duration(seconds)}", seconds, f"a breath is {float(BREATH):g} s"), _without(text, match)


def _time(text: str) -> tuple[_Time | None, str]:
    """The first time in a text, and the text without it."""
    if match := _COMPOUND.search(text):
        seconds = Fraction(int(match[1]) * 60 + int(match[2]))
        return _Time(format_duration(seconds), seconds, ""), _without(text, match)
    match = next(filter(_counts, _SPOKEN_TIME.finditer(text)), None)
    if not match:
        return None, text
    if match["clock"]:
        seconds = Fraction(0)
        for part in match["clock"].split(":"):
            seconds = seconds * 60 + int(part)
        return _Time(format_duration(seconds), seconds, ""), _without(text, match)
    if match["low"]:
        low, why = _seconds(match["low"], match["unit1"] or match["unit2"])
        high, _ = _seconds(match["high"], match["unit2"] or match["unit1"])
        low, high = sorted((low, high))
        if high > LONGEST_SESSION:
            return None, text
        length = f"{format_duration(low)}..{format_duration(high)}" if low < high else format_duration(low)
        return _Time(length, (low + high) / 2, why), _without(text, match)
    seconds, why = _seconds(match["number"], match["unit"])
    return _Time(format_duration(seconds), seconds, why), _without(text, match)


def _counts(match: re.Match[str]) -> bool:
    """Whether a number is one of a time: a number in words has a unit."""
    written = match["low"] or match["number"]
    return not written or written[0].isdigit() or bool(match["unit"] or match["unit2"])


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _number(text: str) -> Fraction:
    folded = " ".join(text.split())
    return Fraction(WORDS.numbers[folded]) if folded in WORDS.numbers else Fraction(folded.replace(",", "."))


def _seconds(number: str, unit: str | None) -> tuple[Fraction, str]:
    value = _number(number)
    if not unit:
        return without_unit(value)
    if unit.startswith(("'", '"')):
        return (value * 60 if unit == "'" else value), ""
    return value * WORDS.units[" ".join(unit.split())], ""
