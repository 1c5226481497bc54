"""A session that is heard while its script changes."""

from __future__ import annotations

from typing import Unpack

from voiceguide.api.options import Options, session_options
from voiceguide.api.scripts import ScriptLike, script_of, text_and_options
from voiceguide.live.session import LiveSession


def open_live(script: ScriptLike, *, jobs: int | None = None, **options: Unpack[Options]) -> LiveSession:
    """Opens a script to be heard at once, while the rest of it is still being spoken, and while its text changes.

    The script may have errors: :attr:`LiveSession.findings` tells them. ``jobs`` lines are spoken side by side, as many
    as there are cores when left out. Raises OptionError and ConfigurationError.
    """
    return LiveSession(*text_and_options(script_of(script), session_options(jobs=jobs, **options)))
