"""The text of a PDF, read by pypdf in a process of its own, with bounds on time and memory.

``python -m voiceguide.documents.pdf`` is that process: the file comes on standard input, its text goes out as JSON.
"""

from __future__ import annotations

import importlib.util
import io
import json
import re
import subprocess
import sys

from voiceguide.documents.limits import LONGEST, MEMORY, Unreadable

_INSTALL = 'pip install "voiceguide[documents]"'
_MOST_PAGES = 500
_LARGEST = 16 * 1024 * 1024  # characters
_FEWEST_LETTERS = 20  # on a page, below which it holds pictures only


def read_pdf(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, lines joined to paragraphs, and warnings. Raises Unreadable."""
    if importlib.util.find_spec("pypdf") is None:
        raise Unreadable("PDF documents are read by pypdf, which is not installed", f"install it: {_INSTALL}")
    command = [sys.executable, "-m", "voiceguide.documents.pdf"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        raise Unreadable(f"this PDF took more than {LONGEST:g} s to read, so it was given up") from None
    try:
        found = json.loads(done.stdout)
    except ValueError:
        raise Unreadable("this PDF is damaged, or too large to read", "save or print it anew as a PDF") from None
    if found.get("locked"):
        raise Unreadable("this PDF is locked with a password", "save a copy without one, and import that")
    pages: list[str] = found["pages"]
    empty = sum(sum(map(str.isalpha, page)) < _FEWEST_LETTERS for page in pages)
    if empty == len(pages):
        hint = "let a text recogniser (OCR) read it, and import what it writes"
        raise Unreadable("this PDF holds pictures of pages and no text: it was scanned", hint)
    warnings = [f"{empty} of {len(pages)} pages hold no text; they may be pictures"] if empty else []
    if found["more"]:
        warnings.append(f"only the first {_MOST_PAGES} pages of this PDF were read")
    return _paragraphs(pages), tuple(warnings)


def _paragraphs(pages: list[str]) -> str:
    """Lines that go on in the next are one, and so are words that are divided at a line's end."""
    paragraphs: list[str] = []
    opens = True
    for line in "\n".join(pages).split("\n"):
        row = " ".join(line.split())
        if not row:
            opens = True
        elif not opens and paragraphs and _goes_on(paragraphs[-1], row):
            before = paragraphs[-1]
            divided = re.search(r"[a-zäöüß]-$", before) and row[0].islower()
            paragraphs[-1] = before[:-1] + row if divided else f"{before} {row}"
        else:
            paragraphs.append(row)
            opens = False
    return "\n\n".join(paragraphs) + "\n"


def _goes_on(before: str, row: str) -> bool:
    return not re.search(r"[.!?…:\])]$", before) and (row[0].islower() or len(before.split()) > 6)


def _main() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (round(LONGEST), round(LONGEST)))
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            json.dump({"locked": True}, sys.stdout)
            return
        count = len(reader.pages)
        pages = [page.extract_text() for page in reader.pages[:_MOST_PAGES]]
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, MemoryError):
        return
    if sum(map(len, pages)) <= _LARGEST:
        json.dump({"pages": pages, "more": count > _MOST_PAGES}, sys.stdout)


if __name__ == "__main__":
    _main()
