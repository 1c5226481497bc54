"""Inside a paragraph: Markdown and HTML go, escapes and variables become characters, cues are found."""

from __future__ import annotations

import bisect
import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from voiceguide.errors import Span
from voiceguide.routine import Slot
from voiceguide.script.emphasis import SIGNS, Run, pair
from voiceguide.script.findings import Findings
from voiceguide.script.links import Brackets, names_a_cue
from voiceguide.script.markup import (
    BLOCK_TAGS,
    ENTITY,
    HIDDEN_TAGS,
    PICTURE_TAGS,
    STRUCK_TAGS,
    Opaque,
    Tag,
    entity_text,
    find_opaque,
    read_tag,
)
from voiceguide.script.names import NAME
from voiceguide.script.text import Text

SLOT = "\ufffc"
"""Stands for a name still to be filled in :attr:`Words.text`; :attr:`Words.slots` says which by its offset."""

MOST_FILLED = 2 * 1024 * 1024
"""Characters that all variables of a routine may put into it."""

# Bounds that keep the time for any input in proportion to its size; no text that was meant to be read comes near them.
_DEEPEST_LINK = 8
_LONGEST_NAME = 200

_PLAIN = re.compile(r"[^\\\[!{`*_~=<&^\n]+")
_FOOTNOTE = re.compile(r"\[\^[^\s\[\]]{1,200}\]")
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


@dataclass(frozen=True, slots=True)
class Break:
    """A line that ends by itself, as at ``<br>``: a sentence ends too. ``loose``: and a paragraph."""

    loose: bool = False


Piece = Words | CueCall | Break


@dataclass(slots=True)
class _Plain:
    """Characters that are spoken, and the offset of each in the source."""

    chars: str
    offsets: Sequence[int]


@dataclass(slots=True)
class _Marks:
    """Marks of emphasis in a row, as they stand in the source."""

    plain: _Plain
    run: Run


_Entry = _Plain | _Marks | CueCall | Break


