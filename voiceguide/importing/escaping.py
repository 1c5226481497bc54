"""Escapes text for the script language: whatever has a meaning there gets a backslash."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[\\\[\]{}*_`]")
_COMMENT = re.compile(r"<(?=!--)")
_STARTS = re.compile(r"[#>=]|--|~~~|[-+]$")
_NUMBER = re.compile(r"([0-9]{1,9})([.)])")


def escaped(text: str) -> str:
    """The text with brackets, braces, stars, underscores, backticks, backslashes and comment marks escaped."""
    return _COMMENT.sub(r"<\\", _MARKS.sub(r"\\\g<0>", text))


def escaped_start(word: str) -> str:
    """The first word of a line, escaped already, so that it starts no heading, note, list, rule or code block."""
    if number := _NUMBER.fullmatch(word):
        return f"{number[1]}\\{number[2]}"
    return f"\\{word}" if _STARTS.match(word) else word


def escaped_title(text: str) -> str:
    """A heading's words on one line. A ``#`` at its end is escaped, since Markdown would drop it."""
    return escaped(" ".join(text.split())).replace("#", "\\#")


def comment(text: str) -> str:
    """A one-line comment of the script with these words."""
    return f"<!-- {re.sub('-(?=-)', '- ', ' '.join(text.split()))} -->"


def quoted(name: str) -> str:
    """A file's or voice's name, quoted for a cue if needed. Raises ValueError for one that no cue can hold."""
    if re.search(r'["\[\]{}\\\n]', name):
        raise ValueError(name)
    return f'"{name}"' if re.search(r"[\s,;]", name) else name
