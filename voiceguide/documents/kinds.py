"""What a file is, by its content. The name only decides what the content leaves open."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from voiceguide.documents.limits import LARGEST_UNPACKED, MOST_PARTS, Unreadable


@dataclass(frozen=True, slots=True)
class Kind:
    """``what`` completes 'this is …'. ``reader``: 'text', 'subtitles', 'pdf' or pandoc's name of the format; None when
    it holds no text, and then ``hint`` says what to do."""

    what: str
    reader: str | None = None
    hint: str = ""


_AUDIO = "a script is written text; let a speech recogniser write down what is said, and import that"
_PICTURE = "type the words of it, or let a text recogniser (OCR) read them, and import the text"
_PACKED = "unpack it, and import the document inside"
_TEXT = Kind("a text", "text")
_HTML = Kind("a web page", "html")
_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"{\\rtf", Kind("a Rich Text file", "rtf")),
    (b"%PDF-", Kind("a PDF document", "pdf")),
    (b"WEBVTT", Kind("subtitles (WebVTT)", "subtitles")),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Kind("a document of an old Office format", None, "save it as .docx, .odt or .rtf, and import that"),
    ),
    (b"ID3", Kind("an MP3 recording", None, _AUDIO)),
    (b"\xff\xfb", Kind("an MP3 recording", None, _AUDIO)),
    (b"\xff\xf3", Kind("an MP3 recording", None, _AUDIO)),
    (b"fLaC", Kind("a FLAC recording", None, _AUDIO)),
    (b"OggS", Kind("an Ogg recording", None, _AUDIO)),
    (b"\x1aE\xdf\xa3", Kind("a film (Matroska or WebM)", None, _AUDIO)),
    (b"\x89PNG", Kind("a picture (PNG)", None, _PICTURE)),
    (b"\xff\xd8\xff", Kind("a picture (JPEG)", None, _PICTURE)),
    (b"GIF8", Kind("a picture (GIF)", None, _PICTURE)),
    (b"II*\x00", Kind("a picture (TIFF)", None, _PICTURE)),
    (b"MM\x00*", Kind("a picture (TIFF)", None, _PICTURE)),
    (b"\x1f\x8b", Kind("a packed file (gzip)", None, _PACKED)),
    (b"7z\xbc\xaf", Kind("a packed file (7z)", None, _PACKED)),
    (b"Rar!", Kind("a packed file (RAR)", None, _PACKED)),
    (b"\x7fELF", Kind("a program", None)),
    (b"MZ\x90", Kind("a program", None)),
    (b"SQLite format 3", Kind("a database", None)),
)
_OPENED = {
    "application/vnd.oasis.opendocument.text": Kind("an OpenDocument text", "odt"),
    "application/epub+zip": Kind("an EPUB book", "epub"),
}
_OFFICE = (
    ("word/", Kind("a Word document", "docx")),
    ("xl/", Kind("an Excel workbook", None, "copy its text into a document, and import that")),
    ("ppt/", Kind("a PowerPoint presentation", None, "copy its text into a document, and import that")),
)
_SUBRIP = re.compile(rb"\s*(?:\d+\s*\r?\n)?\s*\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}\s*-->\s*\d")
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.I | re.S)
_TAGS = re.compile(rb"<(?:p|div|body|h[1-6]|ul|ol|span|article|section)\b[^>]*>", re.I)


def kind_of(name: str, data: bytes) -> Kind:
    """What a file is. Raises Unreadable for a packed document that would unpack without bound."""
    head = data.removeprefix(b"\xef\xbb\xbf")[:65536]
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return _packed(data)
    if head.startswith(b"RIFF") and len(head) > 12:
        return Kind("a picture (WebP)", None, _PICTURE) if head[8:12] == b"WEBP" else Kind("a recording", None, _AUDIO)
    if head[4:8] == b"ftyp":
        return Kind("an MPEG-4 film or recording", None, _AUDIO)
    if _SUBRIP.match(head):
        return Kind("subtitles (SubRip)", "subtitles")
    named_page = PurePath(name).suffix.lower() in (".html", ".htm", ".xhtml")
    return _HTML if _PAGE.match(head) or (named_page and _TAGS.search(head)) else _TEXT


def _packed(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise Unreadable(
                    "this document is far larger unpacked than packed, so it is not opened",
                    "copy its text into a new document, and import that",
                )
            names = [part.filename for part in parts]
            label = packed.open("mimetype").read(100).decode("ascii", "replace").strip() if "mimetype" in names else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return Kind("a damaged zip archive", None, "get the file again, or open and save it in its program")
    if label in _OPENED:
        return _OPENED[label]
    if "[Content_Types].xml" in names:
        for folder, kind in _OFFICE:
            if any(name.startswith(folder) for name in names):
                return kind
    return Kind("a zip archive", None, _PACKED)
