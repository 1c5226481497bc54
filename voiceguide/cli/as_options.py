"""Messages that name an option as Python programs give it, for people who wrote it on a command line."""

from __future__ import annotations

import re


def as_options(message: str) -> str:
    """The message with ``--voice`` in the place of ``voice`` at its beginning, where it points at that option."""
    return re.sub(r"^(voice|fallback_voice)(?=: )", lambda found: f"--{found[1].replace('_', '-')}", message)
