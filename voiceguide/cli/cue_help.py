"""The script language's cues as help text, from their table."""

from __future__ import annotations

from voiceguide.cues import CUES


def cue_help() -> str:
    """Every cue with a form and what it does, as an epilog for :func:`click.command` whose lines stay as they are."""
    width = max(len(spec.forms[0]) for spec in CUES)
    rows = (f"  {spec.forms[0]:{width}}  {spec.brief}" for spec in CUES)
    return "\n".join(("\b", "Cues in a script:", *rows, "'voiceguide docs language' explains them all."))
