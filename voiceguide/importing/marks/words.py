"""Reads the words in brackets of scripts for people: ``pause 5 seconds``, ``short pause``, ``breathe in 4``,
``bell``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from voiceguide.importing.quantities import without_unit
from voiceguide.units import LONGEST_SESSION, format_duration

MarkKind = Literal["pause", "hold", "in", "out", "chime", "stamp"]


def _listed(words: str) -> list[str]:
    return words.split()


PAUSE = Fraction(3)
"""Seconds of a pause without a length."""

HOLD = Fraction(5)
"""Seconds of a hold without a length."""

_LENGTHS = {
    "beat": Fraction(1),
    "short": Fraction(3, 2),
    "brief": Fraction(3, 2),
    "briefly": Fraction(3, 2),
    "quick": Fraction(3, 2),
    "little": Fraction(3, 2),
    "small": Fraction(3, 2),
    "moment": Fraction(3),
    "medium": Fraction(3),
    "few": Fraction(4),
    "breath": Fraction(5),
    "breaths": Fraction(15),
    "long": Fraction(6),
    "longer": Fraction(8),
    "extended": Fraction(10),
    "minute": Fraction(60),
}
_NUMBERS = {
    word: number
    for number, word in enumerate(
        _listed("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen")
    )
} | {
    "a": 1,
    "an": 1,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "sixty": 60,
    "half a": 0.5,
    "half": 0.5,
}
_SILENT_WORDS = frozenset(
    _listed("pause pauses pausing silence silent wait waits rest break beat stop stillness slnc silently quiet quietly")
)
_FILLERS = frozenset(
    _listed(
        "for of about approximately approx around here now the a an in to at this and then please just count counts "
        "second seconds sec secs hold take long"
    )
)
_AMOUNT = r"[0-9]{1,6}(?:[.,][0-9]{1,3})?"
_WORDY = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))
_UNIT = r"milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|h|counts?|beats?|[\"″]"
_SPOKEN_TIME = re.compile(
    rf"(?<![\w.])(?:(?P<clock>[0-9]{{1,3}}:[0-5][0-9])(?![\w:])"
    rf"|(?P<low>{_AMOUNT})\s*(?:-|–|—|to|\.\.)\s*(?P<high>{_AMOUNT})\s*-?\s*(?P<unit2>{_UNIT})?(?!\w)"
    rf"|(?P<number>{_AMOUNT}|(?:{_WORDY})(?=[\s-]))\s*-?\s*(?P<unit>{_UNIT})?(?!\w))",
    re.IGNORECASE,
)
_COMPOUND = re.compile(
    r"([0-9]+)\s*(?:minutes?|mins?|m)\s*(?:and\s*)?([0-9]+)\s*(?:seconds?|secs?|s)(?!\w)", re.IGNORECASE
)
_SOUNDS = {
    "bell": "bell",
    "chime": "",
    "chimes": "",
    "gong": "gong",
    "bowl": "bowl",
    "tingsha": "tingsha",
    "ding": "bell",
}
_BREATH_WORDS = frozenset(_listed("out breath deep deeply slowly your through nose mouth"))
_SOUND_WORDS = frozenset(
    _listed("ring rings ringing sound sounds singing strike strikes struck plays play the a once soft softly tibetan")
)


@dataclass(frozen=True, slots=True)
class SpokenMark:
    """``length`` in the form of a cue (``5s``, ``3s..5s``, ``~3s``), ``seconds`` its natural value (0: none given).

    ``why`` says what was assumed; empty if the mark is complete.
    """

    kind: MarkKind
    length: str = ""
    seconds: Fraction = Fraction(0)
    why: str = ""
    sound: str = ""


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
    text = " ".join(inner.casefold().replace("’", "'").split()).strip(" .!:…-–—*_")
    if re.fullmatch(r"[0-9]{1,3}:[0-5][0-9](?::[0-5][0-9])?(?:\s*(?:-|–|—|to)\s*[0-9]{1,3}:[0-5][0-9])?", text):
        return SpokenMark("stamp")
    time, rest = _time(text)
    words = [word for word in re.split(r"[\s:,;=()\"'/.…–—-]+", rest) if word]
    if time is not None and time.seconds > LONGEST_SESSION:
        return None
    if breath := _breath(words, time):
        return breath
    if sound := _sound(words, time):
        return sound
    if words[:1] == ["hold"] and set(words[1:]) <= _FILLERS | _SILENT_WORDS | {"it", "breath", "your"}:
        return _hold(time, strict=strict)
    if not words:
        if time is None or time.why:  # a bare number is ambiguous
            return None
        return SpokenMark("pause", time.length, time.seconds, "taken for a pause" if strict else "")
    return _pause(words, time, strict=strict)


def _pause(words: list[str], time: _Time | None, *, strict: bool) -> SpokenMark | None:
    silent = [word for word in words if word in _SILENT_WORDS]
    if not silent or not set(words) <= _SILENT_WORDS | _FILLERS | set(_LENGTHS):
        return None
    if time is not None:
        return SpokenMark("pause", time.length, time.seconds, time.why)
    if strict and silent[0] not in ("pause", "pauses", "pausing", "silence", "beat", "slnc"):
        return None
    seconds = max((_LENGTHS[word] for word in words if word in _LENGTHS), default=PAUSE)
    return SpokenMark("pause", f"~{format_duration(seconds)}", seconds, "the length is ours")


def _hold(time: _Time | None, *, strict: bool) -> SpokenMark | None:
    if time is None:
        return None if strict else SpokenMark("hold", f"~{format_duration(HOLD)}", HOLD, "the length is ours")
    return SpokenMark("hold", time.length, time.seconds, time.why) if time.seconds else None


def _breath(words: list[str], time: _Time | None) -> SpokenMark | None:
    if not words or not set(words[1:]) <= _FILLERS | _BREATH_WORDS:
        return None
    first = words[0]
    if first in ("inhale", "inhales", "exhale", "exhales"):
        kind: MarkKind = "in" if first.startswith("in") else "out"
    elif first in ("breathe", "breath") and len(words) > 1 and words[1] in ("in", "out"):
        kind = "in" if words[1] == "in" else "out"
    else:
        return None
    if time is None:
        return SpokenMark(kind, "~4s", Fraction(4), "the length is ours")
    return SpokenMark(kind, time.length, time.seconds, time.why) if time.seconds else None


def _sound(words: list[str], time: _Time | None) -> SpokenMark | None:
    named = [word for word in words if word in _SOUNDS]
    if time is not None or not named or not set(words) <= _SOUND_WORDS | set(_SOUNDS):
        return None
    name = next((_SOUNDS[word] for word in named if _SOUNDS[word]), "")
    return SpokenMark("chime", why="the nearest sound of the library", sound=name)


def _time(text: str) -> tuple[_Time | None, str]:
    """The first time in a text, and the text without it."""
    if match := _COMPOUND.search(text):
        seconds = Fraction(int(match[1]) * 60 + int(match[2]))
        return _Time(format_duration(seconds), seconds, ""), _without(text, match)
    match = _SPOKEN_TIME.search(text)
    if not match:
        return None, text
    if match["clock"]:
        minutes, _, rest = match["clock"].partition(":")
        seconds = Fraction(int(minutes) * 60 + int(rest))
        return _Time(format_duration(seconds), seconds, ""), _without(text, match)
    if match["low"]:
        low, why = _seconds(match["low"], match["unit2"])
        high, _ = _seconds(match["high"], match["unit2"])
        low, high = sorted((low, high))
        if high > LONGEST_SESSION:
            return None, text
        return _Time(f"{format_duration(low)}..{format_duration(high)}", (low + high) / 2, why), _without(text, match)
    wordy = match["number"] in _NUMBERS
    if wordy and not match["unit"]:
        return None, text
    seconds, why = _seconds(match["number"], match["unit"])
    return _Time(format_duration(seconds), seconds, why), _without(text, match)


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _seconds(number: str, unit: str | None) -> tuple[Fraction, str]:
    value = Fraction(_NUMBERS[number]) if number in _NUMBERS else Fraction(number.replace(",", "."))
    if not unit:
        return without_unit(value)
    if unit.startswith(("ms", "milli")):
        return value / 1000, ""
    if unit.startswith("h"):
        return value * 3600, ""
    return (value * 60 if unit.startswith("m") else value), ""
