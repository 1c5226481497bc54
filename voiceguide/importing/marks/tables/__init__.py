"""The words of pause marks and stage directions, a module for each language; all are read together.

A text need not say its language, and few of these words mean something else in another language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

BEAT, SHORT, MODERATE, FEW, LONG, LONGER, EXTENDED = (
    Fraction(1),
    Fraction(3, 2),
    Fraction(3),
    Fraction(4),
    Fraction(6),
    Fraction(8),
    Fraction(10),
)
"""Seconds of a pause whose length is a word."""


def listed(words: str) -> frozenset[str]:
    """Words separated by spaces; ``_`` stands for a space inside one."""
    return frozenset(word.replace("_", " ") for word in words.split())


@dataclass(frozen=True, slots=True)
class MarkWords:
    """The words of one language, in small letters.

    ``pause``: words that alone are a mark; ``silent``: those that are one in square brackets or with a time.
    ``lengths``: seconds. ``units``: seconds of one. ``breaths``: the word that counts breaths. ``sounds``: the
    library's name of a sound, or nothing for the session's own chime. ``directions``: words that make a line a
    direction rather than something to say. ``speakers``: who speaks what follows their name and a colon. ``manners``:
    what such a line says about the speaking. ``person``: words that speak to the listener, or for them.
    ``placeholders``: what is filled in. ``then``: words that begin what follows a pause. ``frequent``: words by which
    a text's language is known.
    """

    pause: frozenset[str]
    silent: frozenset[str]
    fillers: frozenset[str]
    lengths: Mapping[str, Fraction]
    numbers: Mapping[str, float]
    units: Mapping[str, Fraction]
    breaths: frozenset[str]
    hold: frozenset[str]
    breathe_in: frozenset[str]
    breathe_out: frozenset[str]
    breath_fillers: frozenset[str]
    sounds: Mapping[str, str]
    sound_fillers: frozenset[str]
    directions: frozenset[str]
    speakers: frozenset[str]
    manners: frozenset[str]
    person: frozenset[str]
    placeholders: frozenset[str]
    then: frozenset[str]
    times: frozenset[str]
    frequent: frozenset[str]


def united(languages: tuple[MarkWords, ...]) -> MarkWords:
    """The words of all the languages; of a word in two of them the first one's value counts."""
    values: dict[str, object] = {}
    for name in MarkWords.__dataclass_fields__:
        parts = [getattr(words, name) for words in languages]
        if isinstance(parts[0], frozenset):
            values[name] = frozenset().union(*parts)
        else:
            values[name] = {key: value for part in reversed(parts) for key, value in part.items()}
    return MarkWords(**values)  # type: ignore[arg-type]
