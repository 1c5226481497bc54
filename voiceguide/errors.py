"""Positions in a script, diagnostics about them, and the tree of exceptions.

Every exception that voiceguide raises on purpose derives from :class:`VoiceguideError`::

    VoiceguideError
     ├─ ScriptError         a script has errors; carries all of its diagnostics
     ├─ ConfigurationError  the user's configuration has a mistake
     ├─ SpeechError         a voice is missing, failed, or hung
     ├─ RecognitionError    speech recognition is missing, or has no model for the language
     ├─ SoundError          a sound file is missing or cannot be read
     ├─ DeviceError         nothing can be heard: the sound device, or what plays on it, is missing
     ├─ OutputError         the result could not be written
     ├─ OptionError         an option has a value that it cannot have; it is a ValueError too
     └─ Cancelled           the caller cancelled the work

Stages return ``(result, diagnostics)``; only :mod:`voiceguide.session` turns diagnostics into a ScriptError.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Source:
    """A script's text and the name that its diagnostics show.

    ``lines`` holds the text split at line ends only, so that line numbers agree with any editor.
    """

    name: str
    text: str = field(repr=False)
    lines: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        unix = self.text.replace("\r\n", "\n").replace("\r", "\n")
        object.__setattr__(self, "text", unix)
        object.__setattr__(self, "lines", tuple(unix.split("\n")))


Position = tuple[str, int, int]
"""File, line and column: the identity of something written, however often it is played."""


@dataclass(frozen=True, slots=True)
class Span:
    """A position in a source: line and column from 1, ``length`` in characters (at least 1); line 0 is all of it."""

    source: Source = field(repr=False)
    line: int
    column: int
    length: int = 1

    @property
    def file(self) -> str:
        return self.source.name

    @property
    def position(self) -> Position:
        return (self.file, self.line, self.column)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about a script, in a complete calm sentence without its final stop.

    ``hint`` says what to do about it, where that is not plain from the message. ``rule`` is the name by which it can
    be switched off; None if it is always reported.
    """

    span: Span
    severity: Severity
    message: str
    hint: str | None = None
    rule: str | None = None

    @property
    def headline(self) -> str:
        """Position, severity, message and rule, on one line."""
        head = printable(_shortened(f"{self.span}: {self.severity}: {self.message}"))
        return head if self.rule is None else f"{head} [{self.rule}]"

    def render(self) -> str:
        """The finding as a compiler prints it: position, message, the line, a caret under it, the hint."""
        return "\n".join([self.headline, *self._marked(), *self._help()])

    def _marked(self) -> list[str]:
        """The line with a caret under the place; nothing for an empty one."""
        lines = self.span.source.lines
        row = lines[self.span.line - 1] if 1 <= self.span.line <= len(lines) else ""
        if not row.strip():
            return []
        shown, start = _excerpt(row, self.span.column - 1)
        return [f"    {printable(shown)}", f"    {_caret(shown, start, self.span.length)}"]

    def _help(self) -> list[str]:
        return [printable(_shortened(f"    help: {self.hint}"))] if self.hint else []

    def to_json(self) -> dict[str, Any]:
        """The finding as docs/checks.md describes it; ``line``, ``column`` and ``length`` as in :class:`Span`."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message,
            "help": self.hint,
            "file": self.span.file,
            "line": self.span.line,
            "column": self.span.column,
            "length": self.span.length,
        }


_MOST_ALIKE = 3  # findings of one kind in a file that are shown; of more, the first ones and the lines of the others
_MOST_KINDS = 50
_MOST_LINES = 12  # numbers of lines


def rendered(findings: Iterable[Diagnostic]) -> str:
    """All findings for people. Of many of one kind in a file the first three are shown, and how many more there are."""
    groups = _alike(findings)
    parts = [_render_alike(group) for group in groups[:_MOST_KINDS]]
    if rest := sum(map(len, groups[_MOST_KINDS:])):
        parts.append(f"{rest} more findings are not shown; mend the first ones, then look again")
    return "\n".join(parts)


def count_mistakes(findings: Iterable[Diagnostic], severity: Severity) -> int:
    """How many findings of a severity are to be told: one that is found in many places of a file counts once."""
    groups = _alike(finding for finding in findings if finding.severity == severity)
    return sum(1 if _same(group) else len(group) for group in groups)


def _alike(findings: Iterable[Diagnostic]) -> list[list[Diagnostic]]:
    """The findings in their order, those of one kind together where there are many of them in a file."""
    every = list(findings)
    kinds: dict[tuple[str | None, ...], list[Diagnostic]] = {}
    for finding in every:
        message = finding.message if finding.rule is None else None
        kinds.setdefault((finding.span.file, finding.severity, finding.rule, message), []).append(finding)
    many = {id(found[0]): found for found in kinds.values() if len(found) > _MOST_ALIKE}
    later = {id(finding) for found in many.values() for finding in found[1:]}
    return [many.get(id(finding), [finding]) for finding in every if id(finding) not in later]


def _same(group: list[Diagnostic]) -> bool:
    return len(group) > 1 and group[0].rule is None


def _render_alike(group: list[Diagnostic]) -> str:
    first, more = group[0], group[_MOST_ALIKE:]
    if not more:
        return first.render()
    lines = list(dict.fromkeys(str(finding.span.line) for finding in more))
    where = f"{'line' if len(lines) == 1 else 'lines'} {', '.join(lines[:_MOST_LINES])}"
    where += ", …" if len(lines) > _MOST_LINES else ""
    if not _same(group):
        shown = [finding.render() for finding in group[:_MOST_ALIKE]]
        return "\n".join([*shown, f"{printable(first.span.file)}: {len(more)} more [{first.rule}], in {where}"])
    rows = [f"{first.headline}, in {len(group)} places", *first._marked()]
    for finding in group[1:_MOST_ALIKE]:
        rows += [printable(f"{finding.span}: here too"), *finding._marked()]
    return "\n".join([*rows, f"    and in {where}", *first._help()])


TURNS_TEXT_AROUND = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Embeddings, overrides and isolates: they can make a title look like another, or reorder the text after it."""

