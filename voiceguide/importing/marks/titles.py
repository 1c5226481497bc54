"""Titles without a heading's mark: bold words alone, a line in capitals, ``1. Shoulders`` above a paragraph."""

from __future__ import annotations

import re

from voiceguide.importing.marks.directions import addresses, bare_mark, not_for_listeners
from voiceguide.importing.marks.tables import listed
from voiceguide.importing.marks.words import WORDS
from voiceguide.script.blocks import Block

_MOST_WORDS = 8
_BOLD = re.compile(r"(\*\*|__)(?!\s)([^*_]{2,80})(?<!\s)\1")
_NUMBERED = re.compile(r"(?:\([0-9]{1,2}\)|(?:[0-9]{1,2}|[IVX]{1,4})[.)])\s+(?P<words>\S.*)")
_PART = re.compile(r"(?P<part>[^\W\d_]+)\s+(?:[0-9]{1,2}|[IVX]{1,4})(?![\w.,])")
_PARTS = listed(
    "part step stage phase exercise chapter section round schritt teil stufe übung étape partie exercice paso etapa "
    "parte fase ejercicio passo esercizio passaggio exercício stap deel oefening"
)
_ASIDE = re.compile(r"\([^()]*\)")
_ENDS = ".!?…,;:"


def bold_title(line: str) -> str:
    """The words of a line that is bold and nothing else; empty if they could be something to say."""
    match = _BOLD.fullmatch(line.strip())
    title = match[2].rstrip(":") if match else ""
    plain = not re.search(r"[.!?…,;:\[\](){}<>]", title) and len(title.split()) <= _MOST_WORDS
    return title if plain and _names_a_part(title) else ""


def capital_title(line: str, below: str, *, first: bool) -> str:
    """A line in capitals, but for what is in brackets; ``first`` of the text, or right above the words of its part."""
    title = line.strip()
    bare = " ".join(_ASIDE.sub(" ", title).split())
    if (
        not bare.isupper()
        or len(bare.split()) > _MOST_WORDS
        or bare[-1] in ".!…,;:)]>"
        or re.search(r"[\[<{*_]", title)
    ):
        return ""
    if not first:
        commands = WORDS.pause | WORDS.silent | WORDS.hold | WORDS.breathe_in | WORDS.breathe_out
        above = below.strip() and not below.isupper() and len(bare) > 1
        if not above or not commands.isdisjoint(bare.casefold().split()):
            return ""
    elif len(bare.split()) < 2:
        return ""
    return title if _names_a_part(title) else ""


def numbered_title(block: Block, before: Block | None, after: Block | None) -> str:
    """``1. Shoulders``, ``(2) Jaw`` or ``Step 3 – Face`` alone in a paragraph, above another one."""
    if after is None or after.kind != "paragraph" or len(block.lines) != 1 or after.bullet:
        return ""
    if block.bullet and before is not None and before.bullet and len(before.lines) == 1:
        return ""
    line = f"{block.bullet} {block.lines[0].chars.strip()}".strip()
    numbered, part = _NUMBERED.fullmatch(line), _PART.match(line)
    if not numbered and not (part and part["part"].casefold() in _PARTS):
        return ""
    words = _ASIDE.sub("", numbered["words"] if numbered else line).strip()
    short = 0 < len(words.split()) <= _MOST_WORDS and words[-1] not in _ENDS and not re.search(r"[\[<{*_]", line)
    return line if short and words[0].isupper() and _names_a_part(words) else ""


def _names_a_part(title: str) -> bool:
    said = addresses(title) or bare_mark(title) or not_for_listeners(title)
    return any(char.isalpha() for char in title) and not said
