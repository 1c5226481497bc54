"""What stands inside a line: words, marks, tags, links, placeholders."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from voiceguide.importing.marks.directions import addresses, repetition
from voiceguide.importing.marks.emphasis import Emphasised
from voiceguide.importing.marks.placeholders import BLANK, Place, fill_in, is_named, variable_of
from voiceguide.importing.marks.speaking import Speaking
from voiceguide.importing.marks.tags import say_tag
from voiceguide.importing.marks.tokens import TOKEN, alone, between_sentences, is_meant
from voiceguide.importing.marks.waiting import WAIT, wait_of
from voiceguide.importing.marks.words import WORDS, SpokenMark, read_mark
from voiceguide.importing.speech_markdown import say_modified, say_standalone
from voiceguide.script.links import normal_label
from voiceguide.script.markup import ADDRESS, ENTITY, TAG, entity_text

_INNER = {"square": "insquare", "round": "inround", "angle": "inangle", "brace": "inbrace"}
_VISIBLE = re.compile(r"\S")
_DETERMINER = re.compile(
    r"(?<![^\W_])(?:the|your|my|a|an|their|his|her|this|that|dein|deine|deinen|deinem|deiner|ihr|ihre|ihren|mein"
    r"|meine|der|die|das|den|dem|le|la|les|ton|ta|tes|votre|vos|tu|tus|su|el|los|las|il|lo|tuo|tua|o|os|as|seu|sua|de|het|een"
    r"|je|jouw|uw)\s$",
    re.IGNORECASE,
)
_SOUND_FILE = re.compile(r"\.(?:wav|mp3|flac|ogg|m4a|aiff?)$", re.IGNORECASE)
_DEEPEST = 6
_LONGEST_MARK = 100  # characters of a mark between stars


@dataclass(frozen=True, slots=True)
class _Bracket:
    """Brackets in a line. ``attached``: letters stand beside them; ``between``: they are between two sentences."""

    text: str
    start: int
    end: int
    raw: str
    inner: str
    opening: str
    attached: bool
    between: bool

    @property
    def place(self) -> Place:
        return "alone" if alone(self.text, self.start, self.end) else "between" if self.between else "within"

    @property
    def asking(self) -> str:
        """What the brackets are as a placeholder: curly ones behind an article, as in ``your [happy place]``."""
        named = self.opening == "[" and not self.attached and self.place == "within"
        named = named and _DETERMINER.search(self.text, max(0, self.start - 12), self.start) is not None
        return "{" if named else self.opening


class InlineReader:
    """Reads the insides of lines. ``labels`` are those of the text's link definitions; ``modified``: the text is in
    Speech Markdown."""

    def __init__(self, speaking: Speaking, *, modified: bool) -> None:
        self.labels: frozenset[str] = frozenset()
        self._speaking = speaking
        self._state = speaking.state
        self.modified = modified
        self._emphasised_here: Sequence[Emphasised] = ()  # in the line that is read

    def repeats(self, words: str) -> bool:
        """Reads ``Repeat 4 times.`` after a whole breath."""
        how = TOKEN.search(repetition(words)) if self._speaking.in_breath else None
        return how is not None and how.lastgroup == "times" and self._speaking.times(words, _times_of(how))

    def read(self, text: str, emphasised: Sequence[Emphasised] = (), depth: int = 0) -> None:
        """Reads a line, or words inside one; ``emphasised`` are places in it."""
        self._emphasised_here = emphasised if depth == 0 else ()
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
            case "literal" | "merged":
                return self._disguised(match)
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

    def _disguised(self, match: re.Match[str]) -> int:
        """``\\[pause\\]``, as other programs write a bracket, and ``<<Name>>``, as they write a placeholder."""
        raw, speaking, text = match[0], self._speaking, match.string
        inner = match["inliteral"] or match["merge"] or match["merge2"] or match["merge3"] or match["merge4"]
        kind = match.lastgroup
        mark = read_mark(inner, strict=kind != "literal" and raw[0] != "<")
        between = between_sentences(text, *match.span())
        if raw[0] not in "%$" and mark is not None and is_meant(mark, "[", between=between):
            speaking.mark(raw, mark)
            return match.end()
        if kind == "literal" and between and (wait := wait_of(inner)):
            speaking.mark(raw, wait)
            return match.end()
        opening = "{" if raw[0] in "%$" else "<"
        if kind == "merged" and (name := variable_of(inner, opening, "within")) and (raw[0] != "«" or is_named(inner)):
            speaking.words(fill_in(self._state, speaking.line, raw, name))
            return match.end()
        start = match.start() + (2 if kind == "literal" else 1)
        speaking.words(text[start - 1 : start])
        return start

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
        if match.lastgroup == "wiki" and is_named(label) and (name := variable_of(label, "[", "within")):
            speaking.words(fill_in(self._state, speaking.line, raw, name))
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
        found = _Bracket(text, start, end, raw, inner, opening, attached=attached, between=between)
        if name := variable_of(inner, found.asking, found.place):
            speaking.words(fill_in(self._state, speaking.line, raw, name))
            return end
        if self.repeats(f"repeat {repetition(inner) or inner}") or self._directs(found):
            return end
        if opening in "({" or attached:  # their content is mostly meant to be spoken
            if opening == "{" or mark is not None:
                self._state.ledger.guessed(speaking.line, raw, "the words, spoken as they stand")
            after = start + len(raw) - len(raw.lstrip("!({[<"))
            speaking.words(text[start:after])
            return after
        speaking.note(raw)
        return end

    def _directs(self, found: _Bracket) -> bool:
        """Reads brackets that say how long to wait, or are emphasised between sentences; False for others."""
        words = found.inner.split()
        begins = bool(words) and words[0].casefold().strip(":,") in WORDS.pause | WAIT
        unspoken = found.opening in "[<" or (found.between and begins)
        if unspoken and not found.attached and (wait := wait_of(found.inner)):
            self._speaking.mark(found.raw, wait)
            return True
        stressed = found.opening == "(" and found.between and self._stressed(found.start, found.end)
        if stressed and not addresses(found.inner):
            self._speaking.note(found.raw, "a comment; a direction is not spoken")
            return True
        return False

    def _stressed(self, start: int, end: int) -> bool:
        """Whether a place of the line, brackets and all, is emphasised."""
        return any(span.start <= start and span.end >= end for span in self._emphasised_here)

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
            self.read(text, (), depth + 1)
        else:
            self._speaking.words(html.unescape(text))


def _times_of(match: re.Match[str]) -> int:
    return int(match["number"] or match["number2"] or match["number3"])
