"""The lines of a paragraph: marks and directions that are a whole line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from voiceguide.importing.marks.directions import (
    addresses,
    bare_mark,
    begins_direction,
    is_direction,
    not_for_listeners,
    read_label,
    repetition,
)
from voiceguide.importing.marks.emphasis import Emphasised, without_emphasis
from voiceguide.importing.marks.inline import InlineReader
from voiceguide.importing.marks.line_ends import meant_ends
from voiceguide.importing.marks.speaking import Speaking
from voiceguide.importing.marks.stamps import STAMP
from voiceguide.importing.marks.tokens import LONGEST_TIME
from voiceguide.importing.marks.waiting import wait_of
from voiceguide.importing.marks.words import SpokenMark, read_mark
from voiceguide.script.text import Text

_BRACKETED = re.compile(r"([(\[{<])([^()\[\]{}<>]{1,300})([)\]}>])[.!…\s]*$")
_CLOSED_BY = {"(": ")", "[": "]", "{": "}", "<": ">"}
_OVER_LINES = re.compile(r"\[[^\[\]]{1,300}\]|\([^()]{1,300}\)|<[^<>]{1,300}>")
_HARD_BREAK = re.compile(r"(?<!\\)\\(?=\n)")
_DECORATED = re.compile(r"([~=*\-–—•·+]{1,5})\s+(\w.*\S)\s+[~=*\-–—•·+]{1,5}")
_MARKS_OF_WORDS = "()[]{}<>….!?~"
_LABEL_IN_BRACKETS = re.compile(r"\[([^\[\]:]{1,40})(?:\]\s*:|:\])\s*")
_TITLES = ("title", "titel", "titre", "título", "titolo")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line: its words, and what of them was emphasised."""

    text: Text
    emphasised: tuple[Emphasised, ...]

    @property
    def style(self) -> str:
        """``bold`` or ``italic`` when all of the line is, but for pictures at its ends."""
        words = self.text.chars
        start, end = _span_of_words(words)
        whole = [span for span in self.emphasised if span.start <= start and span.end >= end]
        return "" if not whole else "bold" if any(span.strong for span in whole) else "italic"


