"""Words and marks in order, as a reader of lines finds them: dots wait for a pause mark, phases for a whole breath."""

from __future__ import annotations

import re
from fractions import Fraction

from voiceguide.importing.breaths import Breaths
from voiceguide.importing.marks.words import SpokenMark
from voiceguide.importing.state import ImportState
from voiceguide.units import LONGEST_SESSION, format_duration

TRAILING, BETWEEN, ALONE = Fraction(2), Fraction(1), Fraction(3)
"""Seconds of the pause that dots mean: at a line's end, inside it, and on a line of their own."""

MOST_MARKS = 100_000
"""Marks, headings and list items of a text; a session has no more events."""


_OPENING = re.compile(r"[(\[{«„“‘¿¡\"'-]+\s*$")


class TooManyMarks(Exception):
    """A text has more marks than can be read."""


class Speaking:
    """Writes what a text says and marks. ``line`` is where the text is read."""

    def __init__(self, state: ImportState) -> None:
        self.state = state
        self.line = 1
        self._breaths = Breaths(state)
        self._rest = Fraction(0)  # the pause that dots mean, written unless another pause follows
        self._rest_line = 1
        self._paused = False  # whether a pause mark was the last that was heard
        self._ended_paragraph = False  # while phases of breaths were collected
        self._count = 0
        self._opened = ""  # brackets and quotes of the words that follow a pause

    # -- words

    def words(self, text: str) -> None:
        text = self._opened + text
        self._opened = ""
        if any(char.isalnum() for char in text):
            self.end_marks()
            self._paused = False
        elif (opening := _OPENING.search(text)) and (self._rest or self._breaths.open):
            text, self._opened = text[: opening.start()], text[opening.start() :]
        if not self._breaths.open:
            self.state.writer.words(text, self.line)

    def paragraph(self, bullet: str = "") -> None:
        self._opened = ""
        if bullet:
            self.end_marks()
        self.flush_rest()
        self._paused = False
        self._ended_paragraph = self._breaths.open
        self.state.writer.paragraph(bullet)

    def comment(self, text: str) -> None:
        self.state.writer.comment(text)

    def note(self, raw: str, into: str = "a comment; it is not spoken", text: str | None = None) -> None:
        """What is not said: a comment, and a row of the report."""
        self.state.writer.comment(raw if text is None else text)
        self.state.ledger.lost(self.line, raw, into)

    def end_marks(self) -> None:
        """Writes the pause of dots and the breaths that have waited."""
        self.flush_rest()
        if self._breaths.open:
            self._breaths.flush()
            if self._ended_paragraph:
                self.state.writer.paragraph()
        self._ended_paragraph = False

    def count(self) -> None:
        """Counts a mark. Raises TooManyMarks."""
        self._count += 1
        if self._count > MOST_MARKS:
            raise TooManyMarks

    # -- dots

    def dots(self, *, said: bool) -> None:
        """An ellipsis; ``said``: it follows words of its line."""
        if self._paused:
            self.state.ledger.translated(self.line, "an ellipsis", "the pause before it")
        else:
            if not self._breaths.open and said:
                self.state.writer.words("…", self.line)
            self._rest, self._rest_line = max(self._rest, BETWEEN), self.line

    def end_of_line(self, *, alone: bool) -> None:
        """Lengthens the pause of dots at a line's end; ``alone``: there are no words in the line."""
        if self._rest and self._rest_line == self.line:
            self._rest = max(self._rest, ALONE if alone else TRAILING)

    def flush_rest(self) -> None:
        """Writes the pause that dots mean, once no other pause has followed them."""
        if self._rest:
            self.state.writer.silence(self._rest, elastic=True)
            into = f"[pause ~{format_duration(self._rest)}]; the length is ours"
            self.state.ledger.guessed(self._rest_line, "an ellipsis", into)
            self._rest = Fraction(0)

    def _settle(self) -> None:
        """Drops the pause of dots, because an explicit one follows."""
        if self._rest:
            self.state.ledger.translated(self._rest_line, "an ellipsis", "the pause behind it")
        self._rest = Fraction(0)

    # -- marks

    def mark(self, raw: str, mark: SpokenMark) -> None:
        if mark.kind in ("in", "out", "hold"):
            self._settle()
            self._breaths.add(self.line, raw, mark)
            if mark.rest:
                self.end_breaths()
        elif mark.kind == "stamp":
            self.end_breaths()
            self.note(raw, "a comment; taken for the time at which the line is said")
        elif mark.kind == "chime":
            self.end_marks()
            cue = f"chime {mark.sound}".strip()
            self.state.writer.cue(cue)
            self.state.ledger.guessed(self.line, raw, f"[{cue}], {mark.why}")
        else:
            self._pause(raw, mark)
        if mark.rest:
            self.state.writer.comment(mark.rest)

    def _pause(self, raw: str, mark: SpokenMark) -> None:
        self.end_breaths()
        self._settle()
        self._paused = True
        if ".." in mark.length:
            self.state.writer.cue(f"pause {mark.length}")
        else:
            self.state.writer.silence(mark.seconds, elastic=mark.length.startswith("~"))
        into = f"[pause {mark.length}]"
        if mark.rest:
            self.state.ledger.lost(self.line, raw, f"{into} and a comment; the rest of it is not spoken")
        elif mark.why:
            self.state.ledger.guessed(self.line, raw, f"{into}; {mark.why}")
        else:
            self.state.ledger.translated(self.line, raw, into)

    def end_breaths(self) -> None:
        if self._breaths.open:
            self._breaths.flush()
            if self._ended_paragraph:
                self.state.writer.paragraph()
        self._ended_paragraph = False

    def silence(self, raw: str, seconds: Fraction) -> None:
        """A pause of an exact length."""
        if seconds > LONGEST_SESSION:
            self.state.ledger.lost(self.line, raw, "nothing; it is longer than a session may be")
            return
        self._pause(raw, SpokenMark("pause", format_duration(seconds), seconds))

    def break_(self, raw: str, attributes: str) -> None:
        """A ``<break/>`` or ``<silence/>`` of speech markup."""
        values = dict(re.findall(r"([\w-]+)\s*=\s*[\"'“”]?([^\"'“”\s/>]+)", attributes))
        if re.fullmatch(r"[0-9]{1,9}", values.get("msec", "")):
            self.silence(raw, Fraction(int(values["msec"]), 1000))
            return
        self._settle()
        self.end_breaths()
        self._paused = True
        self.state.break_(self.line, raw, values.get("time"), values.get("strength"))

    def times(self, raw: str, times: int) -> bool:
        """``x4`` after a whole breath: so many of it. False when no whole breath stands before it."""
        return self._breaths.times(self.line, raw, times)

    @property
    def in_breath(self) -> bool:
        """Whether phases of a breath wait for what follows."""
        return self._breaths.open
