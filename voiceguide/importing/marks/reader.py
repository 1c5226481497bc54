"""Translates text with pause marks, as people write it for each other and for simple speech programs.

Knows brackets of every kind around words like ``pause 5 seconds``, dots (``...``), ``<break time="2s"/>`` and the
like in plain text, headings, lists and emphasis of Markdown, and Speech Markdown (:mod:`~.speech_markdown`).
"""

from __future__ import annotations

import re
from fractions import Fraction

from voiceguide.errors import Diagnostic, Source, Span
from voiceguide.importing.breaths import Breaths
from voiceguide.importing.marks.words import SpokenMark, read_mark
from voiceguide.importing.report import Report
from voiceguide.importing.speech_markdown import is_speech_markdown, read_section, say_modified, say_standalone
from voiceguide.importing.state import ImportState, Surroundings
from voiceguide.units import LONGEST_SESSION, format_duration

TRAILING, BETWEEN, ALONE = Fraction(2), Fraction(1), Fraction(3)
"""Seconds of the pause that dots mean: at a line's end, inside it, and on a line of their own."""

_NUMBER = r"[0-9]{1,7}(?:\.[0-9]{1,3})?"
_TOKEN = re.compile(
    rf"""
    (?P<comment><!--(?:(?!<!--).)*?-->)
  | (?P<escape>\\(?P<escaped>[\[\]{{}}*_`\\\#>]))
  | (?P<slnc>\[\[\s*slnc\s+(?P<milliseconds>{_NUMBER})\s*\]\])
  | (?P<rest><\#\s*(?P<seconds>{_NUMBER})\s*\#>)
  | (?P<break><\s*(?:break|silence)\b(?P<attributes>[^<>]{{0,200}})>)
  | (?P<tag></?(?P<tagname>[A-Za-z][A-Za-z0-9]{{0,9}})(?:\s[^<>]{{0,200}})?/?>)
  | (?P<modified>\((?P<words>[^()\[\]]{{1,300}})\)\[(?P<modifiers>[^\[\]]{{1,300}})\])
  | (?P<link>!?\[(?P<label>[^\[\]]{{1,300}})\]\((?P<target>[^()\s]{{0,300}})\))
  | (?P<square>!?\[(?P<insquare>[^\[\]]{{1,300}})\])
  | (?P<round>\((?P<inround>[^()]{{1,200}})\))
  | (?P<angle><(?P<inangle>[A-Za-z0-9][^<>]{{0,100}})>)
  | (?P<brace>\{{{{1,2}}(?P<inbrace>[^{{}}]{{1,100}})\}}{{1,2}})
  | (?P<stars>(?P<star>\*{{1,3}}|(?<!\w)_{{1,3}})(?![\s*_])(?P<instars>[^*_]{{1,500}}?)(?<![\s*_])(?P=star)(?!\w))
  | (?P<plus>(?<!\w)(?P<sign>\+{{1,2}}|~)(?![\s+~])(?P<inplus>[^+~]{{1,300}}?)(?<![\s+~])(?P=sign)(?!\w))
  | (?P<code>`(?P<incode>[^`]{{1,300}})`)
  | (?P<dots>[ ]?(?:\.(?:[ ]?\.){{2,}}+|…+))
    """,
    re.VERBOSE,
)
_HTML = frozenset(
    re.findall(r"\w+", "b i u em strong span div p br a ul ol li h1 h2 h3 h4 h5 h6 hr html body head center font")
)
_ENDS_PARAGRAPH = frozenset(re.findall(r"\w+", "p br div li h1 h2 h3 h4 h5 h6 hr"))
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?\S)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:={3,}|-{3,})[ \t]*$")
_RULE = re.compile(r"[ \t]*([-*_=~#])(?:[ \t]*\1){2,}[ \t]*$")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})\w*[ \t]*$")
_ITEM = re.compile(r"[ \t]*(?:(?P<bullet>[-*+•·])|(?P<number>[0-9]{1,3})[.)])[ \t]+(?=\S)")
_QUOTE = re.compile(r"[ \t]*>+[ \t]?")
_SECTION = re.compile(r"[ \t]*#\[(?P<modifiers>[^\[\]]{0,300})\][ \t]*$")
_SETTING = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}):(?:\s+(?P<value>.*))?$")
MOST_MARKS = 100_000
"""Marks, headings and list items of a text; a session has no more events."""

