"""Lines of a script that are not said: stage directions, who speaks, how the voice should be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voiceguide.importing.marks.tables import listed
from voiceguide.importing.marks.words import WORDS, SpokenMark, read_mark

_NAME = r"[^\W\d_][\w’'/.-]{1,20}(?: [\w’'-]{1,20}){0,4}"
_LABEL = re.compile(rf"(?P<label>{_NAME})\s*(?:\((?P<manner>[^()]{{1,80}})\))?\s*:(?:\s+(?P<rest>.*))?$")
_INITIAL = re.compile(r"[A-Z]\d?:\s+(?=[\"“„«])")  # 'T: “Notice the breath.”'
_SPEAKER_ALONE = re.compile(r"(?P<label>[^\W\d_a-z][^\Wa-z_-]*(?: [^\W_a-z]+)?)\s*(?:\([^()]{1,30}\))?")
_BARE = re.compile(r"[^.!?;,()\[\]{}<>*…]*(?:[0-9][.,][0-9][^.!?;,()\[\]{}<>*…]*)?[.…]*\s*")
_PHASE = re.compile(
    r"(?P<what>[^\W\d_]+(?: [^\W\d_]+)?)(?P<gap>\s*[:,(–—-]\s*|\s+)[0-9]{1,3}(?:\s?[^\W\d_]{1,8}\.?)?\)?[.…]*"
)
_IN_OR_OUT = {"IN": "INHALE", "OUT": "EXHALE"}
_AGAIN = re.compile(
    r"(?:repeat|again|wiederholen|wiederhole|répéter|répétez|repetir|repite|ripeti|ripetere|repita|herhaal|herhalen)\b"
    r"(?:\s+[^\W\d_]+){0,3}?\s*[:–—-]?\s*(?P<how>.+)|(?P<before>.+?)\s(?:repeat|wiederholen|herhalen|répéter)",
    re.IGNORECASE,
)
_OF_A_FILM = re.compile(
    r"(?:(?:SMASH |MATCH )?CUT|FADE|DISSOLVE)(?: (?:IN|OUT|TO|UP)\b[^a-z]*)?[:.]?|(?:INT|EXT|INT\./EXT)\. [^a-z]+"
)
_CREDIT = re.compile(r"(?:©|\(c\)\s|copyright\b)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"(?:[(\[]\s*[0-9]{1,4}\s*[)\]]|[-–—~]\s*[0-9]{1,4}\s*[-–—~])")
_OF_THE_READER = listed(
    "sfx fx instruction instructions directions anleitung hinweise hinweis regie instrucciones instrucción istruzioni "
    "istruzione consignes consigne instruções instrução instructies instructie aanwijzingen aanwijzing"
)
_ABOUT_THE_TEXT = listed(
    "purpose objective ziel zweck objectif objetivo obiettivo doel "
    "title episode series runtime author written_by narrated_by version audience target_group materials material "
    "equipment props playlist credits copyright source sources reference references ref refs keywords titel folge "
    "autor autorin laufzeit zielgruppe quelle quellen titre auteur autrice matériel título autora "
    "fuente nivel materiales titolo autore materiale fonte fonti materiais doelgroep bron bronnen materiaal"
)
_ASKING = frozenset(
    {"take", "allow", "give", "leave", "make", "have", "machen", "lassen", "faire", "faites", "hacer", "haga", "haz"}
    | {"fare", "fazer", "faça", "maken"}
)
"""What a listener is asked to do: no mark, but something to say."""

_ARTICLES = frozenset({"the", "der", "die", "le", "la", "l'", "el", "il", "o", "a", "de"})
_SAID = frozenset({"voice", "guide", "all", "alle", "everyone", "group", "children", "voz", "voix", "voce", "stimme"})
"""Speakers of whom a sentence in italics may tell."""

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


def begins_direction(text: str) -> bool:
    """Whether a text begins with a word of directions, and does not speak to the listener at once."""
    words = _words(text)
    return bool(words) and words[0] in WORDS.directions and not addresses(" ".join(words[:3]))


def is_direction(text: str, *, italic: bool) -> bool:
    """Whether a line in round brackets, or in italics, is a direction and not something to say."""
    words = _words(text)
    if not words or text.rstrip().endswith("?"):
        return False
    if begins_direction(text):
        return True
    if addresses(text):
        return False
    role = words[1:2] if words[0] in _ARTICLES else words[:1]
    return not italic or not WORDS.directions.isdisjoint(words) or set(role) <= WORDS.speakers - _SAID


def read_label(text: str, *, styled: bool) -> Label | None:
    """A speaker's name, or a word about the sound or the voice, before a colon; ``styled``: all of it is emphasised."""
    if initial := _INITIAL.match(text):
        return Label(initial[0].rstrip(), text[initial.end() :], True)
    match = _LABEL.match(text)
    if not match:
        return None
    name, rest = " ".join(match["label"].casefold().split()), match["rest"] or ""
    name = re.sub(r"\s+[0-9]{1,2}$", "", name)
    whose, _, last = re.sub(r"['’]s?(?= )", "", name).rpartition(" ")
    first = name.split()[0]
    label = text[: match.start("rest")].rstrip() if match["rest"] else text.rstrip()
    short = len(_words(rest)) <= _MOST_OF_A_MANNER and rest[-1:] not in (".", "!", "?", "…")
    manner = rest and (styled or short) and not addresses(rest)
    if name in _VOICES and manner:
        return Label(text.strip(), "", False)
    if name in WORDS.speakers or name.partition("/")[0] in WORDS.speakers:
        return Label(label, rest, True)
    of_the_reader = first in _OF_THE_READER or name in WORDS.manners | _ABOUT_THE_TEXT
    if (of_the_reader or (whose in WORDS.speakers and last in WORDS.manners)) and not addresses(rest):
        return Label(text.strip(), "", False)
    return None


def not_for_listeners(text: str) -> bool:
    """Whether a line is a speaker's name alone in capitals, who owns the text, or the number of a page."""
    alone = _SPEAKER_ALONE.fullmatch(text)
    if alone and alone["label"].casefold() in WORDS.speakers:
        return True
    return bool(_CREDIT.match(text) or _OF_A_FILM.fullmatch(text) or _PAGE_NUMBER.fullmatch(text))


def repetition(text: str) -> str:
    """How often something is repeated, as written: ``4 times`` of ``Repeat this 4 times.``; else empty."""
    match = _AGAIN.fullmatch(text.strip(" ()[].!"))
    return (match["how"] or match["before"]).strip() if match else ""


def bare_mark(text: str) -> SpokenMark | None:
    """A mark without brackets that is a whole line: ``PAUSE``, ``3 second pause``, ``Inhale (4)``."""
    words = _words(text)
    if phase := _phase(text):
        return phase
    if not words or len(words) > _MOST_WORDS or not _ASKING.isdisjoint(words) or not _BARE.fullmatch(text):
        return None
    mark = read_mark(text, strict=True)
    if mark is None or mark.kind != "pause" or not mark.sure or mark.rest:
        return None
    named = any(word.startswith(("paus", "pauz")) for word in words)
    return mark if named or text.isupper() or not mark.length.startswith("~") else None


def _phase(text: str) -> SpokenMark | None:
    """A phase of a breath with its length. Words alone are one in capitals: ``Hold for 5 seconds`` is said."""
    match = _PHASE.fullmatch(text)
    if not match or not (match["gap"].strip() or match["what"].isupper()):
        return None
    what = _IN_OR_OUT.get(match["what"], match["what"])
    mark = read_mark(what + text[match.end("what") :], strict=True)
    return mark if mark is not None and mark.kind in ("in", "out", "hold") else None
