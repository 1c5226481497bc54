"""Escapes text for the script language: whatever has a meaning there gets a backslash."""

from __future__ import annotations

import re

_SLOT = re.compile("\ue000([\\w-]+)\ue001")
_MARKS = re.compile(
    r"[\\\[\]{}*_`]|~(?=~)|(?<=~)~|=(?==)|(?<==)=|<(?=[A-Za-z/?]|!(?!--))|(?<=<)!(?=--)|&(?=#?\w{1,32};)"
)
_STARTS = re.compile(r"[#>=|]|--|~~~|[-+•]$|:-|\\[~=]")
_NUMBER = re.compile(r"([0-9]{1,9})([.)])")


def slot(name: str) -> str:
    """The variable ``{name}`` among words that are still to be escaped."""
    return f"\ue000{name}\ue001"


def without_slots(text: str) -> str:
    """A source's text without the two characters that stand for the braces of a variable."""
    return text.replace("\ue000", "").replace("\ue001", "")


def escaped(text: str) -> str:
    """The text with every character escaped that would be Markdown, HTML, a cue or a variable."""
    parts = _SLOT.split(text)
    return "".join(f"{{{part}}}" if index % 2 else _MARKS.sub(r"\\\g<0>", part) for index, part in enumerate(parts))


def escaped_start(word: str) -> str:
    """The first word of a line, escaped already, so that it starts no heading, note, list, rule, table or code."""
    if number := _NUMBER.fullmatch(word):
        return f"{number[1]}\\{number[2]}"
    if word.startswith("\\"):
        return word
    return f"\\{word}" if _STARTS.match(word) else word


def escaped_title(text: str) -> str:
    """A heading's words on one line. A ``#`` at its end is escaped, since Markdown would drop it."""
    return escaped(" ".join(text.split())).replace("#", "\\#")


def comment(text: str) -> str:
    """A one-line comment of the script with these words."""
    plain = _SLOT.sub(r"{\1}", " ".join(text.split()))
    return f"<!-- {re.sub('-(?=-)', '- ', plain)} -->"


def quoted(name: str) -> str:
    """A file's or voice's name, quoted for a cue if needed. Raises ValueError for one that no cue can hold."""
    if re.search(r'["\[\]{}\\\n]', name):
        raise ValueError(name)
    return f'"{name}"' if re.search(r"[\s,;]", name) else name