_FAR = 200  # lines over which a comment may go
_VISIBLE = re.compile(r"\S")
_DEEPEST = 6


class _TooMany(Exception):
    """A text has more marks than can be read."""


class _Reader:
    def __init__(self, source: Source, around: Surroundings) -> None:
        self.state = ImportState(around)
        self.lines = source.lines
        self.modified = is_speech_markdown(source.text)
        self.line = 1
        self._breaths = Breaths(self.state)
        self._rest = Fraction(0)  # the pause that dots mean, written unless another pause follows
        self._rest_line = 1
        self._ended_paragraph = False  # while phases of breaths were collected
        self._lone = False  # whether the current line has nothing but dots
        self._close = 0  # the next line, from 0, in which a comment is closed
        self._marks = 0

    # -- lines

    def read(self) -> None:
        index = self._settings()
        while index < len(self.lines):
            self.line = index + 1
            row = self.lines[index]
            while "<!--" in row and "-->" not in row[row.rindex("<!--") :] and self._closes_later(index):
                index += 1
                row += f" {self.lines[index]}"
            below = self.lines[index + 1] if index + 1 < len(self.lines) else ""
            index += 1 + self._row(row, below)
        self._flush_rest()
        self._end_breaths()

    def _closes_later(self, index: int) -> bool:
        if self._close <= index:
            following = range(index + 1, len(self.lines))
            self._close = next((line for line in following if "-->" in self.lines[line]), len(self.lines) + _FAR)
        return self._close < index + _FAR

    def _row(self, row: str, below: str) -> int:
        """Reads a line; returns how many lines below it were read as well."""
        writer, ledger = self.state.writer, self.state.ledger
        if not row.strip():
            self._flush_rest()
            self._ended_paragraph = self._breaths.open
            writer.paragraph()
        elif heading := _HEADING.match(row):
            self._heading(heading[2], len(heading[1]))
        elif _UNDERLINE.match(below) and _is_title(row) and not self._in_paragraph():
            self._heading(row, 1)
            return 1
        elif section := _SECTION.match(row):
            self._flush_rest()
            self._end_breaths()
            read_section(self.state, self.line, section["modifiers"])
        elif _RULE.match(row) or _FENCE.match(row):
            self._flush_rest()
            writer.paragraph()
            ledger.translated(self.line, f"a line of {row.strip()[0]}", "the end of a paragraph")
        else:
            self._text_row(row)
        return 0

    def _in_paragraph(self) -> bool:
        return self.line > 1 and bool(self.lines[self.line - 2].strip())

    def _text_row(self, row: str) -> None:
        if quote := _QUOTE.match(row):
            self.state.ledger.guessed(self.line, "a line that starts with >", "spoken words")
            row = row[quote.end() :]
        if item := _ITEM.match(row):
            self._count()
            self._flush_rest()
            self._end_breaths()
            number = item["number"]
            self.state.writer.paragraph(f"{number}. " if number else "- ")
            if number:
                self.state.ledger.lost(self.line, f"“{number}.”", "the number of a list's line, which is not spoken")
            else:
                self.state.ledger.translated(self.line, "a list's line", "a list's line")
            row = row[item.end() :]
        self._lone = not any(char.isalnum() for char in row)
        self._inline(row, 0)
        if self._rest:
            self._rest = max(self._rest, ALONE if self._lone else TRAILING)
        self._words("\n")

    def _heading(self, title: str, level: int) -> None:
        self._count()
        self._flush_rest()
        self._end_breaths()
        title = re.sub(r"(\*{1,3}|_{1,3}|`)(\S(?:.*?\S)?)\1", r"\2", title.strip())
        if any(char.isalnum() for char in title):
            self.state.writer.heading(title, level)
            self.state.ledger.translated(self.line, "a heading", "a chapter; its title is not spoken")
        else:
            self.state.ledger.lost(self.line, f"the heading “{title}”", "nothing, since there is no word in it")

    def _settings(self) -> int:
        """Reads the settings between two lines of ``---`` before the text; returns the line where the text begins."""
        if self.lines[0].strip() != "---":
            return 0
        end = next((i for i, row in enumerate(self.lines[1:60], 1) if row.strip() in ("---", "...")), 0)
        rows = self.lines[1:end]
        if not rows or not any(_SETTING.match(row) for row in rows):
            return 0
        for number, row in enumerate(rows, 2):
            found = _SETTING.match(row)
            if found and found["key"].lower() == "title" and found["value"]:
                self.state.writer.settings["title"] = found["value"].strip().strip("\"'")
                self.state.ledger.translated(number, "title", "title")
            elif row.strip():
                self.state.writer.comment(row)
                self.state.ledger.lost(number, f"the setting “{row.strip()}”", "a comment")
        self.state.writer.paragraph()
        return end + 1

    # -- inside a line

    def _inline(self, text: str, depth: int) -> None:
        position = 0
        while match := _TOKEN.search(text, position):
            self._words(text[position : match.start()])
            position = self._token(match, depth)
        self._words(text[position:])

    def _words(self, text: str) -> None:
        if any(char.isalnum() for char in text):
            self._flush_rest()
            self._end_breaths()
        if not self._breaths.open:
            self.state.writer.words(text, self.line)

    def _end_breaths(self) -> None:
        if self._breaths.open:
            self._breaths.flush()
            if self._ended_paragraph:
                self.state.writer.paragraph()
        self._ended_paragraph = False

    def _flush_rest(self) -> None:
        """Writes the pause that dots mean, once no other pause has followed them."""
        if self._rest:
            self.state.writer.silence(self._rest, elastic=True)
            into = f"[pause ~{format_duration(self._rest)}]; the length is ours"
            self.state.ledger.guessed(self._rest_line, "an ellipsis", into)
            self._rest = Fraction(0)

    def _token(self, match: re.Match[str], depth: int) -> int:
        """Translates a token; returns the offset at which reading continues."""
        raw, writer, ledger = match[0], self.state.writer, self.state.ledger
        self._count()
        kind = match.lastgroup  # of nested groups the outermost is the last to close
        match kind:
            case "comment":
                writer.comment(raw[4:-3])
                ledger.translated(self.line, "a comment", "a comment")
            case "escape":
                self._words(match["escaped"])
            case "slnc":
                self._silence(raw, Fraction(match["milliseconds"]) / 1000, "")
            case "rest":
                self._silence(raw, Fraction(match["seconds"]), "")
            case "break":
                self._break(raw, match["attributes"])
            case "tag":
                return self._tag(match)
            case "modified":
                if say_modified(self.state, self.line, match["words"], match["modifiers"], self._before_words):
                    return match.end()
                return self._bracket(match, match.start(), match["words"], f"({match['words']})", depth)
            case "link":
                self._link(match, depth)
            case "dots":
                self._dots(match)
            case "stars" | "code" | "plus":
                self._emphasis(match, kind, depth)
            case _:
                inner = next(text for text in (match[name] for name in _INNER) if text is not None)
                return self._bracket(match, match.start(), inner, raw, depth)
        return match.end()

    def _count(self) -> None:
        self._marks += 1
        if self._marks > MOST_MARKS:
            raise _TooMany

    def _before_words(self) -> None:
        self._flush_rest()
        self._end_breaths()

    def _bracket(self, match: re.Match[str], start: int, inner: str, raw: str, depth: int) -> int:
        end = start + len(raw)
        text = match.string
        opening = raw.lstrip("!")[0]
        attached = text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()
        mark = None if attached and opening == "(" else read_mark(inner, strict=opening == "(")
        if mark is not None:
            self._mark(raw, mark)
            return end
        if opening == "[" and say_standalone(self.state, self.line, raw, inner, self._before_words):
            return end
        if opening in "({" or attached:  # their content is mostly meant to be spoken
            if opening == "{":
                self.state.ledger.guessed(self.line, raw, "the words, spoken as they stand")
            self._words(text[start : start + len(raw) - len(raw.lstrip("!({[<"))])
            return start + len(raw) - len(raw.lstrip("!({[<"))
        self.state.writer.comment(raw)
        self.state.ledger.lost(self.line, raw, "a comment; it is not spoken")
        return end

    def _mark(self, raw: str, mark: SpokenMark) -> None:
        if mark.kind in ("in", "out", "hold"):
            self._settle_before_pause()
            self._breaths.add(self.line, raw, mark)
            return
        self._end_breaths()
        if mark.kind == "stamp":
            self.state.writer.comment(raw)
            self.state.ledger.lost(self.line, raw, "a comment; taken for the time at which the line is said")
        elif mark.kind == "chime":
            self._flush_rest()
            cue = f"chime {mark.sound}".strip()
            self.state.writer.cue(cue)
            self.state.ledger.guessed(self.line, raw, f"[{cue}], {mark.why}")
        else:
            self._settle_before_pause()
            elastic = mark.length.startswith("~")
            if ".." in mark.length:
                self.state.writer.cue(f"pause {mark.length}")
            else:
                self.state.writer.silence(mark.seconds, elastic=elastic)
            into = f"[pause {mark.length}]"
            if mark.why:
                self.state.ledger.guessed(self.line, raw, f"{into}; {mark.why}")
            else:
                self.state.ledger.translated(self.line, raw, into)

    def _settle_before_pause(self) -> None:
        """Drops the pause of dots, because an explicit one follows."""
        if self._rest:
            self.state.ledger.translated(self._rest_line, "an ellipsis", "the pause behind it")
        self._rest = Fraction(0)
        self._lone = False

    def _silence(self, raw: str, seconds: Fraction, why: str) -> None:
        if seconds > LONGEST_SESSION:
            self.state.ledger.lost(self.line, raw, "nothing; it is longer than a session may be")
            return
        self._mark(raw, SpokenMark("pause", format_duration(seconds), seconds, why))

    def _break(self, raw: str, attributes: str) -> None:
        values = dict(re.findall(r"([\w-]+)\s*=\s*[\"']?([^\"'\s/>]+)", attributes))
        self._settle_before_pause()
        self._end_breaths()
        if re.fullmatch(r"[0-9]{1,9}", values.get("msec", "")):
            self._silence(raw, Fraction(int(values["msec"]), 1000), "")
        else:
            self.state.break_(self.line, raw, values.get("time"), values.get("strength"))

    def _tag(self, match: re.Match[str]) -> int:
        name = match["tagname"].lower()
        if name not in _HTML:
            inner = match[0][1:-1].strip("/ ")
            return self._bracket(match, match.start(), inner, match[0], 0)
        if name in _ENDS_PARAGRAPH:
            self._flush_rest()
            self.state.writer.paragraph()
        into = "a paragraph" if name in _ENDS_PARAGRAPH else "plain words"
        self.state.ledger.translated(self.line, f"<{name}>", into)
        return match.end()

    def _link(self, match: re.Match[str], depth: int) -> None:
        mark = read_mark(match["label"], strict=False)
        if mark is not None:
            self._mark(f"[{match['label']}]", mark)
            self._words(f" ({match['target']})")
            return
        self.state.ledger.lost(self.line, f"the link to {match['target']}", "the words of it")
        self._nested(match["label"], depth)

    def _emphasis(self, match: re.Match[str], kind: str, depth: int) -> None:
        if kind == "plus" and not self.modified:
            self._words(match[0])
            return
        inner = match[{"stars": "instars", "code": "incode", "plus": "inplus"}[kind]]
        mark = read_mark(inner, strict=True) if kind == "stars" else None
        if mark is not None and mark.kind in ("pause", "hold"):
            self._mark(match[0], mark)
            return
        self.state.ledger.translated(self.line, "marks of emphasis", "plain words")
        self._nested(inner, depth)

    def _nested(self, text: str, depth: int) -> None:
        if depth < _DEEPEST:
            self._inline(text, depth + 1)
        else:
            self._words(text)

    def _dots(self, match: re.Match[str]) -> None:
        if not self._breaths.open and _VISIBLE.search(match.string, 0, match.start()):
            self.state.writer.words("…", self.line)
        self._rest, self._rest_line = max(self._rest, BETWEEN), self.line


_INNER = ("insquare", "inround", "inangle", "inbrace")


def _is_title(row: str) -> bool:
    """Whether an underlined line can be a chapter's title."""
    return len(row) <= 100 and row.lstrip()[:1] not in "-*+>[(<{#" and any(char.isalnum() for char in row)


def read_marks(source: Source, around: Surroundings) -> tuple[tuple[str, Report] | None, tuple[Diagnostic, ...]]:
    """The script for a text with marks, and the report. Any text can be read, unless it has too many marks."""
    reader = _Reader(source, around)
    try:
        reader.read()
    except _TooMany:
        message = f"up to here there are more than {MOST_MARKS:,} marks, headings and list items, the most there can be"
        span = Span(source, reader.line, 1)
        return None, (Diagnostic(span, "error", message, "divide it into several sessions"),)
    form = "Speech Markdown" if reader.modified else "text with marks"
    return (reader.state.writer.script(), reader.state.ledger.report(form)), ()
