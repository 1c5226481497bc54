"""Lines of a script that are not said: stage directions, who speaks, how the voice should be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voiceguide.importing.marks.words import WORDS, SpokenMark, read_mark

_LABEL = re.compile(
    r"(?P<label>[^\W\d_][\w-]{1,20}(?: [\w-]{1,20}){0,4})\s*(?:\((?P<manner>[^()]{1,80})\))?\s*:(?:\s+(?P<rest>.*))?$"
)
_BARE = re.compile(r"[^.!?;,()\[\]{}<>*…]*(?:[0-9][.,][0-9][^.!?;,()\[\]{}<>*…]*)?[.…]*\s*")
_OF_THE_READER = frozenset(
    {"sfx", "fx", "instruction", "instructions", "directions", "anleitung", "hinweise", "instrucciones", "istruzioni"}
    | {"consignes", "instruções", "instructies", "aanwijzingen"}
)
_ASKING = frozenset(
    {"take", "allow", "give", "leave", "make", "have", "machen", "lassen", "faire", "faites", "hacer", "haga", "haz"}
    | {"fare", "fazer", "faça", "maken"}
)
"""What a listener is asked to do: no mark, but something to say."""

_VOICES = frozenset({"voice", "voiceover", "voice-over", "stimme", "voix", "voz", "voce", "stem"})
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MOST_WORDS = 8
"""Words of a line that is a pause mark without brackets."""

_MOST_OF_A_MANNER = 4


@dataclass(frozen=True, slots=True)
class Label:
    """``Narrator (softly): words``: ``label`` is what stands before the words. ``spoken`` False: nothing of it is."""

    label: str
    words: str
    spoken: bool


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def addresses(text: str) -> bool:
    """Whether a text speaks to the listener, or for them."""
    return not WORDS.person.isdisjoint(re.split(r"['’]", word)[0] for word in _words(text))


def is_direction(text: str, *, italic: bool) -> bool:
    """Whether a line in round brackets, or in italics, is a direction and not something to say."""
    words = _words(text)
    if not words or text.rstrip().endswith("?"):
        return False
    if words[0] in WORDS.directions and not addresses(" ".join(words[:3])):
        return True
    if addresses(text):
        return False
    return not italic or not WORDS.directions.isdisjoint(words)


def read_label(text: str, *, styled: bool) -> Label | None:
    """A speaker's name, or a word about the sound or the voice, before a colon; ``styled``: all of it is emphasised."""
    match = _LABEL.match(text)
    if not match:
        return None
    name, rest = " ".join(match["label"].casefold().split()), match["rest"] or ""
    first = name.split()[0]
    label = text[: match.start("rest")].rstrip() if match["rest"] else text.rstrip()
    short = len(_words(rest)) <= _MOST_OF_A_MANNER and rest[-1:] not in (".", "!", "?", "…")
    manner = rest and (styled or short) and not addresses(rest)
    if name in _VOICES and manner:
        return Label(text.strip(), "", False)
    if name in WORDS.speakers:
        return Label(label, rest, True)
    if (name in WORDS.manners or first in _OF_THE_READER) and not addresses(rest):
        return Label(text.strip(), "", False)
    return None


def bare_mark(text: str) -> SpokenMark | None:
    """A pause mark without brackets that is a whole line: ``PAUSE``, ``3 second pause``."""
    words = _words(text)
    if not words or len(words) > _MOST_WORDS or not _ASKING.isdisjoint(words) or not _BARE.fullmatch(text):
        return None
    mark = read_mark(text, strict=True)
    if mark is None or mark.kind != "pause" or not mark.sure or mark.rest:
        return None
    named = any(word.startswith(("paus", "pauz")) for word in words)
    return mark if named or text.isupper() or not mark.length.startswith("~") else None
