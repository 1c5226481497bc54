"""Decodes a file to text, and detects what kind of text it is."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath
from typing import Literal

from voiceguide.errors import Diagnostic, Source, Span
from voiceguide.importing.ssml.xml_tree import LARGEST_TEXT

Form = Literal["ssml", "fragment", "mixed", "markdown", "text"]
"""``fragment``: markup without the element ``speak`` around it. ``mixed``: several documents of markup, or one with
other text beside it. ``markdown``: text whose indented paragraphs are code."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_ENCODINGS = frozenset({"utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1252", "cp1250", "cp1251", "utf-16"})
_ROOT = re.compile(r"<(?:\w+:)?speak[\s>/]")
_ROOT_END = re.compile(r"</(?:\w+:)?speak\s*>")
_BESIDE = re.compile(r"<\?[^>]*\?>|<!--.*?-->", re.DOTALL)
_TAG = re.compile(
    r"<(?:break|prosody|emphasis|say-as|sub|phoneme|audio|voice|mark|p|s|par|seq|media|amazon:[\w-]+|mstts:[\w-]+)"
    r"(?:\s[^<>]*)?/?>"
)
_MARKED = re.compile(
    r"[*_`~\[\]|]|==|^[ \t]*(?:#|\+\+\+|---|[-+•][ \t]|[0-9]{1,3}[.)][ \t]|>)"
    r"|\([^()]*\b(?:paus|pauz|sec|sek|seg|silen|stil|hold)",
    re.MULTILINE | re.IGNORECASE,
)
"""What says that a text with tags is Markdown, or has marks of another kind too."""

_ANY_TAG = re.compile(r"<[^<>]{1,1000}>")
_MARKDOWN = (".md", ".markdown", ".mdown")
_FAR = 20_000  # characters before and after a document that are looked at
_CLOSED = re.compile(r"/>|</(?:prosody|emphasis|say-as|sub|phoneme|audio|voice|p|s|par|seq|media|amazon:|mstts:)")


def decoded(name: str, data: bytes) -> tuple[Source, tuple[Diagnostic, ...]]:
    """The text of a file, and what is wrong with it. The encoding is UTF-8, or the one that a byte order mark or an XML
    declaration names, or, with a warning, Windows-1252 as in old text files."""

    def refused(message: str, hint: str) -> tuple[Source, tuple[Diagnostic, ...]]:
        source = Source(name, "")
        return source, (Diagnostic(Span(source, 1, 1), "error", message, hint),)

    if len(data) > LARGEST_TEXT:
        most = f"{LARGEST_TEXT // 2**20} MiB"
        return refused(f"this file is larger than {most}, the most that is imported", "divide it into several files")
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if encoding is None and b"\0" in data:
        hint = "save it as a plain text file; a word processor has a command for that"
        return refused("this is a binary file, not a text", hint)
    if encoding is None and (declared := _DECLARED.match(data)):
        try:
            encoding = codecs.lookup(declared[1].decode("ascii")).name
        except LookupError:
            encoding = ""
        if encoding not in _ENCODINGS:
            label = declared[1].decode("ascii")
            return refused(f"the encoding {label} that this file names is not known", "save it as UTF-8 text")
    for attempt in (encoding or "utf-8", "cp1252"):
        try:
            source = Source(name, data.decode(attempt).removeprefix("\ufeff"))
        except UnicodeDecodeError:
            continue
        if attempt == (encoding or "utf-8"):
            return source, ()
        message = "this file is not UTF-8 text; it was read as Windows-1252"
        return source, (Diagnostic(Span(source, 0, 1), "warning", message),)
    return refused("this file is not a text in any encoding that is known", "save it as UTF-8 text")


def form_of(source: Source) -> Form:
    """The form of a text, from its content and the ending of its name."""
    text = source.text
    found = documents(text)
    if found:
        start, end = found[0]
        prologue = "" if text.lstrip().startswith(("<?xml", "<!DOCTYPE")) else text[:start]
        outside = _BESIDE.sub("", prologue[:_FAR]) + _BESIDE.sub("", text[end : end + _FAR])
        return "mixed" if len(found) > 1 or outside.strip() else "ssml"
    start_of_text = text.lstrip()
    if start_of_text.startswith("<?xml") or _ROOT.match(start_of_text):
        return "ssml"
    if named_as_markup(source):
        return "ssml" if text.lstrip().startswith("<") and not _TAG.match(text.lstrip()) else "fragment"
    plain: Form = "markdown" if PurePath(source.name).suffix.lower() in _MARKDOWN else "text"
    return (
        "fragment"
        if _TAG.search(text) and _CLOSED.search(text) and not _MARKED.search(_ANY_TAG.sub(" ", text))
        else plain
    )


def documents(text: str) -> list[tuple[int, int]]:
    """Where the elements ``speak`` begin and end, one after another."""
    found: list[tuple[int, int]] = []
    depth, begin = 0, -1
    tags = [(match.start(), match.start(), 1) for match in _ROOT.finditer(text)]
    tags += [(match.start(), match.end(), -1) for match in _ROOT_END.finditer(text)]
    for start, end, step in sorted(tags):
        if depth == 0 and step > 0:
            begin = start
        depth = max(0, depth + step)
        if depth == 0 and step < 0 and begin >= 0:
            found.append((begin, end))
            begin = -1
    return found


def named_as_markup(source: Source) -> bool:
    return PurePath(source.name).suffix.lower() in (".ssml", ".xml")


def wrapped(text: str) -> str:
    """A fragment inside the element ``speak``, which makes it a document; line numbers stay the same."""
    return f"<speak>{text}</speak>"
