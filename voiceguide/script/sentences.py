"""Where one sentence ends and the next begins."""

from __future__ import annotations

import re

from voiceguide.errors import Diagnostic
from voiceguide.routine import Slot, Template
from voiceguide.script.inline import SLOT, Words
from voiceguide.script.text import Text
from voiceguide.spoken.stops import belongs_to_word

# Starts at a run's first stop and gives nothing back, so that the time stays in proportion to the text.
_END = re.compile(r"(?:(?<![.!?…])[.!?…]++(?:[\"'”“’»)\]]|\s»)*+(?=\s|$)|[。！？]+[”』」）]*|।)")
LONGEST_SENTENCE = 5000
"""Characters; five minutes in one breath, and more than any voice says well."""

_VISIBLE = re.compile(r"\S")
_QUOTED = re.compile(r"“[^“”]{1,400}”|„[^„“”]{1,400}[“”]|«[^«»]{1,400}»|»[^«»]{1,400}«|\"[^\"]{1,400}\"")
_GOES_ON = re.compile(r"[\s,;–—-]*([^\W\d_])")


def _within(chars: str) -> list[tuple[int, int]]:
    """The quotes that a sentence goes on after: “Ready? Go!” she said."""
    found = []
    for match in _QUOTED.finditer(chars):
        following = _GOES_ON.match(chars, match.end())
        if following is not None and following[1].islower():
            found.append(match.span())
    return found


def _ends(chars: str, match: re.Match[str], language: str) -> bool:
    """Whether the stop that ``match`` found ends a sentence, and does not belong to an abbreviation or an ordinal."""
    found = _VISIBLE.search(chars, match.end())
    if not found or match[0][0] in "!?。！？।":
        return True
    if found[0].islower():
        return False
    return match[0] != "." or not belongs_to_word(chars, match.start(), language)


def split_sentences(text: Text, language: str) -> list[Text]:
    """The sentences, stripped; empty ones left out. ``language`` is a BCP 47 tag: it knows abbreviations."""
    parts: list[Text] = []
    start = 0
    quotes = _within(text.chars)
    for match in _END.finditer(text.chars):
        while quotes and quotes[0][1] < match.end():
            quotes.pop(0)
        quoted = bool(quotes) and quotes[0][0] <= match.start()
        if not quoted and _ends(text.chars, match, language):
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
