"""A script and its translation: the same chapters, cues and lines, in another language. Pure: routines to diagnostics.

A finding's span lies in the translation, its hint names the place in the original. What belongs to a language, such as
titles, words, voice and pace, may differ; what makes the course of the session may not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from voiceguide.errors import Diagnostic, Severity, Span
from voiceguide.languages import base_language
from voiceguide.routine import (
    Chapter,
    ChapterMark,
    Each,
    Node,
    Repeat,
    Routine,
    Sentence,
    Settings,
    SetVoice,
    Slot,
    SoundRef,
    Template,
    Within,
)

OF_A_LANGUAGE = frozenset(
    {
        "title",
        "description",
        "author",
        "date",
        "language",
        "voice",
        "pace",
        "phrasing",
        "album",
        "variables",
        "pronounce",
        "spoken",
        "tags",
        "cover",
        "verify",
        "takes",
        "checks",
        "spans",
    }
)
"""The settings that may differ."""

_ROUND = ("n", "total")  # the slots of a repeat
_LARGEST = 4_000_000  # pairs of parts that are looked at for a chapter; beyond, parts are compared one by one
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Part:
    """A cue, a block's beginning or end, or all sentences between two of them.

    ``key`` is the same for parts that agree: the cue with its values, without its place.
    """

    key: tuple[Hashable, ...]
    span: Span
    lines: tuple[Sentence, ...] = ()
    roles: Mapping[str, str] | None = None
    items: tuple[str, ...] = ()

    @property
    def kind(self) -> Hashable:
        return self.key[0]

    @property
    def written(self) -> str:
        """The cue as it stands in the script."""
        row = self.span.source.lines[self.span.line - 1]
        return row[self.span.column - 1 : self.span.column - 1 + self.span.length]


def compare(original: Routine, translation: Routine) -> tuple[Diagnostic, ...]:
    """What the translation has not in common with its original, in the order of its text.

    Both are routines without errors. Errors are chapters, cues, lines and loop variables that are missing, added or
    different, and settings such as the bed; warnings are words that seem not to be translated.
    """
    return tuple(_compared(original, translation))


def _compared(original: Routine, translation: Routine) -> Iterator[Diagnostic]:
    first, second = original.settings, translation.settings
    foreign = base_language(first.language) != base_language(second.language)
    if first.language == second.language:
        span = second.spans.get("language", translation.span)
        message = f"both scripts say that their language is '{second.language}'"
        yield _finding("same-language", span, message, "write the translation's: language: de", "warning")
    yield from _settings(original, translation, foreign)
    before = translation.span
    for old, new in _paired_chapters(original.chapters, translation.chapters):
        if old is None and new is not None:
            message = f"the original has no chapter that answers to “{_title(new)}”"
            yield _finding("chapter-added", new.span, message, "take it out, or write it into the original too")
        elif new is None and old is not None:
            message = f"after this, the chapter “{_title(old)}” is missing"
            yield _finding("chapter-missing", before, message, f"it stands at {old.span}")
        elif old is not None and new is not None:
            yield from _chapter(old, new, foreign)
        if new is not None:
            before = _last_span(new)


def _finding(rule: str, span: Span, message: str, hint: str | None = None, severity: Severity = "error") -> Diagnostic:
    return Diagnostic(span, severity, message, hint, rule)


def _settings(original: Routine, translation: Routine, foreign: bool) -> Iterator[Diagnostic]:
    first, second = original.settings, translation.settings
    for each in fields(Settings):
        name = each.name
        if name in OF_A_LANGUAGE or _value(getattr(first, name)) == _value(getattr(second, name)):
            continue
        span = second.spans.get(name, translation.span)
        old = first.spans.get(name)
        hint = f"the original says '{_row(old)}' ({old})" if old else "the original leaves it out"
        yield _finding("setting-differs", span, f"the setting '{name}' is not what the original has", hint)
    for name, value in second.variables.items():
        if foreign and first.variables.get(name) == value and _has_words(value, 1):
            span = second.spans.get("variables", translation.span)
            message = f"the variable '{name}' still has the original's words, “{value}”"
            yield _finding("not-translated", span, message, severity="warning")


def _row(span: Span) -> str:
    return span.source.lines[span.line - 1].strip() if span.line else ""


def _paired_chapters(
    first: Sequence[Chapter], second: Sequence[Chapter]
) -> Iterator[tuple[Chapter | None, Chapter | None]]:
    """Chapters that answer to each other: one by one where there are as many, else those that are most alike."""
    if len(first) == len(second) or len(first) * len(second) > _LARGEST // 100:
        yield from _side_by_side(first, second)
        return
    courses = [Counter(part.key for part in _parts(chapter)) for chapter in first]
    others = [Counter(part.key for part in _parts(chapter)) for chapter in second]
    best = [[0.0] * (len(second) + 1) for _ in range(len(first) + 1)]  # how alike all from i and all from j are at most
    for i in reversed(range(len(first))):
        for j in reversed(range(len(second))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + _alike(courses[i], others[j]))
    i = j = 0
    while i < len(first) and j < len(second):
        if best[i][j] == best[i + 1][j + 1] + _alike(courses[i], others[j]):
            yield first[i], second[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield first[i], None
            i += 1
        else:
            yield None, second[j]
            j += 1
    yield from ((chapter, None) for chapter in first[i:])
    yield from ((None, chapter) for chapter in second[j:])


def _alike(first: Counter[tuple[Hashable, ...]], second: Counter[tuple[Hashable, ...]]) -> float:
    """How much two chapters have in common, 0.01 to 1.01; never nothing, for a chapter can be made anew."""
    return 0.01 + 2 * (first & second).total() / max(1, first.total() + second.total())


def _side_by_side(first: Sequence[_T], second: Sequence[_T]) -> Iterator[tuple[_T | None, _T | None]]:
    for number in range(max(len(first), len(second))):
        yield (
            first[number] if number < len(first) else None,
            second[number] if number < len(second) else None,
        )


def _chapter(old: Chapter, new: Chapter, foreign: bool) -> Iterator[Diagnostic]:
    marks = [_marks(chapter) for chapter in (old, new)]
    if marks[0] != marks[1]:
        message = f"this chapter is {marks[1]}; in the original it is {marks[0]}"
        yield _finding("chapter-differs", new.span, message, f"“{_title(old)}” stands at {old.span}")
    if foreign and old.title and old.title == new.title and _has_words(old.title, 2):
        message = f"the title “{new.title}” is still the original's"
        yield _finding("not-translated", new.span, message, severity="warning")
    before = new.span
    for first, second in _paired_parts(tuple(_parts(old)), tuple(_parts(new))):
        yield from _part(first, second, before, foreign)
        if second is not None:
            before = second.lines[-1].span if second.lines else second.span


def _marks(chapter: Chapter) -> str:
    kept = "required" if chapter.required else "kept" if chapter.optional is None else f"optional {chapter.optional}"
    return kept if chapter.title is None else f"{kept}, with {chapter.level} '#'"


def _title(chapter: Chapter) -> str:
    return chapter.title or "before the first heading"


def _last_span(chapter: Chapter) -> Span:
    parts = tuple(_parts(chapter))
    return chapter.span if not parts else parts[-1].lines[-1].span if parts[-1].lines else parts[-1].span


def _part(first: _Part | None, second: _Part | None, before: Span, foreign: bool) -> Iterator[Diagnostic]:
    if first is None:
        if second is not None:
            yield _added(second)
    elif second is None:
        yield _missing(first, before)
    elif first.lines:
        yield from _lines(first, second, foreign)
    elif first.key != second.key:
        message = f"the original has '{first.written}'"
        yield _finding("cue-differs", second.span, message, f"it stands at {first.span}")
    elif foreign and first.items == second.items and any(_has_words(item, 1) for item in first.items):
        message = f"the words of this block are still the original's: {', '.join(second.items)}"
        yield _finding("not-translated", second.span, message, severity="warning")


def _added(part: _Part) -> Diagnostic:
    if part.lines:
        message = f"the original has no {_count(part)} here"
        return _finding("line-added", part.span, message, "take it out, or write it into the original too")
    message = f"the original has no '{part.written}' here"
    return _finding("cue-added", part.span, message, "take it out, or write it into the original too")


def _missing(part: _Part, before: Span) -> Diagnostic:
    if part.lines:
        message = f"after this, {_count(part)} {'is' if len(part.lines) == 1 else 'are'} missing: {_quoted(part)}"
        return _finding("line-missing", before, message, f"the original says so at {part.span}")
    return _finding("cue-missing", before, f"after this, '{part.written}' is missing", f"it stands at {part.span}")


def _lines(first: _Part, second: _Part, foreign: bool) -> Iterator[Diagnostic]:
    """What the sentences between two cues have not in common: their number, their variables, their paragraphs."""
    if len(first.lines) != len(second.lines):
        rule = "line-missing" if len(first.lines) > len(second.lines) else "line-added"
        message = f"the original has {_count(first)} up to the next cue, and this script {_count(second)}"
        yield _finding(rule, second.span, message, f"at {first.span} it says: {_quoted(first)}")
        return
    for number, (old, new) in enumerate(zip(first.lines, second.lines, strict=True)):
        wanted, given = _slots(old.text, first.roles or {}), _slots(new.text, second.roles or {})
        if wanted != given:
            names = ", ".join(f"{{{part.name}}}" for part in old.text if isinstance(part, Slot)) or "no variable"
            message = f"the original has {names} in this line"
            yield _finding("variable-differs", new.span, message, f"it says so at {old.span}")
        if foreign and _words(old.text) == _words(new.text) and _has_words(_words(new.text), 2):
            message = "this line is still in the original's words"
            yield _finding("not-translated", new.span, message, f"compare {old.span}", "warning")
        if number and old.opens_paragraph != new.opens_paragraph:
            message = (
                "a paragraph begins here" if new.opens_paragraph else "a paragraph begins here in the original only"
            )
            yield _finding("paragraph-differs", new.span, message, f"compare {old.span}", "warning")


def _count(part: _Part) -> str:
    return "one line" if len(part.lines) == 1 else f"{len(part.lines)} lines"


def _quoted(part: _Part) -> str:
    return " ".join(f"“{_words(line.text)}”" for line in part.lines)


def _words(text: Template) -> str:
    return "".join(part if isinstance(part, str) else f"{{{part.name}}}" for part in text)


def _has_words(text: str, least: int) -> bool:
    return sum(any(c.isalpha() for c in word) for word in text.split()) >= least


def _slots(text: Template, roles: Mapping[str, str]) -> Counter[str]:
    return Counter(roles.get(part.name, part.name) for part in text if isinstance(part, Slot))


def _paired_parts(first: Sequence[_Part], second: Sequence[_Part]) -> Iterator[tuple[_Part | None, _Part | None]]:
    """Parts that answer to each other: the common beginning and end, and what is most alike in the middle."""
    shorter = min(len(first), len(second))
    head = next((n for n in range(shorter) if first[n].key != second[n].key), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if first[-1 - n].key != second[-1 - n].key), rest)
    yield from zip(first[:head], second[:head], strict=True)
    yield from _paired_middle(first[head : len(first) - tail], second[head : len(second) - tail])
    yield from zip(first[len(first) - tail :], second[len(second) - tail :], strict=True)


def _paired_middle(first: Sequence[_Part], second: Sequence[_Part]) -> Iterator[tuple[_Part | None, _Part | None]]:
    """The longest common course, and between its parts those of one kind."""
    if len(first) * len(second) > _LARGEST:
        yield from _side_by_side(first, second)
        return
    for same, old, new in _stretches(first, second, [part.key for part in first], [part.key for part in second]):
        if same:
            yield from zip(old, new, strict=True)
            continue
        for alike, left, right in _stretches(old, new, [part.kind for part in old], [part.kind for part in new]):
            if alike:
                yield from zip(left, right, strict=True)
            else:
                yield from ((part, None) for part in left)
                yield from ((None, part) for part in right)


def _stretches(
    first: Sequence[_Part], second: Sequence[_Part], keys: Sequence[Hashable], others: Sequence[Hashable]
) -> Iterator[tuple[bool, Sequence[_Part], Sequence[_Part]]]:
    """Stretches of both in order, and whether they agree."""
    matcher = SequenceMatcher(None, keys, others, autojunk=False)
    for what, i, i_end, j, j_end in matcher.get_opcodes():
        yield what == "equal", first[i:i_end], second[j:j_end]


def _parts(chapter: Chapter) -> Iterator[_Part]:
    yield from _body(chapter.body, {})


def _body(body: Sequence[Node], roles: Mapping[str, str]) -> Iterator[_Part]:
    said: list[Sentence] = []
    for node in body:
        if isinstance(node, Sentence):
            said.append(node)
            continue
        if isinstance(node, SetVoice):
            continue
        if said:
            yield _spoken(said, roles)
            said = []
        yield from _cue(node, roles)
    if said:
        yield _spoken(said, roles)


def _spoken(said: Sequence[Sentence], roles: Mapping[str, str]) -> _Part:
    return _Part(("lines",), said[0].span, tuple(said), roles)


def _cue(node: Node, roles: Mapping[str, str]) -> Iterator[_Part]:
    span = node.span
    assert span is not None  # only the bed of the front matter has none, and that is no node
    if isinstance(node, ChapterMark):
        yield _Part(("chapter",), span)
    elif isinstance(node, Repeat | Each | Within):
        items = node.items if isinstance(node, Each) else ()
        inner = {node.name: f"each {len(roles)}"} if isinstance(node, Each) else dict(zip(_ROUND, _ROUND, strict=True))
        yield _Part((type(node).__name__, len(items), _value(node, but=("body", "items", "name"))), span, items=items)
        yield from _body(node.body, roles if isinstance(node, Within) else {**roles, **inner})
        yield _Part(("end", type(node).__name__), span)
    else:
        yield _Part((type(node).__name__, _value(node)), span)


def _value(value: object, but: Sequence[str] = ()) -> Hashable:
    """What is the same for two equal settings or cues, wherever they stand: their values without places and folders."""
    if isinstance(value, SoundRef):
        return value.name
    if is_dataclass(value) and not isinstance(value, type):
        names = [each.name for each in fields(value) if each.compare and each.name not in but]
        return tuple(_value(getattr(value, name)) for name in names if not isinstance(getattr(value, name), Span))
    if isinstance(value, Mapping):
        return tuple(sorted((str(key), _value(each)) for key, each in value.items()))
    if isinstance(value, tuple):
        return tuple(map(_value, value))
    return value if isinstance(value, Hashable) else repr(value)
