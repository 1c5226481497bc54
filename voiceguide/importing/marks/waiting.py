"""Directions that say how long to wait: ``Let 30 seconds pass``, ``pause for reflection – 20 s``."""

from __future__ import annotations

import re
from dataclasses import replace

from voiceguide.importing.marks.words import WORDS, SpokenMark, read_mark, times_in

_LABEL = re.compile(r"[^\W\d_][^:()\[\]]{1,40}:\s+(?=\S)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MOST_WORDS = 16
_FIRST = frozenset(
    {"allow", "give", "leave", "let", "sit", "take", "lassen", "lasse", "geben", "laissez", "laisser", "dejar", "deja"}
    | {"deje", "lascia", "lasciare", "deixe", "deixar", "laat", "geef"}
)
"""What begins a direction to wait, besides the words of silence."""

WAIT = frozenset({"wait", "warten", "attendre", "attendez", "esperar", "aspettare", "aguarde", "wachten", "wacht"})


def wait_of(text: str) -> SpokenMark | None:
    """The pause, or the hold, that a direction asks for; None if it says several times, or does not begin so.

    What else it says is the mark's ``rest``.
    """
    inner = text.strip(" ()[]{}<>*_")
    said = _LABEL.sub("", inner, count=1)
    times = times_in(said)
    words = [word.casefold() for word in _WORD.findall(said)]
    if len(times) > 1 or not words or len(words) > _MOST_WORDS:
        return None
    silent = WORDS.pause | WORDS.silent
    first = words[0]
    if not times:
        waits = read_mark("pause", strict=False) if first in WORDS.pause | WAIT else None
        return replace(waits, rest=inner) if waits else None
    begins = first in silent | WORDS.hold | _FIRST
    if said[:1].isdigit():
        begins = not silent.isdisjoint(words)
    mark = read_mark(times[0], strict=False) if begins else None
    if mark is None or mark.kind != "pause":
        return None
    return replace(mark, kind="hold" if first in WORDS.hold else "pause", sure=True, rest=inner)
