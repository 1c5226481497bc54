"""What goes wrong with a written file, in the same words for every format."""

from __future__ import annotations

from pathlib import Path

from voiceguide.errors import OutputError


def not_tagged() -> OutputError:
    """Tags could not be written into a file that was encoded."""
    return OutputError("The file could not be tagged. Please look whether the disk is full.")


def changed_since(whole: Path) -> OutputError:
    """A session's file, from which parts are cut, has another structure than was written."""
    return OutputError(f"{whole} can't be cut into parts, since it is not as it was written. Please render it again.")


def ends_early(whole: Path) -> OutputError:
    """A session's file, from which parts are cut, is shorter than was written."""
    return OutputError(f"{whole} ends too early to be cut into parts. Please render it again.")
