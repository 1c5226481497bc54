"""Replacements in a text, and the history of a text that undo and redo go through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Edit:
    """Puts ``new`` in place of the characters from the offset ``start`` up to ``end``."""

    start: int
    end: int
    new: str

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


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a text: ``label`` says what was done, as a menu shows it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class History:
    """A text with the steps that led to it, and those that were taken back. ``most`` steps are kept."""

    text: str
    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()
    most: int = 500

    def changed(self, text: str, label: str, *, joins: bool = False) -> History:
        """After a change. ``joins``: it belongs to the step before, as letters typed in a row do."""
        if text == self.text:
            return self
        if joins and self.done and self.done[-1].label == label and not self.undone:
            step = replace(self.done[-1], after=text)
            return replace(self, text=text, done=(*self.done[:-1], step))
        step = Step(label, self.text, text)
        return replace(self, text=text, done=(*self.done, step)[-self.most :], undone=())

    def undo(self) -> History:
        """One step back; the same when there is none."""
        if not self.done:
            return self
        step = self.done[-1]
        return replace(self, text=step.before, done=self.done[:-1], undone=(*self.undone, step))

    def redo(self) -> History:
        """One step forward again; the same when there is none."""
        if not self.undone:
            return self
        step = self.undone[-1]
        return replace(self, text=step.after, done=(*self.done, step), undone=self.undone[:-1])
