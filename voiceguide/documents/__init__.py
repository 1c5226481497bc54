"""Documents that people have (Word, OpenDocument, RTF, HTML, EPUB, PDF, subtitles) to the text that is imported.

``kinds`` tells by its content what a file is, ``pandoc`` and ``pdf`` read documents in a process of their own with
bounds on time and memory, ``outline`` writes pandoc's tree as text, ``subtitles`` turns times into pauses.
"""

from __future__ import annotations

from dataclasses import dataclass

from voiceguide.documents.kinds import kind_of
from voiceguide.documents.limits import Unreadable
from voiceguide.documents.subtitles import read_subtitles
from voiceguide.errors import Diagnostic, Severity, Source, Span
from voiceguide.importing.decoding import decoded
from voiceguide.importing.ssml.xml_tree import LARGEST_TEXT

__all__ = ["Document", "read_document"]


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file. ``form`` names what it was, such as 'a Word document'; empty for plain text."""

    source: Source
    form: str = ""


def read_document(name: str, data: bytes) -> tuple[Document, tuple[Diagnostic, ...]]:
    """The text of a file, by its content and not by its name; ``data`` is the whole file.

    What holds no text, such as a picture or a recording, is refused as what it is.
    """
    try:
        kind = kind_of(name, data)
        if kind.reader == "text":
            source, problems = decoded(name, data)
            return Document(source), problems
        if kind.reader is None:
            raise Unreadable(f"this is {kind.what}, which holds no text to import", kind.hint)
        if kind.reader == "subtitles":
            source, problems = decoded(name, data)
            return Document(Source(name, read_subtitles(source.text)), kind.what), problems
        text, warnings = _read(kind.reader, data)
    except Unreadable as error:
        source = Source(name, "")
        return Document(source), (Diagnostic(Span(source, 0, 1), "error", str(error), error.hint or None),)
    if len(text.encode("utf-8", "replace")) > LARGEST_TEXT:
        text = ""
        warnings = (f"the text of this document is larger than {LARGEST_TEXT // 2**20} MiB, the most that is imported",)
    source = Source(name, text)
    severity: Severity = "warning" if text.strip() else "error"
    return Document(source, kind.what), tuple(Diagnostic(Span(source, 0, 1), severity, one) for one in warnings)


def _read(reader: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a document, and warnings about it. Raises Unreadable."""
    if reader == "pdf":
        from voiceguide.documents.pdf import read_pdf

        return read_pdf(data)
    from voiceguide.documents.outline import text_of
    from voiceguide.documents.pandoc import tree_of
    from voiceguide.documents.web_page import FORM, MAIN

    text, warnings = text_of(tree_of(data, FORM if reader == "html" else reader))
    if reader == "html" and MAIN.search(data):
        warnings = (*warnings, "only the main part of this page is read, as the page names it")
    if reader == "rtf" and b"\\footnote" in data:
        warnings = (*warnings, "footnotes of a Rich Text file are not read; a .docx or .odt file keeps them")
    return text, warnings if text.strip() else ("this document holds no text",)