_LONGEST_MESSAGE = 600  # characters; a message may quote what the script says
_EXCERPT = 160  # characters of an over-long line that are shown around the position


def _excerpt(row: str, start: int) -> tuple[str, int]:
    if len(row) <= _EXCERPT:
        return row, start
    left = max(0, start - _EXCERPT // 2)
    return row[left : left + _EXCERPT], start - left


def _shortened(text: str) -> str:
    half = _LONGEST_MESSAGE // 2
    return text if len(text) <= _LONGEST_MESSAGE else f"{text[:half]} … {text[-half:]}"


def printable(row: str) -> str:
    """Control characters could drive the terminal, so they are shown as a middle dot; a tab stays."""
    return "".join(c if c == "\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs") else "·" for c in row)


def printable_rows(text: str) -> str:
    """A text of several lines, each of them :func:`printable`."""
    return "\n".join(map(printable, text.split("\n")))


def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _caret(row: str, start: int, length: int) -> str:
    indent = "".join("\t" if c == "\t" else " " * _width(c) for c in row[:start])
    marked = row[start : start + length]
    return indent + "^" * max(1, sum(_width(c) for c in marked))


_LONGEST_COMPARED = 200  # characters
_MOST_COMPARED = 300  # names, bounds the time for a script full of unknown ones


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that ``word`` was most likely meant to be, or None when none is near."""
    if len(word) > _LONGEST_COMPARED:
        return None
    by_folded = {name.casefold(): name for name in itertools.islice(known, _MOST_COMPARED)}
    import difflib  # here, since only a mistake needs it

    found = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` (did you mean 'pause'?)``, or an empty string when no known name is near."""
    name = nearest(word, known)
    return f" (did you mean '{name}'?)" if name else ""


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(d.severity == "error" for d in diagnostics)


def as_sentences(*texts: str | None) -> str:
    """Texts such as a finding's message and hint as sentences, with their capitals and stops."""
    return " ".join(f"{text[:1].upper()}{text[1:].rstrip('.')}." for text in texts if text)


class VoiceguideError(Exception):
    """The root of all exceptions raised on purpose; its text is a message for the user."""


class ScriptError(VoiceguideError):
    """A script has errors. ``diagnostics`` holds everything found, in the order of the files' lines."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(rendered(self.diagnostics))


class ConfigurationError(VoiceguideError):
    """The user's configuration file has a mistake, or cannot be read."""


class SpeechError(VoiceguideError):
    """A voice is missing, or it failed on a line after every attempt.

    ``asked_by``: what named the voice where that was no script: an option's name such as ``voice``, or a setting.
    """

    asked_by: str = ""

    def __str__(self) -> str:
        message = super().__str__()
        return f"{self.asked_by}: {message}" if self.asked_by else message


class RecognitionError(VoiceguideError):
    """Speech recognition is not installed, or has no model for the language."""


class SoundError(VoiceguideError):
    """A sound file is missing, unreadable, or not what its name says."""


class DeviceError(VoiceguideError):
    """Nothing can be heard: there is no sound device, it was taken away, or the extra ``play`` is not installed."""


class OutputError(VoiceguideError):
    """The result could not be written: no room, no permission, or a failed encoder."""


class OptionError(VoiceguideError, ValueError):
    """An option has a value that it cannot have, such as a length of ``10``, which lacks a unit."""


class Cancelled(VoiceguideError):
    """The work was cancelled by its caller. No half-written file is left."""
