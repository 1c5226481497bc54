"""The form in which what was said is compared with what should be said."""

from __future__ import annotations

import re

from voiceguide.languages import number_words
from voiceguide.speech.engines.recorded.voices import words_of


def letters_of(text: str, language: str) -> str:
    """The form in which texts are compared: lower-case letters only, numbers as words."""
    return "".join(c for c in spelt(words_of(text), language).casefold() if c.isalnum())


def spelt(text: str, language: str) -> str:
    """A text with its numbers in words, as they are read aloud."""
    return re.sub(r"(?<!\d)\d{1,6}(?!\d)", lambda number: number_words(int(number[0]), language), text)
