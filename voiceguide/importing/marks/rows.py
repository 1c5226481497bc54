"""The lines of a paragraph: marks in and between the words, directions, what is filled in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from voiceguide.importing.marks.directions import (
    bare_mark,
    begins_direction,
    is_direction,
    not_for_listeners,
    read_label,
    repetition,
)
from voiceguide.importing.marks.emphasis import Emphasised, without_emphasis
from voiceguide.importing.marks.line_ends import meant_ends
from voiceguide.importing.marks.placeholders import BLANK, Place, fill_in, variable_of
from voiceguide.importing.marks.speaking import Speaking
from voiceguide.importing.marks.tags import say_tag
from voiceguide.importing.marks.tokens import LONGEST_TIME, TOKEN, alone, between_sentences, is_meant
from voiceguide.importing.marks.waiting import wait_of
from voiceguide.importing.marks.words import WORDS, SpokenMark, read_mark
from voiceguide.importing.speech_markdown import say_modified, say_standalone
from voiceguide.script.links import normal_label
from voiceguide.script.markup import ADDRESS, ENTITY, TAG, entity_text
from voiceguide.script.text import Text

_INNER = {"square": "insquare", "round": "inround", "angle": "inangle", "brace": "inbrace"}
_BRACKETED = re.compile(r"([(\[{<])([^()\[\]{}<>]{1,300})([)\]}>])[.!…\s]*$")
_CLOSED_BY = {"(": ")", "[": "]", "{": "}", "<": ">"}
_OVER_LINES = re.compile(r"\[[^\[\]]{1,300}\]|\([^()]{1,300}\)|<[^<>]{1,300}>")
_DECORATED = re.compile(r"([~=*\-–—•·+]{1,5})\s+(\w.*\S)\s+[~=*\-–—•·+]{1,5}")
_VISIBLE = re.compile(r"\S")
_ENDS_OF_WORDS = re.compile(r"^[\W_]*?([\w(\[{…].*?)[^\w.!?…)\]}]*$", re.DOTALL)
_PICTURES = re.compile(r"^[^\w(\[{<…~]+|[^\w.!?…)\]}>~]+$")
_TITLES = ("title", "titel", "titre", "título", "titolo")
_SOUND_FILE = re.compile(r"\.(?:wav|mp3|flac|ogg|m4a|aiff?)$", re.IGNORECASE)
_DEEPEST = 6
_LONGEST_MARK = 100  # characters of a mark between stars


@dataclass(frozen=True, slots=True)
class _Row:
    """A line: its words, and what of them was emphasised."""

    text: Text
    emphasised: tuple[Emphasised, ...]

    @property
    def style(self) -> str:
        """``bold`` or ``italic`` when all of the line is, but for pictures at its ends."""
        words = self.text.chars
        inside = _ENDS_OF_WORDS.search(words)
        start, end = inside.span(1) if inside else (0, len(words))
        whole = [span for span in self.emphasised if span.start <= start and span.end >= end]
        return "" if not whole else "bold" if any(span.strong for span in whole) else "italic"


class RowReader:
    """Reads paragraphs, line by line. ``labels`` are those of the text's link definitions."""

    def __init__(self, speaking: Speaking, *, modified: bool) -> None:
        self.labels: frozenset[str] = frozenset()
        self._speaking = speaking
        self._state = speaking.state
        self.modified = modified

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
        row, words = self._undecorated(row)
        self._alone = not any(char.isalnum() for char in words)
        if words and not self._whole_line(row, words):
            self._inline(row.text.chars, row.emphasised)
        self._speaking.end_of_line(alone=self._alone)

    def _undecorated(self, row: _Row) -> tuple[_Row, str]:
        """The line without the signs around it, and its words; ``*** Silence ***`` is as if in italics."""
        words = row.text.chars.strip()
        decorated = _DECORATED.fullmatch(words)
        if not decorated:
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
        if self._repeats(words):
            return True
        if bracketed and _CLOSED_BY[bracketed[1]] == bracketed[3]:
            inner = bracketed[2]
            said = bracketed[1] != "(" or read_mark(inner, strict=True) or not is_direction(inner, italic=False)
            return False if said else self._direction(words)
        if mark := bare_mark(words) or self._styled_mark(row, words):
            self._speaking.count()
            self._speaking.mark(words, mark)
            return True
        if row.style == "italic" and is_direction(words, italic=True):
            return self._direction(words)
        return self._labelled(row, words)

    @staticmethod
    def _styled_mark(row: _Row, words: str) -> SpokenMark | None:
        """A mark that is a whole line in italics."""
        mark = read_mark(_without_pictures(words), strict=True) if row.style == "italic" else None
        return mark if mark is not None and (mark.sure or mark.seconds <= LONGEST_TIME) else None

    def _labelled(self, row: _Row, words: str) -> bool:
        label = read_label(words, styled=bool(row.style))
        if label is None:
            return False
        if label.spoken:
            self._speaking.end_marks()
            self._speaking.note(label.label, "a comment; who speaks is not spoken")
            self._inline(label.words, ())
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

    def _repeats(self, words: str) -> bool:
        """Reads ``Repeat 4 times.`` after a whole breath."""
        how = TOKEN.search(repetition(words)) if self._speaking.in_breath else None
        return how is not None and how.lastgroup == "times" and self._speaking.times(words, _times_of(how))

    def _direction(self, words: str) -> bool:
        self._speaking.end_breaths()
        if wait := wait_of(words):
            self._speaking.mark(words, wait)
        elif repetition(words):
            self._speaking.note(words, "a comment; put [repeat …] before what is said again, and [end] behind it")
        else:
            self._speaking.note(words, "a comment; a direction is not spoken")
        return True

    # -- inside a line

    def _inline(self, text: str, emphasised: Sequence[Emphasised] = (), depth: int = 0) -> None:
        position = 0
        token = TOKEN.search(text)  # looked for once for each place, so that the time is in proportion to the text
        marks: list[tuple[int, int, SpokenMark | None]] = [*self._emphasised_marks(text, emphasised)]
        for start, end, mark in [*marks, (len(text), len(text), None)]:
            while token is not None and token.start() < start:
                self._speaking.words(text[position : token.start()])
                position = self._token(token, depth)
                token = TOKEN.search(text, position)
            if position > start:
                continue
            self._speaking.words(text[position:start])
            position = end
            if mark is not None:
                self._speaking.count()
                self._speaking.mark(text[start:end], mark)
            if token is not None and token.start() < position:
                token = TOKEN.search(text, position)

    def _emphasised_marks(self, text: str, emphasised: Sequence[Emphasised]) -> Iterator[tuple[int, int, SpokenMark]]:
        for span in emphasised:
            if span.end - span.start <= _LONGEST_MARK and (mark := self._emphasised(text, span)):
                yield span.start, span.end, mark

    def _emphasised(self, text: str, span: Emphasised) -> SpokenMark | None:
        """``*pause*`` between sentences; inside a sentence it is a word."""
        mark = read_mark(text[span.start : span.end], strict=True)
        if mark is None or mark.kind not in ("pause", "hold") or not mark.sure:
            return None
        return mark if between_sentences(text, span.start, span.end) else None

    def _token(self, match: re.Match[str], depth: int) -> int:
        """Translates a token; returns the offset at which reading continues."""
        raw, speaking = match[0], self._speaking
        speaking.count()
        kind = match.lastgroup or ""  # of nested groups the outermost is the last to close
        match kind:
            case "comment":
                speaking.comment(raw[4:-3])
                self._state.ledger.translated(speaking.line, "a comment", "a comment")
            case "escape":
                speaking.words(match["escaped"])
            case "slnc":
                speaking.silence(raw, Fraction(match["milliseconds"]) / 1000)
            case "rest":
                speaking.silence(raw, Fraction(match["seconds"]))
            case "break":
                speaking.break_(raw, match["attributes"])
            case "modified":
                if say_modified(self._state, speaking.line, match["words"], match["modifiers"], speaking.end_marks):
                    return match.end()
                return self._bracket(match, match.start(), match["words"], f"({match['words']})", depth)
            case "footnote":
                speaking.note(raw, "a comment; a footnote is not spoken", match["aside"] or raw)
            case "link" | "wiki":
                self._link(match, depth)
            case "dots":
                speaking.dots(said=_VISIBLE.search(match.string, 0, match.start()) is not None)
            case "code":
                self._code(match, depth)
            case "plus":
                self._plus(match, depth)
            case "blank":
                speaking.words(fill_in(self._state, speaking.line, raw, BLANK))
            case "entity":
                found = ENTITY.fullmatch(raw)
                speaking.words((entity_text(found) if found else None) or raw)
            case "aside_note" | "anchor":
                speaking.note(raw, "a comment; it is not spoken", raw.strip("%^ "))
            case "timer" | "dashed" | "caps":
                return self._possible_mark(match)
            case "times":
                if not (speaking.in_breath and speaking.times(raw, _times_of(match))):
                    speaking.words(raw)
            case _:
                return self._bracket(match, match.start(), match[_INNER[kind]], raw, depth)
        return match.end()

    def _possible_mark(self, match: re.Match[str]) -> int:
        """A picture of a clock, words between dashes, or a word in capitals; returns where reading continues."""
        speaking, text = self._speaking, match.string
        kind = match.lastgroup
        words = match["ontimer"] or "pause" if kind == "timer" else match["indash"] or match[0]
        mark = read_mark(words, strict=kind != "timer")
        sure = mark is not None and mark.kind != "chime" and (mark.sure or kind == "timer")
        if mark is None or not sure or not between_sentences(text, *match.span()):
            end = match.end("dash") if kind == "dashed" else match.end()
            speaking.words(text[match.start() : end])
            return end
        speaking.mark(match[0], mark)
        return match.end()

    def _code(self, match: re.Match[str], depth: int) -> None:
        mark = read_mark(match["incode"], strict=True)
        if mark is not None and mark.sure and between_sentences(match.string, *match.span()):
            self._speaking.mark(match[0], mark)
            return
        self._state.ledger.translated(self._speaking.line, "marks of code", "plain words")
        self._nested(match["incode"], depth)

    def _plus(self, match: re.Match[str], depth: int) -> None:
        if not self.modified:
            self._speaking.words(match[0])
            return
        self._state.ledger.translated(self._speaking.line, "marks of emphasis", "plain words")
        self._nested(match["inplus"], depth)

    def _link(self, match: re.Match[str], depth: int) -> None:
        speaking, ledger, raw = self._speaking, self._state.ledger, match[0]
        if match.lastgroup == "wiki":
            page, _, shown = match["page"].partition("|")
            label, target = shown or page.replace("#^", "#").replace("#", ", "), page
        else:
            label, target = match["label"], match["target"]
        if raw.startswith("!"):
            sound = _SOUND_FILE.search(target)
            if not (sound and say_standalone(self._state, speaking.line, f"![{target}]", target, speaking.end_marks)):
                speaking.note(raw, "a comment; a picture is not spoken", f"picture: {label} {target}")
            return
        mark = read_mark(label, strict=False)
        if mark is not None and between_sentences(match.string, *match.span()):
            speaking.mark(f"[{label}]", mark)
            self._nested(f" ({target})" if match.lastgroup == "link" else "", depth)
            return
        ledger.lost(speaking.line, f"the link to {target}", "the words of it")
        self._nested(label, depth)

    def _bracket(self, match: re.Match[str], start: int, inner: str, raw: str, depth: int) -> int:
        """Reads what stands between two brackets of any kind."""
        text, end, speaking = match.string, start + len(raw), self._speaking
        opening = raw.lstrip("!")[0]
        if opening == "<" and (tag := self._tag(raw)):
            return end if tag == raw else start + len(tag)
        if opening == "[" and match.groupdict().get("reference") is not None:
            if normal_label(match["reference"] or inner) in self.labels:
                self._reference(raw, inner, depth)
                return end
            end = start + raw.index("]") + 1
            raw = text[start:end]
        elif opening == "[" and normal_label(inner) in self.labels and read_mark(inner, strict=False) is None:
            self._reference(raw, inner, depth)
            return end
        attached = text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()
        mark = None if attached and opening == "(" else read_mark(inner, strict=opening == "(")
        if mark is not None and is_meant(mark, opening, between=between_sentences(text, start, end)):
            speaking.mark(raw, mark)
            return end
        if opening == "[" and say_standalone(self._state, speaking.line, raw, inner, speaking.end_marks):
            return end
        between = between_sentences(text, start, end)
        place: Place = "alone" if alone(text, start, end) else "between" if between else "within"
        if name := variable_of(inner, opening, place):
            speaking.words(fill_in(self._state, speaking.line, raw, name))
            return end
        if self._repeats(f"repeat {repetition(inner) or inner}"):
            return end
        unspoken = opening in "[<" or (between and inner.split()[0].casefold().strip(":,") in WORDS.pause)
        if unspoken and not attached and (wait := wait_of(inner)):
            speaking.mark(raw, wait)
            return end
        if opening in "({" or attached:  # their content is mostly meant to be spoken
            if opening == "{" or mark is not None:
                self._state.ledger.guessed(speaking.line, raw, "the words, spoken as they stand")
            after = start + len(raw) - len(raw.lstrip("!({[<"))
            speaking.words(text[start:after])
            return after
        speaking.note(raw)
        return end

    def _tag(self, raw: str) -> str:
        """What was read of a tag; empty when it is none."""
        if ADDRESS.fullmatch(raw):
            self._speaking.words(raw[1:-1])
            return raw
        return raw if TAG.fullmatch(raw) and say_tag(self._speaking, raw) else ""

    def _reference(self, raw: str, inner: str, depth: int) -> None:
        if raw.startswith("!"):
            self._speaking.note(raw, "a comment; a picture is not spoken", f"picture: {inner}")
            return
        self._state.ledger.lost(self._speaking.line, f"the link {raw}", "the words of it")
        self._nested(inner, depth)

    def _nested(self, text: str, depth: int) -> None:
        if depth < _DEEPEST:
            self._inline(text, (), depth + 1)
        else:
            self._speaking.words(html.unescape(text))


def _times_of(match: re.Match[str]) -> int:
    return int(match["number"] or match["number2"] or match["number3"])


def _without_pictures(words: str) -> str:
    return _PICTURES.sub("", words)
