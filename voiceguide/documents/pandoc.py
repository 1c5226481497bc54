"""Has pandoc read a document, in a process with bounds on time, memory and output, and without files or network."""

from __future__ import annotations

import json
import subprocess
from importlib import import_module
from typing import Any

from voiceguide.documents.limits import LONGEST, MEMORY, Unreadable

_LARGEST_TREE = 64 * 1024 * 1024  # bytes of JSON
_INSTALL = 'pip install "voiceguide[documents]"'


def tree_of(data: bytes, form: str) -> dict[str, Any]:
    """Pandoc's tree (JSON) of a document in one of its formats, such as ``docx``. Raises Unreadable."""
    command = [
        *(_pandoc(), "+RTS", f"-M{MEMORY // 2**20}M", "-RTS", "--sandbox"),
        *(f"--from={form}", "--to=json", "--track-changes=accept"),
    ]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        raise Unreadable(f"this document took more than {LONGEST:g} s to read, so it was given up") from None
    except OSError as error:
        raise Unreadable(f"pandoc, which reads such documents, cannot be started: {error.strerror or error}") from None
    if done.returncode or len(done.stdout) > _LARGEST_TREE:
        raise Unreadable(
            "this document is damaged, or too large to read", "open it in its program, save it anew, and import that"
        )
    try:
        tree = json.loads(done.stdout)
    except (ValueError, RecursionError):
        raise Unreadable("this document is nested too deeply to read") from None
    assert isinstance(tree, dict)
    return tree


def _pandoc() -> str:
    try:
        return str(import_module("pypandoc").get_pandoc_path())
    except (ImportError, OSError):
        message = "such documents are read by pandoc, which is not installed"
        raise Unreadable(message, f"install it: {_INSTALL}") from None
