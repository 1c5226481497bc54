"""What a script leaves to be filled in: ``[CLIENT NAME]``, ``{name}``, ``<NAME>``, ``____``."""

from __future__ import annotations

import re
from typing import Literal

from voiceguide.importing.escaping import slot
from voiceguide.importing.marks.words import WORDS, read_mark
from voiceguide.importing.state import ImportState

BLANK = "blank"
"""The variable of a line to write on."""

_CAPITALS = re.compile(r"[^\W\d_a-z][^\Wa-z]*(?:[ '’_-][^\Wa-z]+){0,4}")
_NAME = re.compile(r"[^\W\d][\w-]*(?:[ _][\w-]+){0,4}")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 40  # characters


Place = Literal["within", "between", "alone"]
"""Inside a sentence, between two sentences of a line, or alone in it."""


def variable_of(inner: str, opening: str, place: Place) -> str | None:
    """The name of the variable that brackets stand for; None when they mean something else."""
    text = inner.strip().strip("_")
    if len(text) > _LONGEST or not _NAME.fullmatch(text.replace("’", "").replace("'", "")):
        return None
    words = [word.casefold() for word in _WORD.findall(text)]
    if not words or read_mark(text, strict=False) is not None:
        return None
    named = is_named(text)
    capitals = _CAPITALS.fullmatch(text) is not None and WORDS.directions.isdisjoint(words)
    if opening == "{" or (opening == "<" and (named or capitals)):
        return _folded(text)
    meant = named if place == "between" else (named or capitals) and place == "within"
    return _folded(text) if opening == "[" and meant else None


def is_named(text: str) -> bool:
    """Whether the words begin or end with one that asks for something: ``client's name``, ``insert place``."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return bool(words) and (words[0] in WORDS.placeholders or words[-1] in WORDS.placeholders)


def _folded(text: str) -> str:
    return re.sub(r"[^\w-]+", "_", text.replace("'", "").replace("’", "").casefold())


def fill_in(state: ImportState, line: int, raw: str, name: str) -> str:
    """The words for a variable; it gets a value, and the report asks for the right one."""
    variables = state.writer.settings.setdefault("variables", {})
    assert isinstance(variables, dict)
    value = variables.setdefault(name, name.replace("_", " "))
    first = state.placeholders.setdefault(name, raw)
    into = (
        f"{{{name}}}, which is said as “{value}” so far; what should it be? Write it under variables:, "
        f"or give --set {name}=…"
    )
    state.ledger.guessed(line, first, into)
    return slot(name)
