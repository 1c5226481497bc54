"""Where one sentence ends and the next begins."""

from __future__ import annotations

import re

from voiceguide.errors import Diagnostic
from voiceguide.routine import Slot, Template
from voiceguide.script.inline import SLOT, Words
from voiceguide.script.text import Text

# Starts at a run's first stop and gives nothing back, so that the time stays in proportion to the text.
_END = re.compile(r"(?:(?<![.!?…])[.!?…]++(?:[\"'”“’»)\]]|\s»)*+(?=\s|$)|[。！？]+[”』」）]*|।)")
LONGEST_SENTENCE = 5000
"""Characters; five minutes in one breath, and more than any voice says well."""

_VISIBLE = re.compile(r"\S")
_ABBREVIATIONS = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "st",
        "vs",
        "etc",
        "cf",
        "ca",
        "approx",
        "e.g",
        "i.e",
        "a.m",
        "p.m",
        "bzw",
        "z.b",
        "d.h",
        "u.a",
        "ggf",
        "evtl",
        "usw",
        "sr",
        "sra",
    ]
)
_BEFORE_A_NUMBER = frozenset(["no", "nos", "vol", "fig", "p", "pp", "nr"])  # 'no. 5', but 'say no. Then …'


def _ends(chars: str, match: re.Match[str]) -> bool:
    """Whether the stop that ``match`` found ends a sentence, and not an abbreviation or an initial."""
    found = _VISIBLE.search(chars, match.end())
    if not found or match[0][0] in "!?。！？।":
        return True
    following = found[0]
    if following.islower():
        return False
    if not match[0].startswith("."):
        return True
    word = re.split(r"[\s(\"'“‘«]", chars[max(0, match.start() - 20) : match.start()])[-1]
    if re.fullmatch(r"[^\W\d_]", word) and word != "I":  # an initial, or German 'z. B.'
        return False
    if word.casefold() in _BEFORE_A_NUMBER:
        return not following.isdigit()
    return word.casefold() not in _ABBREVIATIONS


def split_sentences(text: Text) -> list[Text]:
    """The sentences, stripped; empty ones left out."""
    parts: list[Text] = []
    start = 0
    for match in _END.finditer(text.chars):
        if _ends(text.chars, match):
            parts.append(text.slice(start, match.end()).strip())
            start = match.end()
    parts.append(text.slice(start, len(text)).strip())
    return [part for part in parts if len(part)]


def template(words: Words, sentence: Text) -> Template:
    """The sentence as it is spoken, white space folded, with its slots."""
    parts: list[str | Slot] = []
    start = 0
    for match in re.finditer(SLOT, sentence.chars):
        if slot := words.slots.get(sentence.offsets[match.start()]):
            parts += [_folded(sentence.chars[start : match.start()]), slot]
            start = match.end()
    parts.append(_folded(sentence.chars[start:]))
    return tuple(part for part in parts if part != "")


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def problem_of(words: Words, sentence: Text) -> Diagnostic | None:
    """Why a sentence cannot be spoken: there is nothing in it that a voice could say, or far too much."""
    if len(sentence) > LONGEST_SENTENCE:
        message = f"this sentence has {len(sentence):,} characters; {LONGEST_SENTENCE:,} is the most it can have"
        return Diagnostic(sentence.span(), "error", message, "end it with a full stop sooner")
    for char, offset in zip(sentence.chars, sentence.offsets, strict=True):
        if char.isalnum() or (char == SLOT and offset in words.slots):
            return None
    message = f"there is nothing to speak in '{sentence.chars}'; it is left out"
    return Diagnostic(sentence.span(), "warning", message)
