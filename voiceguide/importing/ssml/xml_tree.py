"""Parses XML to a small tree with line numbers. Malicious documents are refused.

Entities are never expanded and nothing outside the text is ever read (``defusedxml``); size, depth and the number of
elements have limits. Prefixes stay as they are written, so that ``mstts:silence`` needs no declaration.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, LexicalHandler, property_lexical_handler
from xml.sax.xmlreader import AttributesImpl, InputSource

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from voiceguide.errors import Diagnostic, Source, Span

LARGEST_TEXT = 1024 * 1024
"""Bytes of a file that is imported."""

_APART = frozenset({"audio", "break", "desc", "p", "paragraph", "s", "sentence", "speak"})
"""Elements that separate the words before and after them."""

DEEPEST_ELEMENT = 64
MOST_ELEMENTS = 100_000


@dataclass(frozen=True, slots=True)
class Characters:
    """Text between two tags."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment (``target`` None), or a processing instruction."""

    text: str
    line: int
    target: str | None = None


@dataclass(slots=True)
class Element:
    """A tag with what it holds. ``untaken``: the attributes that were not read yet."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list[Node] = field(default_factory=list)
    untaken: set[str] = field(default_factory=set)

    def take(self, *names: str) -> str | None:
        """The value of the first of these attributes that is there; all of them count as read."""
        self.untaken -= set(names)
        return next((self.attributes[name].strip() for name in names if name in self.attributes), None)

    def text(self) -> str:
        """All the words in it, white space folded."""
        parts = []
        for child in self.children:
            if isinstance(child, Characters):
                parts.append(child.text)
            elif isinstance(child, Element):
                parts.append(f" {child.text()} " if child.name in _APART else child.text())
        return " ".join("".join(parts).split())


Node = Element | Characters | Remark


class _Refused(Exception):
    def __init__(self, line: int, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.line, self.message, self.hint = line, message, hint


class _Parser(DefusedExpatParser):  # type: ignore[misc]
    def reset(self) -> None:
        super().reset()
        # A DOCTYPE with an external document type is common, and harmless as long as it is never fetched.
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)


class _Builder(ContentHandler, LexicalHandler):
    def __init__(self, parser: Any) -> None:
        super().__init__()
        self.root: Element | None = None
        self._parser = parser
        self._open: list[Element] = []
        self._count = 0

    @property
    def _line(self) -> int:
        return int(self._parser.getLineNumber())

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        self._count += 1
        if len(self._open) >= DEEPEST_ELEMENT:
            raise _Refused(self._line, f"tags stand inside each other more than {DEEPEST_ELEMENT} deep here")
        if self._count > MOST_ELEMENTS:
            raise _Refused(self._line, f"up to here there are more than {MOST_ELEMENTS:,} tags, the most there can be")
        values = dict(attrs.items())
        element = Element(name, values, self._line, untaken=set(values))
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def endElement(self, name: str) -> None:  # noqa: N802
        self._open.pop()

    def characters(self, content: str) -> None:
        if self._open:
            self._open[-1].children.append(Characters(content, self._line))

    def ignorableWhitespace(self, whitespace: str) -> None:  # noqa: N802
        self.characters(whitespace)

    def skippedEntity(self, name: str) -> None:  # noqa: N802
        raise _Refused(self._line, f"the entity &{name}; is not known", "write the character itself instead")

    def processingInstruction(self, target: str, data: str) -> None:  # noqa: N802
        if self._open:
            self._open[-1].children.append(Remark(data, self._line, target))

    def comment(self, content: str) -> None:
        if self._open:
            self._open[-1].children.append(Remark(content, self._line))


def parse_xml(source: Source, text: str | None = None) -> tuple[Element | None, tuple[Diagnostic, ...]]:
    """The root element of an XML text, or what is wrong with it, and where.

    ``text`` is read instead of the source's if given; it may differ from it within lines only.
    """
    if len(source.text.encode()) > LARGEST_TEXT:
        message = f"this text is larger than {LARGEST_TEXT // 2**20} MiB, the most that is imported"
        return None, (Diagnostic(Span(source, 1, 1), "error", message),)
    parser = _Parser(forbid_dtd=False, forbid_entities=True, forbid_external=True)
    builder = _Builder(parser)
    parser.setContentHandler(builder)
    parser.setProperty(property_lexical_handler, builder)
    reading = InputSource()
    reading.setCharacterStream(io.StringIO(source.text if text is None else text))
    try:
        parser.parse(reading)
    except _Refused as refused:
        return None, (_problem(source, refused.line, 1, refused.message, refused.hint),)
    except DefusedXmlException:
        hint = "write what they stand for in their place; nothing that a file defines for itself is expanded"
        line = int(parser.getLineNumber() or 1)
        return None, (_problem(source, line, 1, "this file defines entities, which are refused", hint),)
    except SAXParseException as error:
        line, column = int(error.getLineNumber() or 1), int(error.getColumnNumber() or 0) + 1
        column, message, advice = _explained(source, line, column, error.getMessage())
        return None, (_problem(source, line, column, message, advice),)
    assert builder.root is not None
    return builder.root, ()


def _problem(source: Source, line: int, column: int, message: str, hint: str | None) -> Diagnostic:
    return Diagnostic(Span(source, min(max(line, 1), len(source.lines)), max(column, 1)), "error", message, hint)


def _explained(source: Source, line: int, column: int, said: str) -> tuple[int, str, str | None]:
    """The mistake's column, the parser's message, and a hint for the most frequent mistakes."""
    row = source.lines[line - 1] if line <= len(source.lines) else ""
    message = f"this is no well-formed XML: {said}"
    if "invalid token" in said:
        at = max(
            row.rfind(sign, 0, column) for sign in "&<"
        )  # the sign comes before the position that the parser reports
        if at >= 0:
            entity = "&amp;" if row[at] == "&" else "&lt;"
            return at + 1, message, f"write {entity} for a {row[at]} that is spoken"
    hints = {
        "undefined entity": "write the character itself instead; XML knows &amp; &lt; &gt; &quot; and &apos; only",
        "mismatched tag": "a tag that is opened before is not closed, such as <break> without its slash: <break/>",
        "no element found": "the text ends before all tags are closed",
        "unclosed": "the text ends before all tags are closed",
    }
    return column, message, next((hint for words, hint in hints.items() if words in said), None)
