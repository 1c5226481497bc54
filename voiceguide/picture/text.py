"""Text of a picture: how much room it takes, and how it is cut to fit."""

from __future__ import annotations

import unicodedata

_WIDTHS = {
    char: width
    for width, chars in (
        (0.28, "'ijl"), (0.3, "IJ"), (0.32, " ,.·‘’"), (0.34, "/:;\\|"), (0.36, "f-"), (0.4, "()[]rt!ľ"), (0.47, '"'),
        (0.5, "*_`°–"), (0.53, "sz?¿„“”"), (0.56, "cL"), (0.6, "FkTvxyP"), (0.62, "aeoY«»"),
        (0.64, "EhnuSbdgpqß{}£¤¥µ0123456789"), (0.7, "BCKRVX"), (0.71, "A"), (0.75, "NUH"), (0.79, "DGOQ&"),
        (0.84, "w#+<=>^~×÷−→"), (0.87, "M"), (0.98, "%m"), (1.03, "W@…—œæ"),
    )
    for char in chars
}  # fmt: skip
"""How wide characters are, in sizes of the font, rounded up."""

_WIDE, _OTHER = 1.15, 1.08  # of Chinese, Japanese and Korean characters, and of any that is in no row


def clean(text: str) -> str:
    """``text`` on one line, without the characters that XML forbids."""
    odd = ("Cc", "Cs", "Zl", "Zp")
    kept = (" " if unicodedata.category(c) in odd or c in "\ufffe\uffff" else c for c in text)
    return " ".join("".join(kept).split())


def advance(char: str) -> float:
    """Inches that a character takes for each point of size, in DejaVu Sans, the font of the pictures.

    An accented letter is as wide as its letter; what is in no row of the table counts as wide as the widest may be, so
    that a text never takes more room than is thought.
    """
    base = unicodedata.normalize("NFD", char)[0]
    if known := _WIDTHS.get(char, _WIDTHS.get(base)):
        return known / 72
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    return (_WIDE if unicodedata.east_asian_width(char) in "WF" else _OTHER) / 72


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


def width(text: str, size: float) -> float:
    """Inches that a text of ``size`` points takes on one line."""
    return sum(map(advance, text)) * size
