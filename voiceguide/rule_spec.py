"""What a row of the table of rules is made of: what a rule finds and why, its limits, the sessions it holds for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Needs = Literal["text", "plan", "sound"]
"""``text``: the routine is enough. ``plan``: measured lengths are needed, so a voice has to speak the lines. ``sound``:
the session has to be mixed and measured, too."""

Level = Literal["off", "warning", "error"]
"""What a script can say of a rule: it is not applied, or all it finds is a warning, or an error."""

LEVELS: tuple[Level, ...] = ("off", "warning", "error")

Kind = Literal["massage", "breathing", "meditation", "movement", "sleep"]
"""What a session is: ``kind`` in a script's front matter, else found from its text. Rules hold for some or for all."""

KINDS: tuple[Kind, ...] = ("massage", "breathing", "meditation", "movement", "sleep")

AT_REST: tuple[Kind, ...] = ("massage", "breathing", "meditation", "sleep")
"""Eyes are closed and nobody exercises."""

Unit = Literal[
    "s",
    "%",
    "dB",
    "LU",
    "words",
    "sentences",
    "rounds",
    "words a minute",
    "syllables a second",
    "breaths a minute",
    "breaths",
]


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold of a rule. Of ``%`` the ``value`` is a share: 0.15 is 15 %."""

    value: float
    unit: Unit

    def __format__(self, spec: str) -> str:
        """``15 %``; with the format ``n`` the number alone, ``15``."""
        number = f"{self.value * 100 if self.unit == '%' else self.value:g}"
        return number if spec == "n" else f"{number} {self.unit}"


@dataclass(frozen=True, slots=True)
class Rule:
    """``words``: it understands words, so it can judge only scripts in a language that has a table of them.

    ``severity`` says in a few words when it warns and when it finds an error, ``note`` what else to know of
    it (Markdown). Wherever a text names a limit it is filled in from ``limits``; ``rule["long"]`` is the value of one.
    ``kinds`` are the sessions that it holds for.
    """

    name: str
    needs: Needs
    words: bool
    kinds: tuple[Kind, ...]
    finds: str
    severity: str
    reason: str
    note: str
    limits: Mapping[str, Limit]

    def __getitem__(self, name: str) -> float:
        return self.limits[name].value


def rule(
    name: str,
    finds: str,
    severity: str,
    reason: str,
    *,
    note: str = "",
    needs: Needs = "text",
    words: bool = True,
    kinds: tuple[Kind, ...] = KINDS,
    **limits: Limit,
) -> Rule:
    """A row of the table, its texts filled in."""
    finds, severity, reason, note = (text.format_map(limits) for text in (finds, severity, reason, note))
    return Rule(name, needs, words, kinds, finds, severity, reason, note, MappingProxyType(limits))
