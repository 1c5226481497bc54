"""The form in which what was said is compared with what should be said."""

from __future__ import annotations

from voiceguide.speech.engines.recorded.voices import words_of
from voiceguide.spoken import spoken_form


def letters_of(text: str, language: str) -> str:
    """The form in which texts are compared: lower-case letters only, figures and signs as they are read aloud."""
    return "".join(c for c in words_of(spoken_form(text, language)) if c.isalnum())
