"""YAML as a small tree with spans. Plain data only: no tags, no anchors, no deep nesting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)
from ruamel.yaml.reader import ReaderError

from voiceguide.errors import Diagnostic, Span
from voiceguide.script.text import Text


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may have at most, in levels and characters, and what it is called in messages."""

    name: str
    deepest: int
    largest: int


FRONT_MATTER = Limits("front matter", 4, 64 * 1024)


@dataclass(frozen=True, slots=True)
class Scalar:
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[YamlNode, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """Entries in the order written; a key that stands twice has been reported and keeps its first value."""

    entries: tuple[tuple[Scalar, YamlNode], ...]
    span: Span


YamlNode = Scalar | Sequence | Mapping


class _Refused(Exception):
    def __init__(self, span: Span, message: str, hint: str | None = None) -> None:
        self.diagnostic = Diagnostic(span, "error", message, hint)


def parse_yaml(text: Text, limits: Limits = FRONT_MATTER) -> tuple[YamlNode | None, list[Diagnostic]]:
    """The tree of a YAML 1.2 document; None when it is empty or has an error."""
    name = limits.name
    if len(text) > limits.largest:
        return None, [Diagnostic(text.span(0, 1), "error", f"this {name} is larger than {limits.largest // 1024} KiB")]
    reader = YAML(typ="safe", pure=True)
    problems: list[Diagnostic] = []
    try:
        events = (e for e in reader.parse(text.chars) if not isinstance(e, StreamStartEvent | StreamEndEvent))
        return _Document(events, text, problems, limits).root(), problems
    except _Refused as refused:
        return None, [*problems, refused.diagnostic]
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        span = _span(text, mark, mark)
        detail = error.problem or error.context or "this is not valid YAML"
        return None, [*problems, Diagnostic(span, "error", f"this {name} is not valid YAML: {detail}", _HINT)]
    except (YAMLError, ValueError, RecursionError) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else "it cannot be read"
        position = error.position if isinstance(error, ReaderError) else 0
        span = text.span(position, position + 1)
        return None, [*problems, Diagnostic(span, "error", f"this {name} is not valid YAML: {first}")]


_HINT = "write one 'key: value' a line, and put a value that holds ': ' or '#' in quotes"


def _span(text: Text, start: Any, end: Any) -> Span:
    if start is None:
        return text.span(0, 1)
    last = end.index if end is not None and end.index > start.index else start.index + 1
    return text.span(start.index, last)


@dataclass(frozen=True, slots=True)
class _Document:
    """A document as its ``events`` come; keys that stand twice go to ``problems``. Raises _Refused."""

    events: Iterator[Any]
    text: Text
    problems: list[Diagnostic]
    limits: Limits

    def root(self) -> YamlNode | None:
        """The whole tree; None when it is empty."""
        root: YamlNode | None = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent | DocumentEndEvent):
                continue
            if root is not None:
                raise _Refused(self._span(event), f"this {self.limits.name} holds more than one document")
            root = self._node(event, depth=1)
        empty = isinstance(root, Scalar) and root.value in ("", "null", "~")
        return None if empty else root

    def _span(self, event: Any) -> Span:
        return _span(self.text, event.start_mark, event.end_mark)

    def _node(self, event: Any, depth: int) -> YamlNode:
        span, name = self._span(event), self.limits.name
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(span, f"anchors and aliases (& and *) are not used in a {name}", "write the value out")
        tag = getattr(event, "tag", None) or (event.ctag if getattr(event, "ctag", None) else None)
        if tag and str(tag) not in ("!", "None"):
            raise _Refused(span, f"the tag {tag} is not used in a {name}", "leave it out; plain values are enough")
        if depth > self.limits.deepest:
            raise _Refused(span, f"this {name} is nested too deeply")
        if isinstance(event, ScalarEvent):
            return Scalar(str(event.value), span)
        if isinstance(event, SequenceStartEvent):
            items = takewhile(lambda inner: not isinstance(inner, SequenceEndEvent), self.events)
            return Sequence(tuple(self._node(inner, depth + 1) for inner in items), span)
        assert isinstance(event, MappingStartEvent)
        return Mapping(tuple(self._entries(depth).values()), span)

    def _entries(self, depth: int) -> dict[str, tuple[Scalar, YamlNode]]:
        """The entries of the mapping that has just begun, by their keys."""
        entries: dict[str, tuple[Scalar, YamlNode]] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._node(event, depth + 1)
            value = self._node(next(self.events), depth + 1)
            if not isinstance(key, Scalar):
                raise _Refused(key.span, "a key must be a plain word")
            if key.value in entries:
                first = entries[key.value][0].span.line
                message = f"the key '{key.value}' stands here again after line {first}"
                self.problems.append(Diagnostic(key.span, "error", message))
            else:
                entries[key.value] = (key, value)
        return entries
