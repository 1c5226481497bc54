"""Documents for the tests: made by pandoc, or byte by byte."""

from __future__ import annotations

import io
import subprocess
import zipfile
from functools import cache
from importlib import import_module

DIRECTIONS = """\
# Arriving

Sit down, and let **both feet** stand on the floor.

[Pause 5 seconds]

Breathe in & out.[^1]

*Pause for ten seconds*

# Shoulders

- Lift them.
- Let them sink.

Open your eyes.

[^1]: Through the nose.
"""


@cache
def document(form: str, text: str = DIRECTIONS) -> bytes:
    """A document in one of pandoc's formats, made of Markdown."""
    command = [import_module("pypandoc").get_pandoc_path(), "--standalone", "--metadata=title=Evening", f"--to={form}"]
    made = subprocess.run([*command, "--output=-"], input=text.encode(), capture_output=True, check=True, timeout=60)
    return made.stdout


def pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines; a page with a grey box where there are none."""
    shown = "".join(f"({line}) Tj T*\n" for line in lines)
    content = f"BT /F1 12 Tf 14 TL 72 720 Td\n{shown}ET" if lines else "0.5 g 72 72 400 600 re f"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def packed(**parts: bytes) -> bytes:
    """A zip archive; ``__`` in a name stands for ``/``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def replaced(data: bytes, part: str, content: bytes) -> bytes:
    """A packed document with other content in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()