class RowReader:
    """Reads paragraphs, line by line."""

    def __init__(self, speaking: Speaking, *, modified: bool) -> None:
        self.inline = InlineReader(speaking, modified=modified)
        self._speaking = speaking
        self._state = speaking.state
        self.stamped = False
        """Whether lines begin with the time at which they are said."""
        self.lasting: dict[int, SpokenMark] = {}
        """How long the step that a line names lasts, by the line."""

    def read(self, paragraph: Text) -> None:
        """Reads the lines of a paragraph, a list's item or a quote."""
        rows = self._rows(paragraph)
        ends = meant_ends([row.text.chars for row in rows])
        for row, end in zip(rows, ends, strict=True):
            self._speaking.line = row.text.span().line if row.text.chars else self._speaking.line
            self._row(row)
            if end:
                self._state.writer.sentence(self._speaking.line)
            self._speaking.words("\n")

    def _rows(self, paragraph: Text) -> list[_Row]:
        joined = _OVER_LINES.sub(lambda match: match[0].replace("\n", " "), paragraph.chars)
        joined = _HARD_BREAK.sub(" ", joined)
        unmarked = without_emphasis(Text(paragraph.line_index, joined, paragraph.offsets))
        ledger = self._state.ledger
        for _ in unmarked.emphasised:
            ledger.translated(paragraph.span().line, "marks of emphasis", "plain words")
        for struck in unmarked.struck:
            self._speaking.line = struck.span().line
            ledger.lost(self._speaking.line, struck.chars, "nothing, since it is struck out")
        for sign in unmarked.dangling:
            ledger.lost(sign.span().line, f"“{sign.chars}” that pairs with no other", "nothing; it is not spoken")
        rows: list[_Row] = []
        start = 0
        spans = list(unmarked.emphasised)
        for chars in unmarked.text.chars.split("\n"):
            end = start + len(chars)
            inside = []
            while spans and spans[0].start <= end:
                span = spans[0]
                inside.append(Emphasised(max(0, span.start - start), min(span.end, end) - start, span.strong))
                if span.end > end:
                    break
                spans.pop(0)
            rows.append(_Row(unmarked.text.slice(start, end), tuple(inside)))
            start = end + 1
        return rows

    # -- a whole line

    def _row(self, row: _Row) -> None:
        if self.stamped and (stamp := STAMP.match(row.text.chars)):
            self._speaking.note(stamp[0].strip(), "a comment; taken for the time at which the line is said")
            row = _Row(row.text.slice(stamp.end(), len(row.text)), ())
        row, words = self._undecorated(row)
        self._alone = not any(char.isalnum() for char in words)
        if words and not self._whole_line(row, words):
            self.inline.read(row.text.chars, row.emphasised)
            self._lasts()
        self._speaking.end_of_line(alone=self._alone)

    def _lasts(self) -> None:
        """The pause after a line that names a step and its length, such as ``Squats – 40 sec``."""
        if mark := self.lasting.get(self._speaking.line):
            self._state.writer.sentence(self._speaking.line)
            self._speaking.mark(f"the line's {mark.length}", replace(mark, why="taken for how long it lasts"))

    def _undecorated(self, row: _Row) -> tuple[_Row, str]:
        """The line without the signs around it, and its words; ``*** Silence ***`` is as if in italics."""
        words = row.text.chars.strip()
        decorated = _DECORATED.fullmatch(words)
        if not decorated or not_for_listeners(words):
            return row, words
        self._state.ledger.translated(self._speaking.line, f"the {decorated[1]} around a line", "nothing")
        words = decorated[2]
        start = row.text.chars.index(words)
        unspoken = read_mark(words, strict=True) or begins_direction(words)
        emphasised = (Emphasised(0, len(words), False),) if unspoken else ()
        return _Row(row.text.slice(start, start + len(words)), emphasised), words

    def _whole_line(self, row: _Row, words: str) -> bool:
        """Reads a line that is a mark, a direction or a speaker's; False if it is none of them."""
        bracketed = _BRACKETED.fullmatch(words)
        if not_for_listeners(words):
            return self._direction(words)
        if self.inline.repeats(words):
            return True
        if bracketed and _CLOSED_BY[bracketed[1]] == bracketed[3]:
            inner = bracketed[2]
            said = bracketed[1] != "(" or read_mark(inner, strict=True) or not is_direction(inner, italic=False)
            return False if said else self._direction(words)
        if mark := bare_mark(words) or self._styled_mark(row, words):
            self._speaking.count()
            self._speaking.mark(words, mark)
            return True
        if row.style == "italic" and (is_direction(words, italic=True) or _waits(words)):
            return self._direction(words)
        return self._labelled(row, words)

    @staticmethod
    def _styled_mark(row: _Row, words: str) -> SpokenMark | None:
        """A mark that is a whole line in italics."""
        mark = read_mark(words[slice(*_span_of_words(words))], strict=True) if row.style == "italic" else None
        return mark if mark is not None and (mark.sure or mark.seconds <= LONGEST_TIME) else None

    def _labelled(self, row: _Row, words: str) -> bool:
        if bracketed := _LABEL_IN_BRACKETS.match(words):  # '[Anna]: …'
            words = f"{bracketed[1]}: {words[bracketed.end() :]}"
        label = read_label(words, styled=bool(row.style))
        if label is None:
            return False
        if label.spoken:
            self._speaking.end_marks()
            self._speaking.note(label.label, "a comment; who speaks is not spoken")
            self.inline.read(label.words, ())
        else:
            self._title(words)
            self._direction(label.label)
        return True

    def _title(self, words: str) -> None:
        """``Title: The night train`` names the session, if nothing else has."""
        name, _, rest = words.partition(":")
        settings = self._state.writer.settings
        if name.strip().casefold() in _TITLES and "title" not in settings and rest.strip():
            settings["title"] = " ".join(rest.split())
            self._state.ledger.translated(self._speaking.line, words, f"title: {settings['title']}")

    def _direction(self, words: str) -> bool:
        self._speaking.end_breaths()
        if wait := wait_of(words):
            self._speaking.mark(words, wait)
        elif repetition(words):
            self._speaking.note(words, "a comment; put [repeat …] before what is said again, and [end] behind it")
        else:
            self._speaking.note(words, "a comment; a direction is not spoken")
        return True


def _waits(words: str) -> bool:
    """Whether a line in italics says how long to wait, and nothing to the listener."""
    wait = wait_of(words)
    return wait is not None and not wait.length.startswith("~") and not addresses(words)


def _span_of_words(text: str) -> tuple[int, int]:
    """Where the words of a line begin and end, without pictures and stars around them."""
    inside = [index for index, char in enumerate(text) if char.isalnum() or char in _MARKS_OF_WORDS]
    return (inside[0], inside[-1] + 1) if inside else (0, len(text))
