"""Text of a picture: how much room it takes, and how it is cut to fit."""

from __future__ import annotations

import unicodedata
from functools import cache


def clean(text: str) -> str:
    """``text`` on one line, without the characters that XML forbids."""
    odd = ("Cc", "Cs", "Zl", "Zp")
    kept = (" " if unicodedata.category(c) in odd or c in "\ufffe\uffff" else c for c in text)
    return " ".join("".join(kept).split())


@cache
def advance(char: str) -> float:
    """Inches that a character takes for each point of size, measured between two others, since a blank has no
    outline."""
    from matplotlib.textpath import TextPath

    with_it, without = (TextPath((0, 0), text, size=50).get_extents().width for text in (f"n{char * 8}n", "nn"))
    return max(0.0, with_it - without) / (8 * 50 * 72)


def reach(text: str, size: float, room: float) -> int:
    """How many of the characters fit into ``room`` inches."""
    width = 0.0
    for count, char in enumerate(text):
        width += advance(char) * size
        if width > room:
            return count
    return len(text)


def shortened(text: str, size: float, room: float) -> str:
    """``text``, with an ellipsis where it had to be cut; empty when less than three characters would be left."""
    if reach(text, size, room) == len(text):
        return text
    kept = text[: reach(text, size, room - advance("…") * size)].rstrip(" ,.;:−")
    return f"{kept}…" if len(kept) >= 3 else ""


def wrapped(text: str, size: float, room: float, most: int) -> list[str]:
    """``text`` in at most ``most`` lines. Between wide characters (Chinese, Japanese) a line may end anywhere."""
    lines: list[str] = []
    while text:
        count = reach(text, size, room)
        cut = text.rfind(" ", 0, count + 1)
        if cut <= 0 and 0 < count < len(text) and unicodedata.east_asian_width(text[count]) in "WF":
            cut = count
        if count == len(text) or cut <= 0 or len(lines) == most - 1:
            lines.append(shortened(text, size, room))
            break
        lines.append(text[:cut])
        text = text[cut:].lstrip()
    return lines