class _Scanner:
    def __init__(self, text: Text, variables: Variables, findings: Findings, labels: frozenset[str]) -> None:
        self.text = text
        self.variables = variables
        self.findings = findings
        self.slots: dict[int, Slot] = {}
        self.out: list[_Entry] = []
        self._opaque = find_opaque(text.chars)
        self._brackets = Brackets(text.chars, self._opaque, labels)
        self._ends: dict[str, list[Opaque]] | None = None

    def scan(self, start: int, end: int, depth: int = 0) -> None:
        chars = self.text.chars
        i = start
        while i < end:
            char = chars[i]
            if plain := _PLAIN.match(chars, i, end):
                i = self._put(i, plain.end())
            elif char == "\\" and i + 1 < end and chars[i + 1] in string.punctuation:
                i = self._put(i + 1, i + 2)
            elif char == "[":
                i = self._bracket(i, end, depth)
            elif char == "!" and chars.startswith("[", i + 1) and (picture := self._brackets.link(i + 1, end)):
                i = self._picture(i, *picture)
            elif char == "{":
                i = self._variable(i, end, self.out, self.slots)
            elif i in self._opaque and self._opaque[i].end <= end:
                i = self._as_it_stands(self._opaque[i], end)
            elif char in SIGNS:
                i = self._marks(i, end)
            elif char == "&" and (entity := ENTITY.match(chars, i, end)) and (said := entity_text(entity)):
                self.out.append(_Plain(" " if said == "\n" else said, [self.text.offsets[i]] * len(said)))
                i = entity.end()
            elif char == "^" and chars.startswith("[", i + 1) and (closing := self._brackets.closing(i + 1, end)):
                self.findings.warn(self.text.span(i, closing + 1), "a footnote is not spoken")
                i = closing + 1
            elif char == "\n":
                self.out.append(Break())
                i += 1
            else:
                i = self._put(i, i + 1)

    def _put(self, start: int, end: int) -> int:
        if start < end:
            self.out.append(_Plain(self.text.chars[start:end], self.text.offsets[start:end]))
        return end

    def _marks(self, start: int, end: int) -> int:
        chars = self.text.chars
        stop = start + 1
        while stop < end and chars[stop] == chars[start]:
            stop += 1
        after = chars[stop : stop + 1]
        run = Run(chars[start], stop - start, chars[start - 1] if start else "", "" if after == "\n" else after)
        self.out.append(_Marks(_Plain(chars[start:stop], self.text.offsets[start:stop]), run))
        return stop

    # -- brackets

    def _bracket(self, opening: int, end: int, depth: int) -> int:
        chars = self.text.chars
        if depth < _DEEPEST_LINK and (link := self._brackets.link(opening, end)):
            words, words_end, link_end = link
            if chars.startswith("slnc ", words):
                self.findings.foreign(self.text.span(opening, link_end))
                return link_end
            if name := names_a_cue(chars[words : min(words_end, words + _LONGEST_NAME)]):
                span = self.text.span(opening, link_end)
                message = f"this reads as a link, so '{name}' is spoken and is no cue"
                hint = (
                    "write [pause 5s] with one bracket"
                    if words > opening + 1
                    else "put a space before the round bracket"
                )
                self.findings.warn(span, message, hint)
            self.scan(words, words_end, depth + 1)
            return link_end
        closing = self._brackets.closing(opening, end)
        if closing is None:
            hint = "write ] where the cue ends, or \\[ for a bracket that is spoken"
            self.findings.error(self.text.span(opening, opening + 1), "this [ is never closed", hint)
            return opening + 1
        if _FOOTNOTE.match(chars, opening, closing + 1):
            return closing + 1
        self.out.append(self._cue(opening + 1, closing))
        return closing + 1

    def _picture(self, start: int, words: int, words_end: int, end: int) -> int:
        self._unheard(self.text.span(start, end), "picture", self.text.chars[words:words_end].strip())
        return end

    def _unheard(self, span: Span, what: str, words: str) -> None:
        its = f"; its words “{words[:80]}” are not spoken" if words else ""
        hint = "write a sentence if the listener is to know" if words else None
        self.findings.warn(span, f"a {what} cannot be heard{its}", hint)

    def _cue(self, start: int, end: int) -> CueCall:
        runs: list[_Entry] = []
        slots: dict[int, Slot] = {}
        i = start
        while i < end:
            if plain := _IN_CUE.match(self.text.chars, i, end):
                runs.append(_Plain(plain[0], self.text.offsets[i : plain.end()]))
                i = plain.end()
            else:
                i = self._variable(i, end, runs, slots)
        parts = [entry for entry in runs if isinstance(entry, _Plain)]
        return CueCall(_joined(self.text, parts), self.text.span(start - 1, end + 1), tuple(slots.values()))

    def _variable(self, opening: int, end: int, out: list[_Entry], slots: dict[int, Slot]) -> int:
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
            out.append(_Plain(SLOT, [offset]))
            return closing + 1
        self.variables.used.add(name)
        self.variables.room -= len(value)
        if self.variables.room < 0:
            self.findings.stop(span, "up to here the variables put more than 2 MiB of text into this script")
        if value:
            out.append(_Plain(value, [offset] * len(value)))
        return closing + 1

    # -- what stands as it is

    def _as_it_stands(self, opaque: Opaque, end: int) -> int:
        if opaque.kind == "tag":
            return self._tag(opaque, end)
        start, stop = opaque.inner
        code = self.text.chars[start:stop]
        spaced = opaque.kind == "code" and code.startswith(" ") and code.endswith(" ") and code.strip()
        self._put(*((start + 1, stop - 1) if spaced else (start, stop)))
        return opaque.end

    def _tag(self, opaque: Opaque, end: int) -> int:
        """Leaves a tag out; returns where reading goes on."""
        raw = self.text.chars[opaque.start : opaque.end]
        tag = read_tag(raw)
        if tag.speech:
            self.findings.foreign(self.text.span(opaque.start, opaque.end))
        elif tag.name == "br":
            self.out.append(Break())
        elif tag.name in BLOCK_TAGS:
            self.out.append(Break(loose=True))
        elif tag.name in PICTURE_TAGS and not tag.closes:
            self._unheard(self.text.span(opaque.start, opaque.end), _unheard_name(tag), tag.attributes.get("alt") or "")
        elif tag.name in STRUCK_TAGS or tag.name in HIDDEN_TAGS:
            return self._past(tag, opaque.end, end)
        elif not tag.certain:
            message = f"'{raw[:60]}' is taken for an HTML tag, and is not spoken"
            hint = "write {name} for a variable, or \\< for a sign that is spoken"
            self.findings.warn(self.text.span(opaque.start, opaque.end), message, hint)
        return opaque.end

    def _past(self, tag: Tag, start: int, end: int) -> int:
        """The end of the element that a tag opens, when it has one."""
        if tag.closes:
            return start
        if self._ends is None:
            self._ends = {}
            for opaque in self._opaque.values():
                other = read_tag(self.text.chars[opaque.start : opaque.end]) if opaque.kind == "tag" else None
                if other is not None and other.closes:
                    self._ends.setdefault(other.name, []).append(opaque)
        ends = self._ends.get(tag.name, [])
        index = bisect.bisect_left(ends, start, key=lambda opaque: opaque.start)
        return ends[index].end if index < len(ends) and ends[index].end <= end else start


