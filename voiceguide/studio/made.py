"""Which files the studio has made, so that it never writes over another one without being told to."""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path

from voiceguide.atomic import write_text

_MOST = 5_000  # files that are remembered
_LARGEST = 4 * 2**20  # bytes of the note


class Made:
    """The note of made files in ``path``: the SHA-256 of each by its name in the folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def is_strange(self, name: str, path: Path) -> bool:
        """Whether there is a file at ``path`` that is not, byte for byte, what the studio made there."""
        if not path.exists():
            return False
        known = self._read().get(name)
        return known is None or known != _sha256(path)

    def note(self, name: str, path: Path) -> None:
        """Remembers a file that was made now. Raises OutputError."""
        with self._lock:
            known = self._read()
            known.pop(name, None)
            known[name] = _sha256(path)
            kept = dict(list(known.items())[-_MOST:])
            write_text(self._path, json.dumps(kept, ensure_ascii=False, indent=0) + "\n")

    def _read(self) -> dict[str, str]:
        """What is remembered; nothing where the note is damaged, so that rather too much is asked."""
        try:
            if self._path.stat().st_size > _LARGEST:
                return {}
            known = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return {str(name): str(value) for name, value in known.items()} if isinstance(known, dict) else {}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
