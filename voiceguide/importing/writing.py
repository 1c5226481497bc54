"""Builds a script from words, pauses and cues in order, as readable Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from voiceguide.errors import Source
from voiceguide.importing.escaping import comment, escaped, escaped_title, quoted
from voiceguide.importing.layout import Mark, Piece, laid_out
from voiceguide.importing.report import Ledger
from voiceguide.script.sentences import LONGEST_SENTENCE, split_sentences
from voiceguide.script.text import LineIndex, Text
from voiceguide.units import LONGEST_SESSION, format_duration

_TAIL = 12
_PART = 2000  # characters of a part of a sentence that is too long to be kept whole
_ENDS = re.compile(r"[.!?…。！？।][\"'”“’»)\]]*$")
_LEADING_STOP = re.compile(r"\s*[,;:.!?…]+(?=\s|$)")
_FIRST_WORD = re.compile(r"\S+")


@dataclass(slots=True)
class _Words:
    """Words that grow by parts, of which there may be many."""

    parts: list[str]
    line: int

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def end(self) -> str:
        """The last few characters before trailing white space; empty if there are none."""
        tail = ""
        for part in reversed(self.parts):
            tail = (part + tail).rstrip()
            if len(tail) >= _TAIL:
                break
        return tail[-_TAIL:]


@dataclass(frozen=True, slots=True)
class _Silence:
    seconds: Fraction
    elastic: bool


@dataclass(frozen=True, slots=True)
class _SentenceEnd:
    line: int


_Item = _Words | _Silence | _SentenceEnd | Mark


class ScriptWriter:
    """Collects a script. Changes that speaking requires are reported to the ledger.

    ``words`` may come in any pieces: a word ends at a space, not at the end of a piece.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.settings: dict[str, object] = {}
        """The front matter: texts, numbers, or tables of them."""
        self._ledger = ledger
        self._blocks: list[list[str]] = []  # each of one paragraph, or of the items of a list
        self._items: list[_Item] = []
        self._bullet = ""
        self._after_item = False
        self._wanted: dict[str, str] = {"pace": "1", "voice": ""}
        self._set = dict(self._wanted)

    def words(self, text: str, line: int) -> None:
        """Adds spoken text from ``line`` of the source."""
        if any(char.isalnum() for char in text):
            self._speaker(line)
        last = self._items[-1] if self._items else None
        if isinstance(last, _Words):
            last.parts.append(text)
        elif text:
            self._items.append(_Words([text], line))

    def silence(self, seconds: Fraction, *, elastic: bool = False) -> None:
        """Adds a pause. Directly after another of its kind it lengthens that one."""
        if len(self._items) > 1 and isinstance(self._items[-2], _Silence) and _blank(self._items[-1]):
            self._items.pop()
        last = self._items[-1] if self._items else None
        if isinstance(last, _Silence) and last.elastic == elastic and seconds * last.seconds > 0:
            seconds = min(seconds + last.seconds, LONGEST_SESSION)
            self._items.pop()
        self._items.append(_Silence(seconds, elastic))

    def cue(self, text: str, *, timed: bool = True) -> None:
        """Adds ``[text]``."""
        self._items.append(Mark(f"[{text}]", timed))

    def comment(self, text: str) -> None:
        """Adds a comment, which does not split a sentence."""
        self._items.append(Mark(comment(text), None))

    def pace(self, pace: Fraction) -> None:
        """Sets the pace of the words that follow."""
        self._wanted["pace"] = f"{float(pace):.3g}"

    def voice(self, name: str) -> None:
        """Sets the voice of the words that follow; empty: the session's own."""
        self._wanted["voice"] = name

    def sentence(self, line: int) -> None:
        """Ends a sentence."""
        if any(isinstance(item, _Words) for item in self._items):
            self._items.append(_SentenceEnd(line))

    def at_sentence_start(self) -> bool:
        """Whether the current sentence has no words yet."""
        for item in reversed(self._items):
            if isinstance(item, _Words) and (end := item.end()):
                return bool(_ENDS.search(end))
            if isinstance(item, _SentenceEnd | _Silence):
                return True
        return True

    def paragraph(self, bullet: str = "") -> None:
        """Ends the open paragraph, if any; with a bullet, such as ``- ``, the next is a list's item."""
        if self._items:
            text = laid_out(tuple(self._pieces()), self._bullet)
            if text and self._bullet and self._after_item and self._blocks:
                self._blocks[-1].append(text)
            elif text:
                self._blocks.append([text])
            self._after_item = bool(self._bullet)
        elif not bullet:
            self._after_item = False
        self._items = []
        self._bullet = bullet

    def heading(self, title: str, level: int) -> None:
        """Starts a chapter; its title is not spoken."""
        self.paragraph()
        self._blocks.append([f"{'#' * min(level, 2)} {escaped_title(title)}"])
        self._after_item = False

    def script(self) -> str:
        """The whole script so far, with its front matter."""
        self.paragraph()
        body = "\n\n".join("\n".join(block) for block in self._blocks)
        if not self.settings:
            return f"{body}\n"
        rows = [f"{key}: {_yaml(value)}" for key, value in self.settings.items()]
        return "\n".join(["---", *rows, "---", "", body, ""])

    # -- from items to pieces

    def _speaker(self, line: int) -> None:
        """Adds the cues for the next words, if their voice or pace differs."""
        for name, wanted in self._wanted.items():
            if wanted != self._set[name]:
                if not self.at_sentence_start():
                    into = f"a [{name}] cue, which parts the sentence with a short rest"
                    self._ledger.guessed(line, f"another {name} inside a sentence", into)
                self._items.append(Mark(f"[{name} {quoted(wanted) if wanted else 'auto'}]", False))
                self._set[name] = wanted

    def _pieces(self) -> Iterator[Piece]:
        items = _stops_joined(self._items)
        after: str | None = None  # the end of the sentence before, if only a gap separates it from the next
        for index, item in enumerate(items):
            match item:
                case Mark():
                    yield item
                    after = after if item.timed is None else None
                case _Silence():
                    yield Mark(f"[pause {'~' if item.elastic else ''}{format_duration(item.seconds)}]", True)
                    after = None
                case _Words():
                    text = " ".join(item.text.split())
                    if after is not None and not _parted(after, text, self._language):
                        what = "a sentence that would run into the one before"
                        self._ledger.guessed(item.line, what, "a paragraph of its own")
                        yield Mark("", True)
                    after = None
                    if _ends_sentence(items, index):
                        text = after = self._ended(text, item.line)
                    yield from self._spoken(text, item.line)
                case _SentenceEnd():
                    pass

    def _ended(self, text: str, line: int) -> str:
        """A sentence with a full stop at its end."""
        if not text or _ENDS.search(text) or not (text[-1].isalnum() or text[-1] in "\"'”’»)]"):
            return text
        self._ledger.translated(line, "the end of a sentence without a stop", "a full stop")
        return f"{text}."

    @property
    def _language(self) -> str:
        return str(self.settings.get("language", "en"))

    def _spoken(self, text: str, line: int) -> Iterator[Piece]:
        if not text:
            return
        for sentence in split_sentences(Text.of(LineIndex.of(Source("", text))), self._language):
            if not any(char.isalnum() for char in sentence.chars):
                self._ledger.lost(line, f"“{sentence.chars}”", "nothing, since there is no word in it")
            elif len(sentence) <= LONGEST_SENTENCE:
                yield escaped(sentence.chars)
            else:
                what = f"a sentence of more than {LONGEST_SENTENCE:,} characters"
                self._ledger.guessed(line, what, "several sentences with a rest between them")
                for part in _cut(sentence.chars):
                    yield escaped(part)
                    yield Mark("", True)


