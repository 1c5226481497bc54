"""The fixtures of spoken forms: a file for each language, a line for each sentence, ``as written → spoken``.

The right side was written by hand. A line with ``*`` is also given to two engines' phonemizers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tests.support.paths import FIXTURES

LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pt")
_ARROW = " → "


@dataclass(frozen=True)
class Case:
    """A sentence as written and as a person would write it out; ``heard``: its phonemes are compared."""

    language: str
    written: str
    spoken: str
    heard: bool


@cache
def cases(language: str) -> tuple[Case, ...]:
    found = []
    for row in (FIXTURES / "spoken" / f"{language}.txt").read_text("utf-8").splitlines():
        if _ARROW not in row or row.startswith("What is written"):
            continue
        parts = row.removeprefix("* ").split(_ARROW)
        written, spoken = (parts[0], parts[1]) if len(parts) == 2 else (_ARROW.join(parts[:-1]), parts[-1])
        found.append(Case(language, written, spoken, row.startswith("* ")))
    return tuple(found)
