"""Characters that stand for others: digits of other scripts, fractions in one character, hidden characters."""

from __future__ import annotations

import re
import unicodedata

_HIDDEN = re.compile("[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HYPHENS = re.compile("[\u2010\u2011]")
_MINUS = re.compile("\u2212")
_SLASH = re.compile("[\u2044\u2215]")
_SPACE_BY_DIGIT = re.compile(
    "(?<=[0-9])[\u00a0\u2007\u2009](?![0-9]{3}(?![0-9]))|[\u00a0\u202f\u2009](?=[0-9])(?<![0-9].)"
)
_RAISED = "[\u00b9\u2070\u2074-\u2079]+"
_FOOTNOTE = re.compile(rf"(?<![^\s]){_RAISED}(?=\s?[^\W\d_ºª])|(?:(?<=[^\W\d_]{{3}})|(?<=[.!?…”])){_RAISED}")
_KEYCAP = re.compile("([0-9#*])\ufe0f?\u20e3")
_THIN = re.compile(r"(?<=/[0-9])\u2009(?!\w)|(?<=/[0-9]{2})\u2009(?!\w)")


def plain_characters(text: str) -> str:
    """The text with ASCII digits only, ``½`` as ``1/2``, ``Ⅳ`` as ``IV``, and without characters that nobody sees."""
    text = text.replace("_", " ")
    if text.isascii():
        return text
    text = _FOOTNOTE.sub("", text)
    text = _HIDDEN.sub("", _KEYCAP.sub(r"\1", text))
    text = _SLASH.sub("/", _MINUS.sub("-", _HYPHENS.sub("-", text)))
    parts: list[str] = []
    for char in text:
        parts.append(char if char.isascii() or not char.isnumeric() else _figure(char, parts))
    return _SPACE_BY_DIGIT.sub(" ", _THIN.sub("", "".join(parts)))


def _figure(char: str, before: list[str]) -> str:
    """A numeric character in ASCII; ``²`` and signs that are also words of a language stay."""
    if char in "²³" or unicodedata.category(char) == "Lo":
        return char
    apart = " " if before and before[-1][-1:].isdigit() else ""
    plain = unicodedata.normalize("NFKC", char).replace("\u2044", "/")
    if unicodedata.category(char) == "No" and "/" in plain:
        return f"{apart}{plain}\u2009"
    if re.fullmatch(r"[0-9]+", plain) or (plain.isascii() and plain.isalpha()):
        return plain
    value = unicodedata.numeric(char, -1.0)
    return f"{apart}{int(value)}" if value >= 0 and value == int(value) else " "
