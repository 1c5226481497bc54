"""What a row of the cue table is made of: the kinds of values, options, and the values that a builder gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from voiceguide.errors import Diagnostic, Span
from voiceguide.routine import Node, RestHold
from voiceguide.units import PACES

MOST_TAKES = 99
"""The highest number of a take that a script may choose."""


class Value(Enum):
    """What a word in a cue must be; the text is how messages and the docs call it."""

    DURATION = "a duration like 4s"
    ELASTIC = "a duration like 5s, ~5s or 3s..10s"
    HOLD = "a duration like 20s, ~20s or 10s..30s, or rest"
    LEVEL = "a level like -6dB"
    TIMES = "a number of times like x6 or x4..8"
    ROUNDS = "a number of times like 3, ~3 or 2..5"
    PATTERN = "a breathing pattern like 4-6 or box"
    NUMBERS = "numbers like 5 or 10 to 1"
    WORDS = "a number of cycles, all or none"
    PACE = f"a number from {PACES}"
    TAKE = f"a number from 1 to {MOST_TAKES}"
    SOUND = "a sound of the library"
    FILE = "a file or a sound of the library"
    BED = "a bed, a file or none"
    SCRIPT = "a script's file name"
    VOICE = "a voice's name"
    ITEMS = "words between commas"


TO_THE_END = frozenset({Value.NUMBERS, Value.ITEMS, Value.VOICE, Value.SCRIPT})
"""Arguments that may hold spaces: they go up to an option with a word, else to the cue's end."""

OF_FILES = frozenset({Value.FILE, Value.BED, Value.SCRIPT})
"""Values whose meaning depends on the files that lie in the script's folder."""


@dataclass(frozen=True, slots=True)
class End:
    """The cue ``[end]``."""

    span: Span


@dataclass(frozen=True, slots=True)
class IncludeCall:
    """``[include name]``: ``path`` is the file, found safe to read."""

    path: Path
    span: Span


@dataclass(frozen=True, slots=True)
class TakeChoice:
    """The cue ``[take 3]``: the reading of the next sentence."""

    take: int
    span: Span


Built = Node | RestHold | End | IncludeCall | TakeChoice
"""What a cue becomes. A block comes with an empty body."""


class CueError(Exception):
    """A cue whose words are each right and do not go together; the parser reports its ``diagnostic``."""

    def __init__(self, span: Span, message: str, hint: str | None = None) -> None:
        self.diagnostic = Diagnostic(span, "error", message, hint)


@dataclass(frozen=True, slots=True)
class CueValues:
    """A cue's values as they were read: the argument (None: not given) and the options by :attr:`Option.key`, each
    with its span. ``span`` is the whole cue's."""

    span: Span
    argument: Any
    options: Mapping[str, tuple[Any, Span]]

    def flag(self, word: str) -> bool:
        return word in self.options

    def get(self, key: str, default: Any = None) -> Any:
        return self.options[key][0] if key in self.options else default

    def at(self, key: str) -> Span:
        """Where an option's value stands; the whole cue when the option is not given."""
        return self.options[key][1] if key in self.options else self.span


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a cue: a bare word, a word and a value, or (``word`` None) a value with a form of its own."""

    form: str
    meaning: str
    word: str | None = None
    value: Value | None = None

    @property
    def key(self) -> str:
        """Its name in :class:`CueValues`."""
        return self.word or str(self.value)


@dataclass(frozen=True, slots=True)
class CueSpec:
    """One cue: ``brief`` in a few words, ``meaning`` in full.

    ``build`` makes the node from the values; it raises :class:`CueError` when they do not go together. ``argument``
    comes first and is ``required`` or not; options follow in any order.
    """

    name: str
    build: Callable[[CueValues], Built]
    brief: str
    forms: tuple[str, ...]
    meaning: str
    argument: Value | None = None
    required: bool = False
    options: tuple[Option, ...] = ()
    opens_block: bool = False
