"""Cleans text of scripts and packs for the files of other programs: no control or bidirectional characters."""

from __future__ import annotations

import unicodedata

from voiceguide.errors import TURNS_TEXT_AROUND

_NO_CHARACTER = "\ufffd"


def one_line(text: str) -> str:
    """``text`` in one line, without spaces around it. Characters that XML and iCalendar forbid become U+FFFD."""
    return " ".join(_held(text).split())


def paragraphs(text: str) -> str:
    """``text`` with its line ends as ``\\n``, otherwise as :func:`one_line`; no empty lines around it."""
    return "\n".join(" ".join(row.split()) for row in _held(text).split("\n")).strip("\n")


def _held(text: str) -> str:
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c if _can_be_held(c) else _NO_CHARACTER for c in unix if c not in TURNS_TEXT_AROUND)


def _can_be_held(c: str) -> bool:
    """Whether XML 1.0 has the character: no control but tab and line end, no half of a pair, no U+FFFE and the like."""
    return c in "\t\n" or not (unicodedata.category(c) in ("Cc", "Cs") or ord(c) & 0xFFFE == 0xFFFE)
