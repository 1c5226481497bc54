"""Bounds for documents, which may be made to run away, and the refusal of one."""

from __future__ import annotations

LARGEST_FILE = 32 * 1024 * 1024
"""Bytes of a document."""

LARGEST_UNPACKED = 128 * 1024 * 1024
"""Bytes that a document may have when it is unpacked."""

MOST_PARTS = 5_000
"""Files in a packed document."""

LONGEST = 30.0
"""Seconds that reading a document may take."""

MEMORY = 768 * 1024 * 1024
"""Bytes that reading a document may take."""


class Unreadable(Exception):
    """Why a file cannot be imported, and what to do about it (empty when that is plain)."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
