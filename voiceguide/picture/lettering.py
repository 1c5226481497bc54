"""Text as pixels: the font, rows that fit a width, and which texts the font has letters for."""

from __future__ import annotations

import functools
import importlib.util
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

EXTRA = "video"
"""The extra that brings a font with Latin, Greek and Cyrillic letters; without it there is one with ASCII only."""

_WHEEL, _FILE = "font_source_sans_pro", "files/SourceSansPro-Regular.ttf"
_NO_LETTER = "\uffff"
_PLAIN = str.maketrans({"\u2011": "-", "\u2212": "-", "\u00a0": " ", "\u202f": " "})


def has_font() -> bool:
    """Whether the font of the extra is installed."""
    return _font_file() is not None


@functools.cache
def _font_file() -> Path | None:
    found = importlib.util.find_spec(_WHEEL)
    folders = (found.submodule_search_locations or ()) if found else ()
    return next((path for folder in folders if (path := Path(folder) / _FILE).is_file()), None)


@functools.lru_cache(maxsize=16)
def font(size: int) -> FreeTypeFont:
    """The font at so many pixels, laid out letter by letter: the same on every machine."""
    from PIL import ImageFont

    file = _font_file()
    if file is not None:
        return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)
    made = ImageFont.load_default(size)
    assert isinstance(made, ImageFont.FreeTypeFont)  # it is, where Pillow has FreeType, as all its wheels have
    return made


def plain(text: str) -> str:
    """The text on one line, with the hyphens and spaces that fonts have."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_PLAIN).split())


def letterable(text: str) -> bool:
    """Whether the font has a shape of its own for every character; a missing one is drawn as an empty box."""
    return all(map(_has, set(plain(text))))


@functools.lru_cache(maxsize=4_096)
def _has(sign: str) -> bool:
    probe = font(32)
    return sign == " " or (
        unicodedata.category(sign)[0] != "C" and bytes(probe.getmask(sign)) != bytes(probe.getmask(_NO_LETTER))
    )


def rows_of(text: str, size: int, width: int, most: int) -> tuple[int, list[str]]:
    """The text in rows of ``width`` pixels, ``most`` at most, and the size at which it fits: the given one, or one
    that is smaller by as little as need be. What does not fit at half the size is cut off with an ellipsis."""
    words = plain(text).split()
    for smaller in range(size, size // 2 - 1, -2):
        rows = _wrapped(words, smaller, width)
        if len(rows) <= most:
            return smaller, rows
    rows = rows[:most]
    while rows[-1] and font(smaller).getlength(f"{rows[-1]}…") > width:
        rows[-1] = rows[-1][:-1]
    return smaller, [*rows[:-1], f"{rows[-1].rstrip()}…"]


def _wrapped(words: list[str], size: int, width: int) -> list[str]:
    letters, rows = font(size), list[str]()
    for word in words:
        if rows and letters.getlength(f"{rows[-1]} {word}") <= width:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return rows