def _unheard_name(tag: Tag) -> str:
    return {"audio": "sound of a page", "video": "film"}.get(tag.name, "picture")


def _without_struck(out: list[_Entry]) -> list[_Entry]:
    """The entries without what is struck out, their marks of emphasis shortened to those that pair with no others."""
    places = [index for index, entry in enumerate(out) if isinstance(entry, _Marks)]
    if not places:
        return out
    runs = [entry.run for entry in out if isinstance(entry, _Marks)]
    struck = [(places[found.opener], places[found.closer]) for found in pair(runs) if found.sign == "~"]
    if not struck:
        return out
    kept: list[_Entry] = []
    end = 0
    for opener, closer in sorted(struck):
        if opener >= end:
            kept += out[end:opener]
            end = closer + 1
    return kept + out[end:]


def _joined(text: Text, parts: Sequence[_Plain]) -> Text:
    if len(parts) == 1:
        return Text(text.line_index, parts[0].chars, parts[0].offsets)
    offsets: list[int] = []
    for part in parts:
        offsets.extend(part.offsets)
    return Text(text.line_index, "".join(part.chars for part in parts), offsets)


def scan_inline(
    text: Text, variables: Variables, findings: Findings, labels: frozenset[str] = frozenset()
) -> list[Piece]:
    """The words and cues of a paragraph or heading, in order; a line's end in ``text`` is a :class:`Break`.

    ``labels`` are those of the link definitions. A name in braces that is not in ``variables`` becomes a slot: a
    loop's, if one of that name is open there. Raises ReadingStopped.
    """
    scanner = _Scanner(text, variables, findings, labels)
    scanner.scan(0, len(text))
    pieces: list[Piece] = []
    parts: list[_Plain] = []
    for entry in [*_without_struck(scanner.out), None]:
        plain = _unpaired(entry, text, findings) if isinstance(entry, _Marks) else entry
        if isinstance(plain, _Plain):
            if plain.chars:
                parts.append(plain)
            continue
        if parts:
            pieces.append(Words(_joined(text, parts), scanner.slots))
            parts = []
        if plain is not None:
            pieces.append(plain)
    return pieces


def _unpaired(marks: _Marks, text: Text, findings: Findings) -> _Plain:
    """The marks that pair with no others: spoken as they are, as in 5 * 3, unless they touch one word."""
    run, plain = marks.run, marks.plain
    offsets = plain.offsets[run.shown : run.shown + run.length]
    blank = run.sign == "_" and run.length > 2
    if not (run.dangles or blank):
        return _Plain(plain.chars[run.shown : run.shown + run.length], offsets)
    if blank:
        message, hint = "this blank is not spoken", "write {name} for a word that is filled in"
    else:
        message = f"'{run.sign * min(run.length, 20)}' pairs with no other, and is not spoken"
        hint = f"write \\{run.sign} for a sign that is spoken"
    span = text.line_index.span(offsets[0], offsets[-1] + 1)
    findings.warn(span, message, hint)
    return _Plain("", ())
