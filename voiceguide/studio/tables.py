"""The tables of people, one for each script, kept as they were pasted so that none has to be pasted again."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from voiceguide.atomic import write_bytes


class Tables:
    """The tables of all scripts of a folder, in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> str:
        """A script's table; empty when there is none, or it cannot be read."""
        try:
            return self._place(name).read_bytes().decode("utf-8", "replace")
        except OSError:
            return ""

    def write(self, name: str, text: str) -> None:
        """Keeps a table, or with an empty text none. Raises OutputError."""
        if text.strip():
            write_bytes(self._place(name), text.encode("utf-8", "replace"))
            return
        with suppress(OSError):
            self._place(name).unlink()

    def rename(self, name: str, new: str) -> None:
        """The script has another name."""
        with suppress(OSError):
            self._place(name).replace(self._place(new))

    def _place(self, name: str) -> Path:
        return self._folder / f"{quote(name, safe='')}.csv"
