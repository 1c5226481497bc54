"""Subtitles (SubRip and WebVTT) as text with pause marks: the time between two of them is the pause."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from fractions import Fraction

from voiceguide.importing.marks.words import read_mark

_TIMES = re.compile(r"\s*((?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3})\s*-->\s*((?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3})")
_TAGS = re.compile(r"<[^<>]{0,200}>|\{\\[^{}]{0,200}\}")
_ENDS = re.compile(r"[.!?…:;][\"”’')\]]*$")
_SPEAKER = re.compile(r"(?:[-–—](?=\s?[^\W\d])|>>+)\s*")
_NAME = re.compile(r"([^\W\d_a-z][^\Wa-z]*(?: [^\Wa-z]+){0,2}):\s+(?=\S)")
_NOTES = "♪♫♬#"
_CREDIT = re.compile(
    r"(?:subtitles?|captions?|transcri\w+|untertitel\w*|sous-titr\w+|subtítulos|sottotitoli|legendas|ondertitel\w*)\b"
    r".{0,40}?\b(?:by|von|im|par|por|di|cura|door)\b",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\[([^\[\]]*)\]")
_BRACKETS = str.maketrans("[]", "()")
_SHORTEST = Fraction(1, 4)  # seconds; less lies between any two subtitles
_WITHIN = Fraction(3, 2)  # seconds; so much may lie inside a sentence that goes on in the next subtitle


@dataclass(frozen=True, slots=True)
class _Subtitle:
    start: Fraction
    end: Fraction
    words: str


def read_subtitles(text: str) -> str:
    """The words of subtitles, a paragraph for each sentence or more, and between them ``[pause 2.345s]``."""
    found = [one for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")) if (one := _subtitle(block))]
    parts: list[str] = []
    end: Fraction | None = None
    for one in found:
        gap = one.start - end if end is not None else Fraction(0)
        if _is_remark(one.words):  # nobody speaks meanwhile, so its time is part of the pause
            parts.append(one.words)
            continue
        goes_on = bool(parts) and not _BRACKETED.fullmatch(parts[-1]) and not _ENDS.search(parts[-1])
        if parts and goes_on and gap <= _WITHIN:
            parts[-1] += f" {one.words}"
        else:
            if gap >= _SHORTEST:
                parts.append(f"[pause {_seconds(gap)}s]")
            parts.append(one.words)
        end = max(end, one.end) if end is not None else one.end
    return "\n\n".join(parts) + "\n"


def _is_remark(words: str) -> bool:
    """Whether a subtitle tells of music or a noise, and is no mark that can be heard."""
    bracketed = _BRACKETED.fullmatch(words)
    return bracketed is not None and read_mark(bracketed[1], strict=False) is None


def _subtitle(block: str) -> _Subtitle | None:
    """A block with times; None for notes, styles, the head, and subtitles without words."""
    lines = block.split("\n")
    for number, line in enumerate(lines[:3]):
        if times := _TIMES.match(line):
            words = " ".join(filter(None, map(_heard, lines[number + 1 :])))
            if _CREDIT.match(words):
                words = f"[{words.translate(_BRACKETS)}]"
            return _Subtitle(_time(times[1]), _time(times[2]), words) if words else None
    return None


def _heard(line: str) -> str:
    """A line without its tags and the sign of whoever speaks; music and songs in brackets, as sounds are."""
    words = " ".join(html.unescape(_TAGS.sub("", line)).split())
    words = _SPEAKER.sub("", words)
    if named := _NAME.match(words):
        words = f"[{named[1]}:] {words[named.end() :]}"
    if words.startswith(tuple(_NOTES)):
        return f"[{words.strip(_NOTES + ' ').translate(_BRACKETS) or 'music'}]"
    return words


def _time(text: str) -> Fraction:
    """``1:02:03,5`` or ``02:03.500`` in seconds."""
    seconds = Fraction(0)
    for part in text.replace(",", ".").split(":"):
        seconds = seconds * 60 + Fraction(part)
    return seconds


def _seconds(duration: Fraction) -> str:
    return f"{float(duration):.3f}".rstrip("0").rstrip(".")
