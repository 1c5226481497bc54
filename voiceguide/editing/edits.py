"""Replacements in a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from voiceguide.editing.changes import shared_start


@dataclass(frozen=True, slots=True)
class Edit:
    """Puts ``new`` in place of the characters from the offset ``start`` up to ``end``."""

    start: int
    end: int
    new: str

    @classmethod
    def between(cls, old: str, new: str) -> Edit:
        """What turns one text into the other: all between their common start and their common end."""
        start = shared_start(old, new)
        end = shared_start(old[start:][::-1], new[start:][::-1])
        return cls(start, len(old) - end, new[start : len(new) - end])

    def applied(self, text: str) -> str:
        return text[: self.start] + self.new + text[self.end :]

    def inverse(self, text: str) -> Edit:
        """What takes it back, once it has been applied to ``text``."""
        return Edit(self.start, self.start + len(self.new), text[self.start : self.end])


class CannotEdit(ValueError):
    """An edit would break something, or there is nothing to change; the text is a sentence for the user."""


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text after edits that do not overlap, whose offsets all mean ``text`` as it is given."""
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = edit.applied(text)
    return text