def _blank(item: _Item) -> bool:
    return isinstance(item, _Words) and not item.end()


def _stops_joined(items: list[_Item]) -> list[_Item]:
    """The items without blank ones. Text after a cue or comment that belongs to the words before it is moved there.

    That is a stop or comma after a cue, and the second half of a word with a comment in it.
    """
    joined: list[_Item] = []
    before: _Words | None = None  # the last words
    parted: bool | None = None  # by a cue (True), by comments only (False), or not so far (None)
    for item in items:
        if isinstance(item, _Words):
            text = item.text
            if before is not None and parted is not None:
                text = _given_back(before, text, glued=not parted)
            if not text.strip():
                continue
            item = before = _Words([text], item.line)
            parted = None
        else:
            parted = bool(parted) or not _is_comment(item)
        joined.append(item)
    return joined


def _given_back(before: _Words, text: str, *, glued: bool) -> str:
    """Moves the start of a text to the words before it, if it belongs there; returns the rest."""
    if glued and not before.parts[-1][-1].isspace():
        tail = _FIRST_WORD.match(text)
    else:
        tail = None if _ENDS.search(before.end()) else _LEADING_STOP.match(text)
        if tail:
            before.parts = [before.text.rstrip()]
    if tail is None:
        return text
    before.parts.append(tail[0].strip())
    return text[tail.end() :]


def _is_comment(item: _Item) -> bool:
    return isinstance(item, Mark) and item.timed is None


def _ends_sentence(items: list[_Item], index: int) -> bool:
    """Whether a sentence ends after the words at ``index``, ignoring comments."""
    while (index := index + 1) < len(items):
        if not _is_comment(items[index]):
            return isinstance(items[index], _SentenceEnd)
    return False


def _parted(before: str, after: str, language: str) -> bool:
    """Whether the script language itself splits the sentence here."""
    text = f"{before[-100:]} {after[:100]}"
    joined = Text.of(LineIndex.of(Source("", text)))
    starts = {sentence.offsets[0] for sentence in split_sentences(joined, language)}
    return len(before[-100:]) + 1 in starts


def _cut(text: str) -> Iterator[str]:
    """The text in parts, cut between words where possible."""
    while len(text) > _PART:
        at = text.rfind(" ", 0, _PART)
        at = at if at > 0 else _PART
        yield text[:at]
        text = text[at:].lstrip()
    yield text


def _yaml(value: object) -> str:
    """A value of the front matter, quoted where YAML could misread it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_yaml(key)}: {_yaml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_yaml(inner) for inner in value) + "]"
    text = str(value)
    plain = re.fullmatch(r"[A-Za-z0-9][\w .-]*", text) and not re.search(r"\s$|^(?:null|true|false|yes|no)$", text)
    return text if plain else json.dumps(text, ensure_ascii=False)
