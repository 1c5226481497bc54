"""What the command line says of an error that nobody has foreseen."""

from __future__ import annotations

import tempfile
import traceback


def told(error: BaseException) -> str:
    """A sentence on what went wrong, and where the whole trace was put: a file in the system's temporary folder."""
    lines = str(error).splitlines()
    what = f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
    trace = "".join(traceback.format_exception(error))
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="voiceguide-", suffix=".txt", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as file:
            file.write(trace)
    except OSError:
        return f"The work failed, for a reason that was not foreseen ({what}).\n{trace}"
    return (
        f"The work failed, for a reason that was not foreseen ({what}).\n"
        f"The whole trace is in {file.name}; a report of the problem should have it."
    )
