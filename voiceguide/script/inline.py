"""Inside a paragraph: Markdown marks go, escapes and variables become characters, cues are found."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from voiceguide.cues import BY_NAME
from voiceguide.errors import Span
from voiceguide.routine import Slot
from voiceguide.script.findings import Findings
from voiceguide.script.names import NAME
from voiceguide.script.text import Text

SLOT = "\ufffc"
"""Stands for a name still to be filled in :attr:`Words.text`; :attr:`Words.slots` says which by its offset."""

MOST_FILLED = 2 * 1024 * 1024
"""Characters that all variables of a routine may put into it."""

# Bounds that keep the time for any input in proportion to its size; no text that was meant to be read comes near them.
_DEEPEST_LINK = 8
_LONGEST_NAME = 200
_LONGEST_CODE = 2000
_MOST_OPENERS = 12

_PLAIN = re.compile(r"[^\\\[!{`*_]+")
_BRACES = re.compile(r"\{[^{}\[\]]*\}")
_IN_CUE = re.compile(r"[^{]+")


@dataclass(slots=True)
class Variables:
    """The values of the names in braces; ``given``: those whose values come from outside the script; ``used``: those
    asked for, ``unknown``: those asked for in vain; ``room``: characters that may still be put in."""

    values: Mapping[str, str]
    given: frozenset[str] = frozenset()
    used: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    room: int = MOST_FILLED


@dataclass(frozen=True, slots=True)
class Words:
    """Plain characters between two cues."""

    text: Text
    slots: Mapping[int, Slot]


@dataclass(frozen=True, slots=True)
class CueCall:
    """What stands between the brackets, the span of the whole cue, and the names in it that are no variables."""

    text: Text
    span: Span
    slots: tuple[Slot, ...] = ()


Piece = Words | CueCall


@dataclass(slots=True)
class _Run:
    """Characters that are spoken, and the offset of each in the source; ``mark``: one or more * or _ in a row."""

    chars: str
    offsets: Sequence[int]
    mark: bool = False


def _pairs(chars: str) -> dict[int, int]:
    """Where each bracket, square or round, that is opened in ``chars`` is closed."""
    found: dict[int, int] = {}
    square: list[int] = []
    round_: list[int] = []
    for match in re.finditer(r"\\.|[\[\]()]", chars, re.DOTALL):
        if match[0] in "[(":
            (square if match[0] == "[" else round_).append(match.start())
        elif match[0] in "])" and (stack := square if match[0] == "]" else round_):
            found[stack.pop()] = match.start()
    return found


class _Scanner:
    def __init__(self, text: Text, variables: Variables, findings: Findings) -> None:
        self.text = text
        self.variables = variables
        self.findings = findings
        self.slots: dict[int, Slot] = {}
        self.out: list[_Run | CueCall] = []
        self._pairs = _pairs(text.chars)

    def scan(self, start: int, end: int, depth: int = 0) -> None:
        chars = self.text.chars
        i = start
        while i < end:
            char = chars[i]
            if plain := _PLAIN.match(chars, i, end):
                self._put(i, plain.end())
                i = plain.end()
            elif char == "\\" and i + 1 < end and chars[i + 1] in string.punctuation:
                self._put(i + 1, i + 2)
                i += 2
            elif char == "[":
                i = self._bracket(i, end, depth)
            elif char == "!" and i + 1 < end and chars[i + 1] == "[" and self._link(i + 1, end):
                self.findings.warn(self.text.span(i, i + 2), "a picture cannot be heard; its words are spoken instead")
                i += 1
            elif char == "{":
                i = self._variable(i, end, self.out, self.slots)
            elif char == "`":
                i = self._code(i, end)
            elif char in "*_":
                stop = i + 1
                while stop < end and chars[stop] == char:
                    stop += 1
                self._put(i, stop, mark=True)
                i = stop
            else:
                self._put(i, i + 1)
                i += 1

    def _put(self, start: int, end: int, *, mark: bool = False) -> None:
        if start < end:
            self.out.append(_Run(self.text.chars[start:end], self.text.offsets[start:end], mark))

    def _closing(self, opening: int, end: int) -> int | None:
        closing = self._pairs.get(opening)
        return closing if closing is not None and closing < end else None

    def _link(self, opening: int, end: int) -> tuple[int, int] | None:
        """Where the words of ``[words](target)`` end, and the whole of it; None when it is no link."""
        closing = self._closing(opening, end)
        if closing is None or not self.text.chars.startswith("(", closing + 1):
            return None
        target = self._closing(closing + 1, end)
        return None if target is None else (closing, target + 1)

    def _bracket(self, opening: int, end: int, depth: int) -> int:
        chars = self.text.chars
        if depth < _DEEPEST_LINK and (link := self._link(opening, end)):
            words_end, link_end = link
            first = re.compile(r"\s*(\w+)").match(chars, opening + 1, min(words_end, opening + _LONGEST_NAME))
            if first and first[1].casefold() in BY_NAME:
                span = self.text.span(opening, link_end)
                message = f"this reads as a link, so '{first[1]}' is spoken and is no cue"
                self.findings.warn(span, message, "put a space before the round bracket")
            self.scan(opening + 1, words_end, depth + 1)
            return link_end
        closing = self._closing(opening, end)
        if closing is None:
            hint = "write ] where the cue ends, or \\[ for a bracket that is spoken"
            self.findings.error(self.text.span(opening, opening + 1), "this [ is never closed", hint)
            return opening + 1
        self.out.append(self._cue(opening + 1, closing))
        return closing + 1

    def _cue(self, start: int, end: int) -> CueCall:
        runs: list[_Run | CueCall] = []
        slots: dict[int, Slot] = {}
        i = start
        while i < end:
            if plain := _IN_CUE.match(self.text.chars, i, end):
                runs.append(_Run(plain[0], self.text.offsets[i : plain.end()]))
                i = plain.end()
            else:
                i = self._variable(i, end, runs, slots)
        return CueCall(_joined(self.text, runs), self.text.span(start - 1, end + 1), tuple(slots.values()))

    def _variable(self, opening: int, end: int, out: list[_Run | CueCall], slots: dict[int, Slot]) -> int:
        braces = _BRACES.match(self.text.chars, opening, min(end, opening + _LONGEST_NAME))
        closing = braces.end() - 1 if braces else opening
        name = self.text.chars[opening + 1 : closing].strip()
        if not NAME.fullmatch(name):
            message = "a name is missing between { and }" if braces else "this { is never closed"
            hint = "write {name} for a variable, or \\{ for a brace that is spoken"
            self.findings.error(self.text.span(opening, closing + 1), message, hint)
            return closing + 1
        offset, span = self.text.offsets[opening], self.text.span(opening, closing + 1)
        value = self.variables.values.get(name)
        if value is None:
            slots[offset] = Slot(name, span)
            out.append(_Run(SLOT, [offset]))
            return closing + 1
        self.variables.used.add(name)
        self.variables.room -= len(value)
        if self.variables.room < 0:
            self.findings.stop(span, "up to here the variables put more than 2 MiB of text into this script")
        if value:
            out.append(_Run(value, [offset] * len(value)))
        return closing + 1

    def _code(self, opening: int, end: int) -> int:
        chars = self.text.chars
        content = opening
        while content < end and chars[content] == "`":
            content += 1
        fence = content - opening
        for match in re.compile("`+").finditer(chars, content, min(end, content + _LONGEST_CODE)):
            if match.end() - match.start() == fence:
                self._put(content, match.start())
                return match.end()
        self._put(opening, content)
        return content


def _drop_emphasis(out: list[_Run | CueCall]) -> None:
    """Shortens the runs of * and _ by the emphasis that CommonMark 6.2 finds in them, without its rule of three."""

    def char(index: int, position: int) -> str:
        entry = out[index] if 0 <= index < len(out) else None
        return entry.chars[position] if isinstance(entry, _Run) else " "

    openers: list[_Run] = []
    neighbours = [(char(i - 1, -1), char(i + 1, 0)) if _is_mark(entry) else ("", "") for i, entry in enumerate(out)]
    for entry, (before, after) in zip(out, neighbours, strict=True):
        if not (isinstance(entry, _Run) and entry.mark):
            continue
        left = not after.isspace() and (after.isalnum() or after == SLOT or not before.isalnum())
        right = not before.isspace() and (before.isalnum() or before == SLOT or not after.isalnum())
        if entry.chars[0] == "_":
            left, right = left and not before.isalnum(), right and not after.isalnum()
        kind = entry.chars[0]
        if right:
            _pair(openers, entry, kind)
        if left and entry.chars:
            openers.append(entry)


def _is_mark(entry: _Run | CueCall) -> bool:
    return isinstance(entry, _Run) and entry.mark


def _pair(openers: list[_Run], closer: _Run, kind: str) -> None:
    for index in range(len(openers) - 1, max(-1, len(openers) - 1 - _MOST_OPENERS), -1):
        opener = openers[index]
        if not closer.chars:
            return
        if opener.chars[0] != kind:
            continue
        paired = min(len(opener.chars), len(closer.chars))
        opener.chars, opener.offsets = opener.chars[:-paired], opener.offsets[:-paired]
        closer.chars, closer.offsets = closer.chars[paired:], closer.offsets[paired:]
        del openers[index + 1 :]
        if not opener.chars:
            openers.pop(index)


def _joined(text: Text, runs: Sequence[_Run | CueCall]) -> Text:
    kept = [run for run in runs if isinstance(run, _Run)]
    if len(kept) == 1:
        return Text(text.line_index, kept[0].chars, kept[0].offsets)
    offsets: list[int] = []
    for run in kept:
        offsets.extend(run.offsets)
    return Text(text.line_index, "".join(run.chars for run in kept), offsets)


def scan_inline(text: Text, variables: Variables, findings: Findings) -> list[Piece]:
    """The words and cues of a paragraph or heading, in order.

    A name in braces that is not in ``variables`` becomes a slot: a loop's, if one of that name is open there. Raises
    ReadingStopped.
    """
    scanner = _Scanner(text, variables, findings)
    scanner.scan(0, len(text))
    _drop_emphasis(scanner.out)
    pieces: list[Piece] = []
    runs: list[_Run | CueCall] = []
    for entry in [*scanner.out, None]:
        if isinstance(entry, _Run):
            if entry.chars:
                runs.append(entry)
            continue
        if runs:
            pieces.append(Words(_joined(text, runs), scanner.slots))
            runs = []
        if entry is not None:
            pieces.append(entry)
    return pieces
